"""TC303."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.wording import languages, named, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.literal.numbers import NumberDifference, NumberMention
    from termcheck.rules.facts import DocumentFacts


class NumbersDiffer(DocumentRule):
    """A number differs from the one in the other versions.

    ## Why
    Swapped digits and lost zeros are easy to make, hard to see, and change deadlines and prices.

    ## How it is decided
    Numbers are compared by value and with the habits of each language: `40 000` is `40,000`, `1.234,5` is `1,234.5`,
    7 pm is 19, 1억 4400만 is 144 million, 일주일 is 7 days, and small numbers may be written as words. Only numbers in
    digits are reported. With a source its numbers decide; without one nothing is said where the other versions
    disagree among themselves. Where all translations say one number and the source another, the source changed after
    them. A number that only one side has is left alone if it is no more than ten, since languages differ in what they
    count ("1) ... 2) ...", "two options"), or a figure of speech ("100 % sure", "a turn of 180°", "the early 2000s").

    ## Wrong
    English "within 48 hours", German "innerhalb von 84 Stunden".

    ## Right
    "innerhalb von 48 Stunden".
    """

    code = "TC303"
    name = "numbers-differ"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for at, difference in facts.literal.numbers.items():
            place = Place(*at)
            if not facts.is_foreign(place):
                yield self._difference(facts, place, difference)

    def _difference(self, facts: DocumentFacts, place: Place, difference: NumberDifference) -> Finding:
        marks = {lang: [mention.span for mention in found] for lang, found in difference.missing.items()}
        marks[place.lang] = [mention.span for mention in difference.added]
        missing = difference.missing.get(facts.source or "") or next(iter(difference.missing.values()), ())
        if difference.changed:
            others = languages(difference.missing, facts.source)
            say = "says" if len(difference.missing) == 1 else "say"
            here, there = quoted(_texts(difference.added)), quoted(_texts(missing))
            message = f"This version says {here} where {others} {say} {there}."
        elif difference.added:
            message = f"No other version has the {named('number', _texts(difference.added))}."
        else:
            lost = _texts(missing)
            message = f"The {named('number', lost)} {'is' if len(lost) == 1 else 'are'} missing in this version."
        cell = facts.cell(place)
        return self.finding(
            cell.location(difference.added[0].span if difference.added else None),
            message,
            document=facts.key,
            confidence=0.9 if difference.changed else 0.7,
            excerpts=facts.excerpts(place, marks),
            evidence={
                "added": [mention.text for mention in difference.added],
                "missing": {lang: [mention.text for mention in found] for lang, found in difference.missing.items()},
            },
        )


def _texts(mentions: Iterable[NumberMention]) -> list[str]:
    """What was written, each text once."""
    return list(dict.fromkeys(mention.text for mention in mentions))
