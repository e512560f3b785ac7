"""TC314."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class LengthUnusual(DocumentRule):
    """A paragraph is much shorter or longer than usual beside its counterparts.

    ## Why
    A text of half the usual length has lost something; one of twice the usual length says it twice, or holds the
    original beside the translation.

    ## How it is decided
    How long the texts of two languages usually are beside each other, and how much that varies, is learned from the
    corpus, so that no language counts as long or short. Reported is a paragraph far outside of what is usual that has
    less than half or more than twice the usual length: beside the source, or without a source beside every other
    version. Nothing is said where both the text and the usual length are below 40 characters, nor where the corpus has
    fewer than 40 paragraphs in the two languages.

    ## Wrong
    A paragraph of five sentences, translated by one.

    ## Right
    A paragraph that says all that the five sentences say.
    """

    code = "TC314"
    name = "length-unusual"
    severity = Severity.NOTE

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for at, found in facts.literal.lengths.items():
            place = Place(*at)
            if facts.is_foreign(place):
                continue
            how = "shorter" if found.deviation < 0 else "longer"
            share = f"{100 * found.share:.0f} %" if found.share < 2 else f"{found.share:.1f} times"
            yield self.finding(
                facts.cell(place).location(),
                f"This text is much {how} than usual beside {display_name(found.lang)}.",
                document=facts.key,
                confidence=min(0.9, abs(found.deviation) / 12),
                excerpts=facts.excerpts(place),
                why=[f"It has {share} of the length that is usual beside its counterpart."],
                evidence={"share": round(found.share, 4), "deviation": round(found.deviation, 4)},
            )
