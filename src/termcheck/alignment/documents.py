"""The alignment of a document, whatever it consists of: by key where all segments have one, else by their vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.alignment.keyed import align_by_key, is_keyed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.model import Alignment, DocumentSet, Segment


def align_set(
    document: DocumentSet,
    segments: Mapping[str, Sequence[Segment]],
    vectors: Callable[[], Mapping[str, NDArray[np.float32]]],
    means: Mapping[str, NDArray[np.float64]],
) -> Alignment:
    """The table of a document; ``vectors`` gives unit vectors (n, d) of every version, asked only when needed."""
    if is_keyed(segments):
        return align_by_key(document, segments)
    from termcheck.alignment.segments import align_document

    return align_document(document, segments, vectors(), means)
