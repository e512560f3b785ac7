"""Text put together from places of a file, with the way back: what inline markup is parsed from."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from termcheck.corpus.segmentation import TextBuilder


class Piece(NamedTuple):
    """``[start, end)`` of the assembled text stands at ``[raw_start, raw_end)`` of the file.

    A line break or an escaped character is one character here and may be more in the file (with the quote marks and
    the indentation of the next line); every other piece has the same length on both sides.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int

    @property
    def literal(self) -> bool:
        return self.end - self.start == self.raw_end - self.raw_start


class MappedText:
    """Text assembled from the file ``source``, piece by piece in file order."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._chunks: list[str] = []
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        self._length = 0

    @property
    def source(self) -> str:
        return self._source

    @property
    def text(self) -> str:
        if len(self._chunks) > 1:
            self._chunks = ["".join(self._chunks)]
        return self._chunks[0] if self._chunks else ""

    @property
    def length(self) -> int:
        """How many code points were added."""
        return self._length

    def add(self, raw_start: int, raw_end: int) -> None:
        """Append what stands there."""
        if raw_start < raw_end:
            self._append(self._source[raw_start:raw_end], raw_start, raw_end)

    def add_line(self, raw_start: int, raw_end: int) -> None:
        """Append what stands there as a new line."""
        if self._pieces:
            self._append("\n", self._pieces[-1].raw_end, raw_start)
        self.add(raw_start, raw_end)

    def add_replaced(self, text: str, raw_start: int, raw_end: int) -> None:
        """Append ``text``, which the file expresses by what stands there (an escape, an entity)."""
        if text:
            self._append(text, raw_start, raw_end)

    def show(self, builder: TextBuilder, start: int, end: int) -> None:
        """Add ``[start, end)`` to a segment."""
        text = self.text
        for piece in self.pieces(start, end):
            if piece.literal and self._source[piece.raw_start : piece.raw_end] == text[piece.start : piece.end]:
                builder.literal(piece.raw_start, piece.raw_end)
            else:
                builder.replaced(text[piece.start : piece.end], piece.raw_start, piece.raw_end)

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The map of ``[start, end)``, cut to that range."""
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self._pieces) and self._pieces[index].start < end:
            piece = self._pieces[index]
            low, high = max(start, piece.start), min(end, piece.end)
            if low < high:
                raw = piece.raw_start + low - piece.start
                yield Piece(low, high, raw, raw + high - low) if piece.literal else piece
            index += 1

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """From the first to the last character of ``[start, end)``, which is not empty."""
        pieces = list(self.pieces(start, end))
        return pieces[0].raw_start, pieces[-1].raw_end

    def resolved(self, escapes: re.Pattern[str], unescape: Callable[[str], str]) -> MappedText:
        """The text with what ``escapes`` finds in it replaced by what ``unescape`` makes of that."""
        result = MappedText(self._source)
        text = self.text
        position = 0
        for match in escapes.finditer(text):
            result._append_part(self, position, match.start())
            result.add_replaced(unescape(match[0]), *self.raw_range(*match.span()))
            position = match.end()
        result._append_part(self, position, len(text))
        return result

    def part(self, start: int, end: int) -> MappedText:
        """The text from ``start`` to ``end`` on its own."""
        part = MappedText(self._source)
        part._append_part(self, start, end)
        return part

    def over(self, source: str) -> MappedText:
        """The same text as ``source`` has it, which is as long as the file."""
        result = MappedText(source)
        for piece in self._pieces:
            text = self.text[piece.start : piece.end]
            if self._source[piece.raw_start : piece.raw_end] == text:
                text = source[piece.raw_start : piece.raw_end]
            result._append(text, piece.raw_start, piece.raw_end)
        return result

    def _append_part(self, other: MappedText, start: int, end: int) -> None:
        text = other.text
        for piece in other.pieces(start, end):
            self._append(text[piece.start : piece.end], piece.raw_start, piece.raw_end)

    def _append(self, text: str, raw_start: int, raw_end: int) -> None:
        start = self._length
        self._length += len(text)
        self._chunks.append(text)
        self._pieces.append(Piece(start, self._length, raw_start, raw_end))
        self._starts.append(start)
