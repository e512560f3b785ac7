"""What is known about each word of a version when it comes to whether any other version supports it.

Everything comes from the comparisons of the row's versions (:mod:`termcheck.meaning.support` and
:mod:`termcheck.meaning.phrases`), measured in robust standard deviations of what is usual between two languages, so
that a value means the same in all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from termcheck.meaning.weights import witness_weights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.statistics import PairStatistics, Usual

FEATURES: Final = (
    "similarity",
    "claim",
    "word",
    "phrase",
    "orphan",
    "habit",
    "row",
    "neighbours",
    "agreement",
    "length",
    "concentration",
    "doubt",
)
"""The features, in the order of their columns.

``similarity``, ``claim``, ``word``, ``phrase``: how far the witnesses' support lies below what is usual, each witness
by its weight. ``orphan``: how little this version supports some word of a witness at about the same place that the
other witnesses do support and that is usually supported. ``habit``: the mean of ``similarity`` and ``word`` for the
same word, and words that start alike, elsewhere in the corpus. ``row``, ``neighbours``: the same for the row's other
words and for the words on either side. ``agreement``: how far the whole row's vectors lie apart. ``length``: the
logarithm (base 2) of the number of letters. ``concentration``: 1 for a single witness, less the more of them really
count. ``doubt``: the log odds of the trained head that the witnesses say nothing like the word, 0 without a head.
"""

#: Robust standard deviations beyond which a value says nothing more.
_CAP: Final = 6.0
_DOUBT_CAP: Final = 8.0
#: Support of a witness's word by the others beyond this does not make its absence more telling.
_SUPPORT_CAP: Final = 0.5
#: Words that a counterpart may stand away, besides a tenth of the text.
_WITHIN: Final = 4.0
#: The most telling missing words of a witness that are looked at, besides one word in so many.
_ORPHANS: Final = 8
_ORPHAN_SHARE: Final = 8
#: A word's other occurrences count as if this many more had shown nothing.
_UNSEEN: Final = 2.0
_STEM: Final = 5
#: Where more of the words inside sentences have a capital, capitals do not tell names.
_NOUN_CAPITALS: Final = 0.2
_SHORTEST: Final = 4
_DIGIT: Final = re.compile(r"\d")
_GAP: Final = re.compile(r"[\s\u2010-\u2015-]*")


@dataclass(frozen=True, slots=True)
class CellWords:
    """The words of one version in row number ``row``, w in all.

    ``words`` are as they are written, ``spans`` int32 (w, 2) their places in the text. ``weights`` maps the versions
    that testify to how much they count (in sum 1), ``lack`` each of them to how far its support of every word lies
    below what is usual, float32 (w,). ``features`` is float32 (w, len(FEATURES)) without the columns that need the
    other cells or the whole corpus. ``letters`` int32 (w,) counts those of scripts that write syllables or words
    twice, ``capitals`` bool (w,) tells which words have a capital inside a sentence, ``adjacent`` bool (w - 1,) between
    which neighbours stands no more than white space or a hyphen.
    """

    row: int
    lang: str
    words: tuple[str, ...]
    spans: NDArray[np.int32]
    weights: Mapping[str, float]
    lack: Mapping[str, NDArray[np.float32]]
    features: NDArray[np.float32]
    letters: NDArray[np.int32]
    capitals: NDArray[np.bool_]
    adjacent: NDArray[np.bool_]

    @property
    def total(self) -> NDArray[np.float32]:
        """``lack`` over all witnesses, each by its weight, float32 (w,)."""
        parts = [weight * self.lack[other] for other, weight in self.weights.items()]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float32)


def read_row(row: RowMeaning, index: int, statistics: PairStatistics, source: str | None) -> dict[str, CellWords]:
    """The words of every version of a row with at least two versions that have words; the source's as well."""
    sizes = {lang: _size(row, lang) for lang in row.languages}
    langs = [lang for lang, size in sizes.items() if size]
    if len(langs) < 2:
        return {}
    return {lang: _read(row, index, lang, [o for o in langs if o != lang], statistics, source) for lang in langs}


