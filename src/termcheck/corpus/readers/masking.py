"""Hiding what is no Markdown from the Markdown parser, without moving anything.

Shortcodes, components and the like would be torn apart by a Markdown parser that does not know them. They are
replaced by characters of a private use area, one for one, so that every offset stays what it was, and translated back
where their value is wanted.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import ProtectedKind, SegmentKind, Span

_INDENT = 200
_PRIVATE = 0xF0000
_HIDE = {code: _PRIVATE + code for code in (9, *range(32, 127))}
_SHOW = {hidden: code for code, hidden in _HIDE.items()}


class Mask(NamedTuple):
    """A hidden stretch of one line: what to protect in its place, and whether readers see it in the text.

    ``kind`` is None for what is neither shown nor protected (a comment).
    """

    start: int
    end: int
    kind: ProtectedKind | None = None
    value: str = ""
    visible: bool = False


class Extra(NamedTuple):
    """Text that stands in syntax which is blanked out, such as the title of an admonition."""

    span: Span
    kind: SegmentKind


@dataclass(frozen=True)
class Masked:
    """A file as the parser sees it: ``text`` has the length of the file, ``masks`` are sorted and disjoint."""

    text: str = field(repr=False)
    masks: tuple[Mask, ...] = ()
    extras: tuple[Extra, ...] = ()
    blocks: tuple[tuple[tuple[int, int], ...], ...] = ()
    """Lines that are Markdown of their own, each as the place of its content and the end of the line."""

    def masks_in(self, start: int, end: int) -> Iterator[Mask]:
        """The masks that start in ``[start, end)``."""
        index = bisect_left(self.masks, start, key=lambda mask: mask.start)
        while index < len(self.masks) and self.masks[index].start < end:
            yield self.masks[index]
            index += 1


class Masker:
    """Collects what to hide in ``source``."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._blanks: list[tuple[int, int]] = []
        self._masks: list[Mask] = []
        self._extras: list[Extra] = []

    def blank(self, start: int, end: int) -> None:
        """Make everything there white space; line breaks stay."""
        if start < end:
            self._blanks.append((start, end))

    def hide(self, start: int, end: int, kind: ProtectedKind | None = None, *, visible: bool = False) -> None:
        """Hide ``[start, end)``, which may reach over several lines; the first one carries the value."""
        value = self._source[start:end]
        position = start
        while position < end:
            stop = self._line_end(position, end)
            # The indentation of a further line says to the parser which list item it belongs to.
            first = position
            while position > start and first < stop and self._source[first] in " \t":
                first += 1
            if first < stop:
                is_first = position == start
                self._masks.append(Mask(first, stop, kind if is_first else None, value if is_first else "", visible))
            position = stop
            while position < end and self._source[position] in "\r\n":
                position += 1

    def blank_or_hide(self, start: int, end: int, kind: ProtectedKind | None = None, *, visible: bool = False) -> None:
        """Hide ``[start, end)``, or blank it if it fills its lines: then it separates paragraphs."""
        before = start
        while before > 0 and self._source[before - 1] in " \t" and start - before < _INDENT:
            before -= 1
        after = end
        while after < len(self._source) and self._source[after] in " \t" and after - end < _INDENT:
            after += 1
        opens = before == 0 or self._source[before - 1] in "\r\n"
        closes = after == len(self._source) or self._source[after] in "\r\n"
        if opens and closes:
            self.blank(start, end)
        else:
            self.hide(start, end, kind, visible=visible)

    def keep(self, span: Span, kind: SegmentKind) -> None:
        """Read the text there although it is blanked out."""
        self._extras.append(Extra(span, kind))

    def finish(self, blocks: tuple[tuple[tuple[int, int], ...], ...] = ()) -> Masked:
        masks = self._outside_blanks()
        changes = [(start, end, True) for start, end in self._blanks]
        changes += [(mask.start, mask.end, False) for mask in masks]
        changes.sort()
        chunks = []
        position = 0
        for start, end, is_blank in changes:
            if end <= position:
                continue
            start = max(start, position)
            chunks.append(self._source[position:start])
            stretch = self._source[start:end]
            chunks.append(_blanked(stretch) if is_blank else stretch.translate(_HIDE))
            position = end
        chunks.append(self._source[position:])
        return Masked("".join(chunks), tuple(masks), tuple(self._extras), blocks)

    def _outside_blanks(self) -> list[Mask]:
        self._blanks.sort()
        masks = []
        index = 0
        covered = 0
        for mask in sorted(self._masks, key=lambda mask: (mask.start, mask.end)):
            while index < len(self._blanks) and self._blanks[index][0] < mask.end:
                covered = max(covered, self._blanks[index][1])
                index += 1
            if mask.start >= covered:
                masks.append(mask)
                covered = mask.end
        return masks

    def _line_end(self, start: int, end: int) -> int:
        stops = [stop for char in "\r\n" if (stop := self._source.find(char, start, end)) >= 0]
        return min(stops, default=end)


def _blanked(text: str) -> str:
    return "".join(char if char in "\r\n" else " " for char in text)


def unmask(value: str) -> str:
    """A value that the parser read from masked text, as it stands in the file."""
    return value if value.isascii() else value.translate(_SHOW)
