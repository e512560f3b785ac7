"""What the aligner knows of one language version of a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FIELD = "field:"
"""What signatures begin with that say which field of a page a segment is, and so nothing of what it says."""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version as arrays, all of length n (its segments, in document order).

    ``vectors`` (n, d) float32 are centred sentence vectors of unit length; ``lengths`` (n,) float are lengths in
    characters, at least 1; ``kinds`` (n,) int are codes of the segments' kinds: equal means the same kind, below 0 one
    that is no part of a text of another kind, like a heading; ``signatures`` are the things in each segment that
    translations keep: numbers, link targets, code, anchors.
    """

    vectors: NDArray[np.float32]
    lengths: NDArray[np.float64]
    kinds: NDArray[np.int64]
    signatures: tuple[frozenset[str], ...]

    def __post_init__(self) -> None:
        sizes = {len(self.vectors), len(self.lengths), len(self.kinds), len(self.signatures)}
        if self.vectors.ndim != 2 or len(sizes) != 1:
            raise ValueError(
                f"vectors {self.vectors.shape}, lengths {self.lengths.shape}, kinds {self.kinds.shape} and "
                f"{len(self.signatures)} signatures do not describe the same segments"
            )

    def __len__(self) -> int:
        return len(self.vectors)

    def take(self, indices: Sequence[int]) -> Version:
        """The version reduced to some of its segments, in the order given; nothing is copied of a plain range."""
        if isinstance(indices, range) and indices.step == 1:
            run = slice(indices.start, indices.stop)
            return Version(self.vectors[run], self.lengths[run], self.kinds[run], self.signatures[run])
        chosen = np.asarray(indices, dtype=np.int64)
        return Version(
            self.vectors[chosen],
            self.lengths[chosen],
            self.kinds[chosen],
            tuple(self.signatures[index] for index in indices),
        )


def make_version(
    vectors: NDArray[np.float32],
    lengths: Sequence[float] | NDArray[np.float64],
    kinds: Sequence[int] | None = None,
    signatures: Sequence[frozenset[str]] | None = None,
) -> Version:
    """A ``Version`` from loosely typed parts; kinds default to one kind, signatures to none."""
    count = len(vectors)
    return Version(
        np.ascontiguousarray(vectors, dtype=np.float32),
        np.maximum(np.asarray(lengths, dtype=np.float64), 1.0),
        np.zeros(count, dtype=np.int64) if kinds is None else np.asarray(kinds, dtype=np.int64),
        tuple(signatures) if signatures is not None else (frozenset(),) * count,
    )


def centre(
    vectors: NDArray[np.float32], lang_mean: NDArray[np.float64] | None = None, prior: float = 8.0
) -> NDArray[np.float32]:
    """Subtract the mean vector of a document and rescale to unit length.

    Multilingual encoders put the texts of a language into a narrow cone, so that raw cosines of unrelated texts are
    high; without the mean they spread around zero. A short document says little about its mean: ``lang_mean``, the
    mean over the whole corpus in that language, counts as ``prior`` further segments. Zero vectors stay zero.
    """
    if len(vectors) == 0:
        return vectors.astype(np.float32)
    total = vectors.sum(axis=0, dtype=np.float64)
    mean = total / len(vectors) if lang_mean is None else (total + prior * lang_mean) / (len(vectors) + prior)
    shifted = vectors - mean
    norms = np.linalg.norm(shifted, axis=1, keepdims=True)
    result: NDArray[np.float32] = np.divide(shifted, norms, out=np.zeros_like(shifted), where=norms > 1e-9).astype(
        np.float32
    )
    return result
