"""Segments left alone that belong to the bead beside them: one text in one version, several in the other.

The dynamic program merges up to three segments, and only where the merged vector clearly matches better. A short part
of a merged text hardly changes the vector, but then the lengths tell: with it, both sides are as long as translations
of each other are. Lengths alone are not enough: the segment must itself resemble the other side as a part of it does.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termcheck.alignment.beads import Bead, usual_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from termcheck.alignment.version import Version

LARGEST = 16
"""Segments that a side of a bead may grow to."""

RISE_WEIGHT = 22.0
"""Weight of the rise of the similarity by the further segment."""

MISFIT_WEIGHT = 6.0
"""Weight of the squared misfit of the lengths (difference of logarithms) without the further segment."""

FIT_WEIGHT = 3.0
"""Weight, taken off, of that with it."""

BIAS = 1.0
"""What the weighted sum must exceed. The weights are those of a logistic regression on planted merges."""

MERGED_BONUS = 0.5
"""Added for every doubling of the segments merged already: texts are split into many parts or not at all."""

PART = 0.2
"""How similar to the other side a segment must be, as a share of what a part of its length is when nothing blurs it."""

USUAL_SIMILARITY = 0.5
"""Similarity of counterparts where too few are sure."""

WHOLE_SIMILARITY = 0.75
"""How similar one segment and all of several must be that stand alone between the same two beads, as a share of what
counterparts are, to be one bead: more than the dynamic program can put together."""

WHOLE_MISFIT = 0.4
"""By how much the logarithm of their lengths' ratio may be off."""

SURE_MARGIN = 0.15
"""Margin from which a pair of single segments counts for the usual ratio of the lengths and the usual similarity."""

FEWEST = 8
"""Such pairs needed to estimate them."""


class _Usual(NamedTuple):
    """Of counterparts: the logarithm of the lengths' ratio, left over right, and the similarity in [-1, 1]."""

    ratio: float
    similarity: float


class _Growth(NamedTuple):
    """Bead number ``bead`` could take in segment ``segment`` of the right (``side`` 1) or left version (0)."""

    score: float
    bead: int
    side: int
    segment: int


def extend(beads: Sequence[Bead], left: Version, right: Version) -> tuple[Bead, ...]:
    """Let beads with one segment on a side take in free neighbours on the other, the best fitting first."""
    usual = _usual(beads, left, right)
    grown = sorted([*beads, *_whole_gaps(beads, left, right, usual)])
    beads = grown.copy()
    free = _free(len(left), beads, 0), _free(len(right), beads, 1)
    changed = list(range(len(grown)))
    for _ in range(LARGEST):
        wanted = sorted(
            growth for number in changed for growth in _growths(number, grown[number], free, left, right, usual)
        )
        changed_now = set()
        for growth in reversed(wanted):
            if free[growth.side][growth.segment] and growth.bead not in changed_now:
                grown[growth.bead] = _with(grown[growth.bead], growth.side, growth.segment)
                free[growth.side][growth.segment] = False
                changed_now.add(growth.bead)
        if not changed_now:
            break
        changed = sorted(changed_now)
    return tuple(grown)


def _whole_gaps(beads: Sequence[Bead], left: Version, right: Version, usual: _Usual) -> Iterator[Bead]:
    """One segment left alone between two neighbouring beads, and all that is alone there on the other side."""
    steady = [bead for bead in beads if not bead.moved]
    for before, after in pairwise(steady):
        rows, columns = range(before.left_end, after.left_start), range(before.right_end, after.right_start)
        if min(len(rows), len(columns)) != 1 or not 2 < len(rows) + len(columns) - 1 <= LARGEST:
            continue
        bead = Bead(rows.start, rows.stop, columns.start, columns.stop, 0.0)
        if any(other.moved and _overlap(bead, other) for other in beads):
            continue
        similarity, misfit = _fit(bead, left, right, usual.ratio)
        if similarity >= WHOLE_SIMILARITY * usual.similarity and misfit <= WHOLE_MISFIT**2:
            yield bead._replace(margin=similarity)


def _overlap(bead: Bead, other: Bead) -> bool:
    return any(
        bead.extent(side)[0] < other.extent(side)[1] and other.extent(side)[0] < bead.extent(side)[1] for side in (0, 1)
    )


