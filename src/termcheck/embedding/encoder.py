"""From texts to vectors: the interface that the other stages use, and its sentence-transformers implementation."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from termcheck.embedding.sources import ModelSource, find_model
from termcheck.embedding.windows import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from termcheck.embedding.tokenization import Window
    from termcheck.embedding.transformer import TransformerModel

#: Texts tokenised at a time: bounds the memory for token ids, and is enough to sort by length.
_SHARD = 4096


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """One text's contextual token vectors.

    ``vectors`` is float32 (t, 2 * hidden) with rows of unit length: two layers' vectors side by side.
    ``offsets`` is int32 (t, 2): each token's half-open range of code points in the text, never empty; special
    tokens, the prefix and tokens that show nothing are left out. ``sentence`` is float32 (dimension,), the same as
    :meth:`Encoder.encode` gives up to rounding.
    """

    vectors: NDArray[np.float32]
    offsets: NDArray[np.int32]
    sentence: NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors that can be compared across languages by their dot product."""

    @property
    def fingerprint(self) -> str:
        """Names the model's weights and the preprocessing: equal fingerprints give equal vectors."""

    @property
    def dimension(self) -> int:
        """The length of a sentence vector."""

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Sentence vectors (n, dimension), one row per text, of unit length.

        A text without any visible character gets a row of zeros, which has the same similarity to everything.
        ``progress`` is called with the number of texts finished since its last call. Raises ``ModelError``.
        """

    def encode_tokens(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> list[TokenVectors]:
        """Token and sentence vectors of each text, in order; ``progress`` as for :meth:`encode`.

        Raises ``ModelError``.
        """


def load_encoder(
    model: str, cache_dir: Path, *, offline: bool = False, device: str | None = None, fused: bool = True
) -> SentenceTransformerEncoder:
    """The encoder for ``bundled``, a local sentence-transformers folder, or a hub id (``org/name[@revision]``).

    ``cache_dir`` takes the converted bundled model. ``device`` is a torch device such as ``cpu`` or ``cuda``, None
    for an accelerator when there is one. ``fused`` False keeps to torch where ONNX Runtime is installed. Nothing heavy
    is imported or loaded before the first text. Raises ``ModelError`` when there is no such model.
    """
    return SentenceTransformerEncoder(find_model(model, cache_dir, offline=offline), device, fused=fused)


class SentenceTransformerEncoder:
    """Any sentence-transformers model that starts with a transformer.

    Equal texts are computed once; batches are made by token count from texts sorted by length. A text longer than
    the model reads is cut into windows at sentence ends, its vector is their mean weighted by tokens. Vectors
    depend on the composition of a batch, and on the library that runs the model, only by float32 rounding (below
    1e-6), so that cached vectors are good for all of them. Safe to use from several threads.
    """

    def __init__(self, source: ModelSource, device: str | None = None, *, fused: bool = True) -> None:
        self._source = source
        self._device = device
        self._fused = fused
        self._loaded: TransformerModel | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model as the user named it."""
        return self._source.name

    @property
    def fingerprint(self) -> str:
        return self._source.fingerprint

    @property
    def dimension(self) -> int:
        return self._source.dimension or self.model().dimension

    @property
    def runtime(self) -> str:
        """What runs the model, in words; empty as long as it is not loaded."""
        return "" if self._loaded is None else self._loaded.runtime

    def model(self) -> TransformerModel:
        """The loaded model; loads it the first time, which takes seconds. Raises ``ModelError``."""
        with self._lock:
            if self._loaded is None:
                from termcheck.embedding.transformer import TransformerModel

                self._loaded = TransformerModel(self._source, self._device, fused=self._fused)
            return self._loaded

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for text in self._passes(texts, progress, tokens=False):
            vectors[text.places] = text.sentence()
        return vectors

    def encode_tokens(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> list[TokenVectors]:
        found: dict[int, TokenVectors] = {}
        for text in self._passes(texts, progress, tokens=True):
            found.update(dict.fromkeys(text.places, text.tokens()))
        if len(found) == len(texts):
            return [found[index] for index in range(len(texts))]
        vectors = np.zeros((0, 2 * self.model().hidden), np.float32)
        empty = TokenVectors(vectors, np.zeros((0, 2), np.int32), np.zeros(self.dimension, np.float32))
        return [found.get(index, empty) for index in range(len(texts))]

    def _passes(self, texts: Sequence[str], progress: Callable[[int], None] | None, *, tokens: bool) -> Iterator[_Text]:
        """Every distinct text that shows something, as soon as all its windows went through the model."""
        places: dict[str, list[int]] = {}
        for index, text in enumerate(texts):
            places.setdefault(text, []).append(index)
        distinct = list(places)
        report = progress or (lambda _: None)
        for start in range(0, len(distinct), _SHARD):
            model = self.model()
            shard = distinct[start : start + _SHARD]
            waiting = [_Text(places[text], windows) for text, windows in zip(shard, model.windows(shard), strict=True)]
            if blank := sum(len(text.places) for text in waiting if not text.windows):
                report(blank)
            queue = [(text, number) for text in waiting for number in range(len(text.windows))]
            lengths = [len(text.windows[number].ids) for text, number in queue]
            for batch in batches(lengths, model.budget):
                members = [queue[index] for index in batch]
                sentences, vectors = model.run([text.windows[number] for text, number in members], tokens=tokens)
                finished = 0
                for row, (member, number) in enumerate(members):
                    member.add(number, sentences[row], vectors[row] if tokens else None)
                    if member.complete:
                        finished += len(member.places)
                        yield member
                report(finished)


class _Text:
    """A text on its way through the model; ``places`` are its indexes in what was asked for."""

    def __init__(self, places: list[int], windows: list[Window]) -> None:
        self.places = places
        self.windows = windows
        self._parts: dict[int, tuple[NDArray[np.float32], NDArray[np.float32] | None]] = {}

    def add(self, number: int, sentence: NDArray[np.float32], tokens: NDArray[np.float32] | None) -> None:
        self._parts[number] = (sentence, tokens)

    @property
    def complete(self) -> bool:
        return len(self._parts) == len(self.windows)

    def sentence(self) -> NDArray[np.float32]:
        """The unit vector of the mean of the windows' vectors, weighted by their tokens."""
        if len(self.windows) == 1:
            return self._parts[0][0]
        weights = np.array([len(window.offsets) for window in self.windows], dtype=np.float64)
        total = weights @ np.stack([self._parts[number][0] for number in range(len(self.windows))])
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)

    def tokens(self) -> TokenVectors:
        """The windows' token vectors one after another, those that show nothing left out."""
        offsets = np.array([pair for window in self.windows for pair in window.offsets], dtype=np.int32)
        parts = [part for number in range(len(self.windows)) if (part := self._parts[number][1]) is not None]
        shown = offsets[:, 0] < offsets[:, 1]
        return TokenVectors(np.concatenate(parts)[shown], offsets[shown], self.sentence())
