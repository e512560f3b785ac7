"""Languages that do not inflect: the word is its only form."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from termcheck.terms.inflection.base import Fit, Stem, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class Isolating:
    """Words without inflection."""

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        return (Stem(word, one_of(frozenset({""}), Fit.EXACT)),)

    def key(self, word: str) -> str:
        """See `Inflection.key`."""
        return word


@lru_cache(maxsize=1)
def inflection(_lang: str) -> Isolating:
    """The inflection of an isolating language."""
    return Isolating()
