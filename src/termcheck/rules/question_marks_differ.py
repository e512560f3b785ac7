"""TC315."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.sentence_marks import SentenceMark
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.sentence_marks import mark_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class QuestionMarksDiffer(DocumentRule):
    """Only one side asks a question.

    ## Why
    A question that became a statement, or the other way round, changes what is said.

    ## How it is decided
    Only whether a text has any question mark is compared, in the marks of every script (`?`, `？`, `؟`, Greek `;`).
    Korean, Japanese, Chinese, Thai and other languages can ask without one: their question words and endings count. The
    source decides, with at least half of the other versions on its side. A mark that is added is left alone where an
    English counterpart begins as questions do ("How to ...", "Are you for joining.").

    ## Wrong
    English "Why do I need a licence?", French "Pourquoi une licence".

    ## Right
    "Pourquoi une licence ?"
    """

    code = "TC315"
    name = "question-marks-differ"
    severity = Severity.NOTE

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from mark_findings(self, facts, SentenceMark.QUESTION)
