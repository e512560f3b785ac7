"""What a language's inflection offers: from a dictionary form to the forms that running text may show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple, Protocol


class Fit(IntEnum):
    """How well a word of the text fits a word of a term, worst first."""

    UNSURE_COMPOUND = 1
    UNSURE = 2
    COMPOUND = 3
    INFLECTED = 4
    EXACT = 5


RestTest = Callable[[str], Fit | None]
"""Judges what follows a stem in a word; None when the word is none of the term's forms."""


class Stem(NamedTuple):
    """The unchanging beginning of some of a word's forms.

    A folded word fits when it starts with ``text`` and ``rest`` accepts what follows. ``lead`` counts the letters at
    the start of ``text`` that are a prefix and not the term's own. Where ``tail`` is not None the stem may also stand
    behind at least ``front`` other letters, as the last part of a compound, and the fit is ``tail`` at best.
    """

    text: str
    rest: RestTest
    lead: int = 0
    tail: Fit | None = None
    front: int = 3


class Inflection(Protocol):
    """The inflection of one language. Words are folded (see `orthography.fold`) on both sides."""

    def stems(self, word: str) -> Sequence[Stem]:
        """The stems of a dictionary form; the form itself is among what they accept."""
        ...

    def key(self, word: str) -> str:
        """A grouping key that the inflected forms of a word usually share; not meant for display."""
        ...


@lru_cache(maxsize=8192)
def one_of(endings: frozenset[str], fit: Fit = Fit.INFLECTED) -> RestTest:
    """A test that accepts exactly these endings."""

    def test(rest: str) -> Fit | None:
        return fit if rest in endings else None

    return test


@lru_cache(maxsize=8192)
def first_of(*tests: RestTest) -> RestTest:
    """A test that gives the answer of the first test that has one."""

    def test(rest: str) -> Fit | None:
        for each in tests:
            fit = each(rest)
            if fit is not None:
                return fit
        return None

    return test


def word_list(text: str, separator: str = " ") -> tuple[str, ...]:
    """The items of a list that is written as one string; ``-`` stands for the empty item."""
    return tuple("" if item == "-" else item for item in text.split(separator))