def _usual(beads: Sequence[Bead], left: Version, right: Version) -> _Usual:
    sure = [
        (bead.left_start, bead.right_start)
        for bead in beads
        if bead.margin >= SURE_MARGIN and bead.left_end - bead.left_start == bead.right_end - bead.right_start == 1
    ]
    if len(sure) < FEWEST:
        return _Usual(usual_ratio(left, right), USUAL_SIMILARITY)
    ratios = [math.log(left.lengths[i] / right.lengths[j]) for i, j in sure]
    return _Usual(float(np.median(ratios)), float(np.median([left.vectors[i] @ right.vectors[j] for i, j in sure])))


def _free(count: int, beads: Sequence[Bead], side: int) -> NDArray[np.bool_]:
    free = np.ones(count, dtype=bool)
    for bead in beads:
        start, end = bead.extent(side)
        free[start:end] = False
    return free


def _with(bead: Bead, side: int, segment: int) -> Bead:
    start, end = bead.extent(side)
    start, end = min(start, segment), max(end, segment + 1)
    if side == 0:
        return bead._replace(left_start=start, left_end=end)
    return bead._replace(right_start=start, right_end=end)


def _growths(
    number: int,
    bead: Bead,
    free: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    left: Version,
    right: Version,
    usual: _Usual,
) -> Iterator[_Growth]:
    for side, version in enumerate((left, right)):
        start, end = bead.extent(side)
        other_start, other_end = bead.extent(1 - side)
        if other_end - other_start > 1 or end - start >= LARGEST:
            continue
        for segment in (start - 1, end):
            inside = 0 <= segment < len(version) and free[side][segment]
            if inside and _may_join(version, start, segment) and _is_part(bead, side, segment, left, right, usual):
                score = _score(bead, _with(bead, side, segment), left, right, usual.ratio)
                score += MERGED_BONUS * math.log2(end - start)
                if score > 0:
                    yield _Growth(score, number, side, segment)


def _may_join(version: Version, one: int, other: int) -> bool:
    """Whether two segments may be parts of one text: of one kind, or neither a heading or the like.

    What is one list item here is an item and the paragraphs below it there.
    """
    kinds = version.kinds[one], version.kinds[other]
    return bool(kinds[0] == kinds[1] or min(kinds) >= 0)


def _is_part(bead: Bead, side: int, segment: int, left: Version, right: Version, usual: _Usual) -> bool:
    """Whether the segment resembles the bead's other side by its own words.

    The vector of a text is about the sum of its parts' vectors, so that a part is the more like it the longer it is.
    """
    version, other = (right, left) if side else (left, right)
    whole, length = _sum(other, *bead.extent(1 - side))
    length *= math.exp(-usual.ratio if side else usual.ratio)
    share = min(float(version.lengths[segment]) / length, 1.0)
    norm = float(np.linalg.norm(whole))
    similarity = float(version.vectors[segment] @ whole) / norm if norm > 0 else 0.0
    return similarity >= PART * usual.similarity * math.sqrt(share)


def _score(bead: Bead, larger: Bead, left: Version, right: Version, ratio: float) -> float:
    similarity, misfit = _fit(bead, left, right, ratio)
    larger_similarity, larger_misfit = _fit(larger, left, right, ratio)
    rise = larger_similarity - similarity
    return RISE_WEIGHT * rise + MISFIT_WEIGHT * misfit - FIT_WEIGHT * larger_misfit - BIAS


def _fit(bead: Bead, left: Version, right: Version, ratio: float) -> tuple[float, float]:
    """Similarity of a bead's two sides, and the squared deviation of their lengths, at most 1."""
    left_vector, left_length = _sum(left, bead.left_start, bead.left_end)
    right_vector, right_length = _sum(right, bead.right_start, bead.right_end)
    norm = float(np.linalg.norm(left_vector) * np.linalg.norm(right_vector))
    similarity = float(left_vector @ right_vector) / norm if norm > 0 else 0.0
    return similarity, min((float(np.log(left_length / right_length)) - ratio) ** 2, 1.0)


def _sum(version: Version, start: int, end: int) -> tuple[NDArray[np.float64], float]:
    lengths = version.lengths[start:end]
    return lengths @ version.vectors[start:end], float(lengths.sum())
