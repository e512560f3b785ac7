"""TC404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule
from termcheck.rules.concept_rows import missing_terms, source_words
from termcheck.wording import any_of, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts, DocumentFacts, Place


class RequiredTermMissing(CorpusRule):
    """The other versions use a glossary term that this version leaves out.

    ## Why
    The glossary prescribes the word. A paraphrase or another word hides from the reader that the same thing is meant
    as elsewhere.

    ## How it is decided
    The row shows the concept when the source has its word, or without a source at least two versions; and at least
    three quarters of the other versions with a word for it use it. The version at hand has words in the glossary, and
    none of them stands in its paragraph, in whatever inflection. Where another concept's word has taken its place, that
    is TC402, and where the source's own word was left, TC407.

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
        for document, place, concept in missing_terms(facts, fixed=False):
            if (document.key, place, concept) not in left:
                yield self._missing(facts, document, place, concept)

    def _missing(self, facts: CorpusFacts, document: DocumentFacts, place: Place, concept: str) -> Finding:
        entry = facts.glossary.words(concept, place.lang)
        words = [term.text for term in entry.accepted] if entry else []
        marks = document.term_marks(place.row, concept)
        return self.finding(
            document.cell(place).location(),
            f"The {display_name(place.lang)} term for {concept}, {any_of(words)}, is missing in this paragraph.",
            document=document.key,
            excerpts=document.excerpts(place, marks),
            why=[f"The term stands in {languages(marks, document.source)}."],
            evidence={"expected": words, "witnesses": sorted(marks)},
            concepts=(concept,),
        )
