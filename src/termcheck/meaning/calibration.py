"""Fits the threshold for paragraphs to a corpus: errors are planted in it, and what stands out beside them is counted.

A corpus has errors of its own. Versions that stand out like whole paragraphs exchanged for others are taken for wrong
and leave the count; of the others one in a hundred may reach the threshold.
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

DEFAULT_THRESHOLD: Final = 1.0

FLAGGED_CLEAN: Final = 0.01
"""Share of the clean versions that may reach the threshold."""

FEWEST: Final = 200
"""Versions of paragraphs below which one in a hundred cannot be told."""

#: Paragraphs with a planted error, at most.
_MOST_PLANTED: Final = 400
_GROSS: Final = "paragraph swapped"
_FEWEST_GROSS: Final = 10
_LOWEST: Final = 0.5
_STEP: Final = 0.01


@dataclass(frozen=True, slots=True)
class KindFound:
    """Of ``planted`` errors of a kind, how many reach the default and how many the fitted threshold."""

    planted: int
    by_default: int
    by_fitted: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """``threshold`` >= 0.5 in units of the default.

    ``versions`` of paragraphs were looked at, of which ``wrong`` were taken for errors of the corpus; of the others
    ``clean_by_default`` reach the default and ``clean_by_fitted`` the fitted threshold. ``found`` has the kinds of
    errors that could be planted.
    """

    threshold: float
    versions: int
    wrong: int
    clean_by_default: int
    clean_by_fitted: int
    found: Mapping[str, KindFound]


def calibrate(
    stage: MeaningStage,
    alignments: Sequence[Alignment],
    foreign: Mapping[str, Collection[tuple[int, str]]],
    progress: Progress,
) -> Calibration:
    """Fits the threshold to the corpus; ``stage`` has compared all ``alignments``, ``foreign`` are cells by document.

    Raises ``NothingToCheckError`` when the corpus is too small.
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
    return fit([strength for found in present.values() for strength in found.values()], planted)


def fit(present: Sequence[float], planted: Mapping[str, Sequence[float]]) -> Calibration:
    """The smallest threshold that at most one in a hundred of the clean versions reach.

    ``present`` are the strengths of the corpus as it is, ``planted`` those of planted errors by kind.
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
