"""The single words of terms, and which of them a word of the text is a form of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termcheck.terms.inflection import Fit, inflection
from termcheck.terms.inflection.orthography import clean, fold, primary_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.terms.inflection.base import Stem

    _Note = Callable[[int, Fit, int, int], None]

# Longer runs of letters are no words of a language; testing every position of them would cost the square.
_MAX_WORD = 80
# Stems are looked up only for words that share so many letters with one.
_HEAD = 3


class _Element(NamedTuple):
    """A word of a term (``inflected``) or of a form, with the letter case it asks for (None for any).

    ``capital`` marks a German noun: a word of the text that has no capital is hardly a form of it.
    """

    word: str
    inflected: bool
    case: str | None
    capital: bool


class Elements:
    """The words that the terms of a language consist of, each with a number, compiled to recognise their forms."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._numbers: dict[_Element, int] = {}
        self._elements: list[_Element] = []
        self._stems: dict[str, list[tuple[int, Stem]]] = {}
        self._heads: dict[str, int] = {}
        self._tails: dict[str, int] = {}
        self._exact: dict[str, list[int]] = {}

    def add(self, part: str, *, inflected: bool, case_sensitive: bool) -> int:
        """The number of a word of a term (``inflected``) or of a form that is listed."""
        strict = case_sensitive or any(letter.isupper() for letter in part[1:])
        capital = inflected and part[0].isupper() and primary_language(self._lang) == "de"
        element = _Element(fold(part, self._lang), inflected, part if strict else None, capital)
        number = self._numbers.get(element)
        if number is None:
            number = self._numbers[element] = len(self._elements)
            self._elements.append(element)
            self._exact.setdefault(element.word, []).append(number)
            if inflected:
                for stem in inflection(self._lang).stems(element.word):
                    self._stems.setdefault(stem.text, []).append((number, stem))
                    head = stem.text[:_HEAD]
                    self._heads[head] = max(self._heads.get(head, 0), len(stem.text))
                    if stem.tail is not None:
                        self._tails[head] = max(self._tails.get(head, 0), len(stem.text))
        return number

    def fits(self, surface: str) -> tuple[tuple[int, Fit], ...]:
        """The words that a word of the text may be a form of, by number, with how well it fits each."""
        if len(surface) > _MAX_WORD:
            return ()
        folded = fold(surface, self._lang)
        cased = clean(surface)
        found: dict[int, Fit] = {}

        def note(element: int, fit: Fit, at: int, length: int) -> None:
            case = self._elements[element].case
            if case is not None and not _same_case(cased, folded, case, at, length):
                return
            if self._elements[element].capital and not cased[:1].isupper():
                if fit < Fit.EXACT:
                    return
                fit = Fit.UNSURE
            if fit > found.get(element, 0):
                found[element] = fit

        for element in self._exact.get(folded, ()):
            note(element, Fit.EXACT, 0, len(folded))
        if "_" not in folded:  # Otherwise an identifier, not a word that inflects.
            self._test_stems(folded, note)
            self._test_tails(folded, note)
        return tuple(sorted(found.items()))

    def _test_stems(self, folded: str, note: _Note) -> None:
        longest = min(len(folded), self._heads.get(folded[:_HEAD], 0))
        for end in (*range(1, min(_HEAD, len(folded) + 1)), *range(_HEAD, longest + 1)):
            for element, stem in self._stems.get(folded[:end], ()):
                fit = stem.rest(folded[end:])
                if fit is not None:
                    note(element, fit, stem.lead, end - stem.lead)

    def _test_tails(self, folded: str, note: _Note) -> None:
        tails = self._tails
        if not tails:
            return
        for start in range(1, len(folded) - 1):
            longest = tails.get(folded[start : start + _HEAD], 0) or tails.get(folded[start : start + 2], 0)
            for end in range(start + 2, min(start + longest, len(folded)) + 1):
                for element, stem in self._stems.get(folded[start:end], ()):
                    if stem.tail is None or start < stem.front:
                        continue
                    fit = stem.rest(folded[end:])
                    if fit is not None:
                        note(element, min(fit, stem.tail), start, end - start)


def _same_case(cased: str, folded: str, case: str, at: int, length: int) -> bool:
    """Whether the word shows the term's letters, as far as the stem keeps them, in the term's own letter case."""
    if len(cased) != len(folded):
        return case in cased
    shared = min(length, len(case))
    return cased[at : at + shared] == case[:shared] and not any(letter.isupper() for letter in case[shared:])
