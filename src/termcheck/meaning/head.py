"""A small trained network on top of two texts' token vectors: which words have no counterpart.

Every token attends to the tokens of the other text through a learned projection, and what it finds there is compared
with itself, feature by feature (cf. the decomposable attention of Parikh et al. 2016). Unlike a best cosine, this
learns which differences between two words' vectors matter. The cosines count too, as they are: they know words that
the training has not seen. So does the token itself, which tells how well words like it are usually matched. The
parameters are made by ``benchmarks/train_detector.py``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from termcheck.meaning.bands import bands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

#: Numbers on the match of a token, beside the compared features; see :meth:`WordHead._compare`.
MATCH_FEATURES = 5
#: Numbers on its cosines: three for either layer and both, and two on the whole text; see :func:`_cosines`.
COSINE_FEATURES = 11


@dataclass(frozen=True, slots=True)
class Projection:
    """One text ready to be compared: ``keys`` float32 (t, d) of unit length, ``values`` float32 (t, d), ``own``
    float32 (t, o), and ``layers`` float32 (2, t, r), the leading components of its vectors.
    """

    keys: NDArray[np.float32]
    values: NDArray[np.float32]
    own: NDArray[np.float32]
    layers: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordHead:
    """The parameters, all float32: ``components`` (2, width / 2, r) of either layer, ``key`` and ``value`` (2 r, d) and
    ``own`` (2 r, o) of these, ``hidden`` (5 + 2 d + o + 11, h), ``context`` (5, h, c) over neighbouring tokens,
    ``output`` (h + c,), and their biases; ``temperature`` > 0 of the attention.
    """

    components: NDArray[np.float32]
    key: NDArray[np.float32]
    value: NDArray[np.float32]
    own: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    context: NDArray[np.float32]
    context_bias: NDArray[np.float32]
    output: NDArray[np.float32]
    output_bias: NDArray[np.float32]
    temperature: NDArray[np.float32]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> WordHead:
        """The head from arrays of the fields' names. Raises ``KeyError`` for a missing one."""
        return cls(**{each.name: np.asarray(arrays[each.name], dtype=np.float32) for each in fields(cls)})

    @property
    def fingerprint(self) -> str:
        """Names the parameters: what was computed with equal ones can be kept."""
        digest = hashlib.sha256()
        for each in fields(self):
            digest.update(getattr(self, each.name).tobytes())
        return digest.hexdigest()

    def project(self, tokens: NDArray[np.float32]) -> Projection:
        """What can be computed of a text on its own, from its centred token vectors (t, width).

        Raises ``ValueError`` for vectors of another width.
        """
        half = self.components.shape[1]
        if tokens.shape[1] != 2 * half:
            raise ValueError(f"the head takes vectors of {2 * half} numbers, not {tokens.shape[1]}")
        layers = np.stack([tokens[:, :half] @ self.components[0], tokens[:, half:] @ self.components[1]])
        reduced = np.concatenate(layers, axis=1)
        keys = reduced @ self.key
        norms = np.linalg.norm(keys, axis=1, keepdims=True)
        return Projection(keys / np.maximum(norms, 1e-12), reduced @ self.value, reduced @ self.own, layers)

    def doubts(self, text: Projection, other: Projection) -> NDArray[np.float32]:
        """Per token of ``text`` the log odds that ``other`` says nothing like it, float32 (t,).

        The odds are those of the training data, in which about one word in ten was wrong; 0 beside an empty text. Time
        and memory grow with the product of the lengths, for long texts only linearly.
        """
        count, others = len(text.keys), len(other.keys)
        if not count or not others:
            return np.zeros(count, dtype=np.float32)
        hidden = np.maximum(self._compare(text, other) @ self.hidden + self.hidden_bias, 0)
        reach = len(self.context) // 2
        padded = np.zeros((count + 2 * reach, hidden.shape[1]), dtype=hidden.dtype)
        padded[reach : reach + count] = hidden
        around = sum(padded[at : at + count] @ weights for at, weights in enumerate(self.context))
        around = np.maximum(around + self.context_bias, 0)
        odds: NDArray[np.float32] = np.concatenate([hidden, around], axis=1) @ self.output + self.output_bias
        return odds

    def _compare(self, text: Projection, other: Projection) -> NDArray[np.float32]:
        """Per token: the two best similarities, the best one that the partner does not give to another token more,
        how much the partners are claimed, how far from the expected place they stand; then the compared values.
        """
        count, others, width = len(text.keys), len(other.keys), self.value.shape[1]
        contested = np.full(others, -1, dtype=np.float32)
        bounds = list(bands(count, others))
        for rows, columns in bounds:
            similar = text.keys[rows] @ other.keys[columns].T
            contested[columns] = np.maximum(contested[columns], similar.max(axis=0))
        found = np.empty((count, MATCH_FEATURES + 2 * width), dtype=np.float32)
        places = np.arange(others, dtype=np.float32) / others
        for rows, columns in bounds:
            if len(bounds) > 1:
                similar = text.keys[rows] @ other.keys[columns].T
            best, second = _two_best(similar)
            weights = np.exp(self.temperature * (similar - best[:, None]))
            weights /= weights.sum(axis=1, keepdims=True)
            seen = weights @ other.values[columns]
            own = text.values[rows]
            found[rows, 0], found[rows, 1] = best, second
            found[rows, 2] = (2 * similar - contested[columns]).max(axis=1)
            found[rows, 3] = weights @ contested[columns]
            here = np.arange(rows.start, rows.stop, dtype=np.float32) / count
            found[rows, 4] = np.abs(here - weights @ places[columns])
            found[rows, MATCH_FEATURES : MATCH_FEATURES + width] = own * seen
            found[rows, MATCH_FEATURES + width :] = np.abs(own - seen)
        return np.concatenate([found, text.own, _cosines(text.layers, other.layers)], axis=1)


def _cosines(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Per token, for either layer and their mean, the two best cosines and the best one that is not another token's
    more; then how far the best one of both layers lies above the text's mean, and that mean. (t, 11).
    """
    count, others = ours.shape[1], theirs.shape[1]
    contested = np.full((3, others), -1, dtype=np.float32)
    bounds = list(bands(count, others))
    for rows, columns in bounds:
        similar = _by_layer(ours[:, rows], theirs[:, columns])
        contested[:, columns] = np.maximum(contested[:, columns], similar.max(axis=1))
    found = np.empty((count, COSINE_FEATURES), dtype=np.float32)
    for rows, columns in bounds:
        if len(bounds) > 1:
            similar = _by_layer(ours[:, rows], theirs[:, columns])
        best, second = _two_best(similar)
        claims = (2 * similar - contested[:, None, columns]).max(axis=2)
        found[rows, :9] = np.stack([best, second, claims], axis=1).reshape(9, -1).T
    mean = found[:, 6].mean()
    found[:, 9], found[:, 10] = found[:, 6] - mean, mean
    return found


def _by_layer(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float32]:
    """The cosines of both layers and their mean, (3, t, u)."""
    both = ours @ theirs.transpose(0, 2, 1)
    return np.concatenate([both, both.mean(axis=0, keepdims=True)])


def _two_best(similar: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The best and the second best of the last axis, which is -1 where there is but one."""
    best = similar.max(axis=-1)
    return best, np.partition(similar, -2, axis=-1)[..., -2] if similar.shape[-1] > 1 else np.full_like(best, -1)
