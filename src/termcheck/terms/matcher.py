"""Terms in running text: each distinct word is tested once against recognisers compiled from the terms."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from termcheck.model import Span
from termcheck.terms.inflection import Fit, inflection
from termcheck.terms.inflection.orthography import clean, fold, primary_language
from termcheck.terms.stretches import Stretches, outside
from termcheck.terms.substring import SubstringFinder
from termcheck.terms.tokenizer import SPACELESS, Word, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from termcheck.terms.inflection.base import Stem

ALGORITHM_VERSION = 3
"""Changes whenever the same patterns and text may give other hits."""

# Longer runs of letters are no words of a language; testing every position of them would cost the square.
_MAX_WORD = 80
# Room for the distinct words of a large corpus; a hostile text must not fill the memory.
_MAX_MEMO = 500_000
# Stems are looked up only for words that share so many letters with one.
_HEAD = 3
_GAP = re.compile(r"[\s\u00a0\u00ad]{0,4}[-‐‑]?[\s\u00a0\u00ad]{0,4}")


@dataclass(frozen=True, slots=True)
class TermPattern:
    """A term to look for: ``text`` in its dictionary form, one or several words.

    ``status`` is ``preferred``, ``admitted``, ``deprecated`` or ``forbidden``. ``forms`` are further spellings that
    always match, ``never`` words or phrases in which the term is not meant. With ``case_sensitive``, or where a word
    of ``text`` has capitals beyond its first letter (MIA, GitHub), only this letter case matches.
    """

    concept: str
    text: str
    status: str = "preferred"
    forms: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    case_sensitive: bool = False


class Certainty(StrEnum):
    """Whether a hit is a form of the term, or may be one."""

    MATCH = "match"
    UNSURE = "unsure"


class TermHit(NamedTuple):
    """A place where a term stands. ``surface`` is ``text[start:end]``, in code points.

    The place is the whole word with its endings, particles and suffixes. ``compound`` tells that the word holds
    more than the term (Kundenservice, 고객센터).
    """

    start: int
    end: int
    concept: str
    term: str
    status: str
    certainty: Certainty
    surface: str
    compound: bool


_KINDS = {
    fit: (
        Certainty.UNSURE if fit in (Fit.UNSURE, Fit.UNSURE_COMPOUND) else Certainty.MATCH,
        fit in (Fit.COMPOUND, Fit.UNSURE_COMPOUND),
    )
    for fit in Fit
}


class _Element(NamedTuple):
    """A word of a term (``inflected``) or of a form, with the letter case it asks for (None for any).

    ``capital`` marks a German noun: a word of the text that has no capital is hardly a form of it.
    """

    word: str
    inflected: bool
    case: str | None
    capital: bool


class _Reading(NamedTuple):
    """A sequence of element numbers that makes a hit of the pattern with this number."""

    pattern: int
    elements: tuple[int, ...]


class _Fits(NamedTuple):
    """What a word of the text fits: elements, with the best fit of each, and the terms that are one of them alone.

    ``longer`` are the readings of several elements that begin with one of them.
    """

    elements: tuple[tuple[int, Fit], ...] = ()
    terms: tuple[tuple[Fit, int], ...] = ()
    longer: tuple[tuple[Fit, _Reading], ...] = ()


_NOTHING = _Fits()


class _Candidate(NamedTuple):
    start: int
    end: int
    fit: Fit
    pattern: int


def matcher_fingerprint(lang: str, patterns: Sequence[TermPattern]) -> str:
    """The fingerprint of a matcher for these patterns, without compiling one."""
    data = [ALGORITHM_VERSION, version("spacy"), lang, [asdict(pattern) for pattern in patterns]]
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class TermMatcher:
    """Finds the terms of one language in texts. Compiled once; the words it has seen are remembered."""

    def __init__(self, lang: str, patterns: Sequence[TermPattern]) -> None:
        self._lang = lang
        self._patterns = tuple(patterns)
        self._substrings: SubstringFinder | None = None
        self._numbers: dict[_Element, int] = {}
        self._elements: list[_Element] = []
        self._readings: dict[int, list[_Reading]] = {}
        self._stems: dict[str, list[tuple[int, Stem]]] = {}
        self._heads: dict[str, int] = {}
        self._tails: dict[str, int] = {}
        self._exact: dict[str, list[int]] = {}
        self._never = [frozenset(self._phrases(pattern.never)) for pattern in self._patterns]
        self._memo: dict[str, _Fits] = {}
        if primary_language(lang) in SPACELESS:
            self._substrings = SubstringFinder(
                lang,
                (
                    (text, number, pattern.case_sensitive)
                    for number, pattern in enumerate(self._patterns)
                    for text in (pattern.text, *pattern.forms)
                ),
            )
            self._excluded = SubstringFinder(
                lang, ((text, number, False) for number, p in enumerate(self._patterns) for text in p.never)
            )
            return
        for number, pattern in enumerate(self._patterns):
            self._compile(number, pattern)

    @property
    def fingerprint(self) -> str:
        """A hash of everything that determines the hits in a text."""
        return matcher_fingerprint(self._lang, self._patterns)

    def find(self, text: str, protected: Sequence[Span] = ()) -> tuple[TermHit, ...]:
        """The hits in a text, by place and then in the order of the patterns.

        No hit overlaps a span of ``protected``. Of overlapping hits the longest stays. Where one place fits several
        concepts equally well there is one hit for each.
        """
        if not self._patterns:
            return ()
        if self._substrings is not None:
            candidates = self._spaceless(text, protected, self._substrings)
        else:
            candidates = self._spaced(text, outside(words(text, self._lang), protected))
        return tuple(self._hit(text, candidate) for candidate in self._longest(text, candidates))

    # Compiling -----------------------------------------------------------------------------------------------------

    def _phrases(self, phrases: Iterable[str]) -> Iterator[tuple[str, ...]]:
        for phrase in phrases:
            parts = tuple(fold(word, self._lang) for word, _, _ in words(clean(phrase), self._lang))
            if parts:
                yield parts

    def _compile(self, number: int, pattern: TermPattern) -> None:
        texts = [(pattern.text, True), *((form, False) for form in pattern.forms)]
        for text, inflected in texts:
            parts = [word for word, _, _ in words(clean(text), self._lang)]
            if not parts:
                continue
            self._add_reading(number, pattern, parts, inflected=inflected)
            if len(parts) > 1 and primary_language(self._lang) == "ko":
                # Korean writes the parts of a term together or apart as the author likes.
                self._add_reading(number, pattern, ["".join(parts)], inflected=inflected)

    def _add_reading(self, number: int, pattern: TermPattern, parts: list[str], *, inflected: bool) -> None:
        elements = tuple(self._element(part, pattern, inflected=inflected) for part in parts)
        reading = _Reading(number, elements)
        readings = self._readings.setdefault(elements[0], [])
        if reading not in readings:
            readings.append(reading)

    def _element(self, part: str, pattern: TermPattern, *, inflected: bool) -> int:
        strict = pattern.case_sensitive or any(letter.isupper() for letter in part[1:])
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

    # Words ---------------------------------------------------------------------------------------------------------

    def _fits(self, surface: str) -> _Fits:
        """What a word of the text fits; every word is tested once."""
        known = self._memo.get(surface)
        if known is None:
            if len(self._memo) >= _MAX_MEMO:
                self._memo.clear()
            elements = self._test(surface) if len(surface) <= _MAX_WORD else ()
            known = self._memo[surface] = self._readings_of(elements) if elements else _NOTHING
        return known

    def _readings_of(self, elements: tuple[tuple[int, Fit], ...]) -> _Fits:
        readings = [(fit, reading) for element, fit in elements for reading in self._readings.get(element, ())]
        return _Fits(
            elements,
            tuple((fit, reading.pattern) for fit, reading in readings if len(reading.elements) == 1),
            tuple((fit, reading) for fit, reading in readings if len(reading.elements) > 1),
        )

    def _test(self, surface: str) -> tuple[tuple[int, Fit], ...]:
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
        if "_" in folded:  # An identifier, not a word that inflects.
            return tuple(sorted(found.items()))
        longest = min(len(folded), self._heads.get(folded[:_HEAD], 0))
        for end in (*range(1, min(_HEAD, len(folded) + 1)), *range(_HEAD, longest + 1)):
            for element, stem in self._stems.get(folded[:end], ()):
                fit = stem.rest(folded[end:])
                if fit is not None:
                    note(element, fit, stem.lead, end - stem.lead)
        if self._tails:
            self._test_tails(folded, note)
        return tuple(sorted(found.items()))

    def _test_tails(self, folded: str, note: Callable[[int, Fit, int, int], None]) -> None:
        tails = self._tails
        for start in range(1, len(folded) - 1):
            longest = tails.get(folded[start : start + _HEAD], 0) or tails.get(folded[start : start + 2], 0)
            for end in range(start + 2, min(start + longest, len(folded)) + 1):
                for element, stem in self._stems.get(folded[start:end], ()):
                    if stem.tail is None or start < stem.front:
                        continue
                    fit = stem.rest(folded[end:])
                    if fit is not None:
                        note(element, min(fit, stem.tail), start, end - start)

    # Texts ---------------------------------------------------------------------------------------------------------

    def _spaced(self, text: str, tokens: list[Word]) -> Iterator[_Candidate]:
        fits = [self._fits(token[0]) for token in tokens]
        for first, there in enumerate(fits):
            if there is _NOTHING:
                continue
            for fit, pattern in there.terms:
                if not self._is_never(pattern, tokens, first, first):
                    yield _Candidate(tokens[first][1], tokens[first][2], fit, pattern)
            for fit, reading in there.longer:
                last, worst = first, fit
                for wanted in reading.elements[1:]:
                    following = self._next(text, tokens, last)
                    next_fit = dict(fits[last + 1].elements).get(wanted) if following else None
                    if next_fit is None:
                        break
                    last, worst = last + 1, min(worst, next_fit)
                else:
                    if not self._is_never(reading.pattern, tokens, first, last):
                        yield _Candidate(tokens[first][1], tokens[last][2], worst, reading.pattern)

    @staticmethod
    def _next(text: str, tokens: list[Word], index: int) -> bool:
        if index + 1 == len(tokens):
            return False
        return _GAP.fullmatch(text, tokens[index][2], tokens[index + 1][1]) is not None

    def _is_never(self, pattern: int, tokens: list[Word], first: int, last: int) -> bool:
        for phrase in self._never[pattern]:
            for start in range(max(0, last + 1 - len(phrase)), first + 1):
                there = tuple(fold(word, self._lang) for word, _, _ in tokens[start : start + len(phrase)])
                if there == phrase:
                    return True
        return False

    def _spaceless(self, text: str, protected: Sequence[Span], finder: SubstringFinder) -> Iterator[_Candidate]:
        phrases: dict[int, list[Span]] = {}
        for start, end, pattern, _ in self._excluded.find(text):
            phrases.setdefault(pattern, []).append(Span(start, end))
        never = {pattern: Stretches(spans) for pattern, spans in phrases.items()}
        closed = Stretches(protected)
        for start, end, pattern, fit in finder.find(text):
            within = pattern in never and never[pattern].covers(start, end)
            if not within and not closed.overlaps(start, end):
                yield _Candidate(start, end, fit, pattern)

    def _longest(self, text: str, candidates: Iterable[_Candidate]) -> list[_Candidate]:
        """The longest of overlapping candidates; of those with one place, the best fit for each concept."""
        found = list(dict.fromkeys(candidates))
        if all(one.end <= other.start for one, other in pairwise(found)):
            return found
        order = sorted(found, key=lambda c: (c.start - c.end, c.start, -c.fit, c.pattern))
        taken = bytearray(len(text))
        kept: list[_Candidate] = []
        concepts: set[str] = set()
        for candidate in order:
            start, end, fit, pattern = candidate
            concept = self._patterns[pattern].concept
            if kept and kept[-1][:3] == (start, end, fit):
                if concept not in concepts:
                    kept.append(candidate)
                    concepts.add(concept)
            elif not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                kept.append(candidate)
                concepts = {concept}
        return sorted(kept, key=lambda c: (c.start, c.end, c.pattern))

    def _hit(self, text: str, candidate: _Candidate) -> TermHit:
        start, end, fit, number = candidate
        pattern = self._patterns[number]
        certainty, compound = _KINDS[fit]
        return TermHit(start, end, pattern.concept, pattern.text, pattern.status, certainty, text[start:end], compound)


def _same_case(cased: str, folded: str, case: str, at: int, length: int) -> bool:
    """Whether the word shows the term's letters, as far as the stem keeps them, in the term's own letter case."""
    if len(cased) != len(folded):
        return case in cased
    shared = min(length, len(case))
    return cased[at : at + shared] == case[:shared] and not any(letter.isupper() for letter in case[shared:])
