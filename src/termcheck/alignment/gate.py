"""Are two versions translations of each other at all? Decided before they are aligned.

A dynamic program links most lines even of unrelated texts, so the decision needs a statistic of its own: the segments
that are each other's nearest neighbour and lie in order, and by how much they beat their neighbourhood. Texts on one
subject have many such pairs, but with margins near zero; translations have margins of about .3, and a version that
translates only a part of the other still has them for that part.

Pages of a manual may say nearly the same of two things. What tells them apart is what translations keep: code,
numbers and addresses. Where both versions have such things and few are the same, the texts must be the more alike.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from termcheck.alignment.anchors import longest_increasing
from termcheck.alignment.similarity import compare
from termcheck.alignment.version import FIELD

if TYPE_CHECKING:
    from termcheck.alignment.version import Version

SMALLEST = 4
"""Versions with fewer segments are taken to be what the layout says: they hold too little evidence."""

SOLID_MARGIN = 0.12
"""A margin that chance rarely reaches."""

THRESHOLD = 0.035
"""Least score of translations of each other."""

UNSHARED = 0.105
"""What is taken off the score of two versions of which each keeps only things that the other lacks."""

CHANCE = 0.8
"""What chance adds to the score of two versions, times the square of the shorter one's segments."""

NEAREST_LEFT_OUT, NEIGHBOURS = 1, 4
"""The neighbourhood here. The next best match is part of it: of texts on one subject it is as good as the best."""

WINDOW = 4000
"""Segments of the longer version that are compared at most; of the other the same share, both from the start."""


class Connection(NamedTuple):
    """How two versions hang together: what is held against ``THRESHOLD``, and how many pairs of segments are solid.

    ``score`` is about 0 to .3, infinity where a version is too short to judge.
    """

    score: float
    pairs: int


def connection(left: Version, right: Version) -> Connection:
    """The mean margin beyond ``SOLID_MARGIN`` over the shorter version's segments, less what chance adds.

    Only pairs of mutual nearest neighbours in ascending order count. Less is left where few signatures are shared.
    """
    # Any two pages with a title share that.
    left, right = _without_fields(left), _without_fields(right)
    shorter = min(len(left), len(right))
    solid = _solid_excess(*_leading(left, right)) if shorter else []
    if shorter < SMALLEST:
        return Connection(math.inf, len(solid))
    score = sum(solid) / shorter - CHANCE / shorter**2 - UNSHARED * _disagreement(left, right)
    return Connection(max(0.0, score), len(solid))


def _disagreement(left: Version, right: Version) -> float:
    """From 0, where at least half of what the side with fewer signatures keeps is in the other, to 1, where nothing is.

    0 where a side has none.
    """
    kept = [frozenset().union(*each.signatures) for each in (left, right)]
    fewer = min(map(len, kept))
    return max(0.0, 1 - 2 * len(kept[0] & kept[1]) / fewer) if fewer else 0.0


def _solid_excess(left: Version, right: Version) -> list[float]:
    table = compare(left, right, [(1, 1)]).margins(left_out=NEAREST_LEFT_OUT, neighbours=NEIGHBOURS).of[1, 1]
    forward, backward = table.argmax(axis=1), table.argmax(axis=0)
    mutual = [(row, int(column)) for row, column in enumerate(forward) if backward[column] == row]
    chain = [mutual[index] for index in longest_increasing([column for _, column in mutual])]
    return [float(table[pair]) - SOLID_MARGIN for pair in chain if table[pair] > SOLID_MARGIN]


def are_translations(left: Version, right: Version) -> bool:
    """Whether two versions belong together; too short ones do."""
    return connection(left, right).score >= THRESHOLD


def _without_fields(version: Version) -> Version:
    signatures = (frozenset(name for name in names if not name.startswith(FIELD)) for names in version.signatures)
    return replace(version, signatures=tuple(signatures))


def _leading(left: Version, right: Version) -> tuple[Version, Version]:
    share = min(1.0, WINDOW / max(len(left), len(right)))
    if share == 1.0:
        return left, right
    return left.take(range(round(len(left) * share))), right.take(range(round(len(right) * share)))
