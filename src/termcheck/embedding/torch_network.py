"""A sentence-transformers model in torch: what can be loaded with that library runs here."""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from typing import TYPE_CHECKING, Any

from termcheck.embedding import layers
from termcheck.embedding.threads import available_cores
from termcheck.embedding.tokenization import WindowTokenizer
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.embedding.sources import ModelSource

log = logging.getLogger(__name__)

_DEFAULT_LIMIT = 512
#: Tokens in a batch, padding included: on a CPU what stays in the caches, on an accelerator what keeps it busy.
_CPU_BUDGET = 2048
_ACCELERATOR_BUDGET = 65536


class TorchNetwork:
    """A ``SentenceTransformer`` with a transformer and a fast tokenizer in front.

    With ``fused`` its layers run in ONNX Runtime where that can run them and no accelerator is there; what follows on
    the layers (pooling, projections) always runs in torch. Raises ``ModelError`` when the folder cannot be loaded or
    holds another kind of model.
    """

    def __init__(self, source: ModelSource, device: str | None, *, fused: bool) -> None:
        self._model = _load(source.name, source.folder(), device)
        transformer = self._model[0]
        tokenizer: Any = getattr(self._model, "tokenizer", None)
        network = getattr(transformer, "auto_model", None)
        if network is None or not getattr(tokenizer, "is_fast", False):
            raise ModelError(
                f"the model {source.name} does not start with a transformer and a fast tokenizer",
                hint="use the bundled model or another sentence-transformers text model",
            )
        self._network: Any = network
        self._prompted = bool(source.prefix)
        self.pad_left = tokenizer.padding_side == "left"
        self.pad_id = int(tokenizer.pad_token_id or 0)
        limit = _limit(self._model, network)
        self.tokenizer = WindowTokenizer(
            tokenizer.backend_tokenizer, tokenizer.all_special_tokens, source.prefix, limit
        )
        self.dimension = _dimension_of(self._model)
        self.layers = int(network.config.num_hidden_layers)
        self.hidden = int(network.config.hidden_size)
        self.feed_forward = int(getattr(network.config, "intermediate_size", 4 * self.hidden))
        on_cpu = self._model.device.type == "cpu"
        self.budget = _CPU_BUDGET if on_cpu else _ACCELERATOR_BUDGET
        self._fused = _fuse(network) if fused and on_cpu and not self.pad_left else None
        self.runtime = f"torch on {self._model.device}"
        if self._fused is not None:
            self.runtime = f"ONNX Runtime and torch, {self._fused.threads} threads"

    def forward(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], head: int, *, tokens: bool
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | None, NDArray[np.float32] | None]:
        """Unit sentence vectors (b, dimension) and, with ``tokens``, the two layers' vectors, each (b, t, hidden)."""
        import torch

        device = self._model.device
        with torch.inference_mode():
            inputs = {
                "input_ids": torch.from_numpy(ids).to(device),
                "attention_mask": torch.from_numpy(mask).to(device),
            }
            if self._fused is not None:
                last, inner = self._fused.states(ids, mask, inner=tokens)
                features: dict[str, Any] = {**inputs, "token_embeddings": torch.from_numpy(last)}
                return self._sentences(features, head), last, inner
            output = self._network(**inputs, output_hidden_states=tokens, return_dict=True)
            sentences = self._sentences({**inputs, "token_embeddings": output.last_hidden_state}, head)
            if not tokens:
                return sentences, None, None
            states = (output.last_hidden_state, output.hidden_states[round(self.layers * 2 / 3)])
            upper, lower = (state.float().cpu().numpy() for state in states)
            return sentences, upper, lower

    def _sentences(self, features: dict[str, Any], head: int) -> NDArray[np.float32]:
        import torch

        if self._prompted:
            features["prompt_length"] = head
        for module in list(self._model)[1:]:
            features = module(features)
        vectors: NDArray[np.float32] = (
            torch.nn.functional.normalize(features["sentence_embedding"].float(), dim=-1).cpu().numpy()
        )
        return vectors


def _fuse(network: Any) -> layers.OnnxLayers | None:
    """The network's layers in ONNX Runtime, in the same memory; None where that cannot run them."""
    try:
        shape = layers.read_shape(network.config.to_dict())
        if shape is None:
            return None
        weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
        return layers.OnnxLayers(shape, weights)
    except Exception as error:  # Whatever it is, torch can run the model.
        log.info("ONNX Runtime cannot run this model (%s)", error)
        return None


def _limit(model: Any, network: Any) -> int:
    """Tokens per window: the model's own limit, never more than it has positions for."""
    limits = [model.max_seq_length, getattr(network.config, "max_position_embeddings", None)]
    usable = [int(limit) for limit in limits if limit is not None and 0 < limit < 1 << 20]
    return min(usable) if usable else _DEFAULT_LIMIT


def _dimension_of(model: Any) -> int:
    # Renamed in sentence-transformers 5.4.
    ask = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
    return int(ask())


def _load(name: str, folder: Path, device: str | None) -> Any:
    try:
        with _quiet():
            import torch
            from sentence_transformers import SentenceTransformer

            if "OMP_NUM_THREADS" not in os.environ:
                torch.set_num_threads(min(torch.get_num_threads(), available_cores()))
            with _no_hub():
                model = SentenceTransformer(str(folder), device=device, local_files_only=True, trust_remote_code=False)
            # Half precision on a CPU is slow, and vectors should not depend on what a model was saved in.
            return model.float().eval()
    except ImportError as error:
        raise ModelError(
            f"cannot load the model {name}: {error}", hint="pip install --force-reinstall sentence-transformers torch"
        ) from None
    except Exception as error:  # Every library below raises its own kinds for a damaged folder or device.
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(f"cannot load the model {name}: {lines[0]}") from None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without the progress bars, log lines and warnings of the libraries; their settings are put back."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as chatter

        verbosity, bars = chatter.get_verbosity(), chatter.is_progress_bar_enabled()
        above = logging.getLogger("sentence_transformers")
        level = above.level
        chatter.set_verbosity_error()
        chatter.disable_progress_bar()
        above.setLevel(logging.ERROR)
        try:
            yield
        finally:
            chatter.set_verbosity(verbosity)
            above.setLevel(level)
            if bars:
                chatter.enable_progress_bar()


@contextlib.contextmanager
def _no_hub() -> Iterator[None]:
    """The hub client offline: loading from a folder must not ask the network for anything."""
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
