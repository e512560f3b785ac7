"""The meaning stage on aligned documents: compares the versions of every row, by way of the cache.

A comparison of two texts depends on nothing but the texts, their languages and the model, so it is kept. Token vectors
are wanted for texts with a new comparison only, and are dropped as soon as their document is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.alignment.sentences import GRID_VERSION, SentenceGrid, align_sentences
from termcheck.corpus.sentences import split_sentences
from termcheck.meaning.judge import judge_row
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.sentences import MOST, sentence_tokens
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import PairSupport, pair_support, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from termcheck.cache import Store
    from termcheck.embedding.encoder import Encoder
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.detector import Detector
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.support import Reading
    from termcheck.model import Alignment, Cell, Row, Span

SPACE = "meaning-2"
GRID_SPACE = "sentence grids"
_ROWS = 64
"""Rows whose token vectors are in memory together."""

LEAST_CONFIDENCE = 0.5
"""Cells that the alignment is less sure of are not compared: a wrong neighbour says nothing on the translation."""

LONGEST = 40_000
"""Characters of a cell from which it is not compared word by word: its token vectors would fill the memory."""

_Pair = tuple[str, str]
"""Two languages of a row, in order of their tags."""


class MeaningStage:
    """Compares documents one after another; judging needs all of them to have been compared."""

    def __init__(self, encoder: Encoder, store: Store, centres: Centres, detector: Detector | None = None) -> None:
        self._encoder = encoder
        self._store = store
        self._centres = centres
        self._statistics = PairStatistics()
        self._head = detector.head if detector is not None else None
        self._model = detector.model if detector is not None else None
        self._salt = (encoder.fingerprint, _digest(centres), self._head.fingerprint if self._head is not None else "")

    def compare(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> None:
        """Learn from a document what is usual. ``foreign`` cells (row, language) are left out."""
        for row in self._rows(alignment, foreign):
            for (left, right), pair in row.pairs.items():
                self._statistics.add(left, right, pair)

    def judge(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> dict[tuple[int, str], CellJudgement]:
        """The judgements of a document with something to remark, by row and language."""
        found = {}
        for row, meaning in zip(alignment.rows, self._rows(alignment, foreign), strict=True):
            for judgement in judge_row(meaning, self._statistics, alignment.source, self._model):
                if judgement.difference is not None:
                    found[row.index, judgement.lang] = judgement
        return found

    def read_row(self, row: Row) -> RowMeaning:
        """One row by itself, whatever the alignment thinks of its cells."""
        cells = {lang: cell for lang, cell in row.cells.items() if cell and len(cell.text) <= LONGEST}
        return next(self._compare([cells]))

    def _rows(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> Iterator[RowMeaning]:
        for start in range(0, len(alignment.rows), _ROWS):
            rows = [
                {
                    lang: cell
                    for lang, cell in row.cells.items()
                    if cell
                    and cell.confidence >= LEAST_CONFIDENCE
                    and (row.index, lang) not in foreign
                    and len(cell.text) <= LONGEST
                }
                for row in alignment.rows[start : start + _ROWS]
            ]
            yield from self._compare(rows)

    def _compare(self, rows: list[dict[str, Cell]]) -> Iterator[RowMeaning]:
        texts = [{lang: cell.text for lang, cell in cells.items()} for cells in rows]
        spans = [
            {lang: split_sentences(text, lang, rows[number][lang].protected()) for lang, text in row.items()}
            for number, row in enumerate(texts)
        ]
        pairs = [{(a, b): self._key(a, row[a], b, row[b]) for a, b in combinations(sorted(row), 2)} for row in texts]
        grids = [
            {
                (a, b): _grid_key(key, found[a], found[b])
                for (a, b), key in pairs[number].items()
                if 1 < max(len(found[a]), len(found[b])) <= MOST
            }
            for number, found in enumerate(spans)
        ]
        supported, aligned = _Kept(self._store, SPACE, pairs), _Kept(self._store, GRID_SPACE, grids)
        wanted = {
            (lang, texts[number][lang]) for number, pair in sorted(supported.missing | aligned.missing) for lang in pair
        }
        readings = self._read(sorted(wanted))

        def support(number: int, pair: _Pair) -> bytes:
            left, right = (readings[lang, texts[number][lang]] for lang in pair)
            return pair_support(left, right, self._head).to_bytes()

        def grid(number: int, pair: _Pair) -> bytes:
            left, right = (sentence_tokens(readings[lang, texts[number][lang]], spans[number][lang]) for lang in pair)
            return align_sentences(left, right).to_bytes()

        supported.complete(support)
        aligned.complete(grid)
        for number, row in enumerate(texts):
            yield RowMeaning(
                row,
                {pair: PairSupport.from_bytes(supported.value(number, pair)) for pair in pairs[number]},
                _Grids({pair: aligned.value(number, pair) for pair in grids[number]}),
            )

    def _read(self, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], Reading]:
        vectors = self._encoder.encode_tokens([text for _, text in wanted]) if wanted else []
        return {
            (lang, text): read_text(text, lang, found.sentence, found.vectors, found.offsets, self._centres, self._head)
            for (lang, text), found in zip(wanted, vectors, strict=True)
        }

    def _key(self, *parts: str) -> bytes:
        return hashlib.sha256(json.dumps([*self._salt, *parts]).encode()).digest()


class _Grids(Mapping[_Pair, SentenceGrid]):
    """Grids that are unpacked when they are asked for: most rows have nothing to explain."""

    def __init__(self, packed: Mapping[_Pair, bytes]) -> None:
        self._packed = packed

    def __getitem__(self, pair: _Pair) -> SentenceGrid:
        return SentenceGrid.from_bytes(self._packed[pair])

    def __iter__(self) -> Iterator[_Pair]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class _Kept:
    """What is known of the pairs of some rows: from the cache, or computed and stored. ``keys`` are by row and pair."""

    def __init__(self, store: Store, space: str, keys: Sequence[Mapping[_Pair, bytes]]) -> None:
        self._store = store
        self._space = space
        self._keys = keys
        self._values = dict(store.get_many(space, [key for pairs in keys for key in pairs.values()]))

    @property
    def missing(self) -> set[tuple[int, _Pair]]:
        """The rows and pairs that were not stored."""
        return {
            (number, pair)
            for number, pairs in enumerate(self._keys)
            for pair, key in pairs.items()
            if key not in self._values
        }

    def complete(self, compute: Callable[[int, _Pair], bytes]) -> None:
        """Compute and store what is missing."""
        fresh = {self._keys[number][pair]: compute(number, pair) for number, pair in sorted(self.missing)}
        if fresh:
            self._store.put_many(self._space, fresh)
            self._values.update(fresh)

    def value(self, number: int, pair: _Pair) -> bytes:
        """What is known of a pair of a row. Raises ``KeyError`` before ``complete`` for one that was missing."""
        return self._values[self._keys[number][pair]]


def _grid_key(pair: bytes, left: Sequence[Span], right: Sequence[Span]) -> bytes:
    """What a grid depends on: all that the comparison of its texts does, and where their sentences are."""
    return hashlib.sha256(pair + json.dumps([GRID_VERSION, left, right]).encode()).digest()


def _digest(centres: Centres) -> str:
    digest = hashlib.sha256()
    for means in (centres.token_means, centres.sentence_means):
        for lang in sorted(means):
            digest.update(lang.encode() + means[lang].tobytes())
    return digest.hexdigest()