def _size(row: RowMeaning, lang: str) -> int:
    other = next((other for other in row.languages if other != lang), None)
    return 0 if other is None else len(row.pair(lang, other).left)


def _read(
    row: RowMeaning, index: int, lang: str, others: Sequence[str], statistics: PairStatistics, source: str | None
) -> CellWords:
    weights = witness_weights(others, source)
    text = row.texts[lang]
    spans = row.pair(lang, others[0]).left.spans
    words = tuple(text[start:end] for start, end in spans.tolist())
    features = np.zeros((len(words), len(FEATURES)), dtype=np.float32)
    column = {name: features[:, place] for place, name in enumerate(FEATURES)}
    lack: dict[str, NDArray[np.float32]] = {}
    for other, weight in weights.items():
        pair = row.pair(lang, other)
        phrases = row.phrase(lang, other)
        similarity = _lack(pair.left.similarity, statistics.similarity(lang, other))
        word = similarity if phrases is None else _lack(phrases.left[:, 0], statistics.word(lang, other))
        phrase = similarity if phrases is None else _lack(phrases.left[:, 1], statistics.phrase(lang, other))
        lack[other] = np.asarray((similarity + word) / 2, dtype=np.float32)
        column["similarity"] += weight * similarity
        column["claim"] += weight * _lack(pair.left.claim, statistics.claim(lang, other))
        column["word"] += weight * word
        column["phrase"] += weight * phrase
        doubt = np.nan_to_num(pair.left.doubt.astype(np.float32))
        column["doubt"] += weight * np.clip(doubt, -_DOUBT_CAP, _DOUBT_CAP)
        column["agreement"] -= np.float32(weight * statistics.cosine(lang, other).deviation(pair.cosine))
    total = np.sum([weight * lack[other] for other, weight in weights.items()], axis=0)
    column["row"][:] = (total.sum() - total) / max(len(words) - 1, 1)
    padded = np.concatenate(([0.0], total, [0.0]))
    column["neighbours"][:] = (padded[:-2] + padded[2:]) / 2
    letters = np.array([_letters(word) for word in words], dtype=np.int32)
    column["length"][:] = np.log2(letters)
    column["concentration"][:] = sum(weight * weight for weight in weights.values())
    capitals = [
        word[:1].isupper() and _inside_sentence(text, start)
        for word, (start, _) in zip(words, spans.tolist(), strict=True)
    ]
    adjacent = [
        _GAP.fullmatch(text, end, start) is not None
        for end, start in zip(spans[:-1, 1].tolist(), spans[1:, 0].tolist(), strict=True)
    ]
    return CellWords(
        index,
        lang,
        words,
        spans,
        weights,
        lack,
        features,
        letters,
        np.array(capitals, dtype=bool),
        np.array(adjacent, dtype=bool),
    )


def _lack(values: NDArray[np.floating], usual: Usual) -> NDArray[np.float32]:
    return -np.clip(usual.deviations(values), -_CAP, _CAP).astype(np.float32)


def _letters(word: str) -> int:
    return sum(2 if "\u1100" <= letter <= "\u11ff" or letter >= "\u2e80" else 1 for letter in word)


def _inside_sentence(text: str, start: int) -> bool:
    before = text[max(start - 8, 0) : start].rstrip()[-1:]
    return bool(before) and (before.isalnum() or before in ",;")


