"""One row of aligned texts as this stage sees it: the texts and the comparison of every two of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.meaning.phrases import PhraseSupport, phrase_support, read_phrases
from termcheck.meaning.support import PairSupport, Reading, pair_support

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class RowMeaning:
    """``texts`` maps each language present to its text, ``pairs`` every two of them (sorted) to their comparison.

    ``phrases`` maps them to the comparison of words and phrases as wholes, where that was made.
    """

    texts: Mapping[str, str]
    pairs: Mapping[tuple[str, str], PairSupport]
    phrases: Mapping[tuple[str, str], PhraseSupport] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages present, sorted."""
        return tuple(sorted(self.texts))

    def pair(self, lang: str, other: str) -> PairSupport:
        """The comparison of two different languages with ``lang`` on the left."""
        return self.pairs[lang, other] if lang < other else self.pairs[other, lang].swapped()

    def phrase(self, lang: str, other: str) -> PhraseSupport | None:
        """The comparison of words and phrases of two different languages with ``lang`` on the left, None without."""
        if lang < other:
            return self.phrases.get((lang, other))
        found = self.phrases.get((other, lang))
        return None if found is None else found.swapped()


def compare_row(texts: Mapping[str, str], readings: Mapping[str, Reading]) -> RowMeaning:
    """Compares every two versions of a row; ``readings`` has the languages of ``texts``."""
    pairs = {(a, b): pair_support(readings[a], readings[b]) for a, b in combinations(sorted(texts), 2)}
    wholes = {lang: read_phrases(readings[lang]) for lang in texts}
    phrases = {(a, b): phrase_support(wholes[a], wholes[b]) for a, b in pairs}
    return RowMeaning(texts, pairs, phrases)
