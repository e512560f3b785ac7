"""Alignment of two versions into beads by dynamic programming over margins.

A bead pairs a run of ``a`` segments with a run of ``b`` (Gale & Church 1993 for the shapes, bertalign for the use of
merged vectors). Leaving a segment alone costs nothing and a bead must earn its place with a margin above
``NULL_MARGIN``, so a segment whose counterpart was deleted stays alone instead of being given a neighbour's.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termcheck.alignment.anchors import anchors, is_in_place
from termcheck.alignment.similarity import margins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from termcheck.alignment.similarity import Margins
    from termcheck.alignment.version import Version

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (2, 2))
"""Bead shapes tried, besides segments left alone."""

NULL_MARGIN = 0.02
"""The margin from which a bead is better than leaving both sides alone."""

MERGE_COST = 0.04
"""By how much a merge must raise the margin over its best part, per segment beyond the first on a side."""

MERGE_GAIN = 2.0
"""What a raise beyond ``MERGE_COST`` is worth: a merged bead covers more segments than its best part does."""

CROSS_COST = 0.05
"""Cost of a bead with several segments on both sides: most such are pairs of single segments."""

LENGTH_WEIGHT = 0.03
"""Cost per squared standard deviation of the log length ratio, capped at ``LENGTH_CAP`` deviations."""

SPREAD = 0.25
"""Standard deviation of the logarithm of the ratio of two long texts' lengths."""

SPREAD_PER_CHARACTER = 2.0
"""Variance of it, times the length: what a single character more or less means for a short text."""

LENGTH_CAP = 3.0

SHORT = 40
"""Characters up to which a text is too short for its vector to say much: a heading, a table cell."""

FILL_MARGIN = -0.03
"""Least margin of longer texts that are paired because nothing else is left between their neighbours, where segments
without counterpart are usual."""

USUAL_RATE = 0.1
"""Share of segments without counterpart from which on linking one is worth nothing in itself; the same of merges."""

RARITY_WEIGHT = 0.08
"""What it is worth where they are rarer, per unit of the logarithm of their share; what merging costs then."""

UNSURE_SHARE = 0.25
"""Part of the segments left alone on both sides of one place that counts as having no counterpart."""

SAMPLE = 16
"""Pieces of long versions in which the share is measured."""

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


class _Habits(NamedTuple):
    """What linking a segment of the left and of the right is worth in itself, and what merging costs.

    Each the more, the rarer segments without counterpart and merges are in these two versions.
    """

    linking_left: float
    linking_right: float
    merging: float


@dataclass(frozen=True, slots=True)
class _Piece:
    left: tuple[int, int]
    right: tuple[int, int]


def align_monotone(left: Version, right: Version) -> tuple[Bead, ...]:
    """The best beads in order on both sides; segments in no bead are left alone.

    Time is that of exact alignment up to ``BLOCK`` segments a side. Longer versions are cut into such pieces, so that
    time and memory grow linearly.
    """
    ratio = usual_ratio(left, right)
    pieces = _pieces(left, right)
    habits = _habits(left, right, pieces, ratio)
    beads: list[Bead] = []
    for piece in pieces:
        part_left = left.take(range(*piece.left))
        part_right = right.take(range(*piece.right))
        for bead in _align_exact(part_left, part_right, ratio, habits):
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


def _habits(left: Version, right: Version, pieces: Sequence[_Piece], ratio: float) -> _Habits:
    """How these two versions relate, from an alignment that supposes nothing.

    Of long versions only some pieces, evenly spread, are looked at.
    """
    chosen = np.unique(np.linspace(0, len(pieces) - 1, min(SAMPLE, len(pieces))).round().astype(np.int64))
    parts = [
        (left.take(range(*piece.left)), right.take(range(*piece.right)))
        for piece in (pieces[index] for index in chosen)
    ]
    nothing = _Habits(0.0, 0.0, 0.0)
    return _measure([(*part, _align_exact(*part, ratio, nothing)) for part in parts])


def _measure(aligned: Sequence[tuple[Version, Version, Sequence[Bead]]]) -> _Habits:
    alone, counts = np.zeros(2), np.zeros(2)
    merged = linked = 0
    for left, right, beads in aligned:
        counts += len(left), len(right)
        linked += len(beads)
        merged += sum(bead.left_end - bead.left_start + bead.right_end - bead.right_start > 2 for bead in beads)
        for rows, columns in _gaps(beads, len(left), len(right)):
            # Equally many on both sides are more likely pairs that match badly.
            both = UNSURE_SHARE * min(len(rows), len(columns))
            alone += max(len(rows) - len(columns), 0) + both, max(len(columns) - len(rows), 0) + both
    rates = [*((alone + 0.5) / (counts + 1.0)), (merged + 0.5) / (linked + 1.0)]
    return _Habits(*(max(0.0, RARITY_WEIGHT * math.log(USUAL_RATE / rate)) for rate in rates))


