"""How long translations are beside each other, learned from the corpus, and the rows that fall out of it.

The ratio of lengths between two languages is nearly log-normal (Gale and Church 1993); its median and its median
absolute deviation do not move when some rows are wrong.
"""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_ROWS = 40
"""Rows that two languages must share before anything is said about their lengths."""

LEAST_LENGTH = 40
"""Characters below which a text may be any length, white space aside and Chinese, Japanese, Korean ones twice."""

LIMIT = 5.0
"""Robust standard deviations from the median that are reported."""

LEAST_FACTOR = 2.0
"""How many times shorter or longer than expected a text must be, too."""

LEAST_SPREAD = 0.08
"""Standard deviation of the logarithm that no two languages fall below."""

_NORMAL = 1.4826
_WIDE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class LengthDifference:
    """A text that is much shorter or longer than its counterparts.

    ``share`` is its length divided by what is usual beside the counterpart ``lang``, ``deviation`` how many robust
    standard deviations that is (negative for too short); of several counterparts the one that it is nearest to.
    """

    lang: str
    share: float
    deviation: float


@dataclass(frozen=True, slots=True)
class _Usual:
    centre: float
    spread: float


class LengthRatios:
    """The lengths of texts beside each other in every pair of languages; fed first, asked afterwards."""

    def __init__(self) -> None:
        self._ratios: dict[tuple[str, str], array[float]] = {}
        self._usual: dict[tuple[str, str], _Usual | None] = {}

    def add(self, texts: Mapping[str, str]) -> None:
        """Learn from one row: its texts by language."""
        sizes = {lang: _length(text) for lang, text in texts.items()}
        for one, size in sizes.items():
            for other, its in sizes.items():
                if one < other and min(size, its) >= LEAST_LENGTH / 2 and max(size, its) >= LEAST_LENGTH:
                    self._ratios.setdefault((one, other), array("d")).append(math.log(size / its))
        self._usual.clear()

    def unusual(self, texts: Mapping[str, str], target: str, source: str | None) -> LengthDifference | None:
        """Whether the text in ``target`` is too short or too long for its source, or else for all its counterparts."""
        own = _length(texts[target])
        langs = [source] if source in texts and source is not None else [lang for lang in texts if lang != target]
        found: list[LengthDifference] = []
        for lang in langs:
            usual = self._of(target, lang)
            if usual is None or not own:
                return None
            expected = _length(texts[lang]) * math.exp(usual.centre)
            if not expected or max(own, expected) < LEAST_LENGTH:
                return None
            logarithm = math.log(own / expected)
            # The fewer characters are expected, the more does one word more or less matter.
            spread = usual.spread * math.sqrt(1 + LEAST_LENGTH / min(own, expected))
            found.append(LengthDifference(lang, own / expected, logarithm / spread))
        if not found or len({each.deviation > 0 for each in found}) > 1:
            return None
        nearest = min(found, key=lambda each: abs(each.deviation))
        # Of two versions alone the shorter one is asked about.
        alone = source not in texts and len(found) == 1 and nearest.deviation > 0
        usual_size = abs(nearest.deviation) < LIMIT or 1 / LEAST_FACTOR < nearest.share < LEAST_FACTOR
        return None if usual_size or alone else nearest

    def _of(self, target: str, other: str) -> _Usual | None:
        """The usual logarithm of ``target``'s length by ``other``'s."""
        one, two = min(target, other), max(target, other)
        if (one, two) not in self._usual:
            self._usual[one, two] = _usual(self._ratios.get((one, two), ()))
        usual = self._usual[one, two]
        return usual if usual is None or target == one else _Usual(-usual.centre, usual.spread)


def _usual(ratios: Sequence[float]) -> _Usual | None:
    if len(ratios) < LEAST_ROWS:
        return None
    centre = median(ratios)
    return _Usual(centre, max(LEAST_SPREAD, _NORMAL * median(abs(ratio - centre) for ratio in ratios)))


def _length(text: str) -> int:
    """Characters without white space, wide ones twice."""
    return sum(map(len, text.split())) + (0 if text.isascii() else sum(map(len, _WIDE.findall(text))))
