"""How well terms are found in running text, and how fast, beside exact match, Snowball stems and simplemma.

    python benchmarks/terms.py [--data ../shared] [--languages pl tr ...] [--errors tuned|fresh] [--no-speed]

All methods get the same words from the same tokenizer and are scored on the same labelled places (see
`labelled_terms`). A method is right where it finds a ``hit`` and where it finds nothing in an ``other``; compounds are
a kind of their own and count as wrong when they are taken for the term itself. Only termcheck tells compounds and
unsure forms apart: the last columns say how many labelled compounds it finds, and how many of the hits and of the
others it leaves to the reader. ``tuned`` are words used to write or correct the rules, ``fresh`` all others.
"""

from __future__ import annotations

import argparse
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import simplemma
import snowballstemmer

from labelled_terms import Occurrence, languages, occurrences
from termcheck.terms.inflection.orthography import clean, fold
from termcheck.terms.matcher import Certainty, TermMatcher, TermPattern
from termcheck.terms.tokenizer import words
from terms_speed import print_speed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SNOWBALL = {
    "cs": "czech", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian",
    "id": "indonesian", "it": "italian", "nl": "dutch", "pl": "polish", "ru": "russian", "tr": "turkish",
}  # fmt: skip
_NORMALISERS = ("exact", "snowball", "simplemma")


class Answer(NamedTuple):
    """What a method says about a place: nothing found is all False."""

    found: bool = False
    unsure: bool = False
    compound: bool = False


Method = "Callable[[Occurrence], Answer]"


def normaliser(name: str, lang: str) -> Callable[[str], str] | None:
    """The baseline's normal form of a word, or None where it does not know the language."""
    if name == "exact":
        return lambda word: fold(word, lang)
    if name == "snowball":
        if lang not in _SNOWBALL:
            return None
        stem = snowballstemmer.stemmer(_SNOWBALL[lang]).stemWord
        return cache(lambda word: str(stem(fold(word, lang))))
    try:
        simplemma.lemmatize("test", lang=lang)
    except ValueError:
        return None
    return cache(lambda word: str(simplemma.lemmatize(clean(word), lang=lang)).casefold())


def by_normal_form(normal: Callable[[str], str], lang: str) -> Callable[[Occurrence], Answer]:
    """A method that compares the words of the term with those of the text in their normal forms."""

    @cache
    def tokens(text: str) -> list[tuple[str, int, int]]:
        return [(normal(word), start, end) for word, start, end in words(text, lang)]

    @cache
    def wanted(term: str) -> list[str]:
        return [normal(word) for word, _, _ in words(term, lang)]

    def method(place: Occurrence) -> Answer:
        term, there = wanted(place.term), tokens(place.text)
        for first in range(len(there) - len(term) + 1):
            part = there[first : first + len(term)]
            touches = part[0][1] < place.end and part[-1][2] > place.start
            if touches and [word for word, _, _ in part] == term:
                return Answer(found=True)
        return Answer()

    return method


def by_termcheck(lang: str) -> Callable[[Occurrence], Answer]:
    """The project's own matcher, one term at a time as the baselines."""

    @cache
    def matcher(term: str) -> TermMatcher:
        return TermMatcher(lang, [TermPattern("concept", term)])

    def method(place: Occurrence) -> Answer:
        for hit in matcher(place.term).find(place.text):
            if hit.start < place.end and hit.end > place.start:
                unsure = hit.certainty is Certainty.UNSURE
                return Answer(not unsure and not hit.compound, unsure, hit.compound)
        return Answer()

    return method


class Score(NamedTuple):
    """Precision, recall and F1 in [0, 1]."""

    precision: float
    recall: float
    f1: float


def score(places: Iterable[Occurrence], method: Callable[[Occurrence], Answer]) -> Score:
    """The score of a method on labelled places."""
    counts = Counter((method(place).found, place.label == "hit") for place in places)
    right, found = counts[True, True], counts[True, True] + counts[True, False]
    wanted = right + counts[False, True]
    return Score(right / max(1, found), right / max(1, wanted), 2 * right / max(1, found + wanted))


def print_table(lang: str, kind: str, places: list[Occurrence]) -> None:
    """One line for a language's tuned or fresh words."""
    cells = []
    for name in _NORMALISERS:
        normal = normaliser(name, lang)
        result = score(places, by_normal_form(normal, lang)) if normal else None
        cells.append(f"{result.precision:.3f} {result.recall:.3f} {result.f1:.3f}" if result else f"{'-':^17}")
    method = by_termcheck(lang)
    own = score(places, method)
    cells.append(f"{own.precision:.3f} {own.recall:.3f} {own.f1:.3f}")
    labels = Counter(place.label for place in places)
    answers = Counter((place.label, *method(place)[1:]) for place in places)
    compounds = answers["compound", False, True] + answers["compound", True, True]
    unsure = [sum(answers[label, True, kind] for kind in (False, True)) for label in ("hit", "other")]
    head = f"{lang:4} {kind:6}{len({place.term for place in places}):5}{labels['hit']:6}{labels['other']:6}"
    print(head, *cells, f"{compounds:5}/{labels['compound']:<4}{unsure[0]:5}{unsure[1]:6}", sep="  ")


def print_errors(lang: str, places: list[Occurrence]) -> None:
    """The termcheck matcher's mistakes, one line for each kind, term and word."""
    method = by_termcheck(lang)
    wrong: Counter[tuple[str, str, str]] = Counter()
    for place in places:
        answer = method(place)
        missed = "missed" if place.label == "hit" and not answer.found else ""
        if place.label == "compound" and not answer.compound:
            missed = "compound taken for the term" if answer.found else "compound not found"
        false = "false" if place.label == "other" and answer.found else ""
        if missed or false:
            wrong[missed or false, place.term, place.surface] += 1
    for (kind, term, surface), count in sorted(wrong.items()):
        print(f"     {kind}: {term}: {surface} ({count})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="folder of the development data")
    parser.add_argument("--languages", nargs="*", default=languages(), metavar="LANGUAGE")
    parser.add_argument("--errors", choices=["tuned", "fresh"], help="list the matcher's mistakes on these words")
    parser.add_argument("--no-speed", action="store_true", help="leave the measurements of speed out")
    options = parser.parse_args()
    names = "  ".join(f"{name:17}" for name in (*_NORMALISERS, "termcheck"))
    print(f"{'':4}{'':7}{'':17}  {names}")
    print(
        f"{'':4} {'words':6}terms  hits others  {'  '.join(['P     R     F1   '] * 4)}  compounds  unsure hits, others"
    )
    for lang in options.languages:
        places = list(occurrences(lang, options.data))
        for kind in ("tuned", "fresh"):
            chosen = [place for place in places if place.words == kind]
            if chosen:
                print_table(lang, kind, chosen)
                if options.errors == kind:
                    print_errors(lang, chosen)
    if not options.no_speed:
        print_speed(options.data)


if __name__ == "__main__":
    main()
