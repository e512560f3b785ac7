"""TC401."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Excerpt, Finding, Severity, Verdict
from termcheck.rules.base import CorpusRule
from termcheck.rules.facts import Place
from termcheck.wording import counted, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import GroupVerdict
    from termcheck.rules.facts import CorpusFacts
    from termcheck.terms.verdicts import CollapseEvidence, Sighting


class ConceptsCollapsed(CorpusRule):
    """Two concepts that must stay apart share one word in a language.

    ## Why
    Where the source says "client" here and "customer" there, and a translation says the same word for both, its
    readers cannot know that two things are meant. No single paragraph is wrong; only the corpus as a whole shows it.

    ## How it is decided
    `distinct:` in the glossary names the concepts. Rows in which the source, or else the other versions, show one of
    them and not the other are compared: when the same word renders both, the concepts have collapsed. The words come
    from the glossary or, where it gives none, are learned from the aligned rows. Too little evidence gives the
    verdict "unknown", never this finding.

    ## Wrong
    Polish *klient* for both "client" and "customer".

    ## Right
    Two words; or, where the language has only one, `acknowledge:` in the glossary with the reason.
    """

    code = "TC401"
    name = "concepts-collapsed"
    severity = Severity.ERROR

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        verdict_of = {
            (pair, verdict.lang): verdict
            for verdict in facts.verdicts
            if verdict.verdict is Verdict.COLLAPSED
            for pair in ((a, b) for a in verdict.group for b in verdict.group)
        }
        for collapse in facts.collapses:
            verdict = verdict_of.get((collapse.concepts, collapse.lang))
            # A group's verdict also covers pairs of it that are acknowledged.
            accepted = facts.glossary.accepts(collapse.concepts, collapse.lang)
            if verdict is not None and not accepted and collapse.first and collapse.second:
                yield self._collapse(facts, collapse, verdict)

    def _collapse(self, facts: CorpusFacts, collapse: CollapseEvidence, verdict: GroupVerdict) -> Finding:
        first, second = collapse.concepts
        excerpts = [
            excerpt
            for concept, sighting in ((first, collapse.first[0]), (second, collapse.second[0]))
            for excerpt in _row(facts, collapse.lang, concept, sighting)
        ]
        rows = f"{counted(len(collapse.first), 'row')} and {counted(len(collapse.second), 'row')}"
        return self.finding(
            excerpts[0].location,
            f"{display_name(collapse.lang)} has one word, “{collapse.word}”, for {first} and {second}.",
            confidence=1 - collapse.p_value,
            excerpts=excerpts,
            why=[
                verdict.explanation,
                f"Shown are the clearest row for {first} and the clearest for {second}, of {rows}.",
            ],
            evidence={
                "word": collapse.word,
                "rows": [len(collapse.first), len(collapse.second)],
                "rows_of_concepts": [collapse.first_rows, collapse.second_rows],
                "p_value": collapse.p_value,
                "least_share": collapse.bound,
                "words": listing(list(verdict.shared)),
            },
            concepts=collapse.concepts,
        )


def _row(facts: CorpusFacts, lang: str, concept: str, sighting: Sighting) -> tuple[Excerpt, ...]:
    document = facts.documents[sighting.document]
    marks = document.term_marks(sighting.row, concept)
    return document.excerpts(Place(sighting.row, lang), {**marks, lang: sighting.spans})
