"""Any language without rules: a word that keeps most of the term's letters and changes its ending is unsure.

Which of these are forms is learned from the corpus, when all its words are known (`terms/endings.py`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, Stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ENDING = 6
_LEAST_STEM = 4


def _ending(rest: str) -> Fit | None:
    return Fit.UNSURE if len(rest) <= _LONGEST_ENDING and rest.replace("'", "").isalpha() else None


def _same(rest: str) -> Fit | None:
    return Fit.EXACT if not rest else _ending(rest)


class Generic:
    """Suffixing inflection by letter counts alone."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`: up to three final letters may change, but four stay."""
        cuts = [cut for cut in (1, 2, 3) if len(word) - cut >= _LEAST_STEM]
        whole = [Stem(word, _same if len(word) >= _LEAST_STEM else lambda rest: None if rest else Fit.EXACT)]
        return (*whole, *(Stem(word[:-cut], _ending) for cut in cuts))

    def key(self, word: str) -> str:
        """See `Inflection.key`: the first letters, more of them the longer the word is."""
        return word if len(word) < 5 else word[: max(4, len(word) - 2 - len(word) // 8)]


@lru_cache(maxsize=1)
def inflection(_lang: str) -> Generic:
    """The inflection of any language."""
    return Generic()
