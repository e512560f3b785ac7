"""A corpus of made-up words in three languages, and an encoder for which its words mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligned_rows import alignment, cell
from fakes import FakeEncoder

if TYPE_CHECKING:
    from termcheck.model import Alignment

_CLAUSES = 3
_WORDS = 4
_ENDINGS = {"en": "", "pl": "ski", "tr": "lar"}
_FIRST = 400


def word(number: int, lang: str = "en") -> str:
    """A made-up word for a number."""
    letters = ""
    while True:
        number, rest = divmod(number, 20)
        letters = "bcdfghjklmnpqrstvwxz"[rest] + "aeiou"[rest % 5] + letters
        if not number:
            return letters.rjust(4, "y") + _ENDINGS[lang]


def paragraph(number: int, lang: str) -> str:
    """Two sentences of words that no other paragraph has."""
    first = _FIRST + number * _CLAUSES * _WORDS
    words = [word(first + place, lang) for place in range(_CLAUSES * _WORDS)]
    clauses = [" ".join(words[at : at + _WORDS]) for at in range(0, len(words), _WORDS)]
    return f"{clauses[0].capitalize()}, {clauses[1]} {number}. {clauses[2].capitalize()}."


def invented_corpus(rows: int, changed: dict[tuple[int, str], str] | None = None) -> Alignment:
    """One document in ``en`` (the source), ``pl`` and ``tr``; ``changed`` replaces single texts."""
    texts = {(row, lang): paragraph(row, lang) for row in range(rows) for lang in _ENDINGS} | (changed or {})
    return alignment(*({lang: cell(lang, texts[row, lang], first=row) for lang in _ENDINGS} for row in range(rows)))


def invented_encoder(rows: int) -> FakeEncoder:
    """The encoder for which the words of the first ``rows`` paragraphs mean the same in all languages."""
    numbers = range(_FIRST + rows * _CLAUSES * _WORDS)
    return FakeEncoder({word(number, lang): str(number) for number in numbers for lang in _ENDINGS})
