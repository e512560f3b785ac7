"""Errors planted in a document's own paragraphs, to see what the thresholds find in it.

What is planted comes from the same document, so that it reads like the text around it: a sentence or a clause that
another paragraph has, words of other paragraphs, another digit. The same seed plants the same errors.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from termcheck.corpus.sentences import split_sentences
from termcheck.meaning.words import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

KINDS: Final = (
    "paragraph swapped",
    "sentence left out",
    "sentence added",
    "clause left out",
    "three words wrong",
    "number changed",
)

_CLAUSE_END: Final = re.compile(r"[,;:、，；：—–]\s*|[.!?。！？]\s+")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_DIGIT: Final = re.compile(r"\d")
#: Letters that a clause or a sentence worth missing has at least; characters of unspaced scripts count threefold.
_CLAUSE: Final = 24
_WRONG: Final = 3
_FEWEST_WORDS: Final = 6
#: Characters of the longest text that takes an error.
_LONGEST: Final = 5_000


@dataclass(frozen=True, slots=True)
class Planted:
    """The text of paragraph ``key`` with one error of a kind."""

    key: int
    kind: str
    text: str


def plant(texts: Mapping[int, str], lang: str, keys: Sequence[int], seed: str) -> Iterator[Planted]:
    """One error in each of the paragraphs ``keys`` that can take one; ``texts`` are the document's in ``lang``."""
    rng = random.Random(f"{seed} {lang}")  # noqa: S311
    planter = _Planter({key: text for key, text in texts.items() if len(text) <= _LONGEST}, lang, rng)
    for key in keys:
        if key in planter.texts:
            for kind in rng.sample(KINDS, len(KINDS)):
                text = planter.make(kind, key)
                if text is not None and text != texts[key]:
                    yield Planted(key, kind, text)
                    break


class _Planter:
    def __init__(self, texts: Mapping[int, str], lang: str, rng: random.Random) -> None:
        self.texts = texts
        self._rng = rng
        self._sentences = {
            key: [text[span.start : span.end].strip() for span in split_sentences(text, lang)]
            for key, text in texts.items()
        }
        self._words = sorted({word for text in texts.values() for word in _WORD.findall(text) if not is_unspaced(word)})
        self._long = [key for key in texts if _size(texts[key]) >= _CLAUSE]
        self._makers: dict[str, Callable[[int], str | None]] = {
            "paragraph swapped": self._swapped,
            "sentence left out": self._without_sentence,
            "sentence added": self._with_sentence,
            "clause left out": self._without_clause,
            "three words wrong": self._wrong_words,
            "number changed": self._other_number,
        }

    def make(self, kind: str, key: int) -> str | None:
        """The text with an error of this kind, None when it cannot take one."""
        return self._makers[kind](key)

    def _swapped(self, key: int) -> str | None:
        other = self._other(key)
        return None if other is None else self.texts[other]

    def _without_sentence(self, key: int) -> str | None:
        sentences = self._sentences[key]
        places = [place for place, sentence in enumerate(sentences) if _size(sentence) >= _CLAUSE]
        if len(sentences) < 2 or not places:
            return None
        place = self._rng.choice(places)
        return _joined(sentences[:place] + sentences[place + 1 :])

    def _with_sentence(self, key: int) -> str | None:
        other = self._other(key)
        if other is None or not self._sentences[other]:
            return None
        sentence = max(self._sentences[other], key=_size)
        sentences = self._sentences[key]
        place = self._rng.randint(0, len(sentences))
        return _joined([*sentences[:place], sentence, *sentences[place:]])

    def _without_clause(self, key: int) -> str | None:
        text = self.texts[key]
        ends = [0, *(match.end() for match in _CLAUSE_END.finditer(text)), len(text)]
        clauses = [
            (start, end)
            for start, end in pairwise(ends)
            if _size(text[start:end]) >= _CLAUSE and end - start < 0.6 * len(text)
        ]
        if not clauses:
            return None
        start, end = self._rng.choice(clauses)
        return (text[:start] + text[end:]).strip()

    def _wrong_words(self, key: int) -> str | None:
        text = self.texts[key]
        places = [match.span() for match in _WORD.finditer(text) if not is_unspaced(match.group())]
        if len(places) < _FEWEST_WORDS or len(self._words) < 2 * _FEWEST_WORDS:
            return None
        for start, end in sorted(self._rng.sample(places, _WRONG), reverse=True):
            text = text[:start] + self._rng.choice(self._words) + text[end:]
        return text

    def _other_number(self, key: int) -> str | None:
        text = self.texts[key]
        places = [match.start() for match in _DIGIT.finditer(text)]
        if not places:
            return None
        at = self._rng.choice(places)
        return text[:at] + self._rng.choice([digit for digit in "123456789" if digit != text[at]]) + text[at + 1 :]

    def _other(self, key: int) -> int | None:
        others = [other for other in self._long if self.texts[other] != self.texts[key]]
        return self._rng.choice(others) if others else None


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _size(text: str) -> int:
    return sum(3 if is_unspaced(letter) else 1 for letter in text if letter.isalpha())
