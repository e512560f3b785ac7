"""TC402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule
from termcheck.rules.facts import Place
from termcheck.wording import any_of, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts
    from termcheck.terms.choices import WordChoice

LEAST_CONFIDENCE = 0.5
"""Choices below are more likely a word left out than a wrong one."""


class ConceptMixed(CorpusRule):
    """A paragraph uses the word of another concept.

    ## Why
    The language has a word of its own for both concepts, but here it uses the one for the wrong concept. Readers take
    it that the other thing is meant.

    ## How it is decided
    The row's other versions (with a source language, the source) show one concept, and this version has only the
    word of a concept that must stay apart from it. Where the whole language has collapsed the two, TC401 says so
    once, and this rule is silent; so it is where the glossary acknowledges one word for both, and where most of the
    other versions with two words use this concept's too: then the source's word has that sense here ("issue" for any
    trouble).

    ## Wrong
    English "The client signs the contract", Korean "고객은 계약서에 서명합니다", while the corpus writes 클라이언트 for
    "client" and 고객 for "customer".

    ## Right
    "클라이언트는 계약서에 서명합니다".
    """

    code = "TC402"
    name = "concept-mixed"
    severity = Severity.WARNING

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        collapsed = {(frozenset(collapse.concepts), collapse.lang) for collapse in facts.collapses}
        for choice in facts.choices:
            foreign = facts.documents[choice.document].is_foreign(Place(choice.row, choice.lang))
            settled = (frozenset((choice.concept, choice.found)), choice.lang) in collapsed or (
                facts.glossary.accepts((choice.concept, choice.found), choice.lang)
            )
            if choice.confidence >= LEAST_CONFIDENCE and not settled and not foreign:
                yield self._choice(facts, choice)

    def _choice(self, facts: CorpusFacts, choice: WordChoice) -> Finding:
        document = facts.documents[choice.document]
        place = Place(choice.row, choice.lang)
        marks = {**document.term_marks(choice.row, choice.concept), choice.lang: choice.spans}
        where = document.cell(place).location(choice.spans[0] if choice.spans else None)
        show = "shows" if len(choice.witnesses) == 1 else "show"
        expected = f"; expected is {any_of(choice.expected)}" if choice.expected else ""
        return self.finding(
            where,
            f"“{choice.word}” is the {display_name(choice.lang)} word for {choice.found}, "
            f"but the text is about {choice.concept}{expected}.",
            document=choice.document,
            confidence=choice.confidence,
            excerpts=document.excerpts(place, marks),
            why=[f"{languages(choice.witnesses, document.source)} {show} {choice.concept} in this paragraph."]
            if choice.witnesses
            else [],
            evidence={"word": choice.word, "expected": list(choice.expected), "witnesses": list(choice.witnesses)},
            concepts=(choice.concept, choice.found),
        )
