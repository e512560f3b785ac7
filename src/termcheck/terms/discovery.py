"""Concepts worth watching, found without a glossary.

Two kinds are proposed. A *merger* is a pair of words of the base language (the source, or the version that most others
have rows with) for which another language has one word, while further languages keep them apart. A *wandering* word
is one that a language renders now by this word and now by that. Both rest on words linked row by row
(:mod:`termcheck.terms.word_alignment`).

Synonyms of the base language merge in most languages, and words of one family (maintain, maintainer) in many; such
pairs are ranked last, with the reason.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.terms.significance import log_likelihood_ratio
from termcheck.terms.vocabulary import Vocabulary
from termcheck.terms.word_alignment import align_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termcheck.terms.evidence import StoredRow, TermEvidence

LEAST_ROWS = 3
# A word in more than this share of all rows is about grammar.
_USUAL = 0.5
# A chance of 1 in 10,000, about the number of words tried with each.
_LEAST_ASSOCIATION = 15.0
_LEAST_SHARE = 0.1
# A word is what a language has for another if it stands in more than this share of the rows that are rendered at all.
_HOUSE_SHARE = 1 / 3
# Renderings of two words in common, as a share: up to here they are apart, and from here on the same.
_APART, _SAME = 0.25, 0.5
_WANDER_SHARE = 0.2
# Below this likeness of the forms in use, one key stands for two words (özellik, özellikle).
_SAME_USE = 0.15
_KIN_LETTERS = 4
_EXPLAINED = 0.1
# In so many of the rows that a word is in, another one has to stand beside it to make it part of a phrase.
_IN_PHRASE = 0.8


@dataclass(frozen=True, slots=True)
class RowId:
    """A row of a document's table, counted from 0."""

    document: str
    row: int


@dataclass(frozen=True, slots=True)
class Merger:
    """A word of ``lang`` that renders two words of the base language.

    ``first_rows`` and ``second_rows`` are rows with one base word and not the other in which ``word`` renders it, the
    shortest first, of ``first_total`` and ``second_total`` rows in which the base word stands alone. ``apart`` and
    ``same`` are the other languages that keep the two apart, and that have one word as well. ``reason`` says why the
    pair may be no concern; empty where nothing speaks against it. ``score`` >= 0 ranks, higher first.
    """

    words: tuple[str, str]
    lang: str
    word: str
    first_rows: tuple[RowId, ...]
    second_rows: tuple[RowId, ...]
    first_total: int
    second_total: int
    apart: tuple[str, ...]
    same: tuple[str, ...]
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A rendering and the rows in which it stands without the others, the shortest first."""

    word: str
    rows: tuple[RowId, ...]


@dataclass(frozen=True, slots=True)
class Wandering:
    """A base word with several renderings in ``lang``, the usual one first; ``total`` rows are rendered at all.

    ``steady`` are the other languages that have one word for it. ``score`` >= 0 ranks, higher first.
    """

    word: str
    lang: str
    choices: tuple[Choice, ...]
    total: int
    steady: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found, best first."""

    base: str
    rows: int
    mergers: tuple[Merger, ...]
    wanderings: tuple[Wandering, ...]


def discover(evidence: TermEvidence, *, base: str | None = None, langs: Iterable[str] = ()) -> Discovery:
    """Look for mergers and wandering words in an aligned corpus.

    ``base`` is the language whose words are asked about (default: the one with text in most rows that have company),
    ``langs`` limits the languages that proposals are made for; the others still bear witness.
    """
    rows = [row for row in evidence.rows() if len(row.cells) > 1]
    known = evidence.languages()
    if base is None:
        present = Counter(lang for row in rows for lang in row.cells)
        base = min(present, key=lambda lang: (-present[lang], lang), default="")
    if base not in known:
        return Discovery(base, 0, (), ())
    rows = [row for row in rows if base in row.cells]
    source = _Base(base, rows, evidence)
    others = {lang: _Renderings(lang, source, evidence) for lang in known if lang != base}
    asked = set(langs) or set(others)
    mergers = [found for lang in others if lang in asked for found in _mergers(lang, others, source)]
    wanderings = [found for lang in others if lang in asked for found in _wanderings(lang, others, source)]
    return Discovery(
        base,
        len(rows),
        _ranked(_once(mergers)),
        tuple(sorted(wanderings, key=lambda found: (-found.score, found.lang, found.word))),
    )


