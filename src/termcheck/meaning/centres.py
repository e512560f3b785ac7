"""The mean vectors of each language, which are subtracted before texts of different languages are compared.

A multilingual model puts every language around a point of its own, so that raw cosines mostly tell which languages
were compared. The points are constants shipped with the package: what depends on them can be cached.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Centres:
    """Mean token vectors (2 * hidden,) and mean sentence vectors (dimension,) by language; without any, zeros.

    A regional variety (``zh-TW``) falls back on its language, a language that is not listed on the mean over all
    that are.
    """

    token_means: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    sentence_means: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

    def tokens(self, lang: str, width: int) -> NDArray[np.float32]:
        """The mean token vector of a language, shape (width,). Raises ``ValueError`` for another width."""
        return _choose(self.token_means, lang, width)

    def sentence(self, lang: str, width: int) -> NDArray[np.float32]:
        """The mean sentence vector of a language, shape (width,). Raises ``ValueError`` for another width."""
        return _choose(self.sentence_means, lang, width)


def _choose(means: Mapping[str, NDArray[np.float32]], lang: str, width: int) -> NDArray[np.float32]:
    if not means:
        return np.zeros(width, dtype=np.float32)
    found = means.get(lang)
    if found is None:
        found = means.get(lang.split("-")[0])
    if found is None:
        found = np.mean([means[key] for key in sorted(means)], axis=0, dtype=np.float32)
    if found.shape != (width,):
        raise ValueError(f"the centres have {found.shape[0]} dimensions, the vectors {width}")
    return found


@functools.cache
def bundled_centres() -> Centres:
    """The centres of the bundled model; see ``centres.md`` beside the data for where they come from."""
    with resources.files("termcheck.meaning").joinpath("centres.npz").open("rb") as file, np.load(file) as data:
        langs = [str(lang) for lang in data["languages"]]
        tokens = data["tokens"].astype(np.float32)
        sentences = data["sentences"].astype(np.float32)
    return Centres(dict(zip(langs, tokens, strict=True)), dict(zip(langs, sentences, strict=True)))
