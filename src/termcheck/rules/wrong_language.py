"""TC302."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.rules.foreign import foreign_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class WrongLanguage(DocumentRule):
    """A paragraph is in another language than its file.

    ## Why
    A paragraph pasted from another version cannot be read by the people whom the file is for. Comparing meanings does
    not show it: a text in the wrong language can say exactly the right thing.

    ## How it is decided
    The language is identified offline, among the languages of the corpus and English. Names, code, addresses and
    numbers do not count, texts too short to tell are left alone, and languages too close to be told apart (Czech and
    Slovak, Indonesian and Malay) are taken for the same.

    ## Wrong
    A German paragraph in a Turkish file.

    ## Right
    The paragraph in Turkish.
    """

    code = "TC302"
    name = "wrong-language"
    severity = Severity.ERROR

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        identified = {
            Place(*at): found.lang for at, found in facts.literal.wrong_language.items() if found.lang is not None
        }
        for run in foreign_runs(facts, identified):
            yield self.finding(
                run.location(facts),
                f"{run.subject()} in {display_name(run.identified)}, not in {display_name(run.lang)}.",
                document=facts.key,
                confidence=min(facts.literal.wrong_language[place].confidence for place in run.places),
                excerpts=run.excerpts(facts),
                evidence={"identified": run.identified, "paragraphs": len(run.places)},
            )
