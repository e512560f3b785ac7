"""What the detector looks at: one version of a row against its witnesses, as a short vector of numbers."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import combinations
from math import log1p
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termcheck.literal.numbers import any_difference
from termcheck.meaning.measures import measure
from termcheck.meaning.negation import negations
from termcheck.meaning.scan import best_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from termcheck.meaning.measures import RowView

#: Per side: how much doubt in sum, the most doubtful word, the three most doubtful ones, the most doubtful passage.
_SIDE: Final = ("mass", "most", "three", "run")
NAMES: Final = (
    *(f"own {name}" for name in _SIDE),
    *(f"lacking {name}" for name in _SIDE),
    "both most",
    "agreement",
    "deviation",
    "deviation score",
    "omitted score",
    "added score",
    "words",
    "longer",
    "shorter",
    "numbers added",
    "numbers lacking",
    "numbers changed",
    "numbers differ",
    "numbers replaced",
    "negations added",
    "negations lacking",
    "denied once",
    "copied",
    "copied run",
    "repeated",
    "own mass by words",
    "lacking mass by words",
    "witnesses",
)

#: Log odds from which on a word of a witness counts as doubted by the other witnesses too.
_DOUBTED: Final = -2.0
#: Log odds from which on a word belongs to a doubtful passage.
PASSAGE: Final = -1.0
_NO_WORD: Final = -8.0
_AGREEMENT_CAP: Final = 0.5
#: Scores count up to so many times their thresholds.
_MOST: Final = 3.0
#: Characters of the pieces in which repetitions are counted, and of a text that is too long to count in.
_PIECE: Final = 14
_LONGEST: Final = 20_000
_WORD = re.compile(r"[^\W\d_]{4,}")
#: Words in a row that both texts share by chance, or as a name; and those from which on more say nothing new.
_SHARED, _LONG_COPY = 2, 8
_WORDS_COMPARED = 2_000
_MOST_NEGATIONS = 2.0
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d+)*")


def own_doubt(view: RowView, lang: str, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Per word of the version the log odds that the witnesses say nothing like it, float64 (w,)."""
    return np.asarray(sum(weight * view.doubts[lang, other] for other, weight in weights.items()), dtype=np.float64)


