"""Plain text: no markup, a paragraph is a line or a block between blank lines."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from termcheck.corpus.readers.base import Reader, ReadOptions
from termcheck.corpus.readers.editable import editable_lines
from termcheck.corpus.segmentation import Draft, TextBuilder
from termcheck.model import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE_BREAK = re.compile(r"\r\n?|\n")
_SAMPLE_LINES = 2000
# Nobody wraps wider than this by hand, nor narrower; in columns, a wide character taking two.
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 45
_SENTENCE_END = tuple(".!?:;…。！？：；．।؟۔")
_CLOSING = "\"'”’»)]}」』）】*_"


class Shape(NamedTuple):
    """How a text is laid out: ``mode`` is "line" or "blank-line", ``why`` a clause that says what showed it."""

    mode: str
    why: str


class TextReader(Reader):
    """Reads ``.txt``. The format is ``text (line)`` or ``text (blank-line)``, chosen for each file."""

    name: ClassVar[str] = "text"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text")
    utf16: ClassVar[bool] = True

    def format(self, text: str, options: ReadOptions) -> str:
        mode = options.text_paragraphs
        return f"text ({text_shape(text).mode if mode == 'auto' else mode})"

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        blocks = _blocks(text) if format.endswith("(blank-line)") else ([line] for line in _lines(text))
        for block in blocks:
            builder = TextBuilder(text)
            for index, (start, end) in enumerate(block):
                if index:
                    builder.replaced("\n", block[index - 1][1], start)
                builder.literal(start, end)
            draft = builder.finish(SegmentKind.PARAGRAPH, edit=editable_lines(text, block[0][0], block[-1][1], lead=""))
            if draft:
                yield draft


def text_shape(text: str) -> Shape:
    """Whether a paragraph of ``text`` is a line or a block of hard-wrapped lines.

    Wrapped text shows in pairs of lines without a blank line between them: the first of the two is nearly as wide
    as the text and mostly stops amid a sentence. Only the first 2,000 lines are looked at.
    """
    lines: list[str] = []
    for start, end in _all_lines(text):
        lines.append(text[start:end].strip())
        if len(lines) == _SAMPLE_LINES:
            break
    pairs = [(line, after) for line, after in pairwise(lines) if line and after]
    if not pairs:
        return Shape("line", "no two lines stand together")
    widths = sorted(_columns(line) for line in lines if line)
    width = widths[min(len(widths) - 1, len(widths) * 9 // 10)]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return Shape("line", f"lines are up to {min(width, 1000)} columns wide, which no wrapped text is")
    wrapped = sum(_columns(line) >= 0.6 * width and not _ends_sentence(line) for line, _ in pairs)
    if wrapped * 2 >= len(pairs):
        return Shape("blank-line", f"{wrapped} of {len(pairs)} line breaks stand amid a sentence at the right margin")
    return Shape("line", f"only {wrapped} of {len(pairs)} line breaks stand amid a sentence at the right margin")


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING).endswith(_SENTENCE_END)


def _columns(line: str) -> int:
    if line.isascii() or len(line) > 1000:
        return len(line)
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line)


def _all_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _LINE_BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    return ((start, end) for start, end in _all_lines(text) if start < end)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    block: list[tuple[int, int]] = []
    for start, end in _all_lines(text):
        if text[start:end].strip():
            block.append((start, end))
        elif block:
            yield block
            block = []
    if block:
        yield block
