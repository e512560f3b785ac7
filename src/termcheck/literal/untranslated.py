"""Text left in the language that it was translated from.

A copy of another version's text is untranslated unless it is a name, code, or another thing that all languages keep;
the other versions tell which: what most of them keep too is meant to stay. Where the source changed after it was
copied there is no copy to find, and the language of the text alone decides.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from termcheck.literal.language_id import LanguageIdentifier, are_related
from termcheck.literal.masking import mask, mask_addresses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COPY = 0.9
"""Share of words in common from which a text is a copy of another."""

MIN_COPY_LETTERS = 12
"""Letters in words written in lower case that a copy must have; fewer are a name or a loan word."""

LONG = 40
"""Such letters from which no text is a name, whatever the other versions do."""

MAX_OWN = 0.35
"""Probability of its own language up to which a copy counts as untranslated."""

# Han and kana one by one, since they are not separated; words of other scripts whole.
_TOKEN = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\d_\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_CAMEL = re.compile(r"[a-zа-я][A-ZА-Я]")
_LONGEST = 20_000


class WordCounts(NamedTuple):
    """How often each word stands in a text, and how many there are in all."""

    counts: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A text that is not in its version's language.

    ``lang`` is the language that it is in; ``similarity`` in [0, 1] is how much of it is the same as that version's
    text (0 if there is none), ``copied`` whether it is a copy; ``confidence`` in [0, 1].
    """

    lang: str
    similarity: float
    copied: bool
    confidence: float


def untranslated(
    target: str,
    target_lang: str,
    counterparts: Mapping[str, str],
    protected: Iterable[tuple[int, int]] = (),
    *,
    identifier: LanguageIdentifier,
) -> Untranslated | None:
    """Whether ``target`` was left in another language, given the row's texts in the other languages.

    ``protected`` are spans of ``target`` that stay the same in all languages (code, placeholders, links);
    ``identifier`` must have all languages of the row as candidates.
    """
    spans = tuple(protected)
    words = _words(mask(target[:_LONGEST], spans))
    if not words:
        return None
    counts = _counted(words)
    similarities = {
        lang: overlap(counts, word_counts(text[:_LONGEST]))
        for lang, text in counterparts.items()
        if text.strip() and not are_related(lang, target_lang)
    }
    copies = {lang: value for lang, value in similarities.items() if value >= COPY}
    if copies:
        found = _judge_copy(mask(target[:_LONGEST], spans), target_lang, copies, similarities, identifier)
        if found is not None:
            return found
    foreign = identifier.wrong_language(target, target_lang, spans)
    if foreign is None or foreign.lang is None:
        return None
    if _is_kept(copies, similarities) and _plain_letters(words) < LONG:
        return None
    similarity = max((value for lang, value in similarities.items() if are_related(lang, foreign.lang)), default=0.0)
    return Untranslated(foreign.lang, similarity, similarity >= COPY, 0.95 * foreign.confidence)


def _judge_copy(
    target: str,
    target_lang: str,
    copies: Mapping[str, float],
    similarities: Mapping[str, float],
    identifier: LanguageIdentifier,
) -> Untranslated | None:
    amount = _plain_letters(_words(target))
    if amount < MIN_COPY_LETTERS or (amount < LONG and _is_kept(copies, similarities)):
        return None
    probabilities = identifier.probabilities(target)
    own = sum(value for lang, value in probabilities.items() if are_related(lang, target_lang))
    original = max(copies, key=lambda lang: (probabilities.get(lang, 0.0), copies[lang]))
    if own > MAX_OWN or not probabilities:
        return None
    if not are_related(original, max(probabilities, key=lambda lang: probabilities[lang])):
        # Both quote a third language, or the words are nobody's.
        return None
    return Untranslated(original, copies[original], copied=True, confidence=round(0.99 - 0.5 * own, 4))


def _is_kept(copies: Mapping[str, float], similarities: Mapping[str, float]) -> bool:
    """Whether at least half of the versions beside the original have the same text, so that it is meant to stay."""
    others = len(similarities) - 1
    return others > 0 and (len(copies) - 1) * 2 >= others


def _words(text: str) -> list[str]:
    return _TOKEN.findall(mask_addresses(text))


def overlap(left: WordCounts, right: WordCounts) -> float:
    """The share of words that the longer of two texts, given as counts of words, has in common with the other."""
    if min(left.total, right.total) * 2 < max(left.total, right.total):
        return 0.0
    shared = left.counts.keys() & right.counts.keys()
    if not shared:
        return 0.0
    return sum(min(left.counts[word], right.counts[word]) for word in shared) / max(left.total, right.total, 1)


@lru_cache(maxsize=512)
def word_counts(text: str) -> WordCounts:
    """How often each word stands in a text, letter case and addresses aside; Han and kana one by one."""
    return _counted(_words(text))


def _counted(words: Iterable[str]) -> WordCounts:
    counts = Counter(map(str.casefold, words))
    return WordCounts(counts, counts.total())


def _plain_letters(words: list[str]) -> int:
    """Letters in words that are neither names nor code by their capitals; the first word counts if others do."""
    plain = [word for word in words if not word[0].isupper() and not _CAMEL.search(word)]
    first = len(words[0]) if len(words) > 1 and plain and words[0] not in plain and not words[0].isupper() else 0
    return first + sum(3 if "\u3041" <= word <= "\u9fff" else len(word) for word in plain)
