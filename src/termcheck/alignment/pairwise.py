"""Alignment of two versions into beads by dynamic programming over margins.

A bead pairs a run of ``a`` segments with a run of ``b`` (Gale & Church 1993 for the shapes, bertalign for the use of
merged vectors). Leaving a segment alone costs nothing and a bead must earn its place with a margin above
``NULL_MARGIN``, so a segment whose counterpart was deleted stays alone instead of being given a neighbour's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termcheck.alignment.anchors import anchors, is_in_place
from termcheck.alignment.similarity import margins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termcheck.alignment.similarity import Margins
    from termcheck.alignment.version import Version

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))
"""Bead shapes tried, besides segments left alone."""

NULL_MARGIN = 0.02
"""The margin from which a bead is better than leaving both sides alone."""

MERGE_COST = 0.04
"""By how much a merge must raise the margin over its best part, per segment beyond the first on a side."""

MERGE_GAIN = 2.0
"""What a raise beyond ``MERGE_COST`` is worth: a merged bead covers more segments than its best part does."""

CROSS_COST = 0.05
"""Cost of a bead with several segments on both sides: most such are pairs of single segments."""

LENGTH_WEIGHT = 0.04
"""Cost per squared standard deviation of the log length ratio, capped at ``LENGTH_CAP`` deviations."""

LENGTH_CAP = 3.0

SHORT = 40
"""Characters up to which a text is too short for its vector to say much: a heading, a table cell."""

FILL_MARGIN = -0.03
"""Least margin of longer texts that are paired because nothing else is left between their neighbours."""

BLOCK = 200
"""Longest stretch of segments aligned by one exact dynamic program; longer ones are cut at anchors."""


class Bead(NamedTuple):
    """Segments ``left`` beside ``right``, both half-open index ranges that are not empty; ``margin`` is unbounded."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    margin: float
    moved: bool = False

    def extent(self, side: int) -> tuple[int, int]:
        """The half-open range of indices on the left (0) or the right (1)."""
        return (self.right_start, self.right_end) if side else (self.left_start, self.left_end)


@dataclass(frozen=True, slots=True)
class _Piece:
    left: tuple[int, int]
    right: tuple[int, int]


def align_monotone(left: Version, right: Version) -> tuple[Bead, ...]:
    """The best beads in order on both sides; segments in no bead are left alone.

    Time is that of exact alignment up to ``BLOCK`` segments a side. Longer versions are cut into such pieces, so that
    time and memory grow linearly.
    """
    ratio, spread = length_model(left, right)
    beads: list[Bead] = []
    for piece in _pieces(left, right):
        part_left = left.take(range(*piece.left))
        part_right = right.take(range(*piece.right))
        for bead in _align_exact(part_left, part_right, ratio, spread):
            i, j = piece.left[0], piece.right[0]
            beads.append(
                Bead(
                    bead.left_start + i,
                    bead.left_end + i,
                    bead.right_start + j,
                    bead.right_end + j,
                    bead.margin,
                )
            )
    return tuple(beads)


def length_model(left: Version, right: Version) -> tuple[float, float]:
    """Expected log ratio of the lengths (left over right) and its spread, from the whole versions.

    The spread of a translation's length is about .35 in log units for a paragraph in the languages measured; it is
    fixed because estimating it needs the alignment that it helps to find.
    """
    total_left, total_right = left.lengths.sum(), right.lengths.sum()
    if total_left <= 0 or total_right <= 0:
        return 0.0, 0.35
    # Versions with whole sections missing must not bend the ratio: medians resist them better than totals.
    ratio = float(np.log(np.median(left.lengths) / np.median(right.lengths)))
    return float(np.clip(ratio, -1.5, 1.5)), 0.35


def _align_exact(left: Version, right: Version, ratio: float, spread: float) -> list[Bead]:
    n, m = len(left), len(right)
    if n == 0 or m == 0:
        return []
    table = margins(left, right, [(a, b) for a, b in SHAPES if a <= n and b <= m])
    gains = _gains(table, left, right, ratio, spread)
    best = np.full((n + 1, m + 1), -np.inf)
    best[0] = 0.0
    for i in range(1, n + 1):
        row = best[i - 1].copy()
        for (a, b), gain in gains.items():
            if i >= a and m >= b:
                np.maximum(row[b:], best[i - a, : m + 1 - b] + gain[i - a], out=row[b:])
        best[i] = np.maximum.accumulate(row)
    return _fill(_trace(best, gains, table), left, right, table)


