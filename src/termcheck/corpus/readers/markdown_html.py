"""Text inside HTML blocks: cut at block-level tags, each stretch between them is a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.readers.html_elements import BLOCKS, KINDS, OPAQUE
from termcheck.model import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.corpus.readers.source_map import MappedText

_MARK = re.compile(r"<!--|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:.-]{0,60})(?=[\s/>])|\n[ \t]*\n")
_TAG_REACH = 8000


class HtmlPart(NamedTuple):
    """A stretch of text between block-level tags; ``level`` as in `Segment`."""

    content: MappedText
    kind: SegmentKind
    level: int


def html_parts(content: MappedText) -> Iterator[HtmlPart]:
    """The texts of an HTML block, in order; inline tags are left in them."""
    text = content.text
    kind, level = SegmentKind.PARAGRAPH, 0
    start = position = 0
    absent: set[str] = set()
    while match := _MARK.search(text, position):
        position = match.end()
        name = (match["name"] or "").lower()
        if match[0] == "<!--":
            end = _past(text, "-->", position, absent)
        elif not name:
            end = position
        elif name in BLOCKS or name in OPAQUE:
            end = _tag_end(text, position)
            if name in OPAQUE and not match["close"] and text[end - 2] != "/":
                end = _past(text, f"</{name}", end, absent)
        else:
            continue
        yield HtmlPart(content.part(start, match.start()), kind, level)
        start = position = end
        if name in KINDS or name in BLOCKS:
            kind = SegmentKind.PARAGRAPH if match["close"] else KINDS.get(name, SegmentKind.PARAGRAPH)
            level = int(name[1]) if kind is SegmentKind.HEADING else int(kind is SegmentKind.LIST_ITEM)
    yield HtmlPart(content.part(start, len(text)), kind, level)


def _tag_end(text: str, position: int) -> int:
    """Behind the ``>`` of a tag, skipping attribute values in quotes."""
    limit = min(len(text), position + _TAG_REACH)
    while position < limit:
        char = text[position]
        if char == ">":
            return position + 1
        if char in "\"'" and text[position - 1] == "=":
            closing = text.find(char, position + 1, limit)
            position = closing if closing >= 0 else position
        position += 1
    return position


def _past(text: str, what: str, position: int, absent: set[str]) -> int:
    """Behind the next ``what``, in lower case for tags; the end of the text if there is none."""
    if what not in absent:
        match = re.compile(re.escape(what), re.IGNORECASE).search(text, position)
        if match:
            return match.end() if what == "-->" else _tag_end(text, match.end())
        absent.add(what)
    return len(text)
