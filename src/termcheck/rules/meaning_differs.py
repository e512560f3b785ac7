"""TC201."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.meaning.judge import Difference
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.judged import judged, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class MeaningDiffers(DocumentRule):
    """A paragraph says something else than its counterparts do.

    ## Why
    A mistranslation, a sentence of another paragraph, a text that was updated in one language only: readers are told
    different things.

    ## How it is decided
    All versions of the row are compared, as whole paragraphs and word by word, with the token vectors of the embedding
    model, and a small model trained on planted errors weighs what was seen. What the other versions agree on among
    themselves counts; how far they lie apart themselves, the row's difficulty, is taken off, and what is usual for the
    two languages in this corpus is the yardstick. A source counts as much as all other versions together and is not
    judged itself. With two versions and no source, which of the two is wrong cannot be known, and the finding says so.
    The words that no other version supports are marked. Paragraphs with a sentence in another language are left to
    TC305, and those that would agree but for a number to TC303; a text that stands in two languages on purpose is not
    compared.

    `thresholds: {meaning: 1.2}` wants 1.2 times the evidence (TC201 to TC203 alike); `termcheck calibrate` finds the
    number that suits a corpus.

    ## Wrong
    English "Technicians check every boiler", Indonesian "Teknisi menjual perabot kantor" (sell office furniture).

    ## Right
    "Teknisi memeriksa setiap ketel".
    """

    code = "TC201"
    name = "meaning-differs"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for place, judgement in judged(facts, Difference.DIFFERS):
            numbers = facts.literal.numbers.get(place)
            if judgement.by_numbers and numbers is not None and numbers.changed:
                continue
            message = "This paragraph says something else than the other versions do."
            if judgement.mutual:
                message = "These two paragraphs say different things; two versions alone do not tell which is wrong."
            yield self.finding(facts.cell(place).location(), message, **parts(facts, place, judgement))
