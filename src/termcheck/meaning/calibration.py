"""Fits the threshold for paragraphs to a corpus: errors are planted in it, and what stands out beside them is counted.

A corpus has errors of its own. Versions that stand out like whole paragraphs exchanged for others are taken for wrong
and leave the count; of the others one in a hundred may reach the threshold. Where people have decided about enough
findings, their decisions are the better yardstick: then the threshold is where the findings agree best with them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Final

import numpy as np

from termcheck.errors import NothingToCheckError
from termcheck.meaning.planting import KINDS, plant

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from termcheck.meaning.documents import MeaningStage
    from termcheck.meaning.planting import Planted
    from termcheck.model import Alignment
    from termcheck.progress import Progress

THRESHOLD_NAME: Final = "meaning"
"""The name of the threshold in the configuration, in units of the default."""

CALIBRATED_CODES: Final = ("TC201", "TC202", "TC203")
"""The rules that go by it."""

DEFAULT_THRESHOLD: Final = 1.0

FLAGGED_CLEAN: Final = 0.01
"""Share of the clean versions that may reach the threshold."""

FEWEST: Final = 200
"""Versions of paragraphs below which one in a hundred cannot be told."""

FEWEST_DECIDED: Final = 10
"""Right findings, and false alarms, below which decisions do not fit the threshold."""

#: Paragraphs with a planted error, at most.
_MOST_PLANTED: Final = 400
_GROSS: Final = "paragraph swapped"
_FEWEST_GROSS: Final = 10
_LOWEST: Final = 0.5
_STEP: Final = 0.01
#: Parts of the decisions, each of which is judged by a threshold that the others fit.
_PARTS: Final = 5

Place = tuple[str, int, str]
"""A cell: its document's key, its row, its language."""


@dataclass(frozen=True, slots=True)
class KindFound:
    """Of ``planted`` errors of a kind, how many reach the default and how many the fitted threshold."""

    planted: int
    by_default: int
    by_fitted: int


@dataclass(frozen=True, slots=True)
class DecidedFound:
    """Of findings that people decided about, ``right`` or ``false_alarms``, how many are reported.

    With the fitted threshold each is judged by what the other parts of the decisions fit.
    """

    right: int
    false_alarms: int
    right_by_default: int
    right_by_fitted: int
    false_by_default: int
    false_by_fitted: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """``threshold`` >= 0.5 in units of the default.

    ``versions`` of paragraphs were looked at, of which ``wrong`` were taken for errors of the corpus; of the others
    ``clean_by_default`` reach the default and ``clean_by_fitted`` the fitted threshold. ``found`` has the kinds of
    errors that could be planted. ``decided`` is given where decisions fitted the threshold.
    """

    threshold: float
    versions: int
    wrong: int
    clean_by_default: int
    clean_by_fitted: int
    found: Mapping[str, KindFound]
    decided: DecidedFound | None = None


def calibrate(
    stage: MeaningStage,
    alignments: Sequence[Alignment],
    foreign: Mapping[str, Collection[tuple[int, str]]],
    progress: Progress,
    decided: Mapping[Place, bool] | None = None,
) -> Calibration:
    """Fits the threshold to the corpus; ``stage`` has compared all ``alignments``, ``foreign`` are cells by document.

    ``decided`` tells of findings on cells whether people found them right. Raises ``NothingToCheckError`` when the
    corpus is too small.
    """
    progress.stage("Judging", len(alignments))
    present: dict[str, dict[tuple[int, str], float]] = {}
    for alignment in alignments:
        present[alignment.key] = stage.strengths(alignment, foreign[alignment.key])
        progress.advance()
    count = sum(map(len, present.values()))
    if count < FEWEST:
        raise NothingToCheckError(
            f"{count} aligned paragraphs are too few to fit a threshold",
            f"at least {FEWEST} are needed, translations counted one by one; the defaults hold without",
        )
    share = min(1.0, _MOST_PLANTED / max(sum(len(alignment.rows) for alignment in alignments), 1))
    planted: dict[str, list[float]] = defaultdict(list)
    progress.stage("Planting errors", len(alignments))
    for alignment in alignments:
        chosen = _plant(alignment, present[alignment.key], share)
        texts = {place: item.text for place, item in chosen.items()}
        for place, strength in stage.strengths(alignment, foreign[alignment.key], texts).items():
            planted[chosen[place].kind].append(strength)
        progress.advance()
    labels = [
        (present[key][row, lang], right)
        for (key, row, lang), right in sorted((decided or {}).items())
        if (row, lang) in present.get(key, {})
    ]
    return fit([strength for found in present.values() for strength in found.values()], planted, labels)


