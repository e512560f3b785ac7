"""Android string resources (https://developer.android.com/guide/topics/resources/string-resource)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import BrokenFileError, FileKind
from termcheck.corpus.readers.editable import Editable, Requoting
from termcheck.corpus.readers.escapes import HEXADECIMAL, hexadecimal
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.xml_events import closing, element_text, xml_escape, xml_events
from termcheck.corpus.readers.xml_reader import XmlReader
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termcheck.corpus.readers.source_map import MappedText
    from termcheck.corpus.readers.xml_events import XmlEvent
    from termcheck.corpus.segmentation import Draft

_ESCAPE = re.compile(rf'{HEXADECIMAL}|\\[\s\S]|"|<[^<>]{{0,2000}}>')
_NAMED = {"n": "\n", "t": "\t"}


class AndroidReader(XmlReader):
    """Reads ``strings.xml``: strings, plurals and arrays that are to be translated."""

    name: ClassVar[str] = "android"
    suffixes: ClassVar[tuple[str, ...]] = (".xml",)
    kind: ClassVar[FileKind] = FileKind.DATA

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        events = xml_events(text)
        if not events or events[0].name != "resources":
            raise BrokenFileError("it holds no Android resources", events[0].start if events else 0)
        for key, start, end in _messages(events):
            message, _ = element_text(text, events, start, end)
            resolved = message.resolved(_ESCAPE, _unescaped)
            edit = _editable(text, events, start, end, resolved)
            yield from message_drafts(resolved, key, edit=edit)


def _messages(events: Sequence[XmlEvent]) -> Iterator[tuple[str, int, int]]:
    """The key of every message, and the indices of the tags around it."""
    index = 1
    while index < len(events):
        event = events[index]
        if event.kind != "start":
            index += 1
            continue
        end = closing(events, index)
        name = event.attributes.get("name", "")
        if event.attributes.get("translatable") != "false":
            if event.name == "string":
                yield name, index, end
            elif event.name in ("plurals", "string-array"):
                yield from _items(events, index, end, name)
        index = end + 1


def _items(events: Sequence[XmlEvent], start: int, end: int, name: str) -> Iterator[tuple[str, int, int]]:
    index = start + 1
    count = 0
    while index < end:
        if events[index].kind != "start":
            index += 1
            continue
        close = closing(events, index)
        quantity = events[index].attributes.get("quantity")
        yield (f"{name}[{quantity}]" if quantity else f"{name}.{count}"), index, close
        count += 1
        index = close + 1


def _editable(text: str, events: Sequence[XmlEvent], start: int, end: int, message: MappedText) -> Editable:
    escape = xml_escape(text, events, start, end, _escaped)

    def written(new: str) -> str:
        return f"\\{escape(new)}" if _is_reference(new) else escape(new)

    whole = Span(events[start].end, events[end].start)
    return Editable(message, escape, Requoting(whole, written), lambda new: not _is_reference(new))


def _is_reference(text: str) -> bool:
    """Whether a text refers to a resource or an attribute instead of saying something."""
    return text.startswith(("@", "?"))


def _escaped(text: str) -> str:
    for char, escape in (("\\", r"\\"), ("'", r"\'"), ('"', r"\""), ("\n", r"\n"), ("\t", r"\t")):
        text = text.replace(char, escape)
    return text


def _unescaped(escape: str) -> str:
    if escape == '"':
        return ""
    if escape[0] == "<":
        return escape
    if len(escape) > 2:
        return hexadecimal(escape)
    return _NAMED.get(escape[1], "\ufffd" if escape[1] == "u" else escape[1])