class _Base:
    """The base language's words: the rows of each, and the form to show."""

    def __init__(self, lang: str, rows: Sequence[StoredRow], evidence: TermEvidence) -> None:
        self.rows = rows
        self.vocabulary = Vocabulary(lang, rows, evidence)
        self.keys = self.vocabulary.keys
        self.rows_of: dict[str, set[int]] = defaultdict(set)
        for position, keys in self.keys.items():
            for key in keys:
                self.rows_of[key].add(position)
        self.form = self.vocabulary.form
        self.words = {
            key
            for key, found in self.rows_of.items()
            if LEAST_ROWS < len(found) <= max(_USUAL * len(rows), LEAST_ROWS + 1) and self.vocabulary.is_word(key)
        }

    def place(self, position: int) -> RowId:
        row = self.rows[position]
        return RowId(row.document, row.row)

    def shortest(self, positions: Iterable[int], lang: str) -> tuple[RowId, ...]:
        """The rows, those with the fewest words first."""

        def size(position: int) -> tuple[int, int]:
            cells = self.rows[position].cells
            return len(cells[lang].forms) + len(cells[self.vocabulary.lang].forms), position

        return tuple(self.place(position) for position in sorted(positions, key=size))


class _Renderings:
    """How one language renders the base's words: for each, its words with the rows in which they do."""

    def __init__(self, lang: str, base: _Base, evidence: TermEvidence) -> None:
        self.lang = lang
        self._vocabulary = Vocabulary(lang, base.rows, evidence)
        self.present = self._vocabulary.present
        self.form = self._vocabulary.form
        self.of: dict[str, dict[str, set[int]]] = {}
        positions = sorted(self.present)
        self._standing: dict[str, set[int]] = defaultdict(set)
        for position in positions:
            for key in self._vocabulary.keys[position]:
                self._standing[key].add(position)
        found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        ours, theirs = ([keys[position] for position in positions] for keys in (base.keys, self._vocabulary.keys))
        for index, ours_key, theirs_key in _links(ours, theirs):
            if ours_key in base.words and self._vocabulary.is_word(theirs_key):
                found[ours_key][theirs_key].add(positions[index])
        for one, words in found.items():
            rows = base.rows_of[one] & self.present
            kept = {
                other: where
                for other, where in words.items()
                if len(where) >= max(LEAST_ROWS, _LEAST_SHARE * len(rows))
                and _association(rows, self._standing[other], len(positions)) >= _LEAST_ASSOCIATION
            }
            if kept:
                self.of[one] = kept

    def rendered(self, word: str) -> set[int]:
        """The rows in which the word is rendered by a word that is known."""
        return set().union(*self.of.get(word, {}).values())

    def common(self, first: str, second: str) -> float | None:
        """The share in [0, 1] of renderings that two words have in common; None when one has none."""
        one, other = self.of.get(first), self.of.get(second)
        if not one or not other:
            return None
        ours, theirs = sum(map(len, one.values())), sum(map(len, other.values()))
        return sum(min(len(one[word]) / ours, len(other[word]) / theirs) for word in one.keys() & other.keys())

    def likeness(self, key: str, first: Iterable[int], second: Iterable[int]) -> float:
        """How alike, in [0, 1], two sets of rows are in the forms of a word that they use.

        Inflection scatters forms over both alike; words that a key wrongly takes for one have forms of their own.
        """
        one, other = (
            Counter(form for row in rows for form in self._vocabulary.uses(key, row)) for rows in (first, second)
        )
        return sum(min(one[form] / one.total(), other[form] / other.total()) for form in one)

    def part_of(self, word: str, key: str) -> str:
        """The other word that nearly always stands with ``key`` where it renders ``word``; empty where there is none.

        Then ``key`` is but a part of a phrase: French *fichier README* for "README".
        """
        rows = self.of[word][key]
        for other, found in sorted(self.of[word].items(), key=lambda item: (-len(item[1]), item[0])):
            with_other = rows & self._standing[other]
            if other != key and len(found) >= len(rows) and len(with_other) >= _IN_PHRASE * len(rows):
                return other
        return ""

    def choices(self, word: str) -> list[tuple[str, set[int]]]:
        """The renderings in use, unlike ones only, with the rows in which each stands without a more usual one."""
        found: list[tuple[str, set[int]]] = []
        seen: set[int] = set()
        for key, rows in sorted(self.of.get(word, {}).items(), key=lambda item: (-len(item[1]), item[0])):
            if any(_are_kin(key, other) for other, _ in found):
                continue
            found.append((key, rows - seen))
            seen |= rows
        return found

    def strays(self, word: str) -> list[tuple[str, set[int]]]:
        """The renderings beside the usual one that are a habit and no slip."""
        total = len(self.rendered(word))
        least = max(LEAST_ROWS, _WANDER_SHARE * total)
        return [(key, rows) for key, rows in self.choices(word)[1:] if len(rows) >= least]


