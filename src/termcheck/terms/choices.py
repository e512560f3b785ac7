"""Rows in which a version has the word of another concept than the one that the row shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.terms.renderings import LEAST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.model import Span
    from termcheck.terms.pairs import Pair
    from termcheck.terms.renderings import Renderings


@dataclass(frozen=True, slots=True)
class WordChoice:
    """A row in which another concept's word stands where the witnesses show ``concept``.

    ``expected`` are the words the language has for the concept, ``found`` is the concept whose ``word`` stands here,
    at ``spans`` of the cell's text. ``witnesses`` are the languages that show the concept. ``confidence`` in [0, 1]
    is lower where the row shows both concepts, lowest where the word may simply have been left out, and the more other
    versions have taken the row for the other concept too.
    """

    document: str
    row: int
    lang: str
    concept: str
    expected: tuple[str, ...]
    found: str
    word: str
    spans: tuple[Span, ...]
    witnesses: tuple[str, ...]
    confidence: float


def word_choices(renderings: Renderings, pairs: Iterable[Pair]) -> tuple[WordChoice, ...]:
    """All such rows, one choice for each concept, rival and language, in order."""
    together: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        together[pair.first.concept, pair.second.concept].append(pair)
    found = {
        (choice.document, choice.row, choice.lang, choice.concept, choice.found): choice
        for alike in together.values()
        for pair in alike
        for choice in _choices(renderings, pair, alike)
    }
    return tuple(found[place] for place in sorted(found))


def _choices(renderings: Renderings, pair: Pair, alike: Iterable[Pair]) -> Iterator[WordChoice]:
    for number, side in enumerate(pair.sides):
        other = pair.sides[1 - number]
        if side.right < LEAST_ROWS:
            continue
        expected = tuple(label.word for label in side.labels)
        # Elsewhere a concept that is left out next to its rival is nothing but that.
        omitted = side.omitted if side.is_mixed else ()
        for positions, certainty in ((side.substituted, 0.9), (side.merged, 0.7), (omitted, 0.4)):
            for position in positions:
                row = renderings.rows[position]
                support = renderings.testimonies[position].shown[side.concept]
                agree = tuple(lang for lang in support.agree if lang != pair.lang)
                against = sum(lang != pair.lang for lang in support.silent)
                label = next(item for item in other.labels if position in renderings.using(item, pair.lang))
                spans = {s for item in other.labels for s in renderings.spans(position, item, pair.lang)}
                if not spans and all(item.is_part for item in other.labels):
                    continue
                yield WordChoice(
                    row.document,
                    row.row,
                    pair.lang,
                    side.concept,
                    expected,
                    other.concept,
                    label.word,
                    tuple(sorted(spans)),
                    agree,
                    certainty * len(agree) / (len(agree) + against) * _sense(position, number, pair, alike, agree)
                    if agree
                    else 0.0,
                )


def _sense(position: int, number: int, pair: Pair, alike: Iterable[Pair], agree: Iterable[str]) -> float:
    """How far the versions take a row for the concept that its witnesses show, as a share in (0, 1].

    A word of the witnesses may have two senses ("issue": a ticket, and any trouble). Then other versions that have a
    word for either concept use the rival's as well.
    """
    own, rival = set(agree), 0
    for each in alike:
        side = each.sides[number]
        if each.lang in (pair.lang, *own) or side.right < LEAST_ROWS:
            continue
        if position in side.rival or position in side.merged:
            rival += 1
        elif position in side.own or position in side.kept:
            own.add(each.lang)
    return len(own) / (len(own) + rival)
