"""How well each word of one text is supported by another text, as a small record that can be cached.

Every token of one text looks for its best match among the tokens of the other. Two readings of the match are kept:

``similarity``
    the best cosine itself, over both layers. Low for a word that says something else.
``claim``
    the best cosine less what the partner loses by it: a partner that fits another token of this text better does not
    count for this one. Low for a word that says something more, even on the same subject. One layer only (at two
    thirds of the depth), which keeps words apart better than the last layer.

A word has the mean of its tokens. Cf. the greedy matching of BERTScore (Zhang et al. 2020) and the two-way alignment of
SimAlign (Jalili Sabet et al. 2020).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termcheck.meaning.words import Words, group_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from termcheck.meaning.centres import Centres

_MAGIC = b"TCPS"
_VERSION = 1
_HEADER = struct.Struct("<4sHIIf")

#: Tokens compared at a time, and how far from the same relative place a long text is searched, either way.
_BLOCK = 512
_REACH = 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as this stage sees it; see :func:`read_text`.

    ``tokens`` is float32 (t, 2 * hidden): two layers' centred vectors, each of unit length, or zeros.
    ``sentence`` is float32 (dimension,), centred and of unit length, or zeros.
    """

    words: Words
    tokens: NDArray[np.float32]
    sentence: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordSupport:
    """The words of one text of a pair: ``spans`` int32 (w, 2), ``similarity`` and ``claim`` float16 (w,) in [-3, 1]."""

    spans: NDArray[np.int32]
    similarity: NDArray[np.float16]
    claim: NDArray[np.float16]

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class PairSupport:
    """Two texts compared: the support of either's words in the other, and the ``cosine`` of their sentence vectors.

    Depends on nothing but the two texts, their languages and the model.
    """

    left: WordSupport
    right: WordSupport
    cosine: float

    @property
    def coverage(self) -> float:
        """The mean similarity of the words, both sides counting alike; 0 when a side has no word."""
        if not len(self.left) or not len(self.right):
            return 0.0
        means = [float(side.similarity.astype(np.float32).mean()) for side in (self.left, self.right)]
        return sum(means) / 2

    def swapped(self) -> PairSupport:
        """The same comparison seen from the other text."""
        return PairSupport(self.right, self.left, self.cosine)

    def to_bytes(self) -> bytes:
        """A compact little-endian form, 12 bytes a word."""
        header = _HEADER.pack(_MAGIC, _VERSION, len(self.left), len(self.right), self.cosine)
        parts = [header]
        for side in (self.left, self.right):
            parts += [
                side.spans.astype("<i4").tobytes(),
                side.similarity.astype("<f2").tobytes(),
                side.claim.astype("<f2").tobytes(),
            ]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> PairSupport:
        """The record that :meth:`to_bytes` wrote. Raises ``ValueError`` for anything else."""
        if len(data) < _HEADER.size:
            raise ValueError(f"a pair record has at least {_HEADER.size} bytes, not {len(data)}")
        magic, version, left, right, cosine = _HEADER.unpack_from(data)
        if magic != _MAGIC or version != _VERSION:
            raise ValueError(f"not a pair record of version {_VERSION}")
        if len(data) != _HEADER.size + 12 * (left + right):
            raise ValueError(f"a record of {left} and {right} words cannot have {len(data)} bytes")
        at = _HEADER.size
        sides = []
        for count in (left, right):
            spans = np.frombuffer(data, "<i4", 2 * count, at).astype(np.int32).reshape(-1, 2)
            similarity = np.frombuffer(data, "<f2", count, at + 8 * count).astype(np.float16)
            claim = np.frombuffer(data, "<f2", count, at + 10 * count).astype(np.float16)
            sides.append(WordSupport(spans, similarity, claim))
            at += 12 * count
        return cls(sides[0], sides[1], cosine)


def read_text(
    text: str,
    lang: str,
    sentence: NDArray[np.float32],
    tokens: NDArray[np.float32],
    offsets: NDArray[np.int32],
    centres: Centres,
) -> Reading:
    """Groups the tokens of a text into words and centres its vectors for its language.

    ``sentence`` (dimension,) and ``tokens`` (t, 2 * hidden) are an encoder's, ``offsets`` (t, 2) its ranges of code
    points in ``text``. Raises ``ValueError`` when tokens and offsets differ in number or the width is odd.
    """
    if len(tokens) != len(offsets):
        raise ValueError(f"{len(tokens)} token vectors but {len(offsets)} offsets")
    width = tokens.shape[1]
    if width % 2:
        raise ValueError(f"token vectors of two layers have an even width, not {width}")
    moved = tokens.astype(np.float32) - centres.tokens(lang, width)
    halves = _unit(moved.reshape(len(tokens), 2, width // 2)).reshape(len(tokens), width)
    return Reading(group_words(text, offsets), halves, _unit(sentence - centres.sentence(lang, len(sentence))))


def pair_support(left: Reading, right: Reading) -> PairSupport:
    """Compares two texts. Time and memory grow with the product of the lengths, for long texts only linearly."""
    best, claims = _match(left.tokens, right.tokens)
    back, counterclaims = _match(right.tokens, left.tokens)
    return PairSupport(
        _support(left.words, best, claims),
        _support(right.words, back, counterclaims),
        float(left.sentence @ right.sentence),
    )


def _support(words: Words, similarity: NDArray[np.float32], claim: NDArray[np.float32]) -> WordSupport:
    return WordSupport(words.spans, words.mean(similarity).astype(np.float16), words.mean(claim).astype(np.float16))


def _match(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Per token of ``ours`` its best cosine in ``theirs`` over both layers and its best claim in the first layer."""
    similarity = np.zeros(len(ours), dtype=np.float32)
    claim = np.zeros(len(ours), dtype=np.float32)
    if not len(ours) or not len(theirs):
        return similarity, claim
    half = ours.shape[1] // 2
    contested = np.full(len(theirs), -1, dtype=np.float32)
    for rows, columns in _bands(len(ours), len(theirs)):
        first = ours[rows, :half] @ theirs[columns, :half].T
        last = ours[rows, half:] @ theirs[columns, half:].T
        similarity[rows] = (first + last).max(axis=1) / 2
        contested[columns] = np.maximum(contested[columns], first.max(axis=0))
    for rows, columns in _bands(len(ours), len(theirs)):
        first = ours[rows, :half] @ theirs[columns, :half].T
        claim[rows] = (2 * first - contested[columns]).max(axis=1)
    return similarity, claim


def _bands(ours: int, theirs: int) -> Iterator[tuple[slice, slice]]:
    """Blocks of our tokens, each with the tokens of theirs at about the same place (all of them in short texts)."""
    for start in range(0, ours, _BLOCK):
        end = min(start + _BLOCK, ours)
        low = max(start * theirs // ours - _REACH, 0)
        high = min(end * theirs // ours + _REACH + 1, theirs)
        yield slice(start, end), slice(low, high)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = np.divide(
        vectors, norms, out=np.zeros_like(vectors, dtype=np.float32), where=norms > 1e-6
    )
    return scaled
