"""Moved blocks: segments that the monotone pass left alone on both sides and that match out of order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from termcheck.alignment.pairwise import Bead, align_monotone
from termcheck.alignment.similarity import margins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termcheck.alignment.version import Version

RUN_MARGIN = 0.12
"""Mean margin from which a run of two or more neighbours counts as moved together."""

SINGLE_MARGIN = 0.25
"""Margin that a lone segment needs: one sentence often resembles another by chance."""

SINGLE_LENGTH = 25
"""Characters that a lone moved segment has at least: short headings repeat."""

LIMIT = 4000
"""Leftovers per side beyond which no moves are looked for: two such versions are hardly translations."""


def align_pair(left: Version, right: Version) -> tuple[Bead, ...]:
    """Beads of the monotone alignment plus those of moved blocks, sorted by their place on the left."""
    beads = align_monotone(left, right)
    free_left = _free(len(left), [(bead.left_start, bead.left_end) for bead in beads])
    free_right = _free(len(right), [(bead.right_start, bead.right_end) for bead in beads])
    if not free_left or not free_right or max(len(free_left), len(free_right)) > LIMIT:
        return beads
    table = margins(left, right, [(1, 1)]).of[1, 1][np.ix_(free_left, free_right)]
    pairs = _mutual_best(table, free_left, free_right)
    moved = [
        Bead(i, i + 1, j, j + 1, margin, moved=True)
        for run in _runs(pairs)
        if _is_move(run, left, right)
        for i, j, margin in run
    ]
    return tuple(sorted((*beads, *moved)))


def _free(count: int, taken: list[tuple[int, int]]) -> list[int]:
    free = np.ones(count, dtype=bool)
    for start, end in taken:
        free[start:end] = False
    return [int(index) for index in np.flatnonzero(free)]


def _mutual_best(table: NDArray[np.float32], left: list[int], right: list[int]) -> list[tuple[int, int, float]]:
    forward, backward = table.argmax(axis=1), table.argmax(axis=0)
    return [
        (left[row], right[column], float(table[row, column]))
        for row, column in enumerate(forward.tolist())
        if backward[column] == row and table[row, column] > 0
    ]


def _runs(pairs: list[tuple[int, int, float]]) -> list[list[tuple[int, int, float]]]:
    """Neighbouring pairs that go up together; one unmatched segment in between does not end a run."""
    runs: list[list[tuple[int, int, float]]] = []
    for pair in pairs:
        if runs:
            last_left, last_right, _ = runs[-1][-1]
            if 0 < pair[0] - last_left <= 2 and 0 < pair[1] - last_right <= 2:
                runs[-1].append(pair)
                continue
        runs.append([pair])
    return runs


def _is_move(run: list[tuple[int, int, float]], left: Version, right: Version) -> bool:
    if len(run) > 1:
        return float(np.mean([margin for _, _, margin in run])) >= RUN_MARGIN
    i, j, margin = run[0]
    return margin >= SINGLE_MARGIN and min(left.lengths[i], right.lengths[j]) >= SINGLE_LENGTH
