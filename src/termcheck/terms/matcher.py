"""Terms in running text: each distinct word is tested once against recognisers compiled from the terms."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_left
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import version
from itertools import pairwise, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from termcheck.model import Span
from termcheck.terms.elements import Elements
from termcheck.terms.inflection import Fit
from termcheck.terms.inflection.orthography import clean, fold, primary_language
from termcheck.terms.stretches import Stretches, outside
from termcheck.terms.substring import SubstringFinder
from termcheck.terms.tokenizer import SPACELESS, words, words_of_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ALGORITHM_VERSION = 4
"""Changes whenever the same patterns and text may give other hits."""

# Room for the distinct words of a large corpus; a hostile text must not fill the memory.
_MAX_MEMO = 500_000
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


_Token = tuple[str, int, int, _Fits]
"""A word with its start and end, in the text or in its piece, and what it fits."""


class _Piece(NamedTuple):
    """A piece of text without white space in which some word fits.

    ``tokens`` are all its words. ``hits`` are those in the piece alone; None where a longer term may begin in it, or a
    phrase may say that a term is not meant.
    """

    tokens: tuple[_Token, ...]
    hits: tuple[TermHit, ...] | None


_UNSEEN = _Piece((), None)


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
        self._elements = Elements(lang)
        self._readings: dict[int, list[_Reading]] = {}
        self._never = [frozenset(self._phrases(pattern.never)) for pattern in self._patterns]
        self._memo: dict[str, _Fits] = {}
        self._pieces: dict[str, _Piece | None] = {}
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
            return tuple(self._hit(text, candidate) for candidate in self._longest(text, candidates))
        pieces = text.split()
        known = self._look_up(pieces)
        if not any(known):
            return ()
        places: list[tuple[int, _Piece]] = []
        at = 0
        for piece, inside in zip(pieces, known, strict=True):
            at = text.index(piece, at)
            if inside:
                places.append((at, inside))
            at += len(piece)
        if not protected and all(inside.hits is not None for _, inside in places):
            return tuple(
                TermHit._make((at + hit[0], at + hit[1], *hit[2:]))
                for at, inside in places
                for hit in inside.hits or ()
            )
        tokens = [
            (word, at + start, at + end, fits) for at, inside in places for word, start, end, fits in inside.tokens
        ]
        return self._found(text, outside(tokens, protected), protected)

    def _look_up(self, pieces: Sequence[str]) -> list[_Piece | None]:
        """What is in each of these pieces of text without white space; None where no word fits a term."""
        known = self._pieces
        found = list(map(known.get, pieces, repeat(_UNSEEN)))
        if _UNSEEN in found:
            fresh = list(dict.fromkeys(piece for piece in pieces if piece not in known))
            if len(known) + len(fresh) > _MAX_MEMO:
                known.clear()
                fresh = list(dict.fromkeys(pieces))
            for piece, inside in zip(fresh, words_of_pieces(fresh, self._lang), strict=True):
                tokens = [(word, start, end, self._fits(word)) for word, start, end in inside]
                fitting = any(token[3] is not _NOTHING for token in tokens)
                known[piece] = self._piece(piece, tokens) if fitting else None
            found = [known[piece] for piece in pieces]
        return found

    def _piece(self, piece: str, tokens: list[_Token]) -> _Piece:
        depends = any(fits.longer or any(self._never[pattern] for _, pattern in fits.terms) for _, _, _, fits in tokens)
        return _Piece(tuple(tokens), None if depends else self._found(piece, tokens, ()))

    def _found(self, text: str, tokens: list[_Token], protected: Sequence[Span]) -> tuple[TermHit, ...]:
        """The hits among these words, which are all those that fit something."""
        candidates = self._spaced(text, tokens, protected)
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
        elements = tuple(
            self._elements.add(part, inflected=inflected, case_sensitive=pattern.case_sensitive) for part in parts
        )
        reading = _Reading(number, elements)
        readings = self._readings.setdefault(elements[0], [])
        if reading not in readings:
            readings.append(reading)

    # Words ---------------------------------------------------------------------------------------------------------

    def _fits(self, surface: str) -> _Fits:
        """What a word of the text fits; every word is tested once."""
        known = self._memo.get(surface)
        if known is None:
            if len(self._memo) >= _MAX_MEMO:
                self._memo.clear()
            elements = self._elements.fits(surface)
            known = self._memo[surface] = self._readings_of(elements) if elements else _NOTHING
        return known

    def _readings_of(self, elements: tuple[tuple[int, Fit], ...]) -> _Fits:
        readings = [(fit, reading) for element, fit in elements for reading in self._readings.get(element, ())]
        return _Fits(
            elements,
            tuple((fit, reading.pattern) for fit, reading in readings if len(reading.elements) == 1),
            tuple((fit, reading) for fit, reading in readings if len(reading.elements) > 1),
        )

    # Texts ---------------------------------------------------------------------------------------------------------

    def _spaced(self, text: str, tokens: list[_Token], protected: Sequence[Span]) -> Iterator[_Candidate]:
        for first, (_, start, end, fits) in enumerate(tokens):
            for fit, pattern in fits.terms:
                if not self._is_never(pattern, text, start, end, protected):
                    yield _Candidate(start, end, fit, pattern)
            for fit, reading in fits.longer:
                last, worst = first, fit
                for wanted in reading.elements[1:]:
                    following = self._next(text, tokens, last)
                    next_fit = dict(tokens[last + 1][3].elements).get(wanted) if following else None
                    if next_fit is None:
                        break
                    last, worst = last + 1, min(worst, next_fit)
                else:
                    if not self._is_never(reading.pattern, text, start, tokens[last][2], protected):
                        yield _Candidate(start, tokens[last][2], worst, reading.pattern)

    @staticmethod
    def _next(text: str, tokens: list[_Token], index: int) -> bool:
        if index + 1 == len(tokens):
            return False
        return _GAP.fullmatch(text, tokens[index][2], tokens[index + 1][1]) is not None

    def _is_never(self, pattern: int, text: str, start: int, end: int, protected: Sequence[Span]) -> bool:
        """Whether the words at ``[start, end)`` are part of a phrase in which the term is not meant."""
        phrases = self._never[pattern]
        if not phrases:
            return False
        tokens = outside(words(text, self._lang), protected)
        folded = [fold(word, self._lang) for word, _, _ in tokens]
        first = bisect_left(tokens, start, key=itemgetter(1))
        last = bisect_left(tokens, end, key=itemgetter(2))
        return any(
            tuple(folded[at : at + len(phrase)]) == phrase
            for phrase in phrases
            for at in range(max(0, last + 1 - len(phrase)), first + 1)
        )

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
