"""A loaded model: from texts to token ids, and from token ids to vectors, by whichever library runs it fastest."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from termcheck.embedding import layers
from termcheck.embedding.converted import load_converted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termcheck.embedding.sources import ModelSource
    from termcheck.embedding.tokenization import Window, WindowTokenizer

#: Devices of accelerators that torch may be able to use: asking torch itself takes seconds.
_ACCELERATORS = ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg", "/dev/dri/renderD128", "/dev/accel")


class Network(Protocol):
    """Runs on batches of token ids. ``budget`` is the most tokens in a batch, padding included."""

    tokenizer: WindowTokenizer
    pad_left: bool
    pad_id: int
    dimension: int
    layers: int
    hidden: int
    feed_forward: int
    budget: int
    runtime: str

    def forward(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], head: int, *, tokens: bool
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None, NDArray[np.float32] | None]:
        """Unit sentence vectors (b, dimension); with ``tokens`` the last and an inner layer's, each (b, t, hidden)."""


class TransformerModel:
    """A model ready to run: the bundled one in ONNX Runtime without torch, any other as sentence-transformers loads it.

    ``device`` is a torch device, None for an accelerator when there is one. ``fused`` False keeps ONNX Runtime out.
    Raises ``ModelError`` when the folder cannot be loaded or holds another kind of model.
    """

    def __init__(self, source: ModelSource, device: str | None = None, *, fused: bool = True) -> None:
        fused = fused and layers.is_installed()
        direct = fused and (device == "cpu" or (device is None and not _may_have_accelerator()))
        network: Network | None = load_converted(source) if direct else None
        if network is None:
            from termcheck.embedding.torch_network import TorchNetwork

            network = TorchNetwork(source, device, fused=fused)
        self.network = network
        self.limit = network.tokenizer.limit
        self.dimension = network.dimension
        self.layers = network.layers
        self.hidden = network.hidden
        self.feed_forward = network.feed_forward
        self.budget = network.budget
        self.runtime = network.runtime

    def windows(self, texts: Sequence[str]) -> list[list[Window]]:
        """The windows of each text: none for a text without a visible token, one for most, several for a long one."""
        return self.network.tokenizer.windows(texts)

    def run(self, windows: Sequence[Window], *, tokens: bool) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """One forward pass: unit sentence vectors (b, dimension) and, with ``tokens``, per window (t, 2 * hidden).

        A token's vector is that of the layers at two thirds of the depth and at the end, each of unit length and
        scaled by the square root of one half, so that the whole has unit length.
        """
        width = max(len(window.ids) for window in windows)
        ids = np.full((len(windows), width), self.network.pad_id, dtype=np.int64)
        mask = np.zeros((len(windows), width), dtype=np.int64)
        begins = [width - len(window.ids) if self.network.pad_left else 0 for window in windows]
        for row, (window, begin) in enumerate(zip(windows, begins, strict=True)):
            ids[row, begin : begin + len(window.ids)] = window.ids
            mask[row, begin : begin + len(window.ids)] = 1
        sentences, last, inner = self.network.forward(ids, mask, windows[0].head, tokens=tokens)
        if last is None or inner is None or not tokens:
            return sentences, []
        found = []
        for row, (window, begin) in enumerate(zip(windows, begins, strict=True)):
            shown = slice(begin + window.head, begin + window.head + len(window.offsets))
            both = [_unit(layer[row, shown]) for layer in (inner, last)]
            found.append(np.concatenate(both, axis=-1) * np.float32(0.5**0.5))
        return sentences, found


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    return scaled


def _may_have_accelerator() -> bool:
    """Whether it is worth asking torch for an accelerator."""
    return sys.platform in ("darwin", "win32") or any(Path(path).exists() for path in _ACCELERATORS)
