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
    """A paragraph is much shorter or longer than its counterparts make expect.

    ## Why
    A text of half the usual length has lost something; one of twice the usual length says it twice, or holds the
    original beside the translation.

    ## How it is decided
    For every two languages the usual ratio of lengths and its spread are learned from the corpus (the median and the
    median absolute deviation of its logarithm), so that no language counts as long or short. A paragraph far outside is
    reported; with a source beside that, without one where it falls out beside all other versions. Nothing is said about
    short texts, nor with fewer than 40 paragraphs to learn from.

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
                why=[f"It has {share} of the length that its counterpart makes expect."],
                evidence={"share": round(found.share, 4), "deviation": round(found.deviation, 4)},
            )
