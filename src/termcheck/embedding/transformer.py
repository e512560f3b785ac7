"""A loaded sentence-transformers model: from texts to token ids, and from token ids to vectors."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from termcheck.embedding.threads import available_cores
from termcheck.embedding.windows import split_blocks, split_windows
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from termcheck.embedding.sources import ModelSource

_BLOCK_CHARACTERS = 50_000
_DEFAULT_LIMIT = 512
#: Tokens in a batch, padding included: on a CPU what stays in the caches, on an accelerator what keeps it busy.
_CPU_BUDGET = 2048
_ACCELERATOR_BUDGET = 65536
_SURROGATES = re.compile("[\ud800-\udfff]")
#: White space, and what tokenizers treat like it.
_BLANK = " \t\n\r\f\v\u00a0\u1680\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u3000\ufeff"


@dataclass(frozen=True, slots=True)
class Window:
    """What the model reads at once: ``ids[head : head + len(offsets)]`` are the text's own tokens.

    Before and after them stand the special tokens and the prefix. ``offsets`` are code point ranges of the text;
    a token that shows no character of it has an empty one.
    """

    ids: list[int]
    head: int
    offsets: list[tuple[int, int]]


class TransformerModel:
    """A ``SentenceTransformer`` with a transformer and a fast tokenizer in front, ready to run.

    Raises ``ModelError`` when the folder cannot be loaded or holds another kind of model.
    """

    def __init__(self, source: ModelSource, device: str | None = None) -> None:
        self._model = _load(source.name, source.folder(), device)
        self._prefix = source.prefix
        transformer = self._model[0]
        tokenizer: Any = getattr(self._model, "tokenizer", None)
        network = getattr(transformer, "auto_model", None)
        if network is None or not getattr(tokenizer, "is_fast", False):
            raise ModelError(
                f"the model {source.name} does not start with a transformer and a fast tokenizer",
                hint="use the bundled model or another sentence-transformers text model",
            )
        self._network: Any = network
        self._pad_left = tokenizer.padding_side == "left"
        self._pad_id = int(tokenizer.pad_token_id or 0)
        self._special = _special_pattern(tokenizer.all_special_tokens)
        self._tokenizer = tokenizer.backend_tokenizer
        self.limit = _limit(self._model, network)
        self.dimension = _dimension_of(self._model)
        self.layers = int(network.config.num_hidden_layers)
        self.hidden = int(network.config.hidden_size)
        self.feed_forward = int(getattr(network.config, "intermediate_size", 4 * self.hidden))
        self.budget = _CPU_BUDGET if self._model.device.type == "cpu" else _ACCELERATOR_BUDGET

    def windows(self, texts: Sequence[str]) -> list[list[Window]]:
        """The windows of each text: none for a text without a visible token, one for most, several for a long one."""
        pieces = [
            (index, start, block)
            for index, text in enumerate(texts)
            for start, block in split_blocks(self._readable(text), _BLOCK_CHARACTERS)
        ]
        found: list[list[Window]] = [[] for _ in texts]
        # The library switches these on, and would go on doing so for a caller who uses the same model with it.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        encodings = self._tokenizer.encode_batch([self._prefix + block for _, _, block in pieces])
        for (index, start, block), encoding in zip(pieces, encodings, strict=True):
            found[index].extend(self._windows(block, start, encoding))
        return found

    def _readable(self, text: str) -> str:
        """The text with as many characters, but without lone surrogates and literal special tokens."""
        text = _SURROGATES.sub("\ufffd", text)
        # "</s>" in a text about mark-up must not end the model's input.
        return self._special.sub(lambda match: "(" + match.group()[1:], text) if self._special else text

    def _windows(self, text: str, start: int, encoding: Any) -> Iterator[Window]:
        prefix = len(self._prefix)
        # Each of these attributes builds a new list.
        ids, special, spans = encoding.ids, encoding.special_tokens_mask, encoding.offsets
        first, last = 0, len(ids)
        while last and special[last - 1]:
            last -= 1
        while first < last and (special[first] or spans[first][1] <= len(self._prefix.rstrip())):
            first += 1
        places = _closed(text, [_visible(text, begin - prefix, end - prefix) for begin, end in spans[first:last]])
        if not any(begin < end for begin, end in places):
            return
        head, content, tail = ids[:first], ids[first:last], ids[last:]
        for begin, end in split_windows(text, places, max(1, self.limit - len(head) - len(tail))):
            shifted = [(left + start, right + start) for left, right in places[begin:end]]
            yield Window(head + content[begin:end] + tail, len(head), shifted)

    def run(self, windows: Sequence[Window], *, tokens: bool) -> tuple[NDArray[np.float32], list[NDArray[np.float32]]]:
        """One forward pass: unit sentence vectors (b, dimension) and, with ``tokens``, per window (t, 2 * hidden).

        A token's vector is that of the layers at two thirds of the depth and at the end, each of unit length and
        scaled by the square root of one half, so that the whole has unit length.
        """
        import torch

        width = max(len(window.ids) for window in windows)
        ids = np.full((len(windows), width), self._pad_id, dtype=np.int64)
        mask = np.zeros((len(windows), width), dtype=np.int64)
        begins = [width - len(window.ids) if self._pad_left else 0 for window in windows]
        for row, (window, begin) in enumerate(zip(windows, begins, strict=True)):
            ids[row, begin : begin + len(window.ids)] = window.ids
            mask[row, begin : begin + len(window.ids)] = 1
        device = self._model.device
        with torch.inference_mode():
            inputs = {
                "input_ids": torch.from_numpy(ids).to(device),
                "attention_mask": torch.from_numpy(mask).to(device),
            }
            output = self._network(**inputs, output_hidden_states=tokens, return_dict=True)
            features: dict[str, Any] = {**inputs, "token_embeddings": output.last_hidden_state}
            if self._prefix:
                features["prompt_length"] = windows[0].head
            for module in list(self._model)[1:]:
                features = module(features)
            pooled = torch.nn.functional.normalize(features["sentence_embedding"].float(), dim=-1)
            sentences: NDArray[np.float32] = pooled.cpu().numpy()
            if not tokens:
                return sentences, []
            layers = (output.hidden_states[round(self.layers * 2 / 3)], output.last_hidden_state)
            both = [torch.nn.functional.normalize(layer.float(), dim=-1) for layer in layers]
            vectors = (torch.cat(both, dim=-1) * 0.5**0.5).cpu().numpy()
        found = []
        for row, (window, begin) in enumerate(zip(windows, begins, strict=True)):
            first = begin + window.head
            found.append(vectors[row, first : first + len(window.offsets)])
        return sentences, found


def _visible(text: str, begin: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends and without what lies before the text."""
    begin = max(begin, 0)
    while begin < end and text[begin] in _BLANK:
        begin += 1
    while end > begin and text[end - 1] in _BLANK:
        end -= 1
    return begin, max(begin, end)


def _closed(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges, each extended over characters that no token claims (a mark that normalisation composed)."""
    nexts = [*(begin for begin, _ in places[1:]), len(text)][: len(places)]
    return [
        _visible(text, begin, following) if begin < end < following else (begin, end)
        for (begin, end), following in zip(places, nexts, strict=True)
    ]


def _special_pattern(tokens: Sequence[str]) -> re.Pattern[str] | None:
    escaped = sorted((re.escape(token) for token in tokens if token), key=lambda token: (-len(token), token))
    return re.compile("|".join(escaped)) if escaped else None


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
