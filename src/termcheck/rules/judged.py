"""From judgements of meaning to findings, for the three rules that report them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from termcheck.rules.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termcheck.meaning.judge import CellJudgement, Difference
    from termcheck.model import Excerpt, Location, Span
    from termcheck.rules.facts import DocumentFacts


class Parts(TypedDict):
    """What a judgement contributes to its finding."""

    document: str
    confidence: float
    excerpts: tuple[Excerpt, ...]
    why: tuple[str, ...]
    evidence: Mapping[str, float]


def judged(facts: DocumentFacts, difference: Difference) -> Iterator[tuple[Place, CellJudgement]]:
    """The judgements of one kind. Where two versions accuse each other, the first in tag order stands for both."""
    for place, judgement in facts.judgements.items():
        if judgement.difference is not difference or facts.is_foreign(place):
            continue
        if not judgement.mutual or place.lang == _first_accused(facts, place.row):
            yield place, judgement


def _first_accused(facts: DocumentFacts, row: int) -> str:
    places = (Place(row, lang) for lang in facts.alignment.rows[row].present())
    return next(at.lang for at in places if at in facts.judgements and facts.judgements[at].difference)


def parts(facts: DocumentFacts, place: Place, judgement: CellJudgement) -> Parts:
    """The texts with the words marked, the reasons and the scores."""
    return Parts(
        document=facts.key,
        confidence=judgement.confidence,
        excerpts=facts.excerpts(place, marks(judgement)),
        why=judgement.why,
        evidence=judgement.evidence,
    )


def marks(judgement: CellJudgement) -> dict[str, tuple[Span, ...]]:
    """The words without counterpart, by language."""
    found: dict[str, tuple[Span, ...]] = {}
    for passage in (judgement.omission, judgement.addition):
        if passage is not None:
            found.update(passage.marks)
    return found


def location(facts: DocumentFacts, place: Place, judgement: CellJudgement) -> Location:
    """The first marked words of the version itself, or else its whole text."""
    own = marks(judgement).get(place.lang, ())
    return facts.cell(place).location(own[0] if own else None)
