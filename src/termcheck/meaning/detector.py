"""A small trained model of how likely a version says something else than its witnesses.

Logistic regression over :mod:`features <termcheck.meaning.features>`; the parameters are made by
``benchmarks/train_detector.py`` from planted errors and calibrated on paragraphs of other documents.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from math import exp, log
from typing import TYPE_CHECKING, Final

import numpy as np

from termcheck.meaning.features import NAMES
from termcheck.meaning.head import WordHead

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from numpy.typing import NDArray

#: How often a paragraph is taken to be wrong: the probabilities are for a corpus like that.
PRIOR: Final = 0.05

FILE_NAME: Final = "detector.npz"

_VECTORS = ("mean", "scale", "weights")
_NUMBERS = ("bias", "alone", "several")


@dataclass(frozen=True, slots=True)
class ParagraphModel:
    """``mean``, ``scale`` > 0 and ``weights`` of the features, float64 (f,); ``bias`` is the log odds of the mean.

    The odds are those in a corpus of which half is wrong. ``alone`` and ``several`` are the log odds, in a corpus of
    which :data:`PRIOR` is wrong, from which on a version is remarked with one witness and with more.
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    bias: float
    alone: float
    several: float

    def threshold(self, weights: Mapping[str, float]) -> float:
        """The log odds from which on a version with these witnesses is remarked."""
        return self.alone if len(weights) == 1 else self.several

    def log_odds(self, features: NDArray[np.float64]) -> float:
        """The log odds that the version is wrong, in a corpus of which :data:`PRIOR` is."""
        odds = float((features - self.mean) / self.scale @ self.weights) + self.bias
        return odds + log(PRIOR / (1 - PRIOR))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> ParagraphModel:
        """From arrays ``model_mean`` and so on. Raises ``ValueError`` for another number of features."""
        mean, scale, weights = (np.asarray(arrays[f"model_{name}"], dtype=np.float64) for name in _VECTORS)
        if not mean.shape == scale.shape == weights.shape == (len(NAMES),):
            raise ValueError(f"the model has {len(mean)} features, not {len(NAMES)}")
        bias, alone, several = (float(np.asarray(arrays[f"model_{name}"], dtype=np.float64)) for name in _NUMBERS)
        return cls(mean, scale, weights, bias, alone, several)


@dataclass(frozen=True, slots=True)
class Detector:
    """The trained part of the meaning stage: ``head`` for words, ``model`` for paragraphs."""

    head: WordHead
    model: ParagraphModel


def probability(log_odds: float) -> float:
    """The probability of given log odds."""
    return 1 / (1 + exp(-log_odds)) if log_odds > -500 else 0.0


def read_detector(path: Path | Traversable) -> Detector:
    """The detector in a file that ``benchmarks/train_detector.py`` wrote."""
    with path.open("rb") as file, np.load(file) as data:
        arrays = {name: data[name] for name in data.files}
    return Detector(WordHead.from_arrays(arrays), ParagraphModel.from_arrays(arrays))


@functools.cache
def bundled_detector() -> Detector:
    """The detector for the bundled model; see ``detector.md`` beside the data for where it comes from."""
    return read_detector(resources.files("termcheck.meaning").joinpath(FILE_NAME))
