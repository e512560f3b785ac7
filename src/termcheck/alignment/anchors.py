"""Anchors: pairs of segments so certain that long versions can be cut there and aligned piece by piece."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termcheck.alignment.version import Version

SAMPLES = 512
"""Segments of each version that are searched for in the other: cost grows with the length, not with its square."""

AROUND = 80
"""Neighbours before and after an anchor that must not speak against it."""

CHUNK = 256
"""Segments compared with the whole other version at a time, which bounds memory."""


def anchors(left: Version, right: Version) -> list[tuple[int, int]]:
    """Pairs of segments that are each other's nearest neighbour and lie in order, ascending on both sides.

    Up to ``SAMPLES`` segments of either version, evenly spread, are looked at. Where several longest orders are
    possible only the pairs that all of them contain are kept, so nothing is decided by chance.
    """
    if len(left) == 0 or len(right) == 0:
        return []
    found = set(_mutual(left, right))
    found.update((i, j) for j, i in _mutual(right, left))
    pairs = sorted(found)
    return [pairs[index] for index in certain_increasing([j for _, j in pairs])]


def is_in_place(left: Version, right: Version, i: int, j: int) -> bool:
    """Whether the pair (i, j) fits in order with all mutual nearest neighbours among the segments around it.

    Anchors that lie far apart can come from a block that moved a little.
    """
    top, first = max(i - AROUND, 0), max(j - AROUND, 0)
    part_left = left.take(range(top, min(i + AROUND, len(left))))
    part_right = right.take(range(first, min(j + AROUND, len(right))))
    return (i - top, j - first) in anchors(part_left, part_right)


def _mutual(left: Version, right: Version) -> list[tuple[int, int]]:
    """Sampled segments of ``left`` with the nearest neighbour in ``right`` whose own nearest neighbour they are."""
    rows = np.unique(np.linspace(0, len(left) - 1, min(SAMPLES, len(left))).round().astype(np.int64))
    columns = _nearest(left.vectors[rows], right.vectors)
    back = _nearest(right.vectors[columns], left.vectors)
    return [(int(row), int(column)) for row, column, own in zip(rows, columns, back, strict=True) if row == own]


def _nearest(vectors: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.int64]:
    best = [(vectors[start : start + CHUNK] @ others.T).argmax(axis=1) for start in range(0, len(vectors), CHUNK)]
    return np.concatenate(best)


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Indices of one longest strictly increasing subsequence (patience sorting, n log n)."""
    tails: list[int] = []
    tail_indices: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        previous.append(tail_indices[place - 1] if place else -1)
        if place == len(tails):
            tails.append(value)
            tail_indices.append(index)
        else:
            tails[place] = value
            tail_indices[place] = index
    chain: list[int] = []
    index = tail_indices[-1] if tail_indices else -1
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]


def certain_increasing(values: Sequence[int]) -> list[int]:
    """Indices of the elements that every longest strictly increasing subsequence contains (n log n)."""
    before = _lengths_of_increasing(values)
    after = _lengths_of_increasing([-value for value in reversed(values)])[::-1]
    longest = max(before, default=0)
    possible = [index for index in range(len(values)) if before[index] + after[index] - 1 == longest]
    uses = Counter(before[index] for index in possible)
    return [index for index in possible if uses[before[index]] == 1]


def _lengths_of_increasing(values: Sequence[int]) -> list[int]:
    """The length of the longest strictly increasing subsequence that ends at each element."""
    tails: list[int] = []
    lengths: list[int] = []
    for value in values:
        place = bisect_left(tails, value)
        tails[place : place + 1] = [value]
        lengths.append(place + 1)
    return lengths
