"""Runs of words that stand out together: the scan statistic behind omissions and additions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_RUNS = 4


class Run(NamedTuple):
    """The words ``[start, end)`` and the sum of their excess, > 0."""

    start: int
    end: int
    score: float


def best_run(excess: NDArray[np.float64]) -> Run:
    """The contiguous run with the largest sum (Kadane); ``Run(0, 0, 0.0)`` when nothing is above zero."""
    if not len(excess) or excess.max() <= 0:
        return Run(0, 0, 0.0)
    total = np.concatenate(([0.0], np.cumsum(excess, dtype=np.float64)))
    lowest = np.minimum.accumulate(total)
    gains = total - lowest
    end = int(np.argmax(gains))
    if gains[end] <= 0:
        return Run(0, 0, 0.0)
    start = end - 1 - int(np.argmax(total[:end][::-1] == lowest[end]))
    return Run(start, end, float(gains[end]))


def runs(excess: NDArray[np.float64], least: float) -> tuple[Run, ...]:
    """Disjoint runs with a sum of at least ``least`` (> 0), in order; few even in a very long text.

    The best run first, then the best one in what is left on either side of it.
    """
    found: list[Run] = []
    open_ranges = [(0, len(excess))]
    while open_ranges and len(found) < _MOST_RUNS:
        low, high = open_ranges.pop(0)
        run = best_run(excess[low:high])
        if run.score < least or run.score <= 0:
            continue
        start, end = low + run.start, low + run.end
        found.append(Run(start, end, run.score))
        open_ranges += [(low, start), (end, high)]
    return tuple(sorted(found))
