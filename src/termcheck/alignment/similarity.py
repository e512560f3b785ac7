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

NEIGHBOURS = 4
"""How many nearest neighbours, the best one left out, make up the background."""

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


def background(similarities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean similarity of each row to its nearest columns without the best one, shape (n,).

    With a single column there is no neighbourhood to compare with, and the background is 0.
    """
    columns = similarities.shape[1]
    k = min(NEIGHBOURS, columns - 1)
    if k <= 0:
        return np.zeros(len(similarities), dtype=np.float32)
    top = np.partition(similarities, columns - k - 1, axis=1)[:, columns - k - 1 :]
    mean: NDArray[np.float32] = (top.sum(axis=1) - top.max(axis=1)) / np.float32(k)
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


def margins(left: Version, right: Version, shapes: Iterable[tuple[int, int]]) -> Margins:
    """Margins for every bead shape asked for, structure included."""
    shapes = tuple(shapes)
    left_spans = {size: spans(left, size) for size in sorted({a for a, _ in shapes} | {1})}
    right_spans = {size: spans(right, size) for size in sorted({b for _, b in shapes} | {1})}
    # The neighbourhood of a run is made of single segments: runs that overlap it are no background. A line that a
    # version repeats counts once: its copies would be the background of each other.
    left_texts, right_texts = _distinct(left.vectors), _distinct(right.vectors)
    left_background = {size: background(vectors @ right_texts.T) for size, vectors in left_spans.items()}
    right_background = {size: background(vectors @ left_texts.T) for size, vectors in right_spans.items()}
    structure = SIGNATURE_WEIGHT * signature_agreement(left.signatures, right.signatures)
    structure -= KIND_PENALTY * (left.kinds[:, None] != right.kinds[None, :])
    result: dict[tuple[int, int], NDArray[np.float32]] = {}
    for a, b in shapes:
        similarity = left_spans[a] @ right_spans[b].T
        neighbourhood = (left_background[a][:, None] + right_background[b][None, :]) / np.float32(2)
        result[a, b] = (similarity - neighbourhood + _mean_over_runs(structure, a, b)).astype(np.float32)
    return Margins(result)


def _distinct(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows that differ, in order of their first occurrence."""
    rows = np.ascontiguousarray(vectors).view(np.dtype((np.void, vectors.itemsize * vectors.shape[1]))).ravel()
    return vectors[np.sort(np.unique(rows, return_index=True)[1])]


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


def _mean_over_runs(matrix: NDArray[np.float32], a: int, b: int) -> NDArray[np.float32]:
    if (a, b) == (1, 1):
        return matrix
    rows, columns = max(matrix.shape[0] - a + 1, 0), max(matrix.shape[1] - b + 1, 0)
    total = np.zeros((rows, columns), dtype=np.float32)
    for i in range(a):
        for j in range(b):
            total += matrix[i : i + rows, j : j + columns]
    return (total / np.float32(a * b)).astype(np.float32)