def _fill(beads: list[Bead], left: Version, right: Version, table: Margins) -> list[Bead]:
    """Pair what is left between two beads when both sides have equally many segments of the same kinds.

    The place between aligned neighbours is evidence of its own. It decides for short texts, whose vectors are
    unreliable; longer ones must not speak against it.
    """
    single = table.of[1, 1]
    filled: list[Bead] = []
    i = j = 0
    for bead in [*beads, Bead(len(left), len(left), len(right), len(right), 0.0)]:
        free = range(bead.left_start - i)
        if len(free) == bead.right_start - j and np.array_equal(
            left.kinds[i : i + len(free)], right.kinds[j : j + len(free)]
        ):
            pairs = [(i + step, j + step, float(single[i + step, j + step])) for step in free]
            short = [max(left.lengths[a], right.lengths[b]) <= SHORT for a, b, _ in pairs]
            if all(is_short or margin >= FILL_MARGIN for is_short, (_, _, margin) in zip(short, pairs, strict=True)):
                filled.extend(Bead(a, a + 1, b, b + 1, margin) for a, b, margin in pairs)
        if bead.left_end > bead.left_start:
            filled.append(bead)
        i, j = bead.left_end, bead.right_end
    return filled


def _gains(
    table: Margins, left: Version, right: Version, ratio: float, spread: float
) -> dict[tuple[int, int], NDArray[np.float64]]:
    gains: dict[tuple[int, int], NDArray[np.float64]] = {}
    for a, b in table.of:
        left_length = np.convolve(left.lengths, np.ones(a), mode="valid")
        right_length = np.convolve(right.lengths, np.ones(b), mode="valid")
        deviation = (np.log(left_length)[:, None] - np.log(right_length)[None, :] - ratio) / spread
        cost = LENGTH_WEIGHT * np.minimum(np.abs(deviation), LENGTH_CAP) ** 2
        gains[a, b] = table.of[a, b] - NULL_MARGIN - cost
        if a + b > 2:
            gains[a, b] += MERGE_GAIN * (table.of[a, b] - _best_part(table, a, b) - MERGE_COST * (a + b - 2))
        if min(a, b) > 1:
            gains[a, b] -= CROSS_COST
    return gains


def _best_part(table: Margins, a: int, b: int) -> NDArray[np.float32]:
    """The highest margin that a merged bead keeps when a segment at one of its ends is left out."""
    rows, columns = table.of[a, b].shape
    best = np.full((rows, columns), -np.inf, dtype=np.float32)
    for smaller in ((a - 1, b), (a, b - 1)):
        if smaller in table.of:
            part = table.of[smaller]
            for i in range(a - smaller[0] + 1):
                for j in range(b - smaller[1] + 1):
                    np.maximum(best, part[i : i + rows, j : j + columns], out=best)
    return best


def _trace(best: NDArray[np.float64], gains: dict[tuple[int, int], NDArray[np.float64]], table: Margins) -> list[Bead]:
    i, j = best.shape[0] - 1, best.shape[1] - 1
    beads: list[Bead] = []
    while i > 0 and j > 0:
        value = best[i, j]
        for (a, b), gain in gains.items():
            if i >= a and j >= b and best[i - a, j - b] + gain[i - a, j - b] == value:
                beads.append(Bead(i - a, i, j - b, j, float(table.of[a, b][i - a, j - b])))
                i, j = i - a, j - b
                break
        else:
            if best[i - 1, j] == value:
                i -= 1
            else:
                j -= 1
    beads.reverse()
    return beads


def _pieces(left: Version, right: Version) -> list[_Piece]:
    """Cut both versions at anchors so that no piece is much longer than ``BLOCK`` where anchors allow it."""
    whole = _Piece((0, len(left)), (0, len(right)))
    return [whole] if max(len(left), len(right)) <= BLOCK else _cut(left, right, whole)


def _cut(left: Version, right: Version, piece: _Piece) -> list[_Piece]:
    (top, bottom), (first, last) = piece.left, piece.right
    cuts = [(top, first)]
    for i, j in anchors(left.take(range(top, bottom)), right.take(range(first, last))):
        place = (top + i, first + j)
        far = max(place[0] - cuts[-1][0], place[1] - cuts[-1][1]) >= BLOCK // 2
        if far and is_in_place(left, right, *place):
            cuts.append(place)
    cuts.append((bottom, last))
    parts = [_Piece((i, k), (j, m)) for (i, j), (k, m) in pairwise(cuts)]
    # Only part of the segments is looked at for anchors: what is still long has more of them. A part that is hardly
    # shorter has none, and is not searched again and again.
    return [
        small
        for part in parts
        for small in (_cut(left, right, part) if _is_worth_cutting(part, piece) else _bounded(part))
    ]


def _is_worth_cutting(part: _Piece, whole: _Piece) -> bool:
    return 2 * BLOCK < _longest_side(part) <= _longest_side(whole) // 2


def _longest_side(piece: _Piece) -> int:
    return max(piece.left[1] - piece.left[0], piece.right[1] - piece.right[0])


def _bounded(piece: _Piece) -> list[_Piece]:
    """Halve a stretch without anchors until the dynamic program over it fits into memory."""
    (top, bottom), (first, last) = piece.left, piece.right
    if (bottom - top) * (last - first) <= 16 * BLOCK * BLOCK:
        return [piece]
    middle, other = (top + bottom) // 2, (first + last) // 2
    return _bounded(_Piece((top, middle), (first, other))) + _bounded(_Piece((middle, bottom), (other, last)))
