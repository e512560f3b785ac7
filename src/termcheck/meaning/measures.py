"""The three scores of one version against its witnesses: how far it deviates, what it leaves out, what it adds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from termcheck.meaning.parameters import (
    ADDITION_SLACK,
    AGREEMENT_CAP,
    MIN_WORDS,
    OMISSION_SLACK,
    WITNESS_CAP,
    WORD_CAP,
    Thresholds,
    thresholds_for,
)
from termcheck.meaning.scan import best_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.statistics import PairStatistics


class RowView:
    """A row with its values measured against what is usual in the corpus.

    ``languages`` are those that have words. ``claims[a, b]`` are the claims of a's words on b, float64 (w,) in robust
    standard deviations, bounded below; ``doubts[a, b]`` their doubt as it is, float64 (w,), 0 without a trained head;
    ``spans[a]`` int32 (w, 2) is where the words stand.
    """

    def __init__(self, row: RowMeaning, statistics: PairStatistics) -> None:
        self.texts = row.texts
        self.sentences = row.sentences
        self.spans: dict[str, NDArray[np.int32]] = {}
        for (left, right), pair in row.pairs.items():
            self.spans[left], self.spans[right] = pair.left.spans, pair.right.spans
        self.languages = tuple(lang for lang in row.languages if self.words(lang))
        self.claims: dict[tuple[str, str], NDArray[np.float64]] = {}
        self.doubts: dict[tuple[str, str], NDArray[np.float64]] = {}
        self._agreement: dict[frozenset[str], float] = {}
        self._cosine: dict[frozenset[str], float] = {}
        self._longer: dict[tuple[str, str], float] = {}
        for left, right in combinations(self.languages, 2):
            pair = row.pair(left, right)
            for here, there, side in ((left, right, pair.left), (right, left, pair.right)):
                claims = statistics.claim(here, there).deviations(side.claim)
                self.claims[here, there] = np.maximum(claims, -WORD_CAP)
                doubts = side.doubt.astype(np.float64)
                self.doubts[here, there] = doubts if np.isfinite(doubts).all() else np.nan_to_num(doubts)
            cosine = statistics.cosine(left, right).deviation(pair.cosine)
            coverage = statistics.coverage(left, right).deviation(pair.coverage)
            self._agreement[frozenset((left, right))] = (cosine + coverage) / 2
            self._cosine[frozenset((left, right))] = cosine
            longer = statistics.length_ratio(left, right).deviation(pair.length_ratio)
            self._longer[left, right], self._longer[right, left] = longer, -longer

    def words(self, lang: str) -> int:
        """How many words the version has, 0 for one that was compared with none."""
        return len(self.spans.get(lang, ()))

    def agreement(self, left: str, right: str) -> float:
        """How well two versions agree as a whole, in robust standard deviations."""
        return self._agreement[frozenset((left, right))]

    def cosine(self, left: str, right: str) -> float:
        """The cosine of two versions' sentence vectors, in robust standard deviations."""
        return self._cosine[frozenset((left, right))]

    def longer(self, lang: str, other: str) -> float:
        """How much longer than usual ``lang`` is than ``other``, in robust standard deviations."""
        return self._longer[lang, other]


@dataclass(frozen=True, slots=True)
class Measures:
    """One version against some witnesses, all scores in units of their thresholds.

    ``missing`` maps each witness to the excess of its words that the version lacks, ``extra`` is the excess of the
    version's own words that the witnesses lack: float64 (w,), positive for words that stand out.
    """

    thresholds: Thresholds
    deviation: float
    omitted: float
    added: float
    missing: Mapping[str, NDArray[np.float64]]
    extra: NDArray[np.float64]

    @property
    def both(self) -> float:
        """Something omitted and something added: together they need less than alone."""
        return min(self.omitted, self.added) / self.thresholds.joint

    @property
    def strength(self) -> float:
        """The largest score; something is to be remarked from 1 on."""
        return max(self.deviation, self.omitted, self.added, self.both)


def measure(view: RowView, lang: str, weights: Mapping[str, float]) -> Measures:
    """Measures ``lang`` against witnesses with ``weights`` (at least one, in sum 1)."""
    limits = thresholds_for(weights.values())
    words = sum(weight * min(view.words(lang), view.words(other)) for other, weight in weights.items())
    deviation = _deviation(view, lang, weights) / sqrt(limits.base + limits.short / max(words, 1.0))
    missing = {other: _missing(view, lang, other, weights) for other in weights}
    extra = _extra(view, lang, weights)
    omitted = added = 0.0
    if sum(weight * view.words(other) for other, weight in weights.items()) >= MIN_WORDS:
        omitted = sum(weight * best_run(missing[other]).score for other, weight in weights.items())
        if view.words(lang) >= MIN_WORDS:
            added = best_run(extra).score
    return Measures(
        thresholds=limits,
        deviation=deviation / limits.deviation,
        omitted=omitted / limits.omission,
        added=added / limits.addition,
        missing=missing,
        extra=extra,
    )


def _deviation(view: RowView, lang: str, weights: Mapping[str, float]) -> float:
    """How much less the version agrees with its witnesses than they do with each other."""
    own = sum(weight * view.agreement(lang, other) for other, weight in weights.items())
    among = [(weights[a] * weights[b], view.agreement(a, b)) for a, b in combinations(sorted(weights), 2)]
    total = sum(weight for weight, _ in among)
    usual = sum(weight * value for weight, value in among) / total if total else 0.0
    return min(usual, AGREEMENT_CAP) - own


def _missing(view: RowView, lang: str, other: str, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Per word of ``other`` how much less it is supported by ``lang`` than by the other witnesses."""
    rest = {name: weight for name, weight in weights.items() if name != other}
    if not rest:
        return -view.claims[other, lang] - ADDITION_SLACK
    total = sum(rest.values())
    support = np.sum([weight / total * view.claims[other, name] for name, weight in rest.items()], axis=0)
    gap: NDArray[np.float64] = np.minimum(support, WITNESS_CAP) - view.claims[other, lang] - OMISSION_SLACK
    return gap


def _extra(view: RowView, lang: str, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Per word of ``lang`` how far its support by all witnesses lies below what is usual."""
    support = np.sum([weight * view.claims[lang, other] for other, weight in weights.items()], axis=0)
    excess: NDArray[np.float64] = -support - ADDITION_SLACK
    return excess
