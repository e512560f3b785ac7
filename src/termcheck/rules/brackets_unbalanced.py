"""TC317."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class BracketsUnbalanced(DocumentRule):
    """A bracket or quotation mark lacks its other half.

    ## Why
    It is a slip that readers see, and often the trace of a lost end of a sentence or of broken markup.

    ## How it is decided
    Brackets must close what they open, in every script; quotation marks must come in pairs, whichever the language
    uses. Labels such as "a)", smileys, apostrophes and inches are neither. A text whose source has an unpaired one of
    the same kind is left alone, as is a quotation that the source opens in single marks and does not close.

    ## Wrong
    "Open the settings (in the menu and log in."

    ## Right
    "Open the settings (in the menu) and log in."
    """

    code = "TC317"
    name = "brackets-unbalanced"
    severity = Severity.NOTE

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for at, found in facts.literal.unpaired.items():
            place = Place(*at)
            if facts.is_foreign(place):
                continue
            cell = facts.cell(place)
            signs = [cell.text[slice(*each.span)] for each in found]
            yield self.finding(
                cell.location(found[0].span),
                f"{quoted(signs)} has no other half." if len(signs) == 1 else f"{quoted(signs)} have no other halves.",
                document=facts.key,
                confidence=0.8,
                excerpts=facts.excerpts(place, {place.lang: [each.span for each in found]}),
                evidence={"unpaired": signs},
            )
