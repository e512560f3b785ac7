"""Token vectors of many texts, kept on disk: encoding is most of the work of every measurement here."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import numpy as np

from termcheck.embedding.encoder import TokenVectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from termcheck.embedding.encoder import Encoder


class VectorStore:
    """Encodes lists of texts, each once; in memory only without a ``folder``."""

    def __init__(self, encoder: Encoder, folder: Path | None) -> None:
        self._encoder = encoder
        self._folder = folder

    def path(self, texts: Sequence[str]) -> Path | None:
        """Where the vectors of these texts are kept."""
        if self._folder is None:
            return None
        key = json.dumps([self._encoder.fingerprint, *texts])
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.npz"

    def read(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The vectors in float16 precision, in the order of the texts."""
        path = self.path(texts)
        if path is not None and path.is_file():
            return _load(path)
        found = self._encoder.encode_tokens(texts)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            _save(path, found)
            return _load(path)
        return found


def _save(path: Path, found: Sequence[TokenVectors]) -> None:
    np.savez(
        path,
        tokens=np.concatenate([each.vectors for each in found]).astype(np.float16),
        offsets=np.concatenate([each.offsets for each in found]),
        counts=np.array([len(each.offsets) for each in found]),
        sentences=np.array([each.sentence for each in found]),
    )


def _load(path: Path) -> list[TokenVectors]:
    with np.load(path) as data:
        tokens, offsets, sentences = data["tokens"], data["offsets"], data["sentences"]
        ends = np.cumsum(data["counts"])
    return [
        TokenVectors(tokens[end - count : end], offsets[end - count : end], sentence)
        for end, count, sentence in zip(ends, np.diff(ends, prepend=0), sentences, strict=True)
    ]
