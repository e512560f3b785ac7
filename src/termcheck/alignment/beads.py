"""Beads, runs of segments of two versions that belong together, and what each is worth to an alignment.

A bead pairs a run of ``a`` segments with a run of ``b`` (Gale & Church 1993 for the shapes, bertalign for the use of
merged vectors). What it is worth is a weighted sum, in units of margin: its margin, how well the lengths fit, and of a
merge, by how much it beats its parts. Leaving a segment alone is worth nothing, so that a segment whose counterpart was
deleted stays alone instead of being given a neighbour's.

The weights were learned together on planted documents, all but ``link``, which was lowered afterwards: real versions
have more text without counterpart than planted ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from termcheck.alignment.similarity import Margins
    from termcheck.alignment.version import Version

SHAPES = (
    *((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1)),
    *((2, 2), (2, 3), (3, 2), (2, 4), (4, 2), (3, 3)),
)
"""Bead shapes tried, besides segments left alone."""

SPREAD = 0.25
"""Standard deviation of the logarithm of the ratio of two long texts' lengths."""

SPREAD_PER_CHARACTER = 2.0
"""Variance of it, times the length: what a single character more or less means for a short text."""

LENGTH_CAP = 3.0
"""Standard deviations from which on a deviation counts no more."""


class Weights(NamedTuple):
    """What makes a bead worth its place, in units of margin.

    ``link`` is added for every bead; ``misfit`` is taken off per squared standard deviation of the lengths. Of a bead
    with one segment on one side and several on the other, ``merge`` is taken off, ``merge_more`` added for each
    segment beyond three, ``merge_best`` weighs the rise of the margin over the best single pair inside, ``merge_rise``
    that over the best part with one segment less, ``merge_misfit`` is taken off like ``misfit``. Of a bead with several
    on both sides, ``cross`` is taken off and ``cross_margin`` weighs the margin once more: it stands for two beads.
    """

    link: float
    misfit: float
    merge: float
    merge_more: float
    merge_best: float
    merge_rise: float
    merge_misfit: float
    cross: float
    cross_margin: float
    cross_rise: float
    cross_misfit: float


WEIGHTS = Weights(0.08, 0.05, 0.112, 0.026, 0.51, 1.14, 0.044, 0.2, 0.22, 0.99, 0.057)


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


def usual_ratio(left: Version, right: Version) -> float:
    """Expected logarithm of the ratio of the lengths, left over right, from the whole versions."""
    if len(left) == 0 or len(right) == 0:
        return 0.0
    # Versions with whole sections missing must not bend the ratio: medians resist them better than totals.
    ratio = float(np.log(np.median(left.lengths) / np.median(right.lengths)))
    return float(np.clip(ratio, -1.5, 1.5))


def bead_worths(
    table: Margins, left: Version, right: Version, ratio: float, weights: Weights = WEIGHTS
) -> dict[tuple[int, int], NDArray[np.float64]]:
    """What each bead is worth, in the shapes of ``table``; ``ratio`` as of :func:`usual_ratio`."""
    lefts = {a: _run_lengths(left, a) for a in {a for a, _ in table.of}}
    rights = {b: _run_lengths(right, b) for b in {b for _, b in table.of}}
    worths: dict[tuple[int, int], NDArray[np.float64]] = {}
    for (a, b), margin in table.of.items():
        misfit = _misfit(lefts[a], rights[b], ratio)
        worth = margin + weights.link - weights.misfit * misfit
        if a + b > 2:
            rise = margin - _best_part(table.of, a, b)
            if min(a, b) == 1:
                best = margin - _best_single(table.of[1, 1], a, b)
                worth += weights.merge_best * best + weights.merge_rise * rise - weights.merge_misfit * misfit
                worth += weights.merge_more * (a + b - 3) - weights.merge
            else:
                worth += weights.cross_margin * margin + weights.cross_rise * rise - weights.cross_misfit * misfit
                worth -= weights.cross
        worths[a, b] = worth
    return worths


def _run_lengths(version: Version, size: int) -> NDArray[np.float64]:
    lengths: NDArray[np.float64] = np.convolve(version.lengths, np.ones(size), mode="valid")
    return lengths


def _misfit(left: NDArray[np.float64], right: NDArray[np.float64], ratio: float) -> NDArray[np.float64]:
    """Squared deviation of the lengths' ratio from the usual one, in standard deviations."""
    difference = np.log(left)[:, None] - np.log(right)[None, :] - ratio
    # The geometric mean of both lengths counts as the number of characters.
    characters = np.sqrt(left)[:, None] * np.sqrt(right)[None, :]
    return np.minimum(difference**2 / (SPREAD**2 + SPREAD_PER_CHARACTER / characters), LENGTH_CAP**2)


def _best_single(singles: NDArray[np.float32], a: int, b: int) -> NDArray[np.float32]:
    """The highest margin of two single segments inside each bead of a shape."""
    rows, columns = singles.shape[0] - a + 1, singles.shape[1] - b + 1
    best = singles[:rows, :columns].copy()
    for i in range(a):
        for j in range(b):
            np.maximum(best, singles[i : i + rows, j : j + columns], out=best)
    return best


def _best_part(of: Mapping[tuple[int, int], NDArray[np.float32]], a: int, b: int) -> NDArray[np.float32]:
    """The highest margin that a merged bead keeps when a segment at one of its ends is left out."""
    rows, columns = of[a, b].shape
    best = np.full((rows, columns), -np.inf, dtype=np.float32)
    for smaller in ((a - 1, b), (a, b - 1)):
        if smaller in of:
            part = of[smaller]
            for i in range(a - smaller[0] + 1):
                for j in range(b - smaller[1] + 1):
                    np.maximum(best, part[i : i + rows, j : j + columns], out=best)
    return best


def best_beads(worths: Mapping[tuple[int, int], NDArray[np.float64]], table: Margins) -> list[Bead]:
    """The beads in order on both sides whose sum of worths is highest."""
    shapes = list(worths)
    n, m = worths[1, 1].shape
    deep, wide = max(a for a, _ in shapes), max(b for _, b in shapes)
    ends = np.full((n + 1, len(shapes), m + 1), -np.inf)
    for number, (a, b) in enumerate(shapes):
        ends[a:, number, b:] = worths[a, b]
    # Padded, so that all shapes of a row are looked up at once: one pass over rows, none over shapes.
    width = m + 1 + wide
    best = np.full((n + 1 + deep, width), -np.inf)
    best[deep, wide:] = 0.0
    flat = best.reshape(-1)
    origins = np.array([(deep - a) * width + wide - b for a, b in shapes])[:, None] + np.arange(m + 1)
    found = np.empty((len(shapes), m + 1))
    for i in range(1, n + 1):
        np.take(flat, origins + i * width, out=found, mode="clip")
        found += ends[i]
        row = np.maximum(found.max(axis=0), best[deep + i - 1, wide:])
        np.maximum.accumulate(row, out=best[deep + i, wide:])
    return _trace(best[deep:, wide:], worths, table)


def _trace(
    best: NDArray[np.float64], worths: Mapping[tuple[int, int], NDArray[np.float64]], table: Margins
) -> list[Bead]:
    i, j = best.shape[0] - 1, best.shape[1] - 1
    beads: list[Bead] = []
    while i > 0 and j > 0:
        value = best[i, j]
        for (a, b), worth in worths.items():
            if i >= a and j >= b and best[i - a, j - b] + worth[i - a, j - b] == value:
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
