"""Made-up texts and vectors for the meaning stage: every word is one thing said, in an invented language.

A version is written as concepts ("cat eats fish"); its text spells them with the language's own ending, and each
word is one token whose vector is that of its concept plus some noise of the language.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from termcheck.meaning.centres import Centres
from termcheck.meaning.row import RowMeaning, compare_row
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import Reading, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

HALF = 48
NOISE = 0.55


def _vector(name: str) -> NDArray[np.float64]:
    return np.random.default_rng(zlib.crc32(name.encode())).normal(size=2 * HALF)


def reading(lang: str, concepts: str) -> tuple[str, Reading]:
    """The text of a version that says ``concepts``, and how it reads."""
    words = [f"{concept}{lang}" for concept in concepts.split()]
    text = " ".join(words)
    offsets, vectors, start = [], [], 0
    for place, (concept, word) in enumerate(zip(concepts.split(), words, strict=True)):
        offsets.append((start, start + len(word)))
        start += len(word) + 1
        vectors.append(_vector(concept) + NOISE * _vector(f"{word} {place}"))
    tokens = np.array(vectors, dtype=np.float32).reshape(-1, 2 * HALF)
    sentence = tokens.sum(axis=0) if len(tokens) else np.zeros(2 * HALF, dtype=np.float32)
    spans = np.array(offsets, dtype=np.int32).reshape(-1, 2)
    return text, read_text(text, lang, sentence, tokens, spans, Centres())


def row(**versions: str) -> RowMeaning:
    """A row whose versions say the given concepts."""
    read = {lang: reading(lang, concepts) for lang, concepts in versions.items()}
    return compare_row({lang: text for lang, (text, _) in read.items()}, {lang: r for lang, (_, r) in read.items()})


def story(number: int, length: int = 14) -> str:
    """``length`` concepts that no other story has."""
    return " ".join(f"s{number}w{place}" for place in range(length))


def statistics_of(rows: Iterable[RowMeaning]) -> PairStatistics:
    found = PairStatistics()
    for each in rows:
        for (left, right), pair in each.pairs.items():
            found.add(left, right, pair)
        for (left, right), phrases in each.phrases.items():
            found.add_phrases(left, right, phrases)
    return found


def corpus(langs: Iterable[str], rows: int = 12) -> PairStatistics:
    """What is usual in a corpus of faithful translations into ``langs``."""
    languages = tuple(langs)
    return statistics_of(row(**dict.fromkeys(languages, story(100 + number))) for number in range(rows))


def marked(found: RowMeaning, marks: Mapping[str, Iterable[tuple[int, int]]]) -> dict[str, str]:
    """The marked words of each language, the language's ending taken off."""
    return {
        lang: " ".join(word.removesuffix(lang) for start, end in spans for word in found.texts[lang][start:end].split())
        for lang, spans in marks.items()
    }
