"""Which concepts a row shows, and how far that can be trusted.

A version testifies with the glossary words it uses. Where a row's document has a source, the source decides.
Without one the versions vote, and a version weighs less the more often it has been seen to merge two concepts
that another version keeps apart in the same row: such a row holds both concepts for certain, so it tells which
of two disagreeing versions is the careless one.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from termcheck.terms.inflection.orthography import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from termcheck.terms.evidence import StoredCell, StoredRow

    ConceptWords = Mapping[str, Mapping[str, Collection[str]]]

# Four rows seen, three of them kept apart: what is assumed of a version before anything is known about it.
_PRIOR_APART, _PRIOR_ROWS = 3.0, 4.0
_LEAST_WEIGHT = 0.1
# Silence (a pronoun, a paraphrase) speaks less against a concept than another concept's word does.
_SILENCE = 0.5


class Support(NamedTuple):
    """The languages that testify that a row shows a concept, and those that could have said so but do not."""

    agree: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Testimony:
    """What the versions say about one row.

    ``shown`` are the concepts the row shows; ``disputed`` those on which equally trusted versions disagree.
    """

    shown: Mapping[str, Support]
    disputed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CellReading:
    """The concepts whose words a cell uses beyond doubt, and those it only may use.

    ``maybe`` holds uncertain hits, hits inside compounds, and words that the glossary gives to two concepts
    which must stay apart.
    """

    clear: frozenset[str]
    maybe: frozenset[str]


class Witnesses:
    """Reads rows with the glossary's words.

    ``words`` are the glossary's words by concept and language, ``groups`` the concepts that must stay apart.
    ``sources`` maps a document's key to its source language; documents without a source are left out.
    """

    def __init__(
        self,
        words: ConceptWords,
        groups: Iterable[Sequence[str]],
        sources: Mapping[str, str] | None = None,
    ) -> None:
        self._sources = dict(sources or {})
        rivals: dict[str, set[str]] = {}
        for group in groups:
            for concept in group:
                rivals.setdefault(concept, set()).update(other for other in group if other != concept)
        self._rivals = {concept: frozenset(others) for concept, others in rivals.items()}
        self._terms: dict[str, dict[str, frozenset[str]]] = {
            concept: {lang: frozenset(fold(term, lang) for term in terms) for lang, terms in by_lang.items() if terms}
            for concept, by_lang in words.items()
        }
        self._weights: dict[tuple[str, str], float] = {}

    def rivals(self, concept: str) -> frozenset[str]:
        """The concepts that must stay apart from this one."""
        return self._rivals.get(concept, frozenset())

    def terms(self, concept: str, lang: str) -> frozenset[str]:
        """The glossary's words, folded; empty where it gives none."""
        return self._terms.get(concept, {}).get(lang, frozenset())

    def testifies(self, concept: str, lang: str) -> bool:
        """Whether the language has a word for the concept that no rival shares."""
        own = self.terms(concept, lang)
        return any(not self._shared(concept, term, lang) for term in own)

    def witness_languages(self, concept: str) -> list[str]:
        """The languages that can testify to the concept, sorted."""
        return sorted(lang for lang in self._terms.get(concept, {}) if self.testifies(concept, lang))

    def read(self, cell: StoredCell, lang: str) -> CellReading:
        """The concepts a cell uses."""
        clear: set[str] = set()
        maybe: set[str] = set()
        for concept, hits in cell.hits:
            for hit in hits:
                sharing = self._shared(concept, fold(hit.term, lang), lang)
                if hit.certain and not hit.compound and not sharing:
                    clear.add(concept)
                else:
                    maybe.update((concept, *sharing))
        return CellReading(frozenset(clear), frozenset(maybe - clear))

    def hear(self, rows: Sequence[StoredRow]) -> list[Testimony]:
        """The testimony for every row, in the order given. Weighs the versions by all of these rows."""
        readings = [{lang: self.read(cell, lang) for lang, cell in row.cells.items()} for row in rows]
        self._weigh(readings)
        return [
            self._testimony(reading, self._sources.get(row.document))
            for row, reading in zip(rows, readings, strict=True)
        ]

    def weight(self, concept: str, lang: str) -> float:
        """How much the language's word counts for a concept; known after :meth:`hear`."""
        return self._weights.get((concept, lang), math.log(_PRIOR_APART / (_PRIOR_ROWS - _PRIOR_APART)))

    def _shared(self, concept: str, term: str, lang: str) -> tuple[str, ...]:
        return tuple(sorted(rival for rival in self.rivals(concept) if term in self.terms(rival, lang)))

    def _weigh(self, readings: Sequence[Mapping[str, CellReading]]) -> None:
        apart: Counter[tuple[str, str]] = Counter()
        asked: Counter[tuple[str, str]] = Counter()
        for reading in readings:
            for concept in {concept for cell in reading.values() for concept in cell.clear}:
                for rival in self.rivals(concept):
                    both = {lang for lang, cell in reading.items() if {concept, rival} <= cell.clear}
                    for lang, cell in reading.items():
                        if both - {lang} and cell.clear & {concept, rival}:
                            asked[concept, lang] += 1
                            apart[concept, lang] += lang in both
        self._weights = {
            place: max(
                _LEAST_WEIGHT,
                math.log((apart[place] + _PRIOR_APART) / (rows - apart[place] + _PRIOR_ROWS - _PRIOR_APART)),
            )
            for place, rows in asked.items()
        }

    def _testimony(self, reading: Mapping[str, CellReading], source: str | None) -> Testimony:
        shown: dict[str, Support] = {}
        disputed = set()
        for concept in sorted({concept for cell in reading.values() for concept in cell.clear}):
            asked = [lang for lang, cell in reading.items() if self._can_say(concept, lang, cell)]
            if source in asked:
                balance = 1.0 if concept in reading[source].clear else -1.0
            else:
                balance = sum(self._vote(concept, lang, reading[lang]) for lang in asked)
            if balance > 1e-9:
                agree = tuple(lang for lang in asked if concept in reading[lang].clear)
                shown[concept] = Support(agree, tuple(lang for lang in asked if lang not in agree))
            elif balance > -1e-9:
                disputed.add(concept)
        return Testimony(shown, frozenset(disputed))

    def _can_say(self, concept: str, lang: str, cell: CellReading) -> bool:
        return self.testifies(concept, lang) and concept not in cell.maybe

    def _vote(self, concept: str, lang: str, cell: CellReading) -> float:
        weight = self.weight(concept, lang)
        if concept in cell.clear:
            return weight
        return -weight if cell.clear & self.rivals(concept) else -weight * _SILENCE
