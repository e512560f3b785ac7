"""TC203."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.meaning.judge import Difference
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.judged import judged, location, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class TextAdded(DocumentRule):
    """A paragraph says more than its counterparts do.

    ## Why
    An explanation, a promise or a remark that only one version makes: either the others lack it, or nobody agreed
    to it.

    ## How it is decided
    Words next to each other that no other version supports add up to a passage, which is marked; where it is a whole
    sentence, exactly that sentence. Function words and what is usually added between the two languages count little.

    ## Wrong
    Korean adds a sentence that records are also shared with insurers; no other version says so.

    ## Right
    The sentence in all versions, or in none.
    """

    code = "TC203"
    name = "text-added"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for place, judgement in judged(facts, Difference.ADDS):
            message = "This paragraph says something that no other version says."
            yield self.finding(location(facts, place, judgement), message, **parts(facts, place, judgement))
