"""TC404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity, Verdict
from termcheck.rules.base import CorpusRule
from termcheck.rules.facts import Place
from termcheck.wording import languages, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import Row
    from termcheck.rules.facts import CorpusFacts, DocumentFacts

SHARE = 0.75
"""Of the versions with a word for the concept, at least so many must use it in the row."""


class RequiredTermMissing(CorpusRule):
    """The other versions use a glossary term that this version leaves out.

    ## Why
    The glossary prescribes the word. A paraphrase or another word hides from the reader that the same thing is meant
    as elsewhere.

    ## How it is decided
    The row shows the concept when the source has its word, or without a source at least two versions; and of all
    versions with a word for it but one, three quarters use it. The version at hand has words in the glossary, and none
    of them stands in its paragraph, in whatever inflection. Where another concept's word has taken its place, that is
    TC402.

    ## Wrong
    English "Open the folder again", German "Öffnen Sie ihn erneut", when the paragraph never says *Ordner*.

    ## Right
    "Öffnen Sie den Ordner erneut".
    """

    code = "TC404"
    name = "required-term-missing"
    severity = Severity.NOTE

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        chosen = {(choice.document, choice.row, choice.lang, choice.concept) for choice in facts.choices}
        shared = _shared_words(facts)
        for document in facts.documents.values():
            for row in document.alignment.rows:
                for concept, lang in _left_out(facts, document, row, shared):
                    place = Place(row.index, lang)
                    if (document.key, row.index, lang, concept) not in chosen and not document.is_foreign(place):
                        yield self._missing(facts, document, place, concept)

    def _missing(self, facts: CorpusFacts, document: DocumentFacts, place: Place, concept: str) -> Finding:
        entry = facts.glossary.words(concept, place.lang)
        words = [term.text for term in entry.accepted] if entry else []
        marks = document.term_marks(place.row, concept)
        return self.finding(
            document.cell(place).location(),
            f"The {display_name(place.lang)} term for {concept}, {quoted(words)}, is missing in this paragraph.",
            document=document.key,
            excerpts=document.excerpts(place, marks),
            why=[f"The term stands in {languages(marks, document.source)}."],
            evidence={"expected": words, "witnesses": sorted(marks)},
            concepts=(concept,),
        )


def _shared_words(facts: CorpusFacts) -> frozenset[tuple[str, str]]:
    """Concepts with the languages in which their word is another concept's too, so that it proves neither."""
    shared = {(concept, collision.lang) for collision in facts.glossary.collisions() for concept in collision.concepts}
    for verdict in facts.verdicts:
        if verdict.verdict in (Verdict.COLLAPSED, Verdict.ACKNOWLEDGED):
            shared.update((concept, verdict.lang) for concept in verdict.group)
    return frozenset(shared)


def _left_out(
    facts: CorpusFacts, document: DocumentFacts, row: Row, shared: frozenset[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Concepts that a row shows, with the languages that say nothing of them."""
    for concept in facts.glossary.concepts:
        prescribed = [
            lang
            for lang in row.present()
            if (concept.id, lang) not in shared and _is_prescribed(facts, concept.id, lang)
        ]
        marks = document.term_marks(row.index, concept.id, certain=True)
        using = [lang for lang in prescribed if lang in marks]
        shown = document.source in using if document.source in prescribed else len(using) >= 2
        if shown and len(using) >= SHARE * (len(prescribed) - 1):
            maybe = document.term_marks(row.index, concept.id)
            for lang in prescribed:
                if lang not in maybe:
                    yield concept.id, lang


def _is_prescribed(facts: CorpusFacts, concept: str, lang: str) -> bool:
    entry = facts.glossary.words(concept, lang)
    return entry is not None and bool(entry.accepted)
