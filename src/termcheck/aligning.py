"""From files to aligned documents: read, embed, align, by this process or by a crew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from termcheck.alignment.means import LanguageMeans
from termcheck.crew.work import Task
from termcheck.inputs import ReadSet, read_sets
from termcheck.model import Alignment
from termcheck.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.corpus.discover import Discovery
    from termcheck.corpus.target import Target
    from termcheck.crew.work import Crew
    from termcheck.embedding.cached import CachedEncoder
    from termcheck.embedding.encoder import Encoder
    from termcheck.progress import Progress

BATCH = 1024
"""Segments that are sent to the encoder together at least, so that small documents share batches."""


class _Counter:
    """Passes steps on and remembers how many there were."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.count = 0

    def advance(self, steps: int) -> None:
        self.count += steps
        self._progress.advance(steps)


def read(
    target: Target, discovery: Discovery, config: Config, progress: Progress, crew: Crew | None = None
) -> Shelf[ReadSet]:
    """All versions of all documents as segments; a ``crew`` keeps them too."""
    if crew is None:
        return read_sets(target, discovery, config, progress)
    progress.stage("Reading", len(discovery.sets))
    found = crew.call("read", (Task(each.key, (each,)) for each in discovery.sets), progress)
    return Shelf(found, ReadSet.size)


def embed(
    sets: Sequence[ReadSet], encoder: CachedEncoder, progress: Progress, crew: Crew | None = None
) -> dict[str, NDArray[np.float64]]:
    """Encode all segments into the cache and return the mean vector (d,) of every language.

    A ``crew`` that has the model does so by itself.
    """
    means = LanguageMeans()
    progress.stage("Embedding", sum(each.size() for each in sets))
    if crew is not None and crew.encodes:
        sizes = {each.document.key: each.size() for each in sets}
        parts = crew.share(sizes, BATCH)
        tasks = (Task(part[0], others=tuple(part[1:])) for part in parts)
        for part, found in zip(parts, crew.call("embed", tasks), strict=True):
            means.merge(found.means)
            encoder.misses += found.misses
            encoder.hits += found.hits
            progress.advance(sum(sizes[key] for key in part))
        return means.means()
    for batch in _batches(sets):
        pairs = [(lang, segment.text) for each in batch for lang in each.segments for segment in each.segments[lang]]
        shown = _Counter(progress)
        vectors = encoder.encode([text for _, text in pairs], shown.advance)
        means.add([lang for lang, _ in pairs], vectors)
        # What came from the cache, and repeated texts, were not counted on the way.
        progress.advance(len(pairs) - shown.count)
    return means.means()


def _batches(sets: Sequence[ReadSet]) -> Iterator[list[ReadSet]]:
    batch: list[ReadSet] = []
    size = 0
    for each in sets:
        batch.append(each)
        size += each.size()
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def align(
    sets: Sequence[ReadSet],
    means: Mapping[str, NDArray[np.float64]],
    encoder: Encoder,
    progress: Progress,
    crew: Crew | None = None,
    store: Store | None = None,
) -> Shelf[Alignment]:
    """The table of every document, in the order of ``sets``; by the ``crew`` that read them, if there is one.

    Tables that are known to the ``store`` are taken from it, unless there is a crew.
    """
    from termcheck.alignment.documents import align_set
    from termcheck.known_tables import KnownTables

    progress.stage("Aligning", len(sets))
    if crew is not None:
        from termcheck.desk import unpack

        tasks = (Task(each.document.key, (None if crew.encodes else each.vectors(encoder), means)) for each in sets)
        packed = crew.call("align", tasks, progress)
        unpacked = (unpack(found, each.document, each.segments) for each, found in zip(sets, packed, strict=True))
        return Shelf(unpacked, Alignment.size)

    known = None if store is None else KnownTables(store, encoder.fingerprint, means)

    def one_by_one() -> Iterator[Alignment]:
        for each in sets:
            make = partial(align_set, each.document, each.segments, partial(each.vectors, encoder), means)
            yield make() if known is None else known.find(each, make)
            progress.advance()

    return Shelf(one_by_one(), Alignment.size)
