"""From question and exclamation marks that differ to findings, for the two rules that report them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.rules.facts import Place
from termcheck.wording import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.literal.sentence_marks import SentenceMark
    from termcheck.model import Finding
    from termcheck.rules.base import DocumentRule
    from termcheck.rules.facts import DocumentFacts


def mark_findings(rule: DocumentRule, facts: DocumentFacts, mark: SentenceMark) -> Iterator[Finding]:
    """A finding of ``rule`` for every cell that differs in having this mark."""
    article = "an" if mark.value[0] in "aeiou" else "a"
    for (found, row, lang), difference in facts.literal.marks.items():
        place = Place(row, lang)
        if found is not mark or facts.is_foreign(place):
            continue
        cell = facts.cell(place)
        if difference.added:
            message = f"This text has {article} {mark.value}; no other version has one."
        else:
            others = languages(difference.missing, facts.source)
            verb = "has" if len(difference.missing) == 1 else "have"
            message = f"This text has no {mark.value}, but {others} {verb} one."
        yield rule.finding(
            cell.location(difference.added[0] if difference.added else None),
            message,
            document=facts.key,
            confidence=0.6,
            excerpts=facts.excerpts(place, {**difference.missing, lang: difference.added}),
        )
