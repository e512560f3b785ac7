"""An encoder with the vector cache in front: what was encoded once is not encoded again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.embedding.encoder import Encoder, TokenVectors

SPACE = "sentence vectors"
#: Texts encoded between two writes: what an interrupted run may lose.
_CHUNK = 512
#: Texts looked up at a time, to bound the memory for keys and blobs.
_LOOKUP = 16384
#: Half precision moves a cosine by some 1e-4 at most, and halves the file.
_STORED = np.dtype("<f2")
_FORMER = np.dtype("<f4")


class CachedEncoder:
    """An :class:`~termcheck.embedding.encoder.Encoder` that asks ``cache`` first.

    Keys are SHA-256 over the encoder's fingerprint, the kind of vector and the text; values are little-endian float16,
    or float32 as earlier versions wrote them. Whatever is encoded or read is rounded to float16, so that a run does not
    depend on what was cached. ``hits`` and ``misses`` count distinct texts. Token vectors are large and cheap to want
    again, so they are not kept.
    """

    def __init__(self, encoder: Encoder, cache: Store) -> None:
        self._encoder = encoder
        self._cache = cache
        self._salt = hashlib.sha256(f"{encoder.fingerprint}\0sentence\0".encode())
        self.hits = 0
        self.misses = 0

    @property
    def fingerprint(self) -> str:
        return self._encoder.fingerprint

    @property
    def runtime(self) -> str:
        """What runs the model, in words; empty for a model that was not loaded or does not say."""
        return str(getattr(self._encoder, "runtime", ""))

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Sentence vectors (n, dimension) in order; ``progress`` counts only texts that had to be encoded.

        New vectors are written as they come, so that an interrupted run goes on where it stopped.
        """
        places: dict[str, list[int]] = {}
        for index, text in enumerate(texts):
            places.setdefault(text, []).append(index)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        distinct = list(places)
        missing: list[tuple[str, bytes]] = []
        for start in range(0, len(distinct), _LOOKUP):
            keyed = [(text, self._key(text)) for text in distinct[start : start + _LOOKUP]]
            found = self._cache.get_many(SPACE, [key for _, key in keyed])
            for text, key in keyed:
                blob = found.get(key)
                vector = None if blob is None else self._unpacked(blob)
                if vector is None:
                    missing.append((text, key))
                else:
                    vectors[places[text]] = vector
        self.hits += len(distinct) - len(missing)
        self.misses += len(missing)
        # Texts of similar length together: a chunk then wastes little on padding.
        missing.sort(key=lambda item: (-len(item[0]), item[1]))
        for start in range(0, len(missing), _CHUNK):
            chunk = missing[start : start + _CHUNK]
            encoded = self._encoder.encode([text for text, _ in chunk], progress)
            stored = encoded.astype(_STORED)
            self._cache.put_many(SPACE, {key: row.tobytes() for (_, key), row in zip(chunk, stored, strict=True)})
            for (text, _), row in zip(chunk, stored, strict=True):
                vectors[places[text]] = row
        return vectors

    def encode_tokens(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> list[TokenVectors]:
        """As the encoder's own; not cached."""
        return self._encoder.encode_tokens(texts, progress)

    def cache_keys(self, texts: Iterable[str]) -> list[bytes]:
        """Under which keys the cache has the vectors of these texts, each once, in the space :data:`SPACE`."""
        return [self._key(text) for text in dict.fromkeys(texts)]

    def _unpacked(self, blob: bytes) -> NDArray[np.float16] | None:
        """The vector (dimension,) of an entry; None for one of another length."""
        for kind in (_STORED, _FORMER):
            if len(blob) == kind.itemsize * self.dimension:
                return np.frombuffer(blob, dtype=kind).astype(np.float16)
        return None

    def _key(self, text: str) -> bytes:
        digest = self._salt.copy()
        # A lone surrogate is a legal character of a Python string and must not stop the run.
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.digest()


def load_cached_encoder(
    config: Config, store: Store, encoder: Encoder | None = None, *, offline: bool = False
) -> CachedEncoder:
    """The configured model behind the cache; nothing is loaded before the first text that is not cached."""
    if encoder is None:
        from termcheck.embedding.encoder import load_encoder

        device = None if config.device == "auto" else config.device
        encoder = load_encoder(config.model, config.cache, offline=offline, device=device)
    return CachedEncoder(encoder, store)
