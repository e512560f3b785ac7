"""The stages for one document set at a time, as a worker does them, with what it remembers of each document.

Nothing here knows how many workers there are, or how they are reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, NoReturn

from termcheck.alignment.documents import align_set
from termcheck.cache import Cache, MemoryCache
from termcheck.inputs import read_set
from termcheck.literal.rows import LiteralStage
from termcheck.meaning.documents import MeaningStage
from termcheck.model import Alignment, Cell, Row
from termcheck.terms.collect import TermCollector

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.glossary import Glossary
    from termcheck.inputs import ReadSet
    from termcheck.literal.rows import LiteralFacts, RowChecks
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.models import MeaningModels
    from termcheck.meaning.statistics import PairStatistics
    from termcheck.model import DocumentSet, Exclusion, Segment
    from termcheck.terms.collect import CellRecord


class Station(NamedTuple):
    """What a worker needs to know; all of it can be sent."""

    target: Target
    config: Config
    use_cache: bool
    fingerprint: str
    glossary: Glossary
    languages: tuple[str, ...]
    models: MeaningModels


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
    """Stands where an encoder is expected by what only reads comparisons that are known."""

    dimension = 0

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint

    def encode(self, *_: object) -> NoReturn:
        raise LookupError

    encode_tokens = encode


class Desk:
    """A worker's documents, by key, and the stages at its disposal."""

    def __init__(self, station: Station) -> None:
        self._target, self._config = station.target, station.config
        self._store: Store = Cache(station.config.cache) if station.use_cache else MemoryCache()
        self._terms = TermCollector(station.glossary, self._store)
        self._literal = LiteralStage(station.languages, self._store, station.config.keep)
        self._meaning = MeaningStage(_NoEncoder(station.fingerprint), self._store, station.models)
        self._sets: dict[str, ReadSet] = {}
        self._alignments: dict[str, Alignment] = {}

    def read(self, key: str, document: DocumentSet) -> ReadSet:
        """The document's versions as segments."""
        found = self._sets[key] = read_set(self._target, document, self._config)
        return found

    def align(
        self, key: str, vectors: Mapping[str, NDArray[np.float32]], means: Mapping[str, NDArray[np.float64]]
    ) -> CompactAlignment:
        """The table of a document that was read."""
        each = self._sets[key]
        found = self._alignments[key] = align_set(each.document, each.segments, lambda: vectors, means)
        return pack(found)

    def collect_terms(self, key: str) -> list[dict[str, CellRecord]]:
        """The words and hits of an aligned document."""
        return self._terms.document(self._alignments[key])

    def know_rows(self, rows: RowChecks) -> None:
        """What is usual in the corpus about lengths and names."""
        self._literal.rows = rows

    def check_literally(self, key: str, busy: Collection[int] | None) -> LiteralFacts:
        """What stands in the texts of (the ``busy`` rows of) an aligned document, compared."""
        return self._literal.check(self._alignments[key], busy)

    def know_pairs(self, statistics: PairStatistics) -> None:
        """What is usual in the corpus about comparisons."""
        self._meaning.statistics = statistics

    def judge(
        self, key: str, foreign: Collection[tuple[int, str]], busy: Collection[int] | None
    ) -> dict[tuple[int, str], CellJudgement] | None:
        """What deviates in (the ``busy`` rows of) an aligned document; None when not all comparisons are known here."""
        try:
            return self._meaning.judge(self._alignments[key], foreign, busy)
        except LookupError:
            return None
