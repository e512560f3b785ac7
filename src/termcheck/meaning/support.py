"""How well each word of one text is supported by another text, as a small record that can be cached.

Every token of one text looks for its best match among the tokens of the other. Three readings of the match are kept:

``similarity``
    the best cosine itself, over both layers. Low for a word that says something else.
``claim``
    the best cosine less what the partner loses by it: a partner that fits another token of this text better does not
    count for this one. Low for a word that says something more, even on the same subject. One layer only (at two
    thirds of the depth), which keeps words apart better than the last layer.

``doubt``
    the log odds that the other text says nothing like the word, as a trained head sees it (``head.py``).

A word has the mean of its tokens. Cf. the greedy matching of BERTScore (Zhang et al. 2020) and the two-way alignment of
SimAlign (Jalili Sabet et al. 2020).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from termcheck.meaning.bands import bands
from termcheck.meaning.words import Words, group_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termcheck.meaning.centres import Centres
    from termcheck.meaning.head import Projection, WordHead

_MAGIC = b"TCPS"
_VERSION = 2
_HEADER = struct.Struct("<4sHIIf")

#: Characters added to both lengths, so that the ratio of short texts says little.
_SMALL = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as this stage sees it; see :func:`read_text`.

    ``tokens`` is float32 (t, 2 * hidden): two layers' centred vectors, each of unit length, or zeros.
    ``sentence`` is float32 (dimension,), centred and of unit length, or zeros. ``projection`` is what a trained head
    makes of the tokens, where there is one for the model.
    """

    words: Words
    tokens: NDArray[np.float32]
    sentence: NDArray[np.float32]
    projection: Projection | None = None


@dataclass(frozen=True, slots=True)
class WordSupport:
    """The words of one text of a pair: ``spans`` int32 (w, 2), ``similarity`` and ``claim`` float16 (w,) in [-3, 1].

    ``doubt`` is float16 (w,), NaN without a trained head.
    """

    spans: NDArray[np.int32]
    similarity: NDArray[np.float16]
    claim: NDArray[np.float16]
    doubt: NDArray[np.float16]

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

    @property
    def length_ratio(self) -> float:
        """Half the logarithm of how much longer the left text is than the right one, in [-1, 1]."""
        ends = [float(side.spans[-1, 1]) if len(side) else 0.0 for side in (self.left, self.right)]
        return float(min(max(np.log((ends[0] + _SMALL) / (ends[1] + _SMALL)) / 2, -1.0), 1.0))

    def swapped(self) -> PairSupport:
        """The same comparison seen from the other text."""
        return PairSupport(self.right, self.left, self.cosine)

    def to_bytes(self) -> bytes:
        """A compact little-endian form, 14 bytes a word."""
        header = _HEADER.pack(_MAGIC, _VERSION, len(self.left), len(self.right), self.cosine)
        parts = [header]
        for side in (self.left, self.right):
            parts += [
                side.spans.astype("<i4").tobytes(),
                side.similarity.astype("<f2").tobytes(),
                side.claim.astype("<f2").tobytes(),
                side.doubt.astype("<f2").tobytes(),
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
        if len(data) != _HEADER.size + 14 * (left + right):
            raise ValueError(f"a record of {left} and {right} words cannot have {len(data)} bytes")
        at = _HEADER.size
        sides = []
        for count in (left, right):
            spans = np.frombuffer(data, "<i4", 2 * count, at).astype(np.int32).reshape(-1, 2)
            similarity = np.frombuffer(data, "<f2", count, at + 8 * count).astype(np.float16)
            claim = np.frombuffer(data, "<f2", count, at + 10 * count).astype(np.float16)
            doubt = np.frombuffer(data, "<f2", count, at + 12 * count).astype(np.float16)
            sides.append(WordSupport(spans, similarity, claim, doubt))
            at += 14 * count
        return cls(sides[0], sides[1], cosine)


def read_text(
    text: str,
    lang: str,
    sentence: NDArray[np.float32],
    tokens: NDArray[np.float32],
    offsets: NDArray[np.int32],
    centres: Centres,
    head: WordHead | None = None,
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
    projection = head.project(halves) if head is not None else None
    direction = _unit(sentence - centres.sentence(lang, len(sentence)))
    return Reading(group_words(text, offsets), halves, direction, projection)


def pair_support(left: Reading, right: Reading, head: WordHead | None = None) -> PairSupport:
    """Compares two texts; ``head`` is the one that they were read with.

    Time and memory grow with the product of the lengths, for long texts only linearly.
    """
    best, claims = _match(left.tokens, right.tokens)
    back, counterclaims = _match(right.tokens, left.tokens)
    return PairSupport(
        _support(left, right, best, claims, head),
        _support(right, left, back, counterclaims, head),
        float(left.sentence @ right.sentence),
    )


def _support(
    text: Reading, other: Reading, similarity: NDArray[np.float32], claim: NDArray[np.float32], head: WordHead | None
) -> WordSupport:
    words = text.words
    if head is not None and text.projection is not None and other.projection is not None:
        doubt = words.mean(head.doubts(text.projection, other.projection)).astype(np.float16)
    else:
        doubt = np.full(len(words), np.nan, dtype=np.float16)
    return WordSupport(
        words.spans, words.mean(similarity).astype(np.float16), words.mean(claim).astype(np.float16), doubt
    )


def _match(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Per token of ``ours`` its best cosine in ``theirs`` over both layers and its best claim in the first layer."""
    similarity = np.zeros(len(ours), dtype=np.float32)
    claim = np.zeros(len(ours), dtype=np.float32)
    if not len(ours) or not len(theirs):
        return similarity, claim
    half = ours.shape[1] // 2
    contested = np.full(len(theirs), -1, dtype=np.float32)
    places = list(bands(len(ours), len(theirs)))
    for rows, columns in places:
        first = ours[rows, :half] @ theirs[columns, :half].T
        last = ours[rows, half:] @ theirs[columns, half:].T
        similarity[rows] = (first + last).max(axis=1) / 2
        contested[columns] = np.maximum(contested[columns], first.max(axis=0))
    for rows, columns in places:
        if len(places) > 1:
            first = ours[rows, :half] @ theirs[columns, :half].T
        claim[rows] = (2 * first - contested[columns]).max(axis=1)
    return similarity, claim


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = np.divide(
        vectors, norms, out=np.zeros_like(vectors, dtype=np.float32), where=norms > 1e-6
    )
    return scaled
