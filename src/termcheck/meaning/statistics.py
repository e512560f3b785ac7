"""What is usual between two languages in this corpus: robust statistics that can be added up document by document.

Counts in bins instead of lists of values, so that adding documents in any order or grouping gives the same result.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termcheck.meaning.phrases import PhraseSupport
    from termcheck.meaning.support import PairSupport

_BINS = 400
_LOW = -1.0
_WIDTH = 2.0 / _BINS
_VERSION = 1
"""Of what :meth:`PairStatistics.to_bytes` writes, the bins and the rules by which they are filled."""

#: Distance of the quartiles from the median of a normal distribution with variance 1.
_NORMAL_QUARTILE = 0.6745

#: Rows with shorter sides do not tell what is usual: headings are not translated like sentences.
MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Usual:
    """A robust location and scale.

    ``scale`` > 0 is that of a normal distribution with the same lower quartile: support is skewed, and only what
    lies below the usual matters.
    """

    centre: float
    scale: float

    def deviation(self, value: float) -> float:
        """How many scales ``value`` lies above the centre."""
        return (value - self.centre) / self.scale

    def deviations(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """The same for each of ``values``, shape kept."""
        return (values.astype(np.float64) - self.centre) / self.scale


@dataclass(frozen=True, slots=True)
class Prior:
    """What to expect before anything was seen, worth ``weight`` observations.

    ``doubt``: the variance is taken this much larger, relative to the number of observations, because the centre
    itself is uncertain.
    """

    centre: float
    scale: float
    weight: float
    doubt: float = 0.0


#: Medians over the language pairs of the development data (see ``parameters.md``).
SIMILARITY = Prior(0.55, 0.15, 200.0)
CLAIM = Prior(0.55, 0.20, 200.0, doubt=40.0)
WORD = Prior(0.68, 0.14, 200.0)
PHRASE = Prior(0.72, 0.11, 200.0)
COSINE = Prior(0.60, 0.10, 12.0, doubt=8.0)
COVERAGE = Prior(0.58, 0.06, 12.0, doubt=8.0)
LENGTH_RATIO = Prior(0.0, 0.08, 8.0, doubt=8.0)


class Histogram:
    """Counts of values in [-1, 1] (others go to the ends) in bins of 0.005."""

    __slots__ = ("counts",)

    def __init__(self, counts: NDArray[np.int64] | None = None) -> None:
        self.counts = np.zeros(_BINS, dtype=np.int64) if counts is None else counts

    def add(self, values: NDArray[np.floating]) -> None:
        places = np.floor((np.asarray(values, dtype=np.float64) - _LOW) / _WIDTH).astype(np.int64)
        self.counts += np.bincount(np.minimum(np.maximum(places, 0), _BINS - 1), minlength=_BINS)

    def add_one(self, value: float) -> None:
        self.counts[int(min(max(0.0, (value - _LOW) / _WIDTH), _BINS - 1))] += 1

    def merge(self, other: Histogram) -> None:
        self.counts += other.counts

    def usual(self, prior: Prior) -> Usual:
        """Median and lower spread, drawn towards the prior as if that were ``prior.weight`` more values."""
        total = int(self.counts.sum())
        doubt = (1 + prior.doubt / (total + 1)) ** 0.5
        if not total:
            return Usual(prior.centre, prior.scale * doubt)
        median = self._quantile(0.5)
        spread = (median - self._quantile(0.25)) / _NORMAL_QUARTILE
        share = total / (total + prior.weight)
        centre = share * median + (1 - share) * prior.centre
        # A corpus of near copies has no spread at all, and everything else would then be infinitely far away.
        scale = share * max(spread, prior.scale / 3) + (1 - share) * prior.scale
        return Usual(centre, scale * doubt)

    def _quantile(self, share: float) -> float:
        """The middle of the bin that holds the quantile."""
        cumulative = np.cumsum(self.counts)
        place = int(np.searchsorted(cumulative, share * cumulative[-1]))
        return _LOW + _WIDTH * (place + 0.5)


@dataclass(slots=True)
class PairStatistics:
    """Statistics of all language pairs seen so far.

    Filled with :meth:`add`, joined with :meth:`merge`; then read by :func:`termcheck.meaning.judge.judge_row`.
    """

    _words: dict[tuple[str, str, str], Histogram] = field(default_factory=dict)
    _rows: dict[tuple[str, str, str], Histogram] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], Usual] = field(default_factory=dict)

    def add(self, left: str, right: str, pair: PairSupport) -> None:
        """Takes in one row's comparison of two languages, in either order."""
        self._known.clear()
        for here, there, side in ((left, right, pair.left), (right, left, pair.right)):
            self._histogram(self._words, "similarity", here, there).add(side.similarity)
            self._histogram(self._words, "claim", here, there).add(side.claim)
        if min(len(pair.left), len(pair.right)) >= MIN_WORDS:
            first, second = sorted((left, right))
            self._histogram(self._rows, "cosine", first, second).add_one(pair.cosine)
            self._histogram(self._rows, "coverage", first, second).add_one(pair.coverage)
            ratio = pair.length_ratio if left == first else -pair.length_ratio
            self._histogram(self._rows, "length", first, second).add_one(ratio)

    def add_phrases(self, left: str, right: str, phrases: PhraseSupport) -> None:
        """Takes in how one row's words are supported as wholes, in either order."""
        self._known.clear()
        for here, there, side in ((left, right, phrases.left), (right, left, phrases.right)):
            self._histogram(self._words, "word", here, there).add(side[:, 0])
            self._histogram(self._words, "phrase", here, there).add(side[:, 1])

    def merge(self, other: PairStatistics) -> None:
        """Takes in everything another instance has seen."""
        self._known.clear()
        for mine, theirs in ((self._words, other._words), (self._rows, other._rows)):
            for (kind, left, right), histogram in theirs.items():
                self._histogram(mine, kind, left, right).merge(histogram)

    def __reduce__(self) -> tuple[object, ...]:
        # Of one document, most bins are empty; there may be thousands of histograms.
        return PairStatistics.from_bytes, (self.to_bytes(),)

    def to_bytes(self) -> bytes:
        """A form to keep and to send: by kind and languages, the bins that hold something and how much."""
        parts = [
            [
                [*name, places.tolist(), histogram.counts[places].tolist()]
                for name, histogram in sorted(each.items())
                for places in [np.flatnonzero(histogram.counts)]
            ]
            for each in (self._words, self._rows)
        ]
        return zlib.compress(json.dumps([_VERSION, *parts], separators=(",", ":")).encode(), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> PairStatistics | None:
        """What :meth:`to_bytes` wrote; None for anything else."""
        found = cls()
        try:
            version, *parts = json.loads(zlib.decompress(data))
            if version != _VERSION:
                return None
            for mine, part in zip((found._words, found._rows), parts, strict=True):
                for kind, left, right, places, counts in part:
                    found._histogram(mine, kind, left, right).counts[places] = counts
        except (ValueError, TypeError, IndexError, zlib.error):
            return None
        return found

    def similarity(self, lang: str, other: str) -> Usual:
        """Usual similarity of words of ``lang`` to texts in ``other``."""
        return self._usual(self._words, "similarity", lang, other, SIMILARITY)

    def claim(self, lang: str, other: str) -> Usual:
        """Usual claim of words of ``lang`` on texts in ``other``."""
        return self._usual(self._words, "claim", lang, other, CLAIM)

    def word(self, lang: str, other: str) -> Usual:
        """Usual support of words of ``lang`` as wholes by texts in ``other``."""
        return self._usual(self._words, "word", lang, other, WORD)

    def phrase(self, lang: str, other: str) -> Usual:
        """Usual support of words of ``lang`` together with a neighbour by texts in ``other``."""
        return self._usual(self._words, "phrase", lang, other, PHRASE)

    def cosine(self, left: str, right: str) -> Usual:
        """Usual cosine of two versions' sentence vectors in a row."""
        return self._usual(self._rows, "cosine", min(left, right), max(left, right), COSINE)

    def coverage(self, left: str, right: str) -> Usual:
        """Usual coverage of two versions in a row."""
        return self._usual(self._rows, "coverage", min(left, right), max(left, right), COVERAGE)

    def length_ratio(self, left: str, right: str) -> Usual:
        """Usual length ratio of a row's two versions, ``left`` and ``right`` in order of their tags."""
        return self._usual(self._rows, "length", left, right, LENGTH_RATIO)

    def _usual(
        self, table: dict[tuple[str, str, str], Histogram], kind: str, left: str, right: str, prior: Prior
    ) -> Usual:
        key = (kind, left, right)
        if key not in self._known:
            histogram = table.get(key)
            self._known[key] = (histogram or Histogram()).usual(prior)
        return self._known[key]

    @staticmethod
    def _histogram(table: dict[tuple[str, str, str], Histogram], kind: str, left: str, right: str) -> Histogram:
        return table.setdefault((kind, left, right), Histogram())
