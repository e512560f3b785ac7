"""Blocks of MkDocs whose content is indented below a line of syntax: ``!!! note "Title"``, ``??? tip``, ``=== "Tab"``.

To Markdown, such content is code. Here it is found and handed out line by line without its indentation, to be read as
the Markdown that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termcheck.model import SegmentKind, Span

if TYPE_CHECKING:
    from termcheck.corpus.readers.masking import Masker

_OPENING = re.compile(
    r"[ \t]{0,200}(?:"
    r'(?:!!!|\?\?\?\+?)[ ]?[\w-]{1,40}(?:[ ]{1,9}[\w-]{1,40}){0,5}(?:[ ]{1,9}"(?P<title>[^\r\n]{0,500})")?'
    r'|===[!+]{0,2}[ ]{1,9}"(?P<tab>[^\r\n]{1,500})")[ \t]{0,200}$'
)
_LIST_ITEM = re.compile(r"[ \t]{0,200}(?:[-*+]|\d{1,9}[.)])[ \t]")
_INDENT = 4


@dataclass(slots=True)
class _Open:
    """A block whose content is indented by at least ``columns``."""

    columns: int
    lines: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Pending:
    """A line that opens a block if an indented one follows."""

    start: int
    line: str
    columns: int
    match: re.Match[str]


class IndentedBlocks:
    """Follows the lines of a file and notes which belong to the content of a block."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker
        self._open: list[_Open] = []
        self._pending: _Pending | None = None
        self._in_list = False
        self._after_blank = True
        self._found: list[_Open] = []

    def take(self, line: str, start: int, end: int, *, in_code: bool) -> bool:
        """Take the line at ``[start, end)``, of which ``line`` is the beginning; True if it may open a block."""
        if not line.strip():
            if self._open:
                self._open[-1].lines.append((end, end))
            self._after_blank = True
            return False
        columns = _columns(line)
        self._settle(columns)
        if not in_code:
            while self._open and columns < self._open[-1].columns:
                self._open.pop()
            self._follow_lists(line, columns)
        outer = self._open[-1].columns if self._open else 0
        if self._open:
            self._open[-1].lines.append((start + _width(line, outer), end))
        self._after_blank = False
        match = None if in_code else _OPENING.match(line)
        # What is indented that much, and in no list, is code.
        if match is None or (columns - outer >= _INDENT and not self._in_list):
            return False
        self._pending = _Pending(start, line, columns, match)
        return True

    def finish(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The lines of every block, each as the place of its content."""
        self._settle(0)
        return tuple(tuple(block.lines) for block in self._found)

    def _settle(self, columns: int) -> None:
        """Decide on a pending line, now that the next line is indented by ``columns``."""
        pending, self._pending = self._pending, None
        if pending is None:
            return
        opens = columns >= pending.columns + _INDENT
        title = "title" if pending.match["title"] is not None else "tab"
        if not opens and pending.match[title] is None:
            return
        self._masker.blank(pending.start, pending.start + len(pending.line))
        first, last = pending.match.span(title)
        if first < last:
            self._masker.keep(Span(pending.start + first, pending.start + last), SegmentKind.PARAGRAPH)
        if opens:
            self._open.append(_Open(pending.columns + _INDENT))
            self._found.append(self._open[-1])

    def _follow_lists(self, line: str, columns: int) -> None:
        if _LIST_ITEM.match(line):
            self._in_list = True
        elif columns == 0 and self._after_blank:
            self._in_list = False


def _columns(line: str) -> int:
    """How far a line is indented, tabs reaching to multiples of four."""
    columns = 0
    for char in line:
        if char == " ":
            columns += 1
        elif char == "\t":
            columns += _INDENT - columns % _INDENT
        else:
            break
    return columns


def _width(line: str, wanted: int) -> int:
    """How many characters make up ``wanted`` columns of indentation, or all of it where there are fewer."""
    columns = 0
    for index, char in enumerate(line):
        if columns >= wanted or char not in " \t":
            return index
        columns += 1 if char == " " else _INDENT - columns % _INDENT
    return len(line)
