"""Words that no other version supports, ranked over a document: single wrong words, invisible at paragraph level.

A wrong word ("film" where the others speak of "this one") leaves the paragraph's vector and its coverage as they were.
Over a whole document it still stands out from thousands of words that every other version supports.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from termcheck.meaning.weights import witness_weights
from termcheck.meaning.words import is_unspaced
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.statistics import PairStatistics

#: How much the claim adds to the similarity.
_CLAIM_SHARE: Final = 0.3
#: Very short words are mostly function words, which have no counterpart of their own in many languages.
_SHORT: Final = 3
_SHORT_FACTOR: Final = 0.7
#: What a word's other occurrences lack as well is its habit, not an error: this share of it is taken off.
_HABIT_SHARE: Final = 0.5

#: Languages differ in how loosely their words are supported. What a document's language has between the median and
#: this quantile is its unit; few words are drawn towards a unit of 1, as if they were so many more.
_UNIT_QUANTILE: Final = 0.9
_UNIT_WEIGHT: Final = 300

#: The default cut; see :func:`marked_words`.
DEFAULT_CUT: Final = 2.0
DEFAULT_PER_THOUSAND: Final = 8.0


@dataclass(frozen=True, slots=True)
class UnsupportedWord:
    """A word of ``lang`` in row ``row`` (counted from 0) at ``span`` of its text.

    ``score`` says how far its support by the other versions lies below what is usual, relative to how far the least
    supported tenth of the language's words in this document do: about 0 for most words, 1 for one in ten.
    """

    score: float
    row: int
    lang: str
    span: Span
    word: str


def rank_words(
    rows: Sequence[RowMeaning], statistics: PairStatistics, source: str | None = None
) -> tuple[UnsupportedWord, ...]:
    """All words of all versions but the source, the least supported first; ties by row, language and place."""
    found: list[UnsupportedWord] = []
    by_type: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for lang in row.languages:
            if lang == source or len(row.languages) < 2:
                continue
            text = row.texts[lang]
            spans, scores = _scores(row, lang, statistics, source)
            for (start, end), score in zip(spans.tolist(), scores.tolist(), strict=True):
                word = text[start:end]
                if len(word) <= _SHORT and not is_unspaced(word):
                    score *= _SHORT_FACTOR
                by_type[lang, word.casefold()].append(len(found))
                found.append(UnsupportedWord(score, index, lang, Span(start, end), word))
    for occurrences in by_type.values():
        habit = _HABIT_SHARE * max(_habit([found[place].score for place in occurrences]), 0.0)
        for place in occurrences:
            found[place] = replace(found[place], score=found[place].score - habit)
    ranked = [
        replace(item, score=(item.score - middle) / unit)
        for group in _by_language(found)
        for middle, unit in [_scale([item.score for item in group])]
        for item in group
    ]
    return tuple(sorted(ranked, key=lambda item: (-item.score, item.row, item.lang, item.span)))


def marked_words(
    ranked: Sequence[UnsupportedWord], cut: float = DEFAULT_CUT, per_thousand: float = DEFAULT_PER_THOUSAND
) -> tuple[UnsupportedWord, ...]:
    """The words worth showing: scores of ``cut`` and more, at most ``per_thousand`` words of 1,000 in each language."""
    total: dict[str, int] = defaultdict(int)
    for item in ranked:
        total[item.lang] += 1
    room = {lang: max(1, round(count * per_thousand / 1000)) for lang, count in total.items()}
    shown = []
    for item in ranked:
        if item.score >= cut and room[item.lang]:
            room[item.lang] -= 1
            shown.append(item)
    return tuple(shown)


def _scores(
    row: RowMeaning, lang: str, statistics: PairStatistics, source: str | None
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    others = [other for other in row.languages if other != lang]
    weights = witness_weights(others, source)
    pairs = {other: row.pair(lang, other).left for other in others}
    total = np.zeros(len(pairs[others[0]]))
    for other, side in pairs.items():
        similarity = statistics.similarity(lang, other).deviations(side.similarity)
        claim = statistics.claim(lang, other).deviations(side.claim)
        total -= weights[other] * (similarity + _CLAIM_SHARE * claim)
    return pairs[others[0]].spans, total


def _habit(scores: Sequence[float]) -> float:
    """How unsupported a word usually is: the median over its occurrences when there are three and more, else 0."""
    return float(np.median(scores)) if len(scores) >= 3 else 0.0


def _by_language(words: Sequence[UnsupportedWord]) -> list[list[UnsupportedWord]]:
    groups: dict[str, list[UnsupportedWord]] = defaultdict(list)
    for item in words:
        groups[item.lang].append(item)
    return [groups[lang] for lang in sorted(groups)]


def _scale(scores: Sequence[float]) -> tuple[float, float]:
    """The median and the distance of the upper quantile from it, drawn towards 0 and 1."""
    middle, upper = np.quantile(scores, [0.5, _UNIT_QUANTILE])
    share = len(scores) / (len(scores) + _UNIT_WEIGHT)
    return float(share * middle), float(share * max(upper - middle, 0.5) + (1 - share))