def _mergers(lang: str, others: Mapping[str, _Renderings], base: _Base) -> Iterator[Merger]:
    ours = others[lang]
    served: dict[str, list[str]] = defaultdict(list)
    for word in sorted(ours.of):
        total = len(ours.rendered(word))
        for key, rows in ours.of[word].items():
            if len(rows) > _HOUSE_SHARE * total:
                served[key].append(word)
    for key, words in sorted(served.items()):
        for first, second in combinations(words, 2):
            orders = ((first, second), (second, first))
            found = [ours.of[word][key] - base.rows_of[other] for word, other in orders]
            totals = [len(base.rows_of[word] & ours.present - base.rows_of[other]) for word, other in orders]
            least = min(len(rows) for rows in found)
            if least < LEAST_ROWS:
                continue
            share = min(len(rows) / total for rows, total in zip(found, totals, strict=True))
            if share < _HOUSE_SHARE or ours.likeness(key, *found) < _SAME_USE:
                continue
            apart, same = _elsewhere(first, second, lang, others)
            reason = _reason(first, second, apart, same, others) or _phrase(first, second, key, ours)
            strength = math.sqrt(share * math.log1p(len(found[0])) * math.log1p(len(found[1])))
            # Half of the other languages are witnesses enough; fewer may not have met the words often.
            heard = min(1.0, (2 * len(apart) + 1) / len(others))
            witness = heard * (len(apart) + 0.5) / (len(apart) + len(same) + 1)
            yield Merger(
                (base.form(first), base.form(second)),
                lang,
                ours.form(key),
                base.shortest(found[0], lang),
                base.shortest(found[1], lang),
                totals[0],
                totals[1],
                apart,
                same,
                reason,
                strength * witness * (_EXPLAINED if reason else 1.0),
            )


def _elsewhere(
    first: str, second: str, lang: str, others: Mapping[str, _Renderings]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The other languages that keep two words apart, and those that do not."""
    common = {name: other.common(first, second) for name, other in others.items() if name != lang}
    apart = tuple(name for name, share in common.items() if share is not None and share <= _APART)
    same = tuple(name for name, share in common.items() if share is not None and share >= _SAME)
    return apart, same


def _reason(
    first: str, second: str, apart: Sequence[str], same: Sequence[str], others: Mapping[str, _Renderings]
) -> str:
    if _are_kin(first, second):
        return "the two are words of one family"
    if len(same) >= max(len(apart), 1):
        return f"the two may be synonyms: {', '.join(same)} have one word as well"
    if not apart and len(others) > 1:
        return "no other language shows that the two are apart"
    return ""


def _phrase(first: str, second: str, key: str, ours: _Renderings) -> str:
    for word in (first, second):
        other = ours.part_of(word, key)
        if other:
            return f"“{ours.form(key)}” is but a part of the phrase with “{ours.form(other)}”"
    return ""


def _wanderings(lang: str, others: Mapping[str, _Renderings], base: _Base) -> Iterator[Wandering]:
    ours = others[lang]
    for word in sorted(ours.of):
        strays = ours.strays(word)
        if not strays:
            continue
        usual, rows = ours.choices(word)[0]
        total = len(ours.rendered(word))
        judged = [name for name, other in others.items() if name != lang and word in other.of]
        steady = tuple(name for name in judged if not others[name].strays(word))
        chosen = [(usual, rows - set().union(*(found for _, found in strays))), *strays]
        yield Wandering(
            base.form(word),
            lang,
            tuple(Choice(ours.form(key), base.shortest(found, lang)) for key, found in chosen),
            total,
            steady,
            math.log1p(len(strays[0][1])) * (len(steady) + 0.5) / (len(judged) + 1),
        )


def _ranked(mergers: Sequence[Merger]) -> tuple[Merger, ...]:
    """The best pair first, in all its languages."""
    best: dict[tuple[str, str], float] = defaultdict(float)
    for found in mergers:
        best[found.words] = max(best[found.words], found.score)
    return tuple(sorted(mergers, key=lambda found: (-best[found.words], found.words, -found.score, found.lang)))


def _once(mergers: Iterable[Merger]) -> list[Merger]:
    """Only the strongest word of every pair and language."""
    best: dict[tuple[tuple[str, str], str], Merger] = {}
    for merger in mergers:
        place = (merger.words, merger.lang)
        if place not in best or merger.score > best[place].score:
            best[place] = merger
    return list(best.values())


def _links(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> Iterator[tuple[int, str, str]]:
    names: list[list[str]] = [sorted({key for keys in side for key in keys}) for side in (first, second)]
    numbers = [{key: number for number, key in enumerate(side)} for side in names]
    links = align_words(
        [[numbers[0][key] for key in keys] for keys in first], [[numbers[1][key] for key in keys] for keys in second]
    )
    for row, one, other in zip(links.row.tolist(), links.first.tolist(), links.second.tolist(), strict=True):
        yield row, names[0][one], names[1][other]


def _association(first: set[int], second: set[int], total: int) -> float:
    """G2 of two words by the rows in which they stand, of ``total`` rows."""
    both = len(first & second)
    return log_likelihood_ratio(both, len(first) - both, len(second) - both, total - len(first | second))


def _are_kin(first: str, second: str) -> bool:
    """Whether two words have their beginning in common, as far as it makes most of the shorter one."""
    size = 0
    while size < min(len(first), len(second)) and first[size] == second[size]:
        size += 1
    return size >= min(_KIN_LETTERS, len(first), len(second)) and 2 * size > min(len(first), len(second))
