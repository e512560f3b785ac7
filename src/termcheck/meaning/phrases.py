"""How well each word of one text is supported by words and short phrases of another, as a small record to be cached.

Token by token (:mod:`termcheck.meaning.support`) a word may find its pieces in words that mean something else, and a
compound or a fixed phrase finds nothing that fits a single piece of it. So words and phrases of two and three words are
compared as wholes too, each with the mean vector of its tokens:

``word``
    the best cosine of the word itself with any word or phrase of the other text.
``phrase``
    the best cosine of any two neighbouring words of which this is one. High for a word whose meaning the other language
    puts into a neighbour.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termcheck.meaning.support import Reading

_HEADER = struct.Struct("<4sHII")
_MAGIC: Final = b"TCPH"
_VERSION: Final = 1
_SIZES: Final = (1, 2, 3)

#: Words compared at a time, and how far from the same relative place a long text is searched, either way.
_BLOCK: Final = 256
_REACH: Final = 256


@dataclass(frozen=True, slots=True)
class PhraseSupport:
    """Two texts compared.

    ``left`` and ``right`` are float16 (w, 2), for either text's words in order: ``word`` and ``phrase`` in [-1, 1].
    """

    left: NDArray[np.float16]
    right: NDArray[np.float16]

    def swapped(self) -> PhraseSupport:
        """The same comparison seen from the other text."""
        return PhraseSupport(self.right, self.left)

    def to_bytes(self) -> bytes:
        """A compact little-endian form, 4 bytes a word."""
        header = _HEADER.pack(_MAGIC, _VERSION, len(self.left), len(self.right))
        return header + self.left.astype("<f2").tobytes() + self.right.astype("<f2").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> PhraseSupport:
        """The record that :meth:`to_bytes` wrote. Raises ``ValueError`` for anything else."""
        if len(data) < _HEADER.size:
            raise ValueError(f"a phrase record has at least {_HEADER.size} bytes, not {len(data)}")
        magic, version, left, right = _HEADER.unpack_from(data)
        if magic != _MAGIC or version != _VERSION:
            raise ValueError(f"not a phrase record of version {_VERSION}")
        if len(data) != _HEADER.size + 4 * (left + right):
            raise ValueError(f"a record of {left} and {right} words cannot have {len(data)} bytes")
        values = np.frombuffer(data, "<f2", offset=_HEADER.size).astype(np.float16).reshape(-1, 2)
        return cls(values[:left], values[left:])


@dataclass(frozen=True, slots=True)
class Phrases:
    """A text's words and phrases as vectors.

    ``vectors`` maps the number of words (1 to 3) to float32 (n, 2 * hidden) of unit length, the phrase that starts at
    each word.
    """

    vectors: tuple[NDArray[np.float32], ...]

    @property
    def words(self) -> int:
        """The number of words."""
        return len(self.vectors[0])


def read_phrases(reading: Reading) -> Phrases:
    """The means of the tokens of every word, of every two and of every three neighbouring words."""
    owner = reading.words.token_word
    inside = owner >= 0
    sums = np.zeros((len(reading.words) + 1, reading.tokens.shape[1]), dtype=np.float32)
    np.add.at(sums[1:], owner[inside], reading.tokens[inside])
    total = np.cumsum(sums, axis=0, dtype=np.float64)
    return Phrases(tuple(_unit(total[size:] - total[:-size]) for size in _SIZES))


def phrase_support(left: Phrases, right: Phrases) -> PhraseSupport:
    """Compares two texts. Time grows with the product of the lengths, for long texts only linearly."""
    return PhraseSupport(_support(left, right), _support(right, left))


def _support(ours: Phrases, theirs: Phrases) -> NDArray[np.float16]:
    found = np.full((ours.words, 2), -1.0, dtype=np.float32)
    if not ours.words or not theirs.words:
        return np.zeros((ours.words, 2), dtype=np.float16)
    singles, pairs = ours.vectors[0], ours.vectors[1]
    for start in range(0, ours.words, _BLOCK):
        end = min(start + _BLOCK, ours.words)
        low = max(start * theirs.words // ours.words - _REACH, 0)
        high = end * theirs.words // ours.words + _REACH + 1
        candidates = np.concatenate([vectors[low:high] for vectors in theirs.vectors])
        found[start:end, 0] = (singles[start:end] @ candidates.T).max(axis=1)
        if len(pairs[start:end]):
            best = (pairs[start:end] @ candidates.T).max(axis=1)
            for shift in (0, 1):
                place = slice(start + shift, start + shift + len(best))
                found[place, 1] = np.maximum(found[place, 1], best)
    if ours.words == 1:
        found[:, 1] = found[:, 0]
    return found.astype(np.float16)


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    """Both layers' halves of unit length, and the whole as well."""
    halves = vectors.reshape(len(vectors), 2, vectors.shape[1] // 2)
    norms = np.linalg.norm(halves, axis=2, keepdims=True)
    scaled = np.divide(halves, norms * np.sqrt(2), out=np.zeros_like(halves), where=norms > 1e-6)
    return np.asarray(scaled.reshape(vectors.shape), dtype=np.float32)
