"""How two versions relate: how rare segments without counterpart and merges are, and how alike counterparts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termcheck.alignment.beads import Bead
    from termcheck.alignment.cutting import Part

OUTLIER = 8.5
"""How far below the median of the margins of two versions one may be, times the way down to their lowest quarter."""

OUTLIER_LIMIT = 0.1
"""A margin that is never too low to be linked, however much alike the others are."""

ASSUMED_LEAST = -0.3
"""Least margin of two versions of which nothing is known."""

ASSUMED_WEIGHT = 8.0
"""Pairs that this supposition counts as."""

USUAL_RATE = 0.1
"""Share of segments without counterpart for which linking one is worth nothing in itself; the same of merges."""

LINKING_WEIGHT = 0.072
"""What it is worth where they are rarer, and costs where they are usual, per unit of the logarithm of their share."""

MERGING_WEIGHT = 0.046
"""The same of what a merge costs where merges are rare."""

ODDNESS_WEIGHT = 0.02
"""Taken off a bead for every deviation that its margin lies further below the median than ``ODDNESS_FREE``. A deviation
is the way from the median of these two versions down to their lowest quarter."""

ODDNESS_FREE = 2.0
"""Deviations that are nothing odd."""

ODDNESS_CAP = 8.0
"""Deviations beyond those from which on it is not odder."""

ASSUMED_QUARTERS = (0.4, 0.5)
"""Lowest quarter and median of the margins of two versions in which fewer than ``FEWEST`` were found."""

FEWEST = 8

UNSURE_SHARE = 0.25
"""Part of the segments left alone on both sides of one place that counts as having no counterpart."""


class Habits(NamedTuple):
    """What linking a segment of the left and of the right is worth in itself, and what merging costs.

    Each the more, the rarer segments without counterpart and merges are in these two versions; below 0 where they are
    usual. ``usual`` and ``low`` are the median and the lowest quarter of the margins. Nothing is linked whose margin is
    below ``least``: so little alike are no translations here, whatever the place says.
    """

    linking_left: float
    linking_right: float
    merging: float
    usual: float
    low: float
    least: float

    def oddness(self, margins: NDArray[np.float32]) -> NDArray[np.float64]:
        """What is taken off the worth of beads that are less alike than others of these two versions."""
        deviations = (self.usual - margins) / max(self.usual - self.low, 0.03)
        odd: NDArray[np.float64] = ODDNESS_WEIGHT * np.clip(deviations - ODDNESS_FREE, 0.0, ODDNESS_CAP)
        return odd


def measure_habits(aligned: Sequence[tuple[Part, Sequence[Bead]]]) -> Habits:
    """The habits of two versions from parts of them and what an alignment that supposes nothing found there."""
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
    lefts, rights, merges = (
        math.log(USUAL_RATE / rate) for rate in (*((alone + 0.5) / (counts + 1.0)), (merged + 0.5) / (linked + 1.0))
    )
    found = [bead for _, beads in aligned for bead in beads]
    low, usual = _quarters(found)
    return Habits(
        LINKING_WEIGHT * lefts, LINKING_WEIGHT * rights, MERGING_WEIGHT * merges, usual, low, least_margin(found)
    )


def usual_margin(beads: Sequence[Bead]) -> float:
    """The median of the margins of the beads that are no chance."""
    return _quarters(beads)[1]


def _quarters(beads: Sequence[Bead]) -> tuple[float, float]:
    """Lowest quarter and median of these margins."""
    sure = _no_chance(beads)
    if len(sure) < FEWEST:
        return ASSUMED_QUARTERS
    low, usual = np.quantile(sure, [0.25, 0.5]).tolist()
    return low, usual


def _no_chance(beads: Sequence[Bead]) -> list[float]:
    return [bead.margin for bead in beads if bead.margin >= OUTLIER_LIMIT]


def least_margin(beads: Sequence[Bead]) -> float:
    """The margin that next to no bead of two versions falls below, judged by those found that are no chance."""
    found = _no_chance(beads)
    count = len(found)
    if count == 0:
        return ASSUMED_LEAST
    low, usual = (float(value) for value in np.quantile(found, [0.25, 0.5]))
    measured = usual - OUTLIER * (usual - low)
    return min(OUTLIER_LIMIT, (count * measured + ASSUMED_WEIGHT * ASSUMED_LEAST) / (count + ASSUMED_WEIGHT))


def rarely_alone(part: Part, beads: Sequence[Bead]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """1 for every segment, 0 for those in gaps with more than one segment more on one side than on the other.

    Where several segments of one side are left alone a whole passage is missing, however rare that is elsewhere.
    """
    left, right = np.ones(len(part.left)), np.ones(len(part.right))
    for rows, columns, _ in part.gaps(beads):
        if abs(len(rows) - len(columns)) > 1:
            left[rows.start : rows.stop] = 0.0
            right[columns.start : columns.stop] = 0.0
    return left, right
