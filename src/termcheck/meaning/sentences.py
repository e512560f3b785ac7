"""Whole sentences that a version lacks or has alone: what the sentence grids of a row say about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from termcheck.alignment.sentences import LIKELY, SentenceGrid, SentenceTokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.meaning.support import Reading
    from termcheck.model import Span

MOST: Final = 300
"""Sentences of a text from which no grid is made: their number enters with its square."""


_LEAST_WEIGHT: Final = 0.5 - 1e-9


@dataclass(frozen=True, slots=True)
class AbsentSentence:
    """A sentence of ``lang`` (number ``index`` from 0, at ``span`` of its text) without counterpart in other versions.

    ``probability`` in [0, 1] weighs these versions as witnesses.
    """

    lang: str
    index: int
    span: Span
    probability: float


def sentence_tokens(reading: Reading, spans: Sequence[Span]) -> SentenceTokens:
    """The words' tokens of a text by sentence, with the vectors of the layer that keeps words apart best."""
    words = reading.words
    owner = np.full(len(reading.tokens), -1, dtype=np.int32)
    inside = np.flatnonzero(words.token_word >= 0)
    if len(spans) and len(inside):
        starts = np.array([span.start for span in spans])
        begins = words.spans[words.token_word[inside], 0]
        # A word that a boundary cuts belongs where it begins.
        owner[inside] = np.maximum(np.searchsorted(starts, begins, side="right") - 1, 0)
    return SentenceTokens(tuple(spans), reading.tokens[:, : reading.tokens.shape[1] // 2], owner)


def left_out(
    grids: Mapping[tuple[str, str], SentenceGrid], lang: str, weights: Mapping[str, float]
) -> tuple[AbsentSentence, ...]:
    """The sentences of the witnesses that ``lang`` lacks while the other witnesses have them.

    ``grids`` are by two languages in tag order, ``weights`` the witnesses' in sum 1. Sorted by language and place; none
    unless witnesses with half of the weight have such sentences, for one that says a thing twice misleads.
    """
    found = []
    for other in sorted(weights):
        grid = _grid(grids, other, lang)
        if grid is None or len(grid.left) < 2:
            continue
        for index in grid.missing:
            rest = {name: weight for name, weight in weights.items() if name != other}
            missed = _absent(grids, other, index, rest)
            if missed < LIKELY:
                sentence = grid.left[index]
                found.append(AbsentSentence(other, index, sentence.span, sentence.absent * (1 - missed)))
    agreeing = sum(weights[other] for other in {item.lang for item in found})
    return tuple(found) if agreeing >= _LEAST_WEIGHT else ()


def added(
    grids: Mapping[tuple[str, str], SentenceGrid], lang: str, weights: Mapping[str, float]
) -> tuple[AbsentSentence, ...]:
    """The sentences of ``lang`` that its witnesses lack, taken together; see :func:`left_out`."""
    sides = [grid.left for other in sorted(weights) if (grid := _grid(grids, lang, other))]
    if not sides or len(sides[0]) < 2:
        return ()
    probabilities = [_absent(grids, lang, index, weights) for index in range(len(sides[0]))]
    return tuple(
        AbsentSentence(lang, index, sides[0][index].span, probability)
        for index, probability in enumerate(probabilities)
        if probability >= LIKELY
    )


def _grid(grids: Mapping[tuple[str, str], SentenceGrid], left: str, right: str) -> SentenceGrid | None:
    if left < right:
        return grids.get((left, right))
    grid = grids.get((right, left))
    return grid.swapped() if grid else None


def _absent(
    grids: Mapping[tuple[str, str], SentenceGrid], lang: str, index: int, weights: Mapping[str, float]
) -> float:
    """The probability that the others lack a sentence of ``lang``, weighed; 0 when none of them can tell."""
    known = {other: grid for other in weights if (grid := _grid(grids, lang, other))}
    total = sum(weights[other] for other in known)
    if not total:
        return 0.0
    return sum(weights[other] * grid.left[index].absent for other, grid in known.items()) / total
