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

OUTLIER = 8.5
"""How far below the median of the margins of two versions one may be, times the way down to their lowest quarter."""

OUTLIER_LIMIT = 0.1
"""A margin that is never too low to be linked, however much alike the others are."""

ASSUMED_LEAST = -0.3
"""Least margin of two versions of which nothing is known."""

ASSUMED_WEIGHT = 8.0
"""Pairs that this supposition counts as."""

USUAL_RATE = 0.1
"""Share of segments without counterpart from which on linking one is worth nothing in itself; the same of merges."""

RARITY_WEIGHT = 0.08
"""What it is worth where they are rarer, per unit of the logarithm of their share; what merging costs then."""

ALMOST_NEVER_ALONE = 0.25
"""What linking a pair must be worth in itself for its place to outweigh that no other pair is so unlike."""

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

    Each the more, the rarer segments without counterpart and merges are in these two versions. Nothing is linked whose
    margin is below ``least``: so little alike are no translations here, whatever the place says.
    """

    linking_left: float
    linking_right: float
    merging: float
    least: float


@dataclass(frozen=True, slots=True)
class _Piece:
    left: tuple[int, int]
    right: tuple[int, int]

    def cut(self, left: Version, right: Version) -> _Part:
        """The piece of both versions."""
        return _Part(
            left.take(range(*self.left)),
            right.take(range(*self.right)),
            self.left[0] == self.right[0] == 0,
            self.left[1] == len(left) and self.right[1] == len(right),
        )


class _Part(NamedTuple):
    """A piece of two versions to align, and whether both versions begin and end with it."""

    left: Version
    right: Version
    is_start: bool
    is_end: bool

    def gaps(self, beads: Sequence[Bead]) -> Iterator[_Gap]:
        """What is left before, between and after the beads."""
        n, m = len(self.left), len(self.right)
        i = j = 0
        for number, bead in enumerate([*beads, Bead(n, n, m, m, 0.0)]):
            outer = (number == 0 and self.is_start) or (number == len(beads) and self.is_end)
            yield _Gap(range(i, bead.left_start), range(j, bead.right_start), outer)
            i, j = bead.left_end, bead.right_end


class _Gap(NamedTuple):
    """Segments of the left and of the right, either may be none; ``outer``: before the first or after the last bead."""

    rows: range
    columns: range
    outer: bool


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
        for bead in _align_exact(piece.cut(left, right), ratio, habits):
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
    parts = [pieces[index].cut(left, right) for index in chosen]
    return _measure([(part, _first_pass(part, ratio)[0]) for part in parts])


def _measure(aligned: Sequence[tuple[_Part, Sequence[Bead]]]) -> _Habits:
    alone, counts = np.zeros(2), np.zeros(2)
    merged = linked = 0
    for part, beads in aligned:
        linked += len(beads)
        merged += sum(bead.left_end - bead.left_start + bead.right_end - bead.right_start > 2 for bead in beads)
        counts += len(part.left), len(part.right)
        for rows, columns, outer in part.gaps(beads):
            if outer:
                # A preface or a licence that one version has says nothing of the text itself.
                counts -= len(rows), len(columns)
                continue
            # Equally many on both sides are more likely pairs that match badly.
            both = UNSURE_SHARE * min(len(rows), len(columns))
            alone += max(len(rows) - len(columns), 0) + both, max(len(columns) - len(rows), 0) + both
    rates = [*((alone + 0.5) / (counts + 1.0)), (merged + 0.5) / (linked + 1.0)]
    linking_left, linking_right, merging = (max(0.0, RARITY_WEIGHT * math.log(USUAL_RATE / rate)) for rate in rates)
    least = least_margin([bead for _, beads in aligned for bead in beads])
    return _Habits(linking_left, linking_right, merging, least)


def least_margin(beads: Sequence[Bead]) -> float:
    """The margin that next to no bead of two versions falls below, judged by those found that are no chance."""
    found = [bead.margin for bead in beads if bead.margin >= OUTLIER_LIMIT]
    count = len(found)
    if count == 0:
        return ASSUMED_LEAST
    low, usual = (float(value) for value in np.quantile(found, [0.25, 0.5]))
    measured = usual - OUTLIER * (usual - low)
    return min(OUTLIER_LIMIT, (count * measured + ASSUMED_WEIGHT * ASSUMED_LEAST) / (count + ASSUMED_WEIGHT))


def usual_ratio(left: Version, right: Version) -> float:
    """Expected logarithm of the ratio of the lengths, left over right, from the whole versions."""
    if len(left) == 0 or len(right) == 0:
        return 0.0
    # Versions with whole sections missing must not bend the ratio: medians resist them better than totals.
    ratio = float(np.log(np.median(left.lengths) / np.median(right.lengths)))
    return float(np.clip(ratio, -1.5, 1.5))


def _first_pass(part: _Part, ratio: float) -> tuple[list[Bead], Margins, dict[tuple[int, int], NDArray[np.float64]]]:
    """The best beads where nothing is known of the two versions, all margins, and what each bead is worth."""
    n, m = len(part.left), len(part.right)
    table = margins(part.left, part.right, [(a, b) for a, b in SHAPES if a <= n and b <= m])
    if not table.of:
        return [], table, {}
    gains = _gains(table, part.left, part.right, ratio)
    return _best_beads(gains, table), table, gains


def _align_exact(part: _Part, ratio: float, habits: _Habits) -> list[Bead]:
    beads, table, gains = _first_pass(part, ratio)
    if not gains:
        return []
    # Where a first pass leaves several segments of one side alone, a whole passage is missing, however rare that is
    # elsewhere.
    rare_left, rare_right = _rarely_alone(part, beads)
    for (a, b), gain in gains.items():
        gain += habits.linking_left * _run_sums(rare_left, a)[:, None]
        gain += habits.linking_right * _run_sums(rare_right, b)[None, :]
        gain -= habits.merging * (a + b > 2)
        gain[table.of[a, b] < habits.least] = -np.inf
    return _fill(_best_beads(gains, table), part, table, habits)


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


def _rarely_alone(part: _Part, beads: Sequence[Bead]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """1 for every segment, 0 for those in gaps with more than one segment more on one side than on the other."""
    left, right = np.ones(len(part.left)), np.ones(len(part.right))
    for rows, columns, _ in part.gaps(beads):
        if abs(len(rows) - len(columns)) > 1:
            left[rows.start : rows.stop] = 0.0
            right[columns.start : columns.stop] = 0.0
    return left, right


def _run_sums(values: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    return np.convolve(values, np.ones(size), mode="valid")


def _fill(beads: list[Bead], part: _Part, table: Margins, habits: _Habits) -> list[Bead]:
    """Pair what is left between two beads when both sides have equally many segments of the same kinds.

    The place between aligned neighbours is evidence of its own. It decides for short texts, whose vectors are
    unreliable; longer ones must not speak against it. Before the first bead and after the last one only one neighbour
    is evidence: there the margin must be one that these versions have elsewhere too.
    """
    worth = habits.linking_left + habits.linking_right
    between = FILL_MARGIN - worth
    if worth < ALMOST_NEVER_ALONE:
        between = max(between, habits.least)
    left, right = part.left, part.right
    filled = list(beads)
    for rows, columns, outer in part.gaps(beads):
        if len(rows) != len(columns) or not np.array_equal(
            left.kinds[rows.start : rows.stop], right.kinds[columns.start : columns.stop]
        ):
            continue
        pairs = [Bead(i, i + 1, j, j + 1, float(table.of[1, 1][i, j])) for i, j in zip(rows, columns, strict=True)]
        if all(_may_fill(pair, part, habits.least if outer else -math.inf, between) for pair in pairs):
            filled.extend(pairs)
    return sorted(filled)


def _may_fill(pair: Bead, part: _Part, least: float, usual: float) -> bool:
    short = max(part.left.lengths[pair.left_start], part.right.lengths[pair.right_start]) <= SHORT
    return pair.margin >= (least if short else max(least, usual))


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