class Habits:
    """How unsupported every word usually is in the corpus, and how common capitals are."""

    def __init__(self) -> None:
        self._stems: dict[tuple[str, str], list[float]] = defaultdict(_nothing)
        self._capitals: dict[str, list[float]] = defaultdict(_nothing)

    def add(self, cell: CellWords, times: int = 1) -> None:
        """Takes in the words of one cell; ``times`` -1 takes them out again."""
        for word, value in zip(cell.words, cell.total.tolist(), strict=True):
            entry = self._stems[cell.lang, _stem(word)]
            entry[0] += times * value
            entry[1] += times
        capitals = self._capitals[cell.lang]
        capitals[0] += times * float(cell.capitals.sum())
        capitals[1] += times * len(cell.words)

    def of(self, cell: CellWords) -> NDArray[np.float32]:
        """How unsupported a cell's words are elsewhere, float32 (w,). The cell has to be included."""
        found = []
        for word, value in zip(cell.words, cell.total.tolist(), strict=True):
            total, count = self._stems[cell.lang, _stem(word)]
            found.append((total - value) / (max(count - 1, 0) + _UNSEEN))
        return np.array(found, dtype=np.float32)

    def names_have_capitals(self, lang: str) -> bool:
        """Whether a capital inside a sentence tells a name, which it does not where all nouns have one."""
        capitals, words = self._capitals[lang]
        return capitals < _NOUN_CAPITALS * words


def _nothing() -> list[float]:
    return [0.0, 0.0]


def _stem(word: str) -> str:
    return word.casefold()[:_STEM]


def complete(cells: Mapping[str, CellWords], lang: str, habits: Habits) -> NDArray[np.float32]:
    """All features of one version's words, float32 (w, len(FEATURES)). ``cells`` are the row's."""
    cell = cells[lang]
    features = cell.features.copy()
    features[:, FEATURES.index("habit")] = habits.of(cell)
    orphan = features[:, FEATURES.index("orphan")]
    for other, weight in cell.weights.items():
        orphan += weight * nearby(orphans(cells, lang, other, habits), len(cell.words))[0]
    return features


def markable(cells: Mapping[str, CellWords], lang: str, habits: Habits) -> NDArray[np.bool_]:
    """Which of a version's words a translator chose for their meaning, bool (w,).

    Numbers, names, and words that stand in another version as well are somebody else's; words of less than four letters
    (two syllables or characters) are mostly function words, which have no counterpart of their own in many languages.
    """
    cell = cells[lang]
    elsewhere = {word.casefold() for other in cell.weights for word in cells[other].words}
    own = [not _DIGIT.search(word) and word.casefold() not in elsewhere for word in cell.words]
    found = np.array(own, dtype=bool) & (cell.letters >= _SHORTEST)
    return found & ~cell.capitals if habits.names_have_capitals(lang) else found


def orphans(cells: Mapping[str, CellWords], lang: str, other: str, habits: Habits) -> NDArray[np.float32]:
    """How much less ``lang`` supports each word of ``other`` than the other witnesses do and than is usual for it.

    Shape (w,) for the words of ``other``, in robust standard deviations.
    """
    witness = cells[other]
    gap = witness.lack[lang] - np.maximum(habits.of(witness), 0)
    rest = {name: weight for name, weight in cells[lang].weights.items() if name != other}
    if rest:
        total = sum(rest.values())
        support = np.sum([-weight / total * witness.lack[name] for name, weight in rest.items()], axis=0)
        gap = gap + np.minimum(support, _SUPPORT_CAP)
    return np.asarray(gap, dtype=np.float32)


def nearby(gaps: NDArray[np.float32], size: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """For each of ``size`` words the largest of another text's ``gaps`` (w,) at about the same relative place.

    The value, less the further away it is, and the other text's word; 0 and -1 where nothing is missing.
    """
    found, which = np.zeros(size, dtype=np.float32), np.full(size, -1)
    kept = np.argsort(-gaps, kind="stable")[: _ORPHANS + len(gaps) // _ORPHAN_SHARE]
    places = (np.arange(size) + 0.5) / size
    reach = 0.1 + _WITHIN / size
    for word in sorted(kept.tolist()):
        near = np.exp(-(((places - (word + 0.5) / len(gaps)) / reach) ** 2)) * gaps[word]
        better = near > found
        found[better], which[better] = near[better], word
    return found, which