def lacking_doubt(view: RowView, lang: str, other: str, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Per word of a witness the log odds that the version says nothing like it, less where other witnesses doubt it."""
    doubt = view.doubts[other, lang]
    rest = {name: weight for name, weight in weights.items() if name != other}
    total = sum(rest.values())
    if not total:
        return doubt
    others = np.sum([weight / total * view.doubts[other, name] for name, weight in rest.items()], axis=0)
    return doubt - _softplus(others - _DOUBTED)


class Doubts(NamedTuple):
    """What is doubtful in a version (:func:`own_doubt`), and in each witness (:func:`lacking_doubt`)."""

    own: NDArray[np.float64]
    lacking: Mapping[str, NDArray[np.float64]]


def find_doubts(view: RowView, lang: str, weights: Mapping[str, float]) -> Doubts:
    """All doubts about a version against witnesses with ``weights``."""
    return Doubts(
        own_doubt(view, lang, weights), {other: lacking_doubt(view, lang, other, weights) for other in weights}
    )


def features(
    view: RowView, lang: str, weights: Mapping[str, float], doubts: Doubts | None = None
) -> NDArray[np.float64]:
    """The numbers called :data:`NAMES`, float64 (f,); ``weights`` of the witnesses are in sum 1.

    ``doubts`` are those of the version, where they are known.
    """
    doubts = doubts or find_doubts(view, lang, weights)
    own = _side(doubts.own)
    lacking = np.sum([weight * _side(doubts.lacking[other]) for other, weight in weights.items()], axis=0)
    agreement = sum(weight * view.cosine(lang, other) for other, weight in weights.items())
    words = log1p(sum(weight * min(view.words(lang), view.words(other)) for other, weight in weights.items()))
    longer = sum(weight * view.longer(lang, other) for other, weight in weights.items())
    numbers = _numbers(view.texts[lang])
    added = lacks = changed = 0.0
    for other, weight in weights.items():
        theirs = _numbers(view.texts[other])
        more, fewer = (numbers - theirs).total(), (theirs - numbers).total()
        added, lacks, changed = added + weight * more, lacks + weight * fewer, changed + weight * min(more, fewer)
    texts = {other: view.texts[other] for other in weights}
    wrong = _wrong_numbers(view.texts[lang], lang, tuple(texts.items()), _foremost(weights))
    denies = _negations(view, lang, weights)
    scores = measure(view, lang, weights)
    return np.array(
        [
            *own,
            *lacking,
            min(own[1], lacking[1]),
            agreement,
            min(_among(view, weights), _AGREEMENT_CAP) - agreement,
            min(scores.deviation, _MOST),
            min(scores.omitted, _MOST),
            min(scores.added, _MOST),
            words,
            max(longer, 0.0),
            max(-longer, 0.0),
            min(added, 2.0),
            min(lacks, 2.0),
            min(changed, 1.0),
            *wrong,
            *denies,
            log1p(max(_copied(view.texts[lang], view.texts[other]) for other in weights)),
            max(_copied_run(view.texts[lang], view.texts[other]) for other in weights),
            max(_repeated(view.texts[lang]) - max(_repeated(view.texts[other]) for other in weights), 0.0),
            own[0] - words,
            lacking[0] - words,
            1 / sum(weight * weight for weight in weights.values()),
        ]
    )


def _side(doubt: NDArray[np.float64]) -> NDArray[np.float64]:
    most = np.sort(doubt)[::-1][:3] if len(doubt) else np.array([_NO_WORD])
    mass = float(np.log(_softplus(doubt).sum() + 1e-3))
    return np.array([mass, most[0], most.mean(), log1p(best_run(doubt - PASSAGE).score)])


def _among(view: RowView, weights: Mapping[str, float]) -> float:
    """How well the witnesses agree with each other; 0, the usual, for a single one."""
    pairs = [(weights[a] * weights[b], view.cosine(a, b)) for a, b in combinations(sorted(weights), 2)]
    total = sum(weight for weight, _ in pairs)
    return sum(weight * value for weight, value in pairs) / total if total else 0.0


@lru_cache(maxsize=256)
def _numbers(text: str) -> Counter[str]:
    """The numbers in digits, without what groups or separates them: 1,000.5 and 1 000,5 are the same."""
    return Counter("".join(sign for sign in match.group() if sign.isdigit()) for match in _NUMBER.finditer(text))


@lru_cache(maxsize=256)
def _wrong_numbers(
    text: str, lang: str, others: tuple[tuple[str, str], ...], source: str | None
) -> tuple[float, float]:
    """Whether numbers differ in any way that writing them otherwise does not explain, and whether both ways."""
    found = any_difference(text, lang, dict(others), source)
    return (0.0, 0.0) if found is None else (1.0, float(found.changed))


def _foremost(weights: Mapping[str, float]) -> str | None:
    """The witness that counts more than any other one, as a source does."""
    first, *rest = sorted(weights, key=lambda each: -weights[each])
    return first if not rest or weights[first] > weights[rest[0]] else None


def _negations(view: RowView, lang: str, weights: Mapping[str, float]) -> tuple[float, float, float]:
    """How many negations more and fewer than the witnesses have, and how far only one of the two denies anything."""
    own = negations(view.texts[lang], lang)
    added = lacking = once = 0.0
    for other, weight in weights.items():
        theirs = negations(view.texts[other], other)
        if own is not None and theirs is not None:
            added += weight * min(max(own - theirs, 0), _MOST_NEGATIONS)
            lacking += weight * min(max(theirs - own, 0), _MOST_NEGATIONS)
            once += weight * ((own > 0) != (theirs > 0))
    return added, lacking, once


@lru_cache(maxsize=256)
def _copied_run(text: str, other: str) -> float:
    """How many words in a row stand in the other text as they are, beyond what names explain."""
    own, theirs = (re.findall(r"[^\W\d_]+", each.casefold())[:_WORDS_COMPARED] for each in (text, other))
    longest = 0
    before: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for place, word in enumerate(theirs):
        places.setdefault(word, []).append(place)
    for word in own:
        before = {place: before.get(place - 1, 0) + 1 for place in places.get(word, ())}
        longest = max(longest, *before.values(), 0)
        if longest >= _SHARED + _LONG_COPY:
            break
    return float(min(max(longest - _SHARED, 0), _LONG_COPY))


def _copied(text: str, other: str) -> int:
    """How many of the longer words written small stand in the other text as they are."""
    return len(_small_words(text) & _small_words(other))


@lru_cache(maxsize=256)
def _small_words(text: str) -> frozenset[str]:
    return frozenset(match for match in _WORD.findall(text) if match.islower())


@lru_cache(maxsize=256)
def _repeated(text: str) -> float:
    """The logarithm of one more than the number of pieces of the text that stand in it twice."""
    if len(text) > _LONGEST:
        return 0.0
    pieces = [text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)]
    return log1p(len(pieces) - len(set(pieces)))


def _softplus(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.logaddexp(0.0, values), dtype=np.float64)
