"""Where an accepted common word stands without the qualifier that the project asks for.

Of two concepts with one word, the qualifier marks one and the other goes bare ("aplikacja kliencka" beside "klient").
It marks the concept in whose rows it stands more often; when it stands nowhere, the first that the entry names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termcheck.glossary import Acknowledgement, Glossary
    from termcheck.model import Alignment
    from termcheck.terms.verdicts import CollapseEvidence, Sighting


@dataclass(frozen=True, slots=True)
class Unqualified:
    """A row that shows ``concept`` alone, by a word that ``other`` has too, without any of the ``qualifiers``."""

    sighting: Sighting
    lang: str
    concept: str
    other: str
    word: str
    qualifiers: tuple[str, ...]


def find_unqualified(
    glossary: Glossary, alignments: Mapping[str, Alignment], collapses: Iterable[CollapseEvidence]
) -> tuple[Unqualified, ...]:
    """The rows in which a qualifier is missing, in the order of the collapses and then of the texts."""
    found: list[Unqualified] = []
    for collapse in collapses:
        entry = glossary.acknowledged(collapse.concepts, collapse.lang)
        if entry is not None and entry.qualifier:
            found.extend(_missing(entry, collapse, alignments))
    return tuple(found)


def _missing(
    entry: Acknowledgement, collapse: CollapseEvidence, alignments: Mapping[str, Alignment]
) -> Iterable[Unqualified]:
    from termcheck.terms.matcher import TermMatcher, TermPattern

    matcher = TermMatcher(collapse.lang, [TermPattern("qualifier", word) for word in entry.qualifier])
    rows = dict(zip(collapse.concepts, (collapse.first, collapse.second), strict=True))
    bare = {
        concept: [each for each in sightings if not matcher.find(_text(alignments, each, collapse.lang))]
        for concept, sightings in rows.items()
    }

    def qualified(concept: str) -> float:
        return 1 - len(bare[concept]) / max(len(rows[concept]), 1)

    named = [concept for concept in entry.concepts if concept in rows]
    marked = max(named, key=lambda concept: (qualified(concept), -named.index(concept)))
    (other,) = (concept for concept in collapse.concepts if concept != marked)
    for sighting in sorted(bare[marked], key=lambda each: (each.document, each.row)):
        yield Unqualified(sighting, collapse.lang, marked, other, collapse.word, entry.qualifier)


def _text(alignments: Mapping[str, Alignment], sighting: Sighting, lang: str) -> str:
    return alignments[sighting.document].rows[sighting.row].cells[lang].text