def fit(
    present: Sequence[float], planted: Mapping[str, Sequence[float]], decided: Sequence[tuple[float, bool]] = ()
) -> Calibration:
    """The smallest threshold that at most one in a hundred of the clean versions reach, or what decisions ask for.

    ``present`` are the strengths of the corpus as it is, ``planted`` those of planted errors by kind, ``decided`` those
    of findings that people found right or wrong. Decisions count where there are ``FEWEST_DECIDED`` of both.
    """
    strengths = np.sort(np.asarray(present, dtype=np.float64))
    gross = planted.get(_GROSS, ())
    clean = strengths[strengths < np.median(gross)] if len(gross) >= _FEWEST_GROSS else strengths
    allowed = floor(len(clean) * FLAGGED_CLEAN)
    # Strictly above the strongest version that may not be flagged.
    highest = float(clean[len(clean) - 1 - allowed]) if len(clean) else DEFAULT_THRESHOLD
    threshold = round(max(ceil(highest / _STEP + 1e-9) * _STEP, _LOWEST), 2)
    if threshold <= highest:
        threshold = round(threshold + _STEP, 2)
    enough = min(_count(decided, right=True), _count(decided, right=False)) >= FEWEST_DECIDED
    if enough:
        threshold = agreeing(decided)
    return Calibration(
        threshold=threshold,
        versions=len(strengths),
        wrong=len(strengths) - len(clean),
        clean_by_default=_reaching(clean.tolist(), DEFAULT_THRESHOLD),
        clean_by_fitted=_reaching(clean.tolist(), threshold),
        found={
            kind: KindFound(
                len(planted[kind]), _reaching(planted[kind], DEFAULT_THRESHOLD), _reaching(planted[kind], threshold)
            )
            for kind in KINDS
            if planted.get(kind)
        },
        decided=_judge_decided(decided) if enough else None,
    )


def agreeing(decided: Sequence[tuple[float, bool]]) -> float:
    """The smallest threshold at which most decided findings are told apart: right ones reported, false alarms not.

    It is at least 0.5 and not below the weakest finding decided about: nobody has seen what lies there.
    """
    ordered = sorted(decided)
    lowest = max(floor(ordered[0][0] / _STEP + 1e-9) * _STEP, _LOWEST) if ordered else DEFAULT_THRESHOLD
    candidates = [round(lowest, 2)]
    # Between two findings nothing changes, so only places just above a false alarm can be better.
    candidates += [_just_above(strength) for strength, right in ordered if not right and strength >= candidates[0]]
    return max(candidates, key=lambda threshold: (_agreement(ordered, threshold), -threshold))


def _just_above(strength: float) -> float:
    return round((floor(strength / _STEP + 1e-9) + 1) * _STEP, 2)


def _agreement(decided: Sequence[tuple[float, bool]], threshold: float) -> int:
    """Right findings reported less false alarms reported."""
    return sum(1 if right else -1 for strength, right in decided if strength >= threshold)


def _count(decided: Sequence[tuple[float, bool]], *, right: bool) -> int:
    return sum(label is right for _, label in decided)


def _judge_decided(decided: Sequence[tuple[float, bool]]) -> DecidedFound:
    thresholds = [
        agreeing([each for index, each in enumerate(decided) if index % _PARTS != part]) for part in range(_PARTS)
    ]
    by_default = [right for strength, right in decided if strength >= DEFAULT_THRESHOLD]
    by_fitted = [right for index, (strength, right) in enumerate(decided) if strength >= thresholds[index % _PARTS]]
    return DecidedFound(
        right=_count(decided, right=True),
        false_alarms=_count(decided, right=False),
        right_by_default=by_default.count(True),
        right_by_fitted=by_fitted.count(True),
        false_by_default=by_default.count(False),
        false_by_fitted=by_fitted.count(False),
    )


def _reaching(strengths: Sequence[float], threshold: float) -> int:
    return sum(strength >= threshold for strength in strengths)


def _plant(alignment: Alignment, judged: Collection[tuple[int, str]], share: float) -> dict[tuple[int, str], Planted]:
    """An error in one version of every so many rows, the versions taking turns."""
    rows = sorted({row for row, _ in judged})
    places: dict[str, list[int]] = defaultdict(list)
    for number in range(ceil(len(rows) * share)):
        row = rows[number * len(rows) // ceil(len(rows) * share)]
        langs = sorted(lang for index, lang in judged if index == row)
        places[langs[number % len(langs)]].append(row)
    found = {}
    for lang in sorted(places):
        texts = {row.index: row.cells[lang].text for row in alignment.rows if (row.index, lang) in judged}
        for item in plant(texts, lang, places[lang], alignment.key):
            found[item.key, lang] = item
    return found
