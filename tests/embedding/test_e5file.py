from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from termcheck.embedding.e5file import _dequantise, read_e5_file
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_reads_shape_and_vocabulary(tiny_file: Path) -> None:
    model = read_e5_file(tiny_file)
    assert (model.shape.hidden, model.shape.layers, model.shape.positions) == (32, 3, 24)
    assert model.shape.epsilon == pytest.approx(1e-12)
    vocabulary = model.vocabulary
    assert vocabulary.pieces[:4] == ("<s>", "<pad>", "</s>", "<unk>")
    assert (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk) == (0, 1, 2, 3)
    assert vocabulary.replacements == {"\t": " ", "\x01": "", "Ａ": "A", "\u200b": " ", "①": "1"}


def test_block_layout_is_low_nibbles_then_high_nibbles() -> None:
    packed = bytes([low | (15 - low) << 4 for low in range(16)])
    weights = _dequantise(np.frombuffer(np.float16(0.5).tobytes() + packed, dtype=np.uint8))
    assert weights.tolist() == [(low - 8) / 2 for low in range(16)] + [(7 - low) / 2 for low in range(16)]


def test_float_weights_come_back_exactly(tiny_file: Path) -> None:
    position = read_e5_file(tiny_file).tensor("emb.pos", (24, 32))
    expected = (np.sin(np.arange(24 * 32) * 0.7 + 1) * 0.3).astype(np.float32).reshape(24, 32)
    assert np.array_equal(position, expected)


def test_packed_weights_come_back_within_half_a_step(tiny_file: Path) -> None:
    weights = read_e5_file(tiny_file).tensor("l0.q.w", (32, 32))
    expected = (np.sin(np.arange(32 * 32) * 0.7 + 5) * 0.3).astype(np.float32).reshape(32, 32)
    assert np.abs(weights - expected).max() <= 0.3 / 7 / 2 * 1.01


def test_wrong_requests_are_errors(tiny_file: Path) -> None:
    model = read_e5_file(tiny_file)
    with pytest.raises(ModelError, match="no weights named 'nothing'"):
        model.tensor("nothing", (1,))
    with pytest.raises(ModelError, match=r"has 32 weights in 'emb\.ln\.w', expected 64"):
        model.tensor("emb.ln.w", (64,))


def test_unknown_storage_is_an_error(tmp_path: Path, file_builder: Callable[..., bytes]) -> None:
    content = file_builder()
    at = content.index(b"emb.word") + len("emb.word")
    path = tmp_path / "x.bin"
    path.write_bytes(content[:at] + b"\x07" + content[at + 1 :])
    with pytest.raises(ModelError, match="unknown way"):
        read_e5_file(path).tensor("emb.word", (len(read_e5_file(path).vocabulary.pieces) + 3, 32))


@pytest.mark.parametrize("size", [0, 3, 30, 100, 700, 2000, 4000, -1])
def test_every_truncation_is_an_error(tmp_path: Path, tiny_file: Path, size: int) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(tiny_file.read_bytes()[:size])
    with pytest.raises(ModelError):
        read_e5_file(path)


def test_other_files_are_errors(tmp_path: Path, file_builder: Callable[..., bytes]) -> None:
    path = tmp_path / "x.bin"
    with pytest.raises(ModelError, match="cannot read"):
        read_e5_file(path)
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelError, match="not a model file"):
        read_e5_file(path)
    for options in ({"version": 2}, {"block": 64}):
        path.write_bytes(file_builder(**options))
        with pytest.raises(ModelError, match="format version"):
            read_e5_file(path)
