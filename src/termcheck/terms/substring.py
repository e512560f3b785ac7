"""Terms of languages that write no spaces between words: found as substrings, at any offset of the text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from termcheck.terms.inflection.base import Fit
from termcheck.terms.inflection.orthography import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Found(NamedTuple):
    """An occurrence of entry ``number`` at ``[start, end)``, in code points of the text as given."""

    start: int
    end: int
    number: int
    fit: Fit


class _Entry(NamedTuple):
    number: int
    case: str | None


class SubstringFinder:
    """Finds many strings at once, whatever their width and (unless asked) letter case.

    ``entries`` are (text, number, case_sensitive). A single Han character is unsure; a katakana or Latin term
    inside a longer run of the same script is a compound or, for Latin, no hit.
    """

    def __init__(self, lang: str, entries: Iterable[tuple[str, int, bool]]) -> None:
        self._lang = lang
        self._entries: dict[str, list[_Entry]] = {}
        for text, number, case_sensitive in entries:
            cased = unicodedata.normalize("NFKC", clean(text)).strip()
            folded = fold(cased, lang)
            if folded:
                strict = case_sensitive or any(letter.isupper() for letter in cased[1:])
                self._entries.setdefault(folded, []).append(_Entry(number, cased if strict else None))
        self._lengths = sorted({len(text) for text in self._entries})
        self._heads = frozenset(text[0] for text in self._entries)

    def find(self, text: str) -> Iterator[Found]:
        """Every occurrence, overlapping ones included, by start and then length."""
        folded, offsets = _fold_with_offsets(text, self._lang)
        for start, letter in enumerate(folded):
            if letter not in self._heads:
                continue
            for length in self._lengths:
                end = start + length
                for entry in self._entries.get(folded[start:end], ()):
                    fit = _fit(folded, start, end) if end <= len(folded) else None
                    if fit is None:
                        continue
                    raw_start, raw_end = offsets[start], offsets[end]
                    if entry.case is not None and not _shows(text[raw_start:raw_end], entry.case):
                        continue
                    yield Found(raw_start, raw_end, entry.number, fit)


def _shows(surface: str, case: str) -> bool:
    return unicodedata.normalize("NFKC", clean(surface)) == case


def _fold_with_offsets(text: str, lang: str) -> tuple[str, list[int] | range]:
    """The folded text, and for each of its code points (and its end) the offset in the text as given."""
    if unicodedata.is_normalized("NFKC", text) and len(clean(text)) == len(text):
        folded = fold(text, lang)
        if len(folded) == len(text):
            return folded, range(len(text) + 1)
    parts: list[str] = []
    offsets: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (unicodedata.combining(text[end]) or not clean(text[end])):
            end += 1
        part = fold(unicodedata.normalize("NFKC", clean(text[start:end])), lang)
        parts.append(part)
        offsets.extend([start] * len(part))
        start = end
    offsets.append(len(text))
    return "".join(parts), offsets


def _script(letter: str) -> str:
    """``katakana``, ``han`` or ``latin`` for the letters whose runs matter, else nothing."""
    if "ァ" <= letter <= "ヺ" or letter == "ー":
        return "katakana"
    if "\u3400" <= letter <= "\u9fff":
        return "han"
    if letter.isascii() and letter.isalnum():
        return "latin"
    return ""


def _fit(text: str, start: int, end: int) -> Fit | None:
    first, last = _script(text[start]), _script(text[end - 1])
    before = _script(text[start - 1]) if start else ""
    after = _script(text[end]) if end < len(text) else ""
    if (first == "latin" and before == "latin") or (last == "latin" and after == "latin"):
        return None
    if (first == "katakana" and before == "katakana") or (last == "katakana" and after == "katakana"):
        return Fit.COMPOUND
    if end - start == 1 and first == "han":
        return Fit.UNSURE
    return Fit.EXACT
