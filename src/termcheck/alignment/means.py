"""Mean vectors of languages that come out the same in whatever order, and in whatever parts, they are added up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SCALE = 2.0**36
"""Parts of 1 that are counted: finer than float32 is for most numbers of a unit vector, with room for 2**27 vectors."""


@dataclass(slots=True)
class LanguageMeans:
    """Sums of unit vectors by language, in whole numbers: floating point sums depend on their order."""

    _sums: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, langs: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Takes in the unit vectors (n, d) of n texts, each with its language."""
        for lang in sorted(set(langs)):
            chosen = vectors[[index for index, other in enumerate(langs) if other == lang]]
            self._add(lang, np.rint(chosen.astype(np.float64) * _SCALE).astype(np.int64).sum(axis=0), len(chosen))

    def merge(self, other: LanguageMeans) -> None:
        """Takes in everything another instance has seen."""
        for lang, total in other._sums.items():
            self._add(lang, total, other._counts[lang])

    def means(self) -> dict[str, NDArray[np.float64]]:
        """The mean vector (d,) of every language, in order of their tags."""
        return {lang: self._sums[lang] / (_SCALE * self._counts[lang]) for lang in sorted(self._sums)}

    def _add(self, lang: str, total: NDArray[np.int64], count: int) -> None:
        if count:
            self._sums[lang] = self._sums[lang] + total if lang in self._sums else total
            self._counts[lang] = self._counts.get(lang, 0) + count
