"""The stages for one document set at a time, as a worker does them, with what it remembers of each document.

Nothing here knows how many workers there are, or how they are reached.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from termcheck.alignment.documents import align_set
from termcheck.alignment.means import LanguageMeans
from termcheck.cache import Cache, MemoryCache
from termcheck.embedding.cached import SPACE, load_cached_encoder
from termcheck.inputs import read_set
from termcheck.literal.rows import LiteralStage
from termcheck.meaning.documents import MeaningStage
from termcheck.meaning.statistics import PairStatistics
from termcheck.model import Alignment, Cell, Row
from termcheck.remote.blobs import BlobFolder
from termcheck.remote.corpus import RemoteCorpus
from termcheck.remote.shared_store import SharedStore
from termcheck.terms.collect import TermCollector

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from contextlib import AbstractContextManager

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.embedding.cached import CachedEncoder
    from termcheck.embedding.encoder import Encoder
    from termcheck.glossary import Glossary
    from termcheck.inputs import ReadSet
    from termcheck.literal.rows import LiteralFacts, RowChecks
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.models import MeaningModels
    from termcheck.meaning.word_features import CellWords
    from termcheck.model import DocumentSet, Exclusion, Segment
    from termcheck.terms.collect import CellRecord


class Station(NamedTuple):
    """What a worker needs to know; all of it can be sent.

    ``encode`` tells whether workers have the model, which they then load themselves unless ``encoder`` stands in for
    it. Without it, the leader encodes and compares; ``fingerprint`` is that of the model in either case. ``shared`` is
    the URL of a cache that machines share; ``far`` tells that the worker cannot see the leader's copy of a corpus at a
    URL.
    """

    target: Target
    config: Config
    use_cache: bool
    fingerprint: str
    glossary: Glossary
    languages: tuple[str, ...]
    models: MeaningModels
    encode: bool = False
    offline: bool = False
    encoder: Encoder | None = None
    shared: str = ""
    far: bool = False


class Encoded(NamedTuple):
    """What encoding some documents came to: means to be added up, and how many texts were new, and known."""

    means: LanguageMeans
    misses: int
    hits: int


class Judged(NamedTuple):
    """The judgements of a document by row and language, and its words by row where single words are looked at."""

    judgements: dict[tuple[int, str], CellJudgement]
    words: list[dict[str, CellWords]]


class CompactAlignment(NamedTuple):
    """An alignment without its texts: a cell is the numbers of its segments, its confidence, and whether it moved."""

    languages: tuple[str, ...]
    rows: tuple[dict[str, tuple[tuple[int, ...], float, bool]], ...]
    excluded: tuple[Exclusion, ...]


def pack(alignment: Alignment) -> CompactAlignment:
    """The alignment as it travels."""
    rows = tuple(
        {
            lang: (tuple(segment.index for segment in cell.segments), cell.confidence, cell.moved)
            for lang, cell in row.cells.items()
        }
        for row in alignment.rows
    )
    return CompactAlignment(alignment.languages, rows, alignment.excluded)


def unpack(packed: CompactAlignment, document: DocumentSet, segments: Mapping[str, Sequence[Segment]]) -> Alignment:
    """The alignment again, with the segments that it is about."""
    places = {lang: {segment.index: segment for segment in found} for lang, found in segments.items()}
    rows = tuple(
        Row(
            number,
            {
                lang: Cell(tuple(places[lang][index] for index in indexes), confidence, moved)
                for lang, (indexes, confidence, moved) in cells.items()
            },
        )
        for number, cells in enumerate(packed.rows)
    )
    return Alignment(document.key, document.source, packed.languages, rows, packed.excluded)


class _NoEncoder:
    """Stands where an encoder is expected by what only reads what is known."""

    dimension = 0

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint

    def encode(self, *_: object) -> NoReturn:
        raise LookupError

    encode_tokens = encode


def _encoder(station: Station, store: Store) -> CachedEncoder:
    """The worker's own model, or what stands in for one."""
    encoder = station.encoder if station.encode else _NoEncoder(station.fingerprint)
    return load_cached_encoder(station.config, store, encoder, offline=station.offline)


