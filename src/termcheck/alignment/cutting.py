"""Long versions cut into pieces at anchors, so that time and memory grow with their length only."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from termcheck.alignment.anchors import anchors, is_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termcheck.alignment.beads import Bead
    from termcheck.alignment.version import Version

BLOCK = 200
"""Longest stretch of segments aligned by one exact dynamic program; longer ones are cut at anchors."""


class Gap(NamedTuple):
    """Segments of the left and of the right, either may be none; ``outer``: before the first or after the last bead."""

    rows: range
    columns: range
    outer: bool


class Part(NamedTuple):
    """A piece of two versions to align, and whether both versions begin and end with it."""

    left: Version
    right: Version
    is_start: bool
    is_end: bool

    def gaps(self, beads: Sequence[Bead]) -> Iterator[Gap]:
        """What is left before, between and after the beads."""
        i = j = 0
        for number, bead in enumerate(beads):
            yield Gap(range(i, bead.left_start), range(j, bead.right_start), number == 0 and self.is_start)
            i, j = bead.left_end, bead.right_end
        outer = self.is_end or (not beads and self.is_start)
        yield Gap(range(i, len(self.left)), range(j, len(self.right)), outer)


class Piece(NamedTuple):
    """Half-open ranges of segments that lie beside each other."""

    left: tuple[int, int]
    right: tuple[int, int]

    def cut(self, left: Version, right: Version) -> Part:
        """The piece of both versions."""
        return Part(
            left.take(range(*self.left)),
            right.take(range(*self.right)),
            self.left[0] == self.right[0] == 0,
            self.left[1] == len(left) and self.right[1] == len(right),
        )

    @property
    def longest_side(self) -> int:
        return max(self.left[1] - self.left[0], self.right[1] - self.right[0])


def pieces(left: Version, right: Version) -> list[Piece]:
    """Both versions cut at anchors so that no piece is much longer than ``BLOCK`` where anchors allow it."""
    whole = Piece((0, len(left)), (0, len(right)))
    return [whole] if whole.longest_side <= BLOCK else _cut(left, right, whole)


def _cut(left: Version, right: Version, piece: Piece) -> list[Piece]:
    (top, bottom), (first, last) = piece
    cuts = [(top, first)]
    for i, j in anchors(left.take(range(top, bottom)), right.take(range(first, last))):
        place = (top + i, first + j)
        far = max(place[0] - cuts[-1][0], place[1] - cuts[-1][1]) >= BLOCK // 2
        if far and is_in_place(left, right, *place):
            cuts.append(place)
    cuts.append((bottom, last))
    parts = [Piece((i, k), (j, m)) for (i, j), (k, m) in pairwise(cuts)]
    # Only part of the segments is looked at for anchors: what is still long has more of them. A part that is hardly
    # shorter has none, and is not searched again and again.
    return [
        small
        for part in parts
        for small in (_cut(left, right, part) if _is_worth_cutting(part, piece) else _bounded(part))
    ]


def _is_worth_cutting(part: Piece, whole: Piece) -> bool:
    return 2 * BLOCK < part.longest_side <= whole.longest_side // 2


def _bounded(piece: Piece) -> list[Piece]:
    """Halve a stretch without anchors until the dynamic program over it fits into memory."""
    (top, bottom), (first, last) = piece
    if (bottom - top) * (last - first) <= 16 * BLOCK * BLOCK:
        return [piece]
    middle, other = (top + bottom) // 2, (first + last) // 2
    return _bounded(Piece((top, middle), (first, other))) + _bounded(Piece((middle, bottom), (other, last)))
