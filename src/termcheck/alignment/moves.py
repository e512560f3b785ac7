"""Moved blocks: segments that the monotone pass left alone on both sides and that match out of order."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termcheck.alignment.beads import Bead
from termcheck.alignment.extension import extend
from termcheck.alignment.habits import least_margin, usual_margin
from termcheck.alignment.pairwise import align_monotone
from termcheck.alignment.similarity import single_margins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from termcheck.alignment.version import Version

RUN_MARGIN = 0.10
"""Least mean margin of a run of two or more neighbours that moved together."""

SINGLE_MARGIN = 0.25
"""Least margin of a lone segment that moved: one sentence often resembles another by chance."""

RUN_SHARE, SINGLE_SHARE = 0.3, 0.65
"""Both must also reach these shares of the usual margin of these two versions."""

NEAR_RUN_SHARE, NEAR_SINGLE_SHARE = 0.5, 0.9
"""The same of what crosses up to ``NEAR`` beads: in free translations they say in part what their neighbours say."""

NEAR = 3

SINGLE_LENGTH = 25
"""Characters that a lone moved segment has at least: short headings repeat."""

WEAK_SHARE = 0.5
"""Beads with less than this share of the usual margin may have to give way to a better match out of order."""

GIVE_WAY = 0.15
"""By how much that match must beat them."""

INSIDE_MARGIN, BESIDE_SHARE = 0.0, 0.3
"""Least margin of what stands between two moved segments, and the share of the usual margin that what stands before or
after one reaches, on both sides: the place beside a moved segment is evidence, as it is between aligned ones."""

REACH = 2000
"""Segments by which a block may have moved in versions longer than that, so that cost grows with length only."""


class _Pair(NamedTuple):
    left: int
    right: int
    margin: float


def align_pair(left: Version, right: Version) -> tuple[Bead, ...]:
    """Beads of the monotone alignment, grown, plus those of moved blocks, sorted by their place on the left."""
    beads = align_monotone(left, right)
    least, usual = least_margin(beads), usual_margin(beads)
    firm = [bead for bead in beads if bead.margin >= WEAK_SHARE * usual]
    weak = [bead for bead in beads if bead.margin < WEAK_SHARE * usual]
    pairs = [pair for pair in _better(_left_over_pairs(left, right, firm), weak) if pair.margin >= least]
    starts = sorted(bead.left_start for bead in firm), sorted(bead.right_start for bead in firm)
    moved = [
        Bead(i, i + 1, j, j + 1, margin, moved=True)
        for run in _runs(pairs)
        if _is_move(run, left, right, usual, near=_crossed(run, *starts) <= NEAR)
        for i, j, margin in run
    ]
    taken = _covered(moved, 0), _covered(moved, 1)
    kept = [bead for bead in weak if all(taken[side].isdisjoint(range(*bead.extent(side))) for side in (0, 1))]
    moved.extend(_continued(moved, (*firm, *kept), left, right, usual))
    return tuple(sorted(extend(sorted((*firm, *kept, *moved)), left, right)))


def _continued(
    moved: Sequence[Bead], others: Sequence[Bead], left: Version, right: Version, usual: float
) -> list[Bead]:
    """Free segments beside moved ones, in step with them, that match as well as what stands there must."""
    free_left = _free(len(left), [bead.extent(0) for bead in (*moved, *others)])
    free_right = _free(len(right), [bead.extent(1) for bead in (*moved, *others)])
    known = {(bead.left_start, bead.right_start) for bead in moved}
    found: list[Bead] = []
    new = known
    while new:
        beside = {(i + step, j + step) for i, j in new for step in (-1, 1)}
        pairs = [
            _Pair(i, j, _margin_nearby(left, right, i, j))
            for i, j in beside
            if 0 <= i < len(left) and 0 <= j < len(right) and free_left[i] and free_right[j]
            if left.kinds[i] == right.kinds[j]
        ]
        new = set()
        for i, j, margin in sorted(pairs, key=lambda pair: (-pair.margin, pair.left, pair.right)):
            inside = {(i - 1, j - 1), (i + 1, j + 1)} <= known
            least = INSIDE_MARGIN if inside else BESIDE_SHARE * usual
            if margin >= least and free_left[i] and free_right[j]:
                free_left[i] = free_right[j] = False
                new.add((i, j))
                found.append(Bead(i, i + 1, j, j + 1, margin, moved=True))
        known = known | new
    return found


def _margin_nearby(left: Version, right: Version, i: int, j: int) -> float:
    """The margin of a pair over what stands within ``REACH`` of it."""
    rows = range(max(i - REACH, 0), min(i + REACH, len(left)))
    columns = range(max(j - REACH, 0), min(j + REACH, len(right)))
    place = np.array([i - rows.start]), np.array([j - columns.start])
    return float(single_margins(left.take(rows), right.take(columns), *place)[0, 0])


def _covered(beads: Sequence[Bead], side: int) -> set[int]:
    return {index for bead in beads for index in range(*bead.extent(side))}


def _better(pairs: Sequence[_Pair], weak: Sequence[Bead]) -> Iterator[_Pair]:
    """The pairs that beat the weak beads that they would take segments from."""
    bead_of = [{index: bead for bead in weak for index in range(*bead.extent(side))} for side in (0, 1)]
    for pair in pairs:
        mine = [bead for bead in (bead_of[0].get(pair.left), bead_of[1].get(pair.right)) if bead is not None]
        if all(pair.margin >= bead.margin + GIVE_WAY for bead in mine):
            yield pair


def _crossed(run: list[_Pair], left_starts: Sequence[int], right_starts: Sequence[int]) -> int:
    """How many beads of the monotone alignment a run crosses, all on one side of it."""
    first = run[0]
    return abs(bisect_left(left_starts, first.left) - bisect_left(right_starts, first.right))


def _left_over_pairs(left: Version, right: Version, beads: Sequence[Bead]) -> list[_Pair]:
    """Segments in no bead that are each other's best match, ascending on the left."""
    free_left = _free(len(left), [(bead.left_start, bead.left_end) for bead in beads])
    free_right = _free(len(right), [(bead.right_start, bead.right_end) for bead in beads])
    found: set[_Pair] = set()
    for rows, columns in _windows(len(left), len(right), beads):
        part_left, part_right = left.take(rows), right.take(columns)
        inner_left = np.flatnonzero(free_left[rows.start : rows.stop])
        inner_right = np.flatnonzero(free_right[columns.start : columns.stop])
        if len(inner_left) and len(inner_right):
            table = single_margins(part_left, part_right, inner_left, inner_right)
            found.update(_mutual_best(table, inner_left + rows.start, inner_right + columns.start))
    # Windows overlap: of several pairs of one segment the best stays.
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    kept = []
    for pair in sorted(found, key=lambda pair: (-pair.margin, pair.left, pair.right)):
        if pair.left not in taken_left and pair.right not in taken_right:
            kept.append(pair)
            taken_left.add(pair.left)
            taken_right.add(pair.right)
    return sorted(kept)


