"""TC105."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Location, Position, Severity
from termcheck.rules.base import CorpusRule
from termcheck.wording import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts


class VersionMissing(CorpusRule):
    """A document has no version in a language that other documents of the corpus have.

    ## Why
    Readers in that language get no page, or one in another language. Often it is planned work, so this is a note.

    ## How it is decided
    The languages of the corpus are those of the configuration, or else those found in it. Reported once per document,
    at its source or first version.

    ## Wrong
    `en/pricing.md` and `pl/pricing.md`, in a corpus that is otherwise in English, Polish and Korean.

    ## Right
    `ko/pricing.md` beside them, or `languages` in the configuration without `ko`.
    """

    code = "TC105"
    name = "version-missing"
    severity = Severity.NOTE

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for summary in facts.summaries:
            if not summary.missing or not summary.versions:
                continue
            version = next((v for v in summary.versions if v.lang == summary.source), summary.versions[0])
            start = Position(1, 1)
            yield self.finding(
                Location(version.path, version.lang, start, start),
                f"This document has no version in {languages(summary.missing)}.",
                document=summary.key,
                evidence={"missing": list(summary.missing)},
            )
