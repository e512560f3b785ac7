"""From vectors to margins: how much better two segments match than either matches its neighbourhood.

A raw similarity cannot tell a true counterpart from a text on the same subject. Subtracting each side's background,
the mean similarity to its nearest neighbours in the other version (the margin of Artetxe & Schwenk 2019, "Margin-based
parallel corpus mining", as a difference), leaves about zero for a segment without counterpart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from termcheck.alignment.version import Version

NEAREST_LEFT_OUT = 3
"""Nearest neighbours that are no background: the counterpart, which may be in several parts, or be said twice."""

NEIGHBOURS = 6
"""How many of the next ones make it up."""

KIND_PENALTY = 0.08
"""Taken off the margin of a heading beside a paragraph and the like."""

SIGNATURE_WEIGHT = 0.25
"""Added to the margin when both sides have the same numbers, links or code; taken off when they share none."""


def spans(version: Version, size: int) -> NDArray[np.float32]:
    """Unit vectors of all runs of ``size`` neighbours, shape (n - size + 1, d): length-weighted sums."""
    if size == 1:
        return version.vectors
    count = max(len(version) - size + 1, 0)
    weighted = version.vectors * version.lengths[:, None].astype(np.float32)
    total = np.zeros((count, version.vectors.shape[1]), dtype=np.float32)
    for offset in range(size):
        total += weighted[offset : offset + count]
    norms = np.linalg.norm(total, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(total, norms, out=np.zeros_like(total), where=norms > 1e-9)
    return unit


def background(
    similarities: NDArray[np.float32], left_out: int = NEAREST_LEFT_OUT, neighbours: int = NEIGHBOURS
) -> NDArray[np.float32]:
    """Mean similarity of each row to ``neighbours`` columns after the nearest ``left_out``, shape (n,).

    With fewer columns those that there are, but never the nearest: with a single column there is no neighbourhood to
    compare with, and the background is 0.
    """
    columns = similarities.shape[1]
    first, last = min(left_out, columns - 1), min(left_out + neighbours, columns)
    if first <= 0:
        return np.zeros(len(similarities), dtype=np.float32)
    ranks = [columns - last, columns - first]
    near = np.partition(similarities, ranks, axis=1)[:, ranks[0] : ranks[1]]
    near.sort(axis=1)  # so that the order of the columns does not change the last digits
    mean: NDArray[np.float32] = near.mean(axis=1, dtype=np.float32)
    return mean


def signature_agreement(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> NDArray[np.float32]:
    """Agreement in [-1, 1] of every pair: weighted overlap, rare things counting more; 0 where a side has none.

    One sided signatures say nothing: translations do write "two" for "2". Two disjoint ones do.
    """
    vocabulary: dict[str, int] = {}
    uses: list[int] = []
    for signature in (*left, *right):
        for item in sorted(signature):
            index = vocabulary.setdefault(item, len(vocabulary))
            if index == len(uses):
                uses.append(0)
            uses[index] += 1
    result = np.zeros((len(left), len(right)), dtype=np.float32)
    if not vocabulary:
        return result
    weights = (1.0 / np.sqrt(np.asarray(uses, dtype=np.float32))).astype(np.float32)
    left_rows, left_matrix = _incidence(left, vocabulary, weights)
    right_rows, right_matrix = _incidence(right, vocabulary, weights)
    shared = left_matrix @ (right_matrix > 0).astype(np.float32).T
    union = left_matrix.sum(axis=1)[:, None] + right_matrix.sum(axis=1)[None, :] - shared
    jaccard = shared / np.maximum(union, 1e-9)
    # Disjoint signatures of one item each are weak evidence, so the negative side is damped.
    result[np.ix_(left_rows, right_rows)] = np.where(shared > 0, jaccard, np.float32(-0.2))
    return result


def _incidence(
    signatures: Sequence[frozenset[str]], vocabulary: dict[str, int], weights: NDArray[np.float32]
) -> tuple[list[int], NDArray[np.float32]]:
    rows = [index for index, signature in enumerate(signatures) if signature]
    matrix = np.zeros((len(rows), len(vocabulary)), dtype=np.float32)
    for row, index in enumerate(rows):
        for item in signatures[index]:
            column = vocabulary[item]
            matrix[row, column] = weights[column]
    return rows, matrix


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Margins of runs of segments of two versions.

    ``of[a, b]`` has shape (n - a + 1, m - b + 1): entry (i, j) is the margin of segments i..i+a-1 beside j..j+b-1.
    """

    of: dict[tuple[int, int], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Similarities of runs of segments of two versions, from which margins come.

    ``pairs[a, b]`` has the shape of :attr:`Margins.of` and includes what structure adds; ``left_runs[a]``
    (n - a + 1, m) and ``right_runs[b]`` (m - b + 1, n) are the cosines of runs with the other version's segments;
    ``left_texts`` and ``right_texts`` are the segments that are no repetition of an earlier one.
    """

    pairs: dict[tuple[int, int], NDArray[np.float32]]
    left_runs: dict[int, NDArray[np.float32]]
    right_runs: dict[int, NDArray[np.float32]]
    left_texts: NDArray[np.int64]
    right_texts: NDArray[np.int64]

    def margins(
        self,
        left_ground: range | None = None,
        right_ground: range | None = None,
        *,
        left_out: int = NEAREST_LEFT_OUT,
        neighbours: int = NEIGHBOURS,
    ) -> Margins:
        """Margins over the neighbourhood that the grounds make up; by default all segments do."""
        # The neighbourhood of a run is made of single segments: runs that overlap it are no background. A line that a
        # version repeats counts once: its copies would be the background of each other.
        rights, lefts = _within(self.right_texts, right_ground), _within(self.left_texts, left_ground)
        left = {size: background(table[:, rights], left_out, neighbours) for size, table in self.left_runs.items()}
        right = {size: background(table[:, lefts], left_out, neighbours) for size, table in self.right_runs.items()}
        half = np.float32(0.5)
        return Margins(
            {(a, b): table - half * left[a][:, None] - half * right[b][None, :] for (a, b), table in self.pairs.items()}
        )


def _within(indices: NDArray[np.int64], ground: range | None) -> NDArray[np.int64]:
    return indices if ground is None else indices[(indices >= ground.start) & (indices < ground.stop)]


def compare(left: Version, right: Version, shapes: Iterable[tuple[int, int]]) -> Comparison:
    """Similarities for every bead shape asked for.

    The vector of a run is the length-weighted sum of its segments' vectors, so that its similarities are sums of
    theirs: no vector is multiplied twice.
    """
    shapes = tuple(shapes)
    left_norms = {size: _run_norms(left, size) for size in sorted({a for a, _ in shapes} | {1})}
    right_norms = {size: _run_norms(right, size) for size in sorted({b for _, b in shapes} | {1})}
    single = left.vectors @ right.vectors.T
    structure = SIGNATURE_WEIGHT * signature_agreement(left.signatures, right.signatures)
    structure -= KIND_PENALTY * (left.kinds[:, None] != right.kinds[None, :])
    by_left = single * left.lengths[:, None].astype(np.float32)
    by_right = single * right.lengths[None, :].astype(np.float32)
    by_both = by_left * right.lengths[None, :].astype(np.float32)
    pairs = {}
    for a, b in shapes:
        similarity = _window_sums(by_both, a, b) / left_norms[a][:, None] / right_norms[b][None, :]
        pairs[a, b] = similarity + _window_sums(structure, a, b) / np.float32(a * b)
    return Comparison(
        pairs,
        {size: _window_sums(by_left, size, 1) / norms[:, None] for size, norms in left_norms.items()},
        {size: _window_sums(by_right, 1, size).T / norms[:, None] for size, norms in right_norms.items()},
        _distinct(left.vectors),
        _distinct(right.vectors),
    )


def _run_norms(version: Version, size: int) -> NDArray[np.float32]:
    """Lengths of the summed vectors of all runs; infinite where the sum is zero, so that its similarities are 0."""
    weighted = version.vectors * version.lengths[:, None].astype(np.float32)
    norms = np.linalg.norm(_window_sums(weighted, size, 1), axis=1)
    return np.where(norms > 1e-6, norms, np.float32(np.inf)).astype(np.float32)


def _window_sums(table: NDArray[np.float32], a: int, b: int) -> NDArray[np.float32]:
    """Sums over all windows of ``a`` rows and ``b`` columns."""
    rows = table.shape[0] - a + 1
    tall = sum((table[i : i + rows] for i in range(1, a)), start=table[:rows])
    columns = table.shape[1] - b + 1
    return sum((tall[:, j : j + columns] for j in range(1, b)), start=tall[:, :columns])


def _distinct(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Indices of the rows that are no repetition of an earlier one."""
    rows = np.ascontiguousarray(vectors).view(np.dtype((np.void, vectors.itemsize * vectors.shape[1]))).ravel()
    indices: NDArray[np.int64] = np.sort(np.unique(rows, return_index=True)[1])
    return indices


def single_margins(
    left: Version, right: Version, rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Margins of some segments of either version, shape (len(rows), len(columns)), as in ``margins``.

    All segments of the other version make up the neighbourhood, repeated lines as often as they are there: which of
    them has moved nobody can say.
    """
    some_left, some_right = left.take(rows.tolist()), right.take(columns.tolist())
    left_background = background(some_left.vectors @ right.vectors.T)
    right_background = background(some_right.vectors @ left.vectors.T)
    similarity = some_left.vectors @ some_right.vectors.T
    similarity -= (left_background[:, None] + right_background[None, :]) / np.float32(2)
    similarity += SIGNATURE_WEIGHT * signature_agreement(some_left.signatures, some_right.signatures)
    similarity -= KIND_PENALTY * (some_left.kinds[:, None] != some_right.kinds[None, :])
    return similarity
