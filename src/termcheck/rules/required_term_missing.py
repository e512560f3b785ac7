"""TC404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule
from termcheck.rules.concept_rows import missing_terms, source_words, stands_as_is
from termcheck.rules.facts import Place
from termcheck.wording import any_of, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts, DocumentFacts
    from termcheck.terms.verdicts import Sighting


class RequiredTermMissing(CorpusRule):
    """The other versions use a glossary term that this version leaves out.

    ## Why
    The glossary prescribes the word. A paraphrase or another word hides from the reader that the same thing is meant
    as elsewhere.

    ## How it is decided
    The row shows the concept when the source has its word, or without a source at least two versions; and at least
    three quarters of the other versions with a word for it use it. The version at hand has words in the glossary, and
    none of them stands in its paragraph, in whatever inflection. Where another concept's word has taken its place, that
    is TC402, and where the source's own word was left, TC407; in a title, a quotation or an attribution copied from the
    source it may stay. Where another word of the language for the concept stands, the finding names it and is surer.

    ## Wrong
    English "Open the folder again", German "Öffnen Sie ihn erneut", when the paragraph never says *Ordner*.

    ## Right
    "Öffnen Sie den Ordner erneut".
    """

    code = "TC404"
    name = "required-term-missing"
    severity = Severity.NOTE

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        left = {(found.document.key, found.place, found.concept) for found in source_words(facts)}
        others = _other_words(facts)
        for document, place, concept in missing_terms(facts, fixed=False):
            where = (document.key, place, concept)
            if where not in left and not stands_as_is(document, place, concept):
                yield self._missing(facts, document, place, concept, others.get(where))

    def _missing(
        self,
        facts: CorpusFacts,
        document: DocumentFacts,
        place: Place,
        concept: str,
        other: tuple[str, Sighting] | None,
    ) -> Finding:
        entry = facts.glossary.words(concept, place.lang)
        words = [term.text for term in entry.accepted] if entry else []
        witnesses = document.term_marks(place.row, concept)
        marks = witnesses if other is None else {**witnesses, place.lang: other[1].spans}
        spans = other[1].spans if other is not None else ()
        instead = f"; “{other[0]}” stands in its place" if other is not None else ""
        return self.finding(
            document.cell(place).location(spans[0] if spans else None),
            f"The {display_name(place.lang)} term for {concept}, {any_of(words)}, is missing in this paragraph"
            f"{instead}.",
            document=document.key,
            confidence=0.5 if other is None else 0.9,
            excerpts=document.excerpts(place, marks),
            why=[f"The term stands in {languages(witnesses, document.source)}."],
            evidence={"expected": words, "witnesses": sorted(witnesses)},
            concepts=(concept,),
        )


def _other_words(facts: CorpusFacts) -> dict[tuple[str, Place, str], tuple[str, Sighting]]:
    """By document, place and concept: a word for the concept that the glossary does not give, and where it stands."""
    return {
        (sighting.document, Place(sighting.row, found.lang), found.concept): (word, sighting)
        for found in facts.wanderings
        for word, sightings in found.words[1:]
        for sighting in sightings
    }