def usual_ratio(left: Version, right: Version) -> float:
    """Expected logarithm of the ratio of the lengths, left over right, from the whole versions."""
    if len(left) == 0 or len(right) == 0:
        return 0.0
    # Versions with whole sections missing must not bend the ratio: medians resist them better than totals.
    ratio = float(np.log(np.median(left.lengths) / np.median(right.lengths)))
    return float(np.clip(ratio, -1.5, 1.5))


def _align_exact(left: Version, right: Version, ratio: float, habits: _Habits) -> list[Bead]:
    if len(left) == 0 or len(right) == 0:
        return []
    table = margins(left, right, [(a, b) for a, b in SHAPES if a <= len(left) and b <= len(right)])
    gains = _gains(table, left, right, ratio)
    beads = _best_beads(gains, table)
    if any(habits):
        # Where a first pass leaves several segments of one side alone, a whole passage is missing, however rare
        # that is elsewhere.
        rare_left, rare_right = _rarely_alone(beads, len(left), len(right))
        for (a, b), gain in gains.items():
            gain += habits.linking_left * _run_sums(rare_left, a)[:, None]
            gain += habits.linking_right * _run_sums(rare_right, b)[None, :]
            gain -= habits.merging * (a + b > 2)
        beads = _best_beads(gains, table)
    least = FILL_MARGIN - habits.linking_left - habits.linking_right
    return _fill(beads, left, right, table, least)


def _best_beads(gains: dict[tuple[int, int], NDArray[np.float64]], table: Margins) -> list[Bead]:
    n, m = gains[1, 1].shape
    best = np.full((n + 1, m + 1), -np.inf)
    best[0] = 0.0
    for i in range(1, n + 1):
        row = best[i - 1].copy()
        for (a, b), gain in gains.items():
            if i >= a and m >= b:
                np.maximum(row[b:], best[i - a, : m + 1 - b] + gain[i - a], out=row[b:])
        best[i] = np.maximum.accumulate(row)
    return _trace(best, gains, table)


def _gaps(beads: Sequence[Bead], n: int, m: int) -> Iterator[tuple[range, range]]:
    """What is left between the beads: ranges of segments of the left and of the right, either may be empty."""
    i = j = 0
    for bead in [*beads, Bead(n, n, m, m, 0.0)]:
        yield range(i, bead.left_start), range(j, bead.right_start)
        i, j = bead.left_end, bead.right_end


def _rarely_alone(beads: Sequence[Bead], n: int, m: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """1 for every segment, 0 for those in gaps with more than one segment more on one side than on the other."""
    left, right = np.ones(n), np.ones(m)
    for rows, columns in _gaps(beads, n, m):
        if abs(len(rows) - len(columns)) > 1:
            left[rows.start : rows.stop] = 0.0
            right[columns.start : columns.stop] = 0.0
    return left, right


def _run_sums(values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    return np.convolve(values, np.ones(size), mode="valid")


def _fill(beads: list[Bead], left: Version, right: Version, table: Margins, least: float) -> list[Bead]:
    """Pair what is left between two beads when both sides have equally many segments of the same kinds.

    The place between aligned neighbours is evidence of its own. It decides for short texts, whose vectors are
    unreliable; longer ones must not speak against it, with a margin below ``least``.
    """
    single = table.of[1, 1]
    filled = list(beads)
    for rows, columns in _gaps(beads, len(left), len(right)):
        if len(rows) == len(columns) and np.array_equal(
            left.kinds[rows.start : rows.stop], right.kinds[columns.start : columns.stop]
        ):
            pairs = [(i, j, float(single[i, j])) for i, j in zip(rows, columns, strict=True)]
            short = [max(left.lengths[a], right.lengths[b]) <= SHORT for a, b, _ in pairs]
            if all(is_short or margin >= least for is_short, (_, _, margin) in zip(short, pairs, strict=True)):
                filled.extend(Bead(a, a + 1, b, b + 1, margin) for a, b, margin in pairs)
    return sorted(filled)


def _gains(table: Margins, left: Version, right: Version, ratio: float) -> dict[tuple[int, int], NDArray[np.float64]]:
    gains: dict[tuple[int, int], NDArray[np.float64]] = {}
    for a, b in table.of:
        left_length = np.convolve(left.lengths, np.ones(a), mode="valid")
        right_length = np.convolve(right.lengths, np.ones(b), mode="valid")
        difference = np.log(left_length)[:, None] - np.log(right_length)[None, :] - ratio
        variance = SPREAD**2 + SPREAD_PER_CHARACTER / np.sqrt(np.outer(left_length, right_length))
        cost = LENGTH_WEIGHT * np.minimum(difference**2 / variance, LENGTH_CAP**2)
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
