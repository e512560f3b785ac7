"""TC304."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.wording import languages, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.literal.unit_differences import UnitDifference
    from termcheck.rules.facts import DocumentFacts


class UnitsDiffer(DocumentRule):
    """A number has another unit than in the other versions.

    ## Why
    Five kilometres are not five miles. A unit that was exchanged without converting its number is a factual error.

    ## How it is decided
    A number in digits with a unit of length, mass, volume, area or temperature behind it is compared with the same
    number in the source, or in all other versions. Converted amounts have another number and are left alone here, and
    so is a unit that stands elsewhere in the counterpart.

    ## Wrong
    English "after 5 miles", German "nach 5 Kilometern".

    ## Right
    "nach 8 Kilometern", or "nach 5 Meilen".
    """

    code = "TC304"
    name = "units-differ"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for at, differences in facts.literal.units.items():
            place = Place(*at)
            if not facts.is_foreign(place):
                for difference in differences:
                    yield self._difference(facts, place, difference)

    def _difference(self, facts: DocumentFacts, place: Place, difference: UnitDifference) -> Finding:
        texts = {
            lang: facts.cell(Place(place.row, lang)).text[slice(*span)]
            for lang, span in difference.counterparts.items()
        }
        others = languages(texts, facts.source)
        say = "says" if len(texts) == 1 else "say"
        amounts = quoted(dict.fromkeys(texts.values()))
        marks = {lang: [span] for lang, span in difference.counterparts.items()}
        return self.finding(
            facts.cell(place).location(difference.span),
            f"This version says {quoted([difference.text])} where {others} {say} {amounts}.",
            document=facts.key,
            confidence=0.8,
            excerpts=facts.excerpts(place, {**marks, place.lang: [difference.span]}),
            evidence={"amount": difference.text, "counterparts": texts},
        )
