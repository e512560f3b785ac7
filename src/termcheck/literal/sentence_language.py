"""Sentences in another language inside a paragraph that is in its own.

What stands in quotation marks is left aside: titles and sayings are quoted in their language on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.corpus.sentences import split_sentences
from termcheck.literal.language_id import QUOTATIONS
from termcheck.literal.scripts import letters
from termcheck.literal.untranslated import overlap, untranslated, word_counts
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termcheck.literal.language_id import LanguageIdentifier
    from termcheck.literal.untranslated import WordCounts

MOST = 100
"""Sentences from which a paragraph is not looked at one by one."""

LONGEST = 20_000
"""Characters of a text that are looked at."""


@dataclass(frozen=True, slots=True)
class ForeignSentence:
    """Neighbouring sentences in the same foreign language.

    ``lang`` is that language, ``copied`` whether a counterpart has the same words, ``confidence`` in [0, 1].
    """

    span: Span
    lang: str
    copied: bool
    confidence: float


def foreign_sentences(
    target: str,
    target_lang: str,
    counterparts: Mapping[str, str],
    protected: Iterable[tuple[int, int]] = (),
    *,
    identifier: LanguageIdentifier,
) -> tuple[ForeignSentence, ...]:
    """The sentences of a paragraph of several that were left, or put, in another language than ``target_lang``.

    The arguments are those of `untranslated`.
    """
    text = target[:LONGEST]
    spans = split_sentences(text, target_lang)
    if not 1 < len(spans) <= MOST:
        return ()
    shut = [*protected, *(match.span() for match in QUOTATIONS.finditer(text))]
    others = {lang: _sentences(each[:LONGEST], lang) for lang, each in counterparts.items()}
    found: list[ForeignSentence] = []
    for start, end in spans:
        own = [
            (max(first, start) - start, min(last, end) - start) for first, last in shut if first < end > start < last
        ]
        sentence = text[start:end]
        words = word_counts(sentence)
        nearest = {lang: _nearest(words, each) for lang, each in others.items()}
        seen = untranslated(sentence, target_lang, nearest, own, identifier=identifier)
        if seen is not None:
            _append(found, ForeignSentence(Span(start, end), seen.lang, seen.copied, seen.confidence), text)
    return tuple(found)


def _append(found: list[ForeignSentence], sentence: ForeignSentence, text: str) -> None:
    """Add a sentence, joined to the one before it if that is in the same language."""
    last = found[-1] if found else None
    if last is not None and last.lang == sentence.lang and not letters(text[last.span.end : sentence.span.start]):
        found[-1] = replace(
            last,
            span=Span(last.span.start, sentence.span.end),
            copied=last.copied and sentence.copied,
            confidence=min(last.confidence, sentence.confidence),
        )
    else:
        found.append(sentence)


@lru_cache(maxsize=256)
def _sentences(text: str, lang: str) -> list[tuple[str, WordCounts]]:
    """The sentences of a text, and how often each word stands in them."""
    spans = split_sentences(text, lang)[:MOST]
    return [(text[start:end], word_counts(text[start:end])) for start, end in spans]


def _nearest(own: WordCounts, others: Iterable[tuple[str, WordCounts]]) -> str:
    """The counterpart's sentence that has most words in common with one that has ``own``."""
    return max(others, key=lambda other: overlap(own, other[1]), default=("", own))[0]
