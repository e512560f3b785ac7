"""Words that no other version supports: single wrong words, invisible at paragraph level.

A wrong word ("film" where the others speak of "this one") leaves the paragraph's vector and its coverage as they were.
Among thousands of words that every other version supports it stands out. How far is told by a logistic model over a
dozen inspectable features (:mod:`termcheck.meaning.word_features`), trained on wrong words planted in human
translations; see ``unsupported.md`` beside its parameters.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from importlib import resources
from math import exp, inf, log
from typing import TYPE_CHECKING, Final

import numpy as np

from termcheck.meaning.word_features import FEATURES, complete, markable, nearby, orphans
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from termcheck.meaning.word_features import CellWords, Habits

#: The threshold in the configuration from which on a word is shown, named like the rule.
THRESHOLD_NAME: Final = "word-unsupported"

#: The feature that only comparisons with a trained head have.
DOUBT: Final = "doubt"

#: However noisy a version is, no more of its words are shown, of every 1,000 in a document.
PER_THOUSAND: Final = 10.0

#: A neighbour whose score lies no further below the cut belongs to the same span, which has no more words than this.
_GROW: Final = 1.0
_LONGEST: Final = 4

#: From which gap on, in robust standard deviations, a witness's word is named as the counterpart.
_TELLING: Final = 1.5


@dataclass(frozen=True, slots=True)
class WordModel:
    """A logistic model over the features, in their order: float64 ``weights`` (f,) and a ``bias``.

    Its scores are log-odds that a word is wrong if one word in 250 is. From ``cut`` on a word is shown.
    """

    weights: NDArray[np.float64]
    bias: float
    cut: float

    def with_least(self, probability: float) -> WordModel:
        """The same model that shows words from this probability on; 0 and less shows all, 1 and more none."""
        if not 0 < probability < 1:
            return replace(self, cut=inf if probability >= 1 else -inf)
        return replace(self, cut=log(probability / (1 - probability)))

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """The log-odds for words with ``features`` (w, f), shape (w,)."""
        scores: NDArray[np.float64] = features.astype(np.float64) @ self.weights + self.bias
        return scores


@functools.cache
def bundled_model(*, head: bool = True) -> WordModel:
    """The shipped parameters, for comparisons with a trained head's doubt or without.

    Raises ``ValueError`` when they are for other features.
    """
    data = json.loads(resources.files("termcheck.meaning").joinpath("unsupported.json").read_text("utf-8"))
    weights, bias = (data["with_head" if head else "without_head"][name] for name in ("weights", "bias"))
    if list(weights) != list(FEATURES):
        raise ValueError(f"the parameters are for {', '.join(weights)}, not for {', '.join(FEATURES)}")
    return WordModel(np.array(list(weights.values())), bias, 0.0).with_least(data["least"])


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A word or a few neighbours of a version, at ``span`` of its text, that no other version supports.

    ``score`` is the log-odds that it is wrong, ``confidence`` the probability. ``witnesses`` are the versions it was
    looked for in, the source first; ``source`` is among them or None. ``counterparts`` maps some of them to the word
    that this version seems to lack in turn. ``mutual`` tells that there is one witness and no source: which of the two
    is wrong cannot be known.
    """

    span: Span
    score: float
    confidence: float
    witnesses: tuple[str, ...]
    source: str | None
    counterparts: Mapping[str, Span]
    mutual: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    row: int
    lang: str
    found: Unsupported


