"""Which word of a row renders which: lexical alignment of two languages' rows by expectation maximisation.

IBM Model 1 (Brown et al., "The Mathematics of Statistical Machine Translation", 1993) with smoothed probabilities
(after Moore, "Improving IBM Word-Alignment Model 1", 2004). Words compete: one that another word of the row explains is
not linked a second time, which counting common rows alone cannot tell. A row counts each word once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_ITERATIONS = 8
_SMOOTHING = 2.0
_MOST_WORDS = 200
"""Rows with more different words than this are left out: they say little, and cost the square of it."""


class Links(NamedTuple):
    """Linked words: position ``i`` of the arrays is one link. ``belief`` in (0, 1]."""

    row: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    belief: NDArray[np.float64]


def align_words(first: Sequence[Sequence[int]], second: Sequence[Sequence[int]], *, least_belief: float = 0.4) -> Links:
    """Link the words of two languages, row by row.

    ``first`` and ``second`` give the numbers (from 0) of the different words of each row; both are of one length.
    The belief in a link is the probability that the word of ``second`` renders the one of ``first`` and no other, or
    the geometric mean of both directions' probabilities where that is higher.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} rows on one side and {len(second)} on the other")
    row, one, other = _products(first, second)
    if not len(row):
        empty = np.zeros(0, dtype=np.int64)
        return Links(empty, empty, empty, np.zeros(0))
    forward = _posterior(row, one, other)
    belief = np.maximum(forward, np.sqrt(forward * _posterior(row, other, one)))
    kept = belief >= least_belief
    return Links(row[kept], one[kept], other[kept], belief[kept])


def _products(
    first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Every pair of words of every row."""
    rows, ones, others = [], [], []
    for row, (left, right) in enumerate(zip(first, second, strict=True)):
        if 0 < len(left) <= _MOST_WORDS and 0 < len(right) <= _MOST_WORDS:
            rows.append(np.full(len(left) * len(right), row, dtype=np.int64))
            ones.append(np.repeat(np.asarray(left, dtype=np.int64), len(right)))
            others.append(np.tile(np.asarray(right, dtype=np.int64), len(left)))
    if not rows:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    return np.concatenate(rows), np.concatenate(ones), np.concatenate(others)


def _posterior(row: NDArray[np.int64], given: NDArray[np.int64], made: NDArray[np.int64]) -> NDArray[np.float64]:
    """How probably each pair's ``made`` word comes from its ``given`` word, and from no other of the row."""
    words = int(made.max()) + 1
    _, token = np.unique(row * words + made, return_inverse=True)
    kinds, kind = np.unique(given * words + made, return_inverse=True)
    givens = kinds // words
    # The empty word explains what no word of the row does: as often as the word is usual anywhere.
    first_of_token = np.unique(token, return_index=True)[1]
    usual = np.bincount(made[first_of_token], minlength=words).astype(np.float64)
    empty = (usual / usual.sum())[made[first_of_token]]
    chance = np.full(len(kinds), 1.0 / words)
    posterior = np.zeros(len(row))
    for _ in range(_ITERATIONS):
        weight = chance[kind]
        total = np.bincount(token, weight) + empty
        posterior = weight / total[token]
        count = np.bincount(kind, posterior, minlength=len(kinds))
        by_given = np.bincount(givens, count)
        chance = (count + _SMOOTHING / words) / (by_given + _SMOOTHING)[givens]
    return posterior
