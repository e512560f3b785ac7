"""One version against its witnesses, in one of two ways: by a trained model, or by thresholds on three scores.

The trained model belongs to the bundled embedding model. With another one the thresholds decide, which are measured in
what is usual in the corpus and so hold for any model.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from termcheck.meaning.detector import probability
from termcheck.meaning.features import NAMES, PASSAGE, features, find_doubts
from termcheck.meaning.measures import measure
from termcheck.meaning.scan import best_run, runs
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from termcheck.meaning.detector import ParagraphModel
    from termcheck.meaning.measures import RowView

#: Of a passage's threshold, what a run of words must reach to be marked.
_MARK_SHARE: Final = 0.5
#: Log odds, in sum over a run of words, from which on a passage is left out or added.
_PASSAGE_ODDS: Final = 3.5
#: A passage is left out or added when there is so many times more of it than of the other.
_CLEARLY: Final = 3.0
#: Log odds, in sum over a run of words, for it to be marked: one word is enough when it is clearly wrong.
_MARK_ODDS: Final = 2.0
#: How many log odds above the threshold make the strength one greater.
_ODDS_UNIT: Final = 4.0
#: Versions with fewer words are judged by thresholds: the model has seen whole sentences only.
FEWEST_WORDS: Final = 6
_OF_NUMBERS: Final = np.array([name.startswith("numbers ") for name in NAMES])


class Difference(StrEnum):
    """What is remarked about a version."""

    DIFFERS = "differs"
    OMITS = "omits"
    ADDS = "adds"


@dataclass(frozen=True, slots=True)
class Assessment:
    """``strength`` is 1 and more where something is to be remarked.

    ``difference`` says what it would be. ``omitted`` and ``added`` are scores in units of their thresholds. ``missing``
    maps witnesses to the spans that the version lacks, ``extra`` are its own that they lack; both are empty as far as
    they have no part in the difference. ``evidence`` are the numbers behind it.
    """

    strength: float
    beside_numbers: float
    difference: Difference
    deviation: float
    omitted: float
    added: float
    missing: Mapping[str, tuple[Span, ...]]
    extra: tuple[Span, ...]
    evidence: Mapping[str, float]


def assess(view: RowView, lang: str, weights: Mapping[str, float], model: ParagraphModel | None) -> Assessment:
    """Assesses ``lang`` against witnesses with ``weights`` (at least one, in sum 1)."""
    words = min(view.words(lang), *(view.words(other) for other in weights))
    if model is None or words < FEWEST_WORDS:
        return _by_thresholds(view, lang, weights)
    return _by_model(view, lang, weights, model)


def _by_model(view: RowView, lang: str, weights: Mapping[str, float], model: ParagraphModel) -> Assessment:
    doubts = find_doubts(view, lang, weights)
    seen = features(view, lang, weights, doubts)
    odds = model.log_odds(seen)
    own = doubts.own - PASSAGE
    lacking = {other: doubt - PASSAGE for other, doubt in doubts.lacking.items()}
    omitted = sum(weight * best_run(lacking[other]).score for other, weight in weights.items()) / _PASSAGE_ODDS
    added = best_run(own).score / _PASSAGE_ODDS
    if omitted >= max(1.0, _CLEARLY * added):
        difference = Difference.OMITS
    elif added >= max(1.0, _CLEARLY * omitted):
        difference = Difference.ADDS
    else:
        difference = Difference.DIFFERS
    return Assessment(
        strength=_strength(odds, model, weights),
        beside_numbers=_strength(model.log_odds(np.where(_OF_NUMBERS, 0.0, seen)), model, weights),
        difference=difference,
        deviation=0.0,
        omitted=omitted,
        added=added,
        missing={}
        if difference is Difference.ADDS
        else {other: _spans(view, other, excess, _MARK_ODDS) for other, excess in lacking.items()},
        extra=() if difference is Difference.OMITS else _spans(view, lang, own, _MARK_ODDS),
        evidence={
            "probability": round(probability(odds), 4),
            "probability_threshold": round(probability(model.threshold(weights)), 4),
            "omitted": omitted,
            "omitted_threshold": 1.0,
            "added": added,
            "added_threshold": 1.0,
            "witnesses": len(weights),
        },
    )


def _strength(odds: float, model: ParagraphModel, weights: Mapping[str, float]) -> float:
    return max(1 + (odds - model.threshold(weights)) / _ODDS_UNIT, 0.0)


def _by_thresholds(view: RowView, lang: str, weights: Mapping[str, float]) -> Assessment:
    found = measure(view, lang, weights)
    limits = found.thresholds
    # A version that both omits and adds says something else.
    if max(found.deviation, found.both) >= 1:
        difference = Difference.DIFFERS
    else:
        difference = Difference.OMITS if found.omitted >= found.added else Difference.ADDS
    missing: dict[str, tuple[Span, ...]] = {}
    extra: tuple[Span, ...] = ()
    if difference is not Difference.ADDS and found.omitted >= limits.joint:
        missing = {
            other: _spans(view, other, excess, limits.omission * _MARK_SHARE) for other, excess in found.missing.items()
        }
    if difference is not Difference.OMITS and found.added >= limits.joint:
        extra = _spans(view, lang, found.extra, limits.addition * _MARK_SHARE)
    return Assessment(
        strength=found.strength,
        beside_numbers=found.strength,
        difference=difference,
        deviation=found.deviation,
        omitted=found.omitted,
        added=found.added,
        missing=missing,
        extra=extra,
        evidence={
            "deviation": found.deviation,
            "deviation_threshold": 1.0,
            "omitted": found.omitted,
            "omitted_threshold": 1.0,
            "added": found.added,
            "added_threshold": 1.0,
            "witnesses": len(weights),
        },
    )


def _spans(view: RowView, lang: str, excess: NDArray[np.float64], least: float) -> tuple[Span, ...]:
    spans = view.spans[lang]
    return tuple(Span(int(spans[run.start, 0]), int(spans[run.end - 1, 1])) for run in runs(excess, least))
