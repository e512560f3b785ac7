"""The lines of a reStructuredText file as its parser gets them, and where what it takes out of them stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.corpus.readers.source_map import MappedText

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n?|\n|\Z)")
_SPACE = str.maketrans("\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029", "         ")
_TAB = 8


class RstLines:
    """The lines of the file ``text``; ``shown`` are those that the parser gets: tabs expanded, ends stripped."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self.shown: list[str] = []
        for match in _LINE.finditer(text):
            self._starts.append(match.start())
            # One character for one, so that only tabs move what follows.
            self.shown.append(match[1].translate(_SPACE).rstrip().expandtabs(_TAB))
        self._behind: dict[int, int] = {}

    def place(self, lines: Sequence[str], first: int, *, in_cell: bool) -> MappedText | None:
        """The file's text for lines without their indentation, the first of which is line ``first`` (from 1).

        None if they do not stand there. The lines of a cell have other cells beside them; they are asked for from left
        to right.
        """
        content = MappedText(self._text)
        for index, line in enumerate(lines):
            number = first - 1 + index
            if not 0 <= number < len(self.shown):
                return None
            shown = self.shown[number]
            wanted = line.rstrip()
            if in_cell:
                at = shown.find(wanted, self._behind.get(number, 0))
                self._behind[number] = max(at, 0) + len(wanted)
            elif shown.endswith(wanted):
                at = len(shown) - len(wanted)
            else:
                at = shown.find(wanted)
            if at < 0:
                return None
            start, end = self._raw(number, at), self._raw(number, at + len(wanted))
            if index:
                content.add_line(start, end)
            else:
                content.add(start, end)
            if self._text[start:end].translate(_SPACE).expandtabs(_TAB) != wanted and "\t" not in self._text[start:end]:
                return None
        return content

    def comment(self, first: int, count: int) -> tuple[int, int]:
        """From the mark of a comment in line ``first`` to the end of its last line, ``count`` lines further on."""
        start = self._raw(first - 1, max(self.shown[first - 1].find(".."), 0))
        last = min(first - 1 + count, len(self.shown) - 1)
        return start, self._raw(last, len(self.shown[last]))

    def _raw(self, number: int, column: int) -> int:
        """The offset in the file of a column of a shown line."""
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        if "\t" not in self._text[start:end]:
            return start + column
        at = start
        width = 0
        while width < column and at < end:
            width += _TAB - width % _TAB if self._text[at] == "\t" else 1
            at += 1
        return at
