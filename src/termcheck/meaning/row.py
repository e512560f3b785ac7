"""One row of aligned texts as this stage sees it: the texts and the comparison of every two of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.meaning.phrases import PhraseSupport, phrase_support, read_phrases
from termcheck.meaning.support import PairSupport, Reading, pair_support

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.alignment.sentences import SentenceGrid
    from termcheck.meaning.head import WordHead


@dataclass(frozen=True, slots=True)
class RowMeaning:
    """``texts`` maps each language present to its text, ``pairs`` every two of them (sorted) to their comparison.

    ``sentences`` maps those two of which one has several sentences to their sentence grid, ``phrases`` every two to the
    comparison of their words and phrases as wholes, where that was made.
    """

    texts: Mapping[str, str]
    pairs: Mapping[tuple[str, str], PairSupport]
    sentences: Mapping[tuple[str, str], SentenceGrid] = field(default_factory=dict)
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


def compare_row(texts: Mapping[str, str], readings: Mapping[str, Reading], head: WordHead | None = None) -> RowMeaning:
    """Compares every two versions of a row; ``readings`` has the languages of ``texts``, read with ``head``."""
    pairs = {(a, b): pair_support(readings[a], readings[b], head) for a, b in combinations(sorted(texts), 2)}
    wholes = {lang: read_phrases(readings[lang]) for lang in texts}
    phrases = {(a, b): phrase_support(wholes[a], wholes[b]) for a, b in pairs}
    return RowMeaning(texts, pairs, phrases=phrases)
