"""Stand-ins for what is slow: an encoder that only hashes."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from termcheck.embedding.encoder import TokenVectors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

_DIMENSION = 64
_WORD = re.compile(r"\w+|[^\w\s]")


@cache
def _signs(feature: str) -> NDArray[np.float32]:
    """A fixed vector of +1 and -1 for a feature, the same in every process."""
    digest = hashlib.blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=_DIMENSION // 8).digest()
    return np.unpackbits(np.frombuffer(digest, dtype=np.uint8)).astype(np.float32) * 2 - 1


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    norm = float(np.linalg.norm(vector))
    return (vector / norm).astype(np.float32) if norm else vector


class FakeEncoder:
    """An :class:`~termcheck.embedding.encoder.Encoder` with 64 dimensions and no model.

    Texts with common words, or words with common character triples, are similar; all others are nearly
    orthogonal. ``concepts`` gives words of different languages one meaning: ``{"pies": "dog", "köpek": "dog"}``.
    ``calls`` records the texts of every call.
    """

    def __init__(self, concepts: Mapping[str, str] | None = None) -> None:
        self._concepts = {word.casefold(): meaning for word, meaning in (concepts or {}).items()}
        self.calls: list[list[str]] = []

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(repr(sorted(self._concepts.items())).encode()).hexdigest()

    @property
    def dimension(self) -> int:
        return _DIMENSION

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        self.calls.append(list(texts))
        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self._sentence(text)
            if progress:
                progress(1)
        return vectors

    def encode_tokens(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> list[TokenVectors]:
        """One token per word or punctuation mark: the word beside the word mixed with its neighbours."""
        self.calls.append(list(texts))
        found = []
        for text in texts:
            matches = list(_WORD.finditer(text))
            words = [self._word(match.group()) for match in matches]
            rows = []
            for index, word in enumerate(words):
                around = [words[other] for other in (index - 1, index + 1) if 0 <= other < len(words)]
                mixed = word.copy()
                for neighbour in around:
                    mixed += neighbour / 4
                rows.append(np.concatenate([word, _unit(mixed)]) * np.float32(0.5**0.5))
            found.append(
                TokenVectors(
                    np.array(rows, dtype=np.float32).reshape(-1, 2 * _DIMENSION),
                    np.array([match.span() for match in matches], dtype=np.int32).reshape(-1, 2),
                    self._sentence(text),
                )
            )
            if progress:
                progress(1)
        return found

    def _sentence(self, text: str) -> NDArray[np.float32]:
        total = np.zeros(_DIMENSION, dtype=np.float32)
        for match in _WORD.finditer(text):
            total += self._word(match.group())
        return _unit(total)

    def _word(self, word: str) -> NDArray[np.float32]:
        folded = word.casefold()
        if folded in self._concepts:
            return _unit(_signs(f"concept {self._concepts[folded]}"))
        padded = f"<{folded}>"
        triples = sum((_signs(padded[i : i + 3]) for i in range(len(padded) - 2)), np.zeros(_DIMENSION, np.float32))
        return _unit(_unit(_signs(f"word {folded}")) + _unit(triples))