def _windows(left_count: int, right_count: int, beads: Sequence[Bead]) -> Iterator[tuple[range, range]]:
    """Stretches of both versions that lie beside each other, overlapping by ``REACH``."""
    if max(left_count, right_count) <= 2 * REACH:
        yield range(left_count), range(right_count)
        return
    left_at = np.array([0, *(bead.left_start for bead in beads), left_count])
    right_at = np.array([0, *(bead.right_start for bead in beads), right_count])
    # Counted along both versions at once, so that neither side decides where the windows are.
    along = left_at + right_at
    for start in range(0, max(left_count + right_count - 2 * REACH, 1), 2 * REACH):
        ends = start, start + 4 * REACH
        first, last = (int(value) for value in np.interp(ends, along, left_at))
        top, bottom = (int(value) for value in np.interp(ends, along, right_at))
        yield range(first, last), range(top, bottom)


def _free(count: int, taken: list[tuple[int, int]]) -> NDArray[np.bool_]:
    free = np.ones(count, dtype=bool)
    for start, end in taken:
        free[start:end] = False
    return free


def _mutual_best(table: NDArray[np.float32], left: NDArray[np.int64], right: NDArray[np.int64]) -> list[_Pair]:
    forward, backward = table.argmax(axis=1), table.argmax(axis=0)
    return [
        _Pair(int(left[row]), int(right[column]), float(table[row, column]))
        for row, column in enumerate(forward.tolist())
        if backward[column] == row and table[row, column] > 0
    ]


def _runs(pairs: list[_Pair]) -> list[list[_Pair]]:
    """Neighbouring pairs that go up together; one segment that is not among them does not end a run."""
    runs: list[list[_Pair]] = []
    run_of: dict[int, int] = {}
    for pair in pairs:
        # Up to two runs end just before this pair; looking back from either side must give the same.
        near = [run for run in (run_of.get(pair.left - 1), run_of.get(pair.left - 2)) if run is not None]
        joined = sorted({run for run in near if any(_follows(pair, other) for other in runs[run][-2:])})
        if not joined:
            joined = [len(runs)]
            runs.append([])
        for other in joined[1:]:
            runs[joined[0]].extend(runs[other])
            run_of.update((member.left, joined[0]) for member in runs[other])
            runs[other] = []
        if len(joined) > 1:
            runs[joined[0]].sort()
        runs[joined[0]].append(pair)
        run_of[pair.left] = joined[0]
    return [run for run in runs if run]


def _follows(pair: _Pair, other: _Pair) -> bool:
    return 0 < pair.left - other.left <= 2 and 0 < pair.right - other.right <= 2


def _is_move(run: list[_Pair], left: Version, right: Version, usual: float, *, near: bool) -> bool:
    margin = float(np.mean([pair.margin for pair in run]))
    if len(run) > 1:
        return margin >= max(RUN_MARGIN, (NEAR_RUN_SHARE if near else RUN_SHARE) * usual)
    shortest = min(left.lengths[run[0].left], right.lengths[run[0].right])
    share = NEAR_SINGLE_SHARE if near else SINGLE_SHARE
    return margin >= max(SINGLE_MARGIN, share * usual) and shortest >= SINGLE_LENGTH
