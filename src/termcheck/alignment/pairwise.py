"""Alignment of two versions into beads in order, by dynamic programming in two passes.

The first pass supposes nothing of the two versions; what it finds says how rare segments without counterpart and merges
are in them (``habits``), and the second pass asks for the more evidence of each, the rarer it is.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termcheck.alignment.beads import SHAPES, Bead, bead_worths, best_beads, usual_ratio
from termcheck.alignment.cutting import Part, pieces
from termcheck.alignment.habits import OUTLIER_LIMIT, Habits, measure_habits, rarely_alone
from termcheck.alignment.similarity import NEAREST_LEFT_OUT, compare

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termcheck.alignment.similarity import Margins
    from termcheck.alignment.version import Version

SHORT = 40
"""Characters up to which a text is too short for its vector to say much: a heading, a table cell."""

FILL = -0.1
"""Least worth of a pair of longer texts that stand alone between the same two beads and are paired for their place; the
lower, the rarer it is in these two versions that a segment has no counterpart."""

OUTER_SHARE = 0.3
"""Least margin of a bead before the first or after the last one that reaches it, as a share of the usual margin of the
two versions: there only one neighbour is evidence, and a text that one version adds at its end resembles nothing."""

ALMOST_NEVER_ALONE, SELDOM_ALONE = 0.2, 0.1
"""What linking a pair must be worth in itself for its place to outweigh how unlike longer, and how unlike short texts
are. Where it is worth less, two texts without counterpart stand at one place now and then."""

FILL_LEAST, FILL_LEAST_SHORT = 0.0, -0.1
"""Least margins of pairs of longer and of short texts there: such texts are no more alike than others."""

RIVAL_REACH = 4
"""Segments before and after a pair's on either side that it is compared with."""

RIVAL_LEAD = 0.1
"""By how much, added up over both sides, the margin of a pair is above the best of these when nothing is odd. A text
without counterpart is about as much like what stands there as like the text beside it."""

RIVAL_WEIGHT, RIVAL_CAP = 0.5, 0.5
"""What is taken off for what is missing of that, up to a limit."""

SAMPLE = 16
"""Pieces of long versions in which habits are measured."""


class _Draft(NamedTuple):
    """The first pass over a part: its beads and the margins they come from."""

    part: Part
    beads: list[Bead]
    table: Margins


class _Singles(NamedTuple):
    """Of pairs of single segments, all (n, m): margins, what rivals take off, and what they are worth with that."""

    margins: NDArray[np.float32]
    rivalry: NDArray[np.float64]
    worths: NDArray[np.float64]


def align_monotone(left: Version, right: Version) -> tuple[Bead, ...]:
    """The best beads in order on both sides; segments in no bead are left alone.

    Time is that of exact alignment up to ``cutting.BLOCK`` segments a side. Longer versions are cut into such pieces,
    so that time and memory grow linearly.
    """
    if len(left) == 0 or len(right) == 0:
        return ()
    ratio = usual_ratio(left, right)
    found = pieces(left, right)
    # Of long versions only some pieces are looked at: every second, fourth, ..., so that one more changes little.
    step = 1 << max(0, math.ceil(math.log2(len(found) / SAMPLE)))
    drafts = {number: _draft(found[number].cut(left, right), ratio) for number in range(0, len(found), step)}
    habits = measure_habits([(draft.part, draft.beads) for draft in drafts.values()])
    beads: list[Bead] = []
    for number, piece in enumerate(found):
        draft = drafts.pop(number, None) or _draft(piece.cut(left, right), ratio)
        i, j = piece.left[0], piece.right[0]
        beads.extend(
            Bead(bead.left_start + i, bead.left_end + i, bead.right_start + j, bead.right_end + j, bead.margin)
            for bead in _align(draft, ratio, habits)
        )
    return tuple(beads)


def _draft(part: Part, ratio: float) -> _Draft:
    """The best beads where nothing is known of the two versions.

    What stands before the first or after the last pair of the two versions is no neighbourhood of the others: a preface
    or a licence that one version has must not change how the rest is aligned.
    """
    n, m = len(part.left), len(part.right)
    if n == 0 or m == 0:
        return _Draft(part, [], compare(part.left, part.right, ()).margins())
    comparison = compare(part.left, part.right, [(a, b) for a, b in SHAPES if a <= n and b <= m])
    draft = _drafted(part, comparison.margins(), ratio)
    grounds = _grounds(draft)
    if grounds == (range(n), range(m)):
        return draft
    return _drafted(part, comparison.margins(*grounds), ratio)


def _drafted(part: Part, table: Margins, ratio: float) -> _Draft:
    return _Draft(part, best_beads(bead_worths(table, part.left, part.right, ratio), table), table)


def _grounds(draft: _Draft) -> tuple[range, range]:
    """What makes up the neighbourhoods: from the first to the last pair that is no chance, all if that is little."""
    rows, columns = _inner(draft, OUTLIER_LIMIT)
    if min(len(rows), len(columns)) <= NEAREST_LEFT_OUT:
        return range(len(draft.part.left)), range(len(draft.part.right))
    return rows, columns


