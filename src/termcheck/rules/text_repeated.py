"""TC313."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class TextRepeated(DocumentRule):
    """A word or a sentence stands twice.

    ## Why
    "The the" and sentences pasted twice are slips that every reader sees and every author overlooks.

    ## How it is decided
    The same word with nothing but a space between, or the same sentence (of 20 letters or more) twice in a paragraph,
    where no other version repeats one. Languages that double words on purpose (Indonesian *tiba tiba*, Turkish *yavaş
    yavaş*) are only asked about words that join others, and words that grammar doubles ("die, die die Tür öffnen") are
    left alone.

    ## Wrong
    "Save the the file."

    ## Right
    "Save the file."
    """

    code = "TC313"
    name = "text-repeated"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for at, repetitions in facts.literal.repetitions.items():
            place = Place(*at)
            if facts.is_foreign(place):
                continue
            cell = facts.cell(place)
            for found in repetitions:
                word = cell.text[slice(*found.again)]
                yield self.finding(
                    cell.location(found.again),
                    "This sentence stands twice." if found.sentence else f"The word {quoted([word])} stands twice.",
                    document=facts.key,
                    confidence=0.9,
                    excerpts=facts.excerpts(place, {place.lang: [found.first, found.again]}),
                    evidence={"text": word},
                )
