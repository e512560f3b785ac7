"""TC301."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.rules.foreign import SHOWN, foreign_runs
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts
    from termcheck.rules.foreign import ForeignRun


class Untranslated(DocumentRule):
    """A paragraph was left in the language it should have been translated from.

    ## Why
    Readers get a text that they may not be able to read. It scores higher in a comparison of meanings than any good
    translation, so only a check of its own finds it.

    ## How it is decided
    The text is a copy of another version's, or it is identified as being in the source language. Names, code,
    addresses and short texts do not count, nor does what most other versions keep as well, nor what `keep` in the
    configuration lists. Neighbouring paragraphs are one finding.

    ## Wrong
    The Indonesian page says "Sensors in boilers and lifts can open a request on their own."

    ## Right
    "Sensor pada ketel dan lift dapat membuka permintaan sendiri."
    """

    code = "TC301"
    name = "untranslated"
    severity = Severity.ERROR

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for run in foreign_runs(facts, {Place(*at): found.lang for at, found in facts.literal.untranslated.items()}):
            yield self._run(facts, run)

    def _run(self, facts: DocumentFacts, run: ForeignRun) -> Finding:
        found = [facts.literal.untranslated[place] for place in run.places]
        copied = sum(each.copied for each in found)
        why = []
        if copied:
            subject = "It is" if len(found) == 1 else f"{copied} of {len(found)} {'is' if copied == 1 else 'are'}"
            why.append(f"{subject} the same as in {display_name(run.identified)}.")
        if len(found) > SHOWN:
            why.append(f"The first {SHOWN} of {counted(len(found), 'paragraph')} are shown.")
        return self.finding(
            run.location(facts),
            f"{run.subject()} not translated: the text is in {display_name(run.identified)}.",
            document=facts.key,
            confidence=min(each.confidence for each in found),
            excerpts=run.excerpts(facts),
            why=why,
            evidence={"identified": run.identified, "paragraphs": len(found), "copied": copied},
        )
