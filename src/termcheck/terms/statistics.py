"""How a corpus renders the concepts of a glossary: every concept in every language, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from termcheck.model import Verdict
from termcheck.terms.matcher import Certainty

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from termcheck.glossary import Glossary
    from termcheck.model import ConceptUse, GroupVerdict, Rendering
    from termcheck.terms.collect import CellRecord
    from termcheck.terms.verdicts import TermReport


class Origin(StrEnum):
    """Where a language's words for a concept come from."""

    GLOSSARY = "glossary"
    LEARNED = "learned"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ConceptStatistics:
    """One concept in one language.

    ``rows`` counts the rows of the corpus in which the witnesses show the concept, ``occurrences`` the places where a
    word that the glossary gives for it stands in the texts. ``renderings`` are the words that render it, with their
    rows, the most frequent first.
    """

    concept: str
    lang: str
    verdict: Verdict
    rows: int
    occurrences: int
    origin: Origin
    renderings: tuple[Rendering, ...]

    @property
    def house_word(self) -> Rendering | None:
        """The word that the texts use most."""
        return self.renderings[0] if self.renderings else None


@dataclass(frozen=True, slots=True)
class LanguageCoverage:
    """Of all concepts, those with words in the glossary, those that the texts show, and those that they render."""

    lang: str
    concepts: int
    worded: int
    shown: int
    rendered: int


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """Concepts in the order of the glossary, languages sorted; ``cells`` has one for every two of them."""

    concepts: tuple[str, ...]
    languages: tuple[str, ...]
    cells: Mapping[tuple[str, str], ConceptStatistics]
    coverage: tuple[LanguageCoverage, ...]
    groups: tuple[GroupVerdict, ...]


def term_statistics(
    glossary: Glossary,
    records: Mapping[str, Sequence[Mapping[str, CellRecord]]],
    report: TermReport,
    langs: Sequence[str] = (),
) -> TermStatistics:
    """The statistics of a judged corpus; ``langs`` limits them to these languages and their regions."""
    counts = _occurrences(records)
    cells = {}
    for use in report.uses:
        if _wanted(use.lang, langs):
            entry = glossary.words(use.concept, use.lang)
            origin = Origin.LEARNED if use.renderings else Origin.NONE
            if entry is not None and entry.accepted:
                origin = Origin.GLOSSARY
            cells[use.concept, use.lang] = ConceptStatistics(
                use.concept,
                use.lang,
                _verdict(use, report.verdicts),
                use.rows,
                counts[use.concept, use.lang],
                origin,
                use.renderings,
            )
    languages = tuple(sorted({lang for _, lang in cells}))
    concepts = tuple(concept.id for concept in glossary.concepts)
    return TermStatistics(
        concepts,
        languages,
        cells,
        tuple(_coverage(lang, [cells[concept, lang] for concept in concepts]) for lang in languages),
        tuple(verdict for verdict in report.verdicts if _wanted(verdict.lang, langs)),
    )


def _verdict(use: ConceptUse, groups: Sequence[GroupVerdict]) -> Verdict:
    """The verdict on a concept; a collapse that the project accepts wherever it concerns the concept is no fault."""
    if use.verdict is not Verdict.COLLAPSED:
        return use.verdict
    verdicts = {group.verdict for group in groups if group.lang == use.lang and use.concept in group.group}
    accepted = Verdict.ACKNOWLEDGED in verdicts and Verdict.COLLAPSED not in verdicts
    return Verdict.ACKNOWLEDGED if accepted else use.verdict


def _occurrences(records: Mapping[str, Sequence[Mapping[str, CellRecord]]]) -> Counter[tuple[str, str]]:
    """How often each concept's words stand in each language, beyond doubt."""
    return Counter(
        (hit.concept, lang)
        for rows in records.values()
        for cells in rows
        for lang, record in cells.items()
        for hit in record.hits
        if hit.certainty is Certainty.MATCH
    )


def _wanted(lang: str, langs: Collection[str]) -> bool:
    return not langs or any(lang == tag or lang.startswith(f"{tag}-") for tag in langs)


def _coverage(lang: str, cells: Sequence[ConceptStatistics]) -> LanguageCoverage:
    return LanguageCoverage(
        lang,
        len(cells),
        sum(cell.origin is Origin.GLOSSARY for cell in cells),
        sum(cell.rows > 0 for cell in cells),
        sum(bool(cell.renderings) for cell in cells),
    )