class Desk:
    """A worker's documents, by key, and the stages at its disposal."""

    def __init__(self, station: Station) -> None:
        self._target, self._config = station.target, station.config
        self._store: Store = Cache(station.config.cache) if station.use_cache else MemoryCache()
        self._shared: SharedStore | None = None
        if station.shared and station.use_cache:
            self._store = self._shared = SharedStore(self._store, BlobFolder(station.shared))
        self._corpus = RemoteCorpus(station.target.url) if station.far and station.target.url else None
        self._model = station.fingerprint
        self._terms = TermCollector(station.glossary, self._store)
        self._literal = LiteralStage(station.languages, self._store, station.config.keep)
        self._encoder = _encoder(station, self._store)
        self._meaning = MeaningStage(self._encoder, self._store, station.models)
        self._sets: dict[str, ReadSet] = {}
        self._alignments: dict[str, Alignment] = {}
        self._digests: dict[str, str] = {}

    def read(self, key: str, document: DocumentSet) -> ReadSet:
        """The document's versions as segments. What other machines know of them is learned."""
        found = self._sets[key] = self._read(document)
        if self._shared is not None:
            self._digests[key] = self._digest(found)
            self._shared.take_in(self._digests[key])
        return found

    def _read(self, document: DocumentSet) -> ReadSet:
        if self._corpus is None:
            return read_set(self._target, document, self._config)
        with tempfile.TemporaryDirectory(prefix="termcheck-") as folder:
            base = Path(folder)
            self._corpus.fetch_again(set(document.versions.values()), base, self._config.max_file_size)
            return read_set(replace(self._target, base=base, root=base), document, self._config)

    def _digest(self, found: ReadSet) -> str:
        """What is known of a document's texts depends on these and on the model."""
        texts = [[lang, [segment.text for segment in segments]] for lang, segments in found.segments.items()]
        return hashlib.sha256(json.dumps([self._model, texts]).encode()).hexdigest()

    def _about(self, key: str) -> AbstractContextManager[None]:
        """What is found out inside is told to other machines."""
        return nullcontext() if self._shared is None else self._shared.about(self._digests[key])

    def take_over(self, key: str, document: DocumentSet, table: CompactAlignment | None) -> None:
        """Know of a document what a worker that was lost knew: its texts, and its table if it had one."""
        each = self.read(key, document)
        if table is not None:
            self._alignments[key] = unpack(table, each.document, each.segments)

    def embed(self, *keys: str) -> Encoded:
        """Encode documents that were read, all together, so that small ones share batches."""
        pairs = [
            (lang, segment.text)
            for key in keys
            for lang, found in self._sets[key].segments.items()
            for segment in found
        ]
        before = self._encoder.misses, self._encoder.hits
        vectors = self._encoder.encode([text for _, text in pairs])
        if self._shared is not None:
            for key in keys:
                texts = (segment.text for found in self._sets[key].segments.values() for segment in found)
                self._shared.tell(self._digests[key], SPACE, self._encoder.cache_keys(texts))
        means = LanguageMeans()
        means.add([lang for lang, _ in pairs], vectors)
        return Encoded(means, self._encoder.misses - before[0], self._encoder.hits - before[1])

    def align(
        self, key: str, vectors: Mapping[str, NDArray[np.float32]] | None, means: Mapping[str, NDArray[np.float64]]
    ) -> CompactAlignment:
        """The table of a document that was read; its vectors are given unless this worker has the model."""
        each = self._sets[key]
        found = self._alignments[key] = align_set(
            each.document, each.segments, lambda: each.vectors(self._encoder) if vectors is None else vectors, means
        )
        return pack(found)

    def collect_terms(self, key: str) -> list[dict[str, CellRecord]]:
        """The words and hits of an aligned document."""
        with self._about(key):
            return self._terms.document(self._alignments[key])

    def know_rows(self, rows: RowChecks) -> None:
        """What is usual in the corpus about lengths and names."""
        self._literal.rows = rows

    def check_literally(self, key: str, busy: Collection[int] | None) -> LiteralFacts:
        """What stands in the texts of (the ``busy`` rows of) an aligned document, compared."""
        with self._about(key):
            return self._literal.check(self._alignments[key], busy)

    def compare(self, key: str, foreign: Collection[tuple[int, str]]) -> PairStatistics:
        """What an aligned document adds to what is usual about comparisons."""
        self._meaning.statistics = PairStatistics()
        with self._about(key):
            self._meaning.compare(self._alignments[key], foreign)
        return self._meaning.statistics

    def know_pairs(self, statistics: PairStatistics) -> None:
        """What is usual in the corpus about comparisons."""
        self._meaning.statistics = statistics

    def judge(self, key: str, foreign: Collection[tuple[int, str]], busy: Collection[int] | None) -> Judged | None:
        """What deviates in (the ``busy`` rows of) an aligned document; None when not all comparisons are known here."""
        try:
            found = self._meaning.judge(self._alignments[key], foreign, busy)
        except LookupError:
            return None
        return Judged(found, self._meaning.forget_words(key))