def _inner(draft: _Draft, least: float) -> tuple[range, range]:
    """From the first to the last bead whose margin is at least ``least``, all if there is none.

    Up to the ends of the part where they are not those of the versions.
    """
    part = draft.part
    n, m = len(part.left), len(part.right)
    sure = [bead for bead in draft.beads if bead.margin >= least]
    top, first = (sure[0].left_start, sure[0].right_start) if sure and part.is_start else (0, 0)
    bottom, last = (sure[-1].left_end, sure[-1].right_end) if sure and part.is_end else (n, m)
    return range(top, bottom), range(first, last)


def _align(draft: _Draft, ratio: float, habits: Habits) -> list[Bead]:
    part, table = draft.part, draft.table
    if not table.of:
        return []
    worths = bead_worths(table, part.left, part.right, ratio)
    rare_left, rare_right = rarely_alone(part, draft.beads)
    for (a, b), worth in worths.items():
        worth += habits.linking_left * np.convolve(rare_left, np.ones(a), mode="valid")[:, None]
        worth += habits.linking_right * np.convolve(rare_right, np.ones(b), mode="valid")[None, :]
        worth -= habits.merging * (a + b > 2) + habits.oddness(table.of[a, b])
    rivalry = _rivalry(table, part)
    worths[1, 1] -= rivalry
    singles = worths[1, 1].copy()
    outer_least = OUTER_SHARE * habits.usual
    rows, columns = _inner(draft, outer_least)
    for shape, worth in worths.items():
        worth[table.of[shape] < habits.least] = -np.inf
        a, b = shape
        before = slice(0, max(rows.start - a + 1, 0)), slice(0, max(columns.start - b + 1, 0))
        after = slice(rows.stop, None), slice(columns.stop, None)
        for outside in (before, after):
            worth[outside][table.of[shape][outside] < outer_least] = -np.inf
    return _fill(best_beads(worths, table), part, _Singles(table.of[1, 1], rivalry, singles), habits)


def _rivalry(table: Margins, part: Part) -> NDArray[np.float64]:
    """What is taken off pairs of longer texts of which either is more like another nearby."""
    single = table.of[1, 1]
    lead = 2 * single - _rivals(single) - _rivals(single.T).T
    longer = np.minimum(part.left.lengths[:, None], part.right.lengths[None, :]) > SHORT
    weighed: NDArray[np.float64] = RIVAL_WEIGHT * longer * np.clip(RIVAL_LEAD - lead, 0.0, RIVAL_CAP)
    return weighed


def _rivals(margins: NDArray[np.float32]) -> NDArray[np.float32]:
    """The highest margin that each row has with the ``RIVAL_REACH`` columns before and after each column."""
    best = np.full(margins.shape, -np.inf, dtype=np.float32)
    for step in range(1, min(RIVAL_REACH + 1, margins.shape[1])):
        np.maximum(best[:, step:], margins[:, :-step], out=best[:, step:])
        np.maximum(best[:, :-step], margins[:, step:], out=best[:, :-step])
    # A single column has no rival.
    return np.where(np.isneginf(best), margins, best)


def _fill(beads: list[Bead], part: Part, singles: _Singles, habits: Habits) -> list[Bead]:
    """Pair what is left between two beads when both sides have equally many segments of the same kinds.

    The place between aligned neighbours is evidence of its own. It decides for short texts, whose vectors are
    unreliable; longer ones must not speak against it: what they are worth is nearly what makes a bead. It is less
    evidence where segments without counterpart are usual. Before the first bead and after the last one only one
    neighbour is evidence: there the two must also resemble each other as translations do here.
    """
    rarity = max(0.0, habits.linking_left + habits.linking_right)
    least = max(habits.least, FILL_LEAST) if rarity < ALMOST_NEVER_ALONE else -math.inf
    least_short = FILL_LEAST_SHORT if rarity < SELDOM_ALONE else -math.inf
    left, right = part.left, part.right
    filled = list(beads)
    for rows, columns, outer in part.gaps(beads):
        if len(rows) != len(columns) or not np.array_equal(
            left.kinds[rows.start : rows.stop], right.kinds[columns.start : columns.stop]
        ):
            continue
        pairs = [Bead(i, i + 1, j, j + 1, float(singles.margins[i, j])) for i, j in zip(rows, columns, strict=True)]
        if all(
            (not outer or pair.margin >= max(habits.least, OUTER_SHARE * habits.usual))
            and (
                pair.margin >= least_short
                if _is_short(pair, part)
                else pair.margin >= least and _may_fill(pair, singles, FILL - rarity)
            )
            for pair in pairs
        ):
            filled.extend(pairs)
    return sorted(filled)


def _may_fill(pair: Bead, singles: _Singles, least: float) -> bool:
    place = pair.left_start, pair.right_start
    return bool(pair.margin - singles.rivalry[place] >= OUTLIER_LIMIT or singles.worths[place] >= least)


def _is_short(pair: Bead, part: Part) -> bool:
    return bool(max(part.left.lengths[pair.left_start], part.right.lengths[pair.right_start]) <= SHORT)
