"""The converted bundled model without torch: its files are ours, so they can be read without asking any library."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import numpy as np

from termcheck.embedding.bundled import is_converted
from termcheck.embedding.layers import OnnxLayers, Shape, read_shape
from termcheck.embedding.tokenization import WindowTokenizer

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from termcheck.embedding.sources import ModelSource

log = logging.getLogger(__name__)

_BUDGET = 2048


def load_converted(source: ModelSource) -> ConvertedNetwork | None:
    """The network, when the source's folder is one that we converted; None where another library must load it."""
    folder = source.folder()
    if not is_converted(folder):
        return None
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        shape = read_shape(config)
        return None if shape is None else ConvertedNetwork(folder, source.prefix, config, shape)
    except Exception as error:  # Whatever it is, torch may still run the model, or say what is wrong.
        log.info("ONNX Runtime cannot run the model %s (%s)", source.name, error)
        return None


class ConvertedNetwork:
    """A :class:`termcheck.embedding.transformer.Network`: mean pooling over the layers in ONNX Runtime."""

    def __init__(self, folder: Path, prefix: str, config: dict[str, Any], shape: Shape) -> None:
        from tokenizers import Tokenizer

        special = json.loads((folder / "special_tokens_map.json").read_text(encoding="utf-8"))
        limit = int(config["max_position_embeddings"])
        backend = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer = WindowTokenizer(backend, sorted(set(special.values())), prefix, limit)
        self.pad_left = False
        self.pad_id = int(config["pad_token_id"])
        self.dimension = self.hidden = int(config["hidden_size"])
        self.layers = shape.layers
        self.feed_forward = int(config["intermediate_size"])
        self.budget = _BUDGET
        self._layers = OnnxLayers(shape, map_weights(folder / "model.safetensors"))
        self.runtime = f"ONNX Runtime, {self._layers.threads} threads"

    def forward(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], head: int, *, tokens: bool
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None, NDArray[np.float32] | None]:
        """As the protocol says; the prompt's tokens count, so ``head`` makes no difference."""
        del head
        last, inner = self._layers.states(ids, mask, inner=tokens)
        weights = mask.astype(np.float32)
        means = np.matmul(weights[:, None, :], last)[:, 0] / weights.sum(axis=1, keepdims=True)
        return means / np.linalg.norm(means, axis=1, keepdims=True), last, inner


def map_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """The tensors of a safetensors file with float32 only, mapped into memory: only what is used is read.

    Raises ``ValueError`` or ``KeyError`` for another file.
    """
    with path.open("rb") as file:
        size = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(size))
    data = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + size)
    header.pop("__metadata__", None)
    weights = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{name} is {entry['dtype']}, not F32")
        begin, end = entry["data_offsets"]
        weights[name] = data[begin:end].view("<f4").reshape(entry["shape"])
    return weights
