"""TC316."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.sentence_marks import SentenceMark
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.sentence_marks import mark_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class ExclamationMarksDiffer(DocumentRule):
    """Only one side has an exclamation mark.

    ## Why
    An exclamation mark that comes or goes changes the tone, and sometimes marks a warning.

    ## How it is decided
    Only whether a text has any is compared. Many languages use fewer of them than English does, so this is a matter of
    house style: the rule is off unless `select` or `severity` in the configuration name it.

    ## Wrong
    English "Never share this key!", German "Geben Sie diesen Schlüssel nie weiter."

    ## Right
    "Geben Sie diesen Schlüssel nie weiter!"
    """

    code = "TC316"
    name = "exclamation-marks-differ"
    severity = Severity.NOTE
    default = False

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from mark_findings(self, facts, SentenceMark.EXCLAMATION)