def find_unsupported(
    rows: Sequence[Mapping[str, CellWords]],
    habits: Habits,
    source: str | None,
    judged: Collection[tuple[int, str]] = (),
    protected: Mapping[tuple[int, str], Sequence[Span]] | None = None,
    model: WordModel | None = None,
) -> dict[tuple[int, str], tuple[Unsupported, ...]]:
    """The words of a document to be shown, by row and language, in order of their place.

    ``rows`` are the document's, ``habits`` those of the whole corpus. Nothing is said about the source, about
    ``judged`` cells (row, language), and about words that touch ``protected`` spans of a cell's text. Of two versions
    without a source that accuse each other in a row, the one with the higher score is shown.
    """
    model = model or bundled_model()
    candidates: list[_Candidate] = []
    words: dict[str, int] = defaultdict(int)
    for cells in rows:
        in_row = []
        for lang, cell in cells.items():
            words[lang] += len(cell.words)
            if lang != source and (cell.row, lang) not in judged:
                kept = (protected or {}).get((cell.row, lang), ())
                in_row += [
                    _Candidate(cell.row, lang, found) for found in _find(cells, lang, habits, source, kept, model)
                ]
        if in_row and in_row[0].found.mutual:
            first = max(in_row, key=lambda item: item.found.score).lang
            in_row = [item for item in in_row if item.lang == first]
        candidates += in_row
    room = {lang: max(1, round(count * PER_THOUSAND / 1000)) for lang, count in words.items()}
    shown: dict[tuple[int, str], list[Unsupported]] = defaultdict(list)
    for item in sorted(candidates, key=lambda item: (-item.found.score, item.row, item.lang, item.found.span)):
        if room[item.lang]:
            room[item.lang] -= 1
            shown[item.row, item.lang].append(item.found)
    return {place: tuple(sorted(shown[place], key=lambda found: found.span)) for place in sorted(shown)}


def _find(
    cells: Mapping[str, CellWords],
    lang: str,
    habits: Habits,
    source: str | None,
    protected: Sequence[Span],
    model: WordModel,
) -> Iterator[Unsupported]:
    cell = cells[lang]
    scores = model.score(complete(cells, lang, habits))
    scores[~(markable(cells, lang, habits) & _untouched(cell, protected))] = -np.inf
    if not (scores >= model.cut).any():
        return
    missing = {other: orphans(cells, lang, other, habits) for other in cell.weights}
    near = {other: nearby(gaps, len(cell.words))[1] for other, gaps in missing.items()}
    witnesses = tuple(sorted(cell.weights, key=lambda other: (other != source, other)))
    for start, end in _grow(scores, cell, model.cut):
        best = start + int(np.argmax(scores[start:end]))
        counterparts = {}
        for other in witnesses:
            word = int(near[other][best])
            if word >= 0 and missing[other][word] >= _TELLING:
                counterparts[other] = Span(*cells[other].spans[word].tolist())
        score = float(scores[best])
        yield Unsupported(
            span=Span(int(cell.spans[start, 0]), int(cell.spans[end - 1, 1])),
            score=score,
            confidence=1 / (1 + exp(-score)),
            witnesses=witnesses,
            source=source if source in cell.weights else None,
            counterparts=counterparts,
            mutual=len(witnesses) == 1 and source not in witnesses,
        )


def _untouched(cell: CellWords, protected: Sequence[Span]) -> NDArray[np.bool_]:
    starts, ends = cell.spans[:, 0], cell.spans[:, 1]
    found = np.ones(len(cell.words), dtype=bool)
    for span in protected:
        found &= (ends <= span.start) | (span.end <= starts)
    return found


def _grow(scores: NDArray[np.float64], cell: CellWords, cut: float) -> Iterator[tuple[int, int]]:
    """Runs of words [start, end) around those that reach the cut."""
    end = 0
    for place in np.flatnonzero(scores >= cut).tolist():
        if place < end:
            continue
        start, stop, end = place, end, place + 1
        while start > stop and end - start < _LONGEST and _joins(scores, cell, start - 1, cut):
            start -= 1
        while end < len(scores) and end - start < _LONGEST and _joins(scores, cell, end - 1, cut, end):
            end += 1
        yield start, end


def _joins(scores: NDArray[np.float64], cell: CellWords, left: int, cut: float, wanted: int | None = None) -> bool:
    """Whether the word at ``wanted`` (default: ``left``), one of ``left`` and ``left + 1``, belongs to the other."""
    place = left if wanted is None else wanted
    return bool(scores[place] >= cut - _GROW) and bool(cell.adjacent[left])
