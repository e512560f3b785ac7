"""Wrong words planted in paragraphs of a parallel corpus, each with its place, for measuring the marking of words."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from termcheck.meaning.support import Reading

_WORD = re.compile(r"[^\W\d_]+")

#: Words left alone between two wrong ones.
_APART = 9
#: A near neighbour is none of the nearest, which may well be synonyms, and none further than this.
_NEAREST, _FURTHEST = 8, 60
_SAME_STEM = 4

KINDS = ("random", "ending", "near", "stray")
"""``random``: another content word as frequent as the right one. ``ending``: also with the same last two letters.
``near``: one of the words around the right one in the model's own space. ``stray``: a content word in the place of a
short or frequent word, such as "this film" for "this one"."""


@dataclass(frozen=True, slots=True)
class WrongWords:
    """A version of paragraph number ``paragraph``: ``wrong`` maps the places in ``text`` to the kinds."""

    paragraph: int
    lang: str
    text: str
    wrong: dict[Span, str]


class WordPlanter:
    """Plants wrong words in one language; the same seed plants the same words.

    ``texts`` are the paragraphs, ``readings`` what the model makes of them. Only for scripts with spaces.
    """

    def __init__(self, texts: Sequence[str], readings: Sequence[Reading], lang: str) -> None:
        self._texts = texts
        self._lang = lang
        self._rng = random.Random(f"wrong words {lang}")  # noqa: S311
        self._counts = Counter(word for text in texts for word in _WORD.findall(text))
        self._content = sorted(word for word in self._counts if self._is_content(word))
        self._classes: dict[int, list[str]] = defaultdict(list)
        self._endings: dict[str, list[str]] = defaultdict(list)
        for word in self._content:
            self._classes[min(self._counts[word], 5)].append(word)
            self._endings[word[-2:]].append(word)
        self._vectors = _type_vectors(texts, readings)
        self._table = np.array(
            [self._vectors.get(word, np.zeros(1)) for word in self._content if word in self._vectors]
        )
        self._known = [word for word in self._content if word in self._vectors]

    def plant(self) -> Iterator[WrongWords]:
        """One version of every paragraph that can take a wrong word, with one wrong word in about ten."""
        for number, text in enumerate(self._texts):
            places = list(_WORD.finditer(text))
            chosen = range(self._rng.randrange(4), len(places), _APART + 1)
            pieces, wrong, at, length = [], {}, 0, 0
            for index in chosen:
                match = places[index]
                kind, word = self._replacement(match.group())
                if word is None:
                    continue
                pieces += [text[at : match.start()], word]
                length += match.start() - at
                wrong[Span(length, length + len(word))] = kind
                length += len(word)
                at = match.end()
            if wrong:
                yield WrongWords(number, self._lang, "".join([*pieces, text[at:]]), wrong)

    def _is_content(self, word: str) -> bool:
        return len(word) >= (2 if self._lang == "ko" else 4) and not word[0].isupper() and self._counts[word] <= 12

    def _replacement(self, word: str) -> tuple[str, str | None]:
        if not self._is_content(word):
            return "stray", None if word[0].isupper() else self._choose(word, self._content)
        kind = self._rng.choice(KINDS[:3])
        if kind == "ending":
            return kind, self._choose(word, self._endings[word[-2:]])
        if kind == "near":
            return kind, self._choose(word, self._neighbours(word))
        return kind, self._choose(word, self._classes[min(self._counts[word], 5)])

    def _choose(self, word: str, among: Sequence[str]) -> str | None:
        others = [other for other in among if other[:_SAME_STEM] != word[:_SAME_STEM]]
        return self._rng.choice(others) if others else None

    def _neighbours(self, word: str) -> list[str]:
        if word not in self._vectors:
            return []
        order = np.argsort(-(self._table @ self._vectors[word]), kind="stable")
        return [self._known[place] for place in order[_NEAREST:_FURTHEST]]


def _type_vectors(texts: Sequence[str], readings: Sequence[Reading]) -> dict[str, NDArray[np.float32]]:
    """The mean vector of each word over all its places, of unit length."""
    sums: dict[str, NDArray[np.float32]] = {}
    for text, reading in zip(texts, readings, strict=True):
        owner = reading.words.token_word
        for index, (start, end) in enumerate(reading.words.spans.tolist()):
            vector = reading.tokens[owner == index].mean(axis=0)
            word = text[start:end]
            sums[word] = sums.get(word, np.zeros_like(vector)) + vector
    return {word: total / max(float(np.linalg.norm(total)), 1e-6) for word, total in sums.items()}
