"""The meaning stage on aligned documents: compares the versions of every row, by way of the cache.

A comparison of two texts depends on nothing but the texts, their languages and the model, so it is kept. Token vectors
are wanted for texts with a new comparison only, and are dropped as soon as their document is done.
"""

from __future__ import annotations

import hashlib
import json
from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.meaning.judge import judge_row
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import PairSupport, pair_support, read_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from termcheck.cache import Store
    from termcheck.embedding.encoder import Encoder
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.detector import Detector
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.support import Reading
    from termcheck.model import Alignment

SPACE = "meaning-2"
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

    def _rows(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> Iterator[RowMeaning]:
        for start in range(0, len(alignment.rows), _ROWS):
            rows = [
                {
                    lang: cell.text
                    for lang, cell in row.cells.items()
                    if cell
                    and cell.confidence >= LEAST_CONFIDENCE
                    and (row.index, lang) not in foreign
                    and len(cell.text) <= LONGEST
                }
                for row in alignment.rows[start : start + _ROWS]
            ]
            yield from map(RowMeaning, rows, self._compare(rows))

    def _compare(self, rows: list[dict[str, str]]) -> list[dict[_Pair, PairSupport]]:
        keys = [
            {(a, b): self._key(a, texts[a], b, texts[b]) for a, b in combinations(sorted(texts), 2)} for texts in rows
        ]
        stored = self._store.get_many(SPACE, [key for pairs in keys for key in pairs.values()])
        wanted = {
            (lang, texts[lang])
            for texts, pairs in zip(rows, keys, strict=True)
            for pair, key in pairs.items()
            if key not in stored
            for lang in pair
        }
        readings = self._read(sorted(wanted))
        fresh: dict[bytes, bytes] = {}
        result = []
        for texts, pairs in zip(rows, keys, strict=True):
            compared = {}
            for (a, b), key in pairs.items():
                blob = stored.get(key)
                if blob is None:
                    blob = fresh[key] = pair_support(
                        readings[a, texts[a]], readings[b, texts[b]], self._head
                    ).to_bytes()
                compared[a, b] = PairSupport.from_bytes(blob)
            result.append(compared)
        if fresh:
            self._store.put_many(SPACE, fresh)
        return result

    def _read(self, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], Reading]:
        vectors = self._encoder.encode_tokens([text for _, text in wanted]) if wanted else []
        return {
            (lang, text): read_text(text, lang, found.sentence, found.vectors, found.offsets, self._centres, self._head)
            for (lang, text), found in zip(wanted, vectors, strict=True)
        }

    def _key(self, *parts: str) -> bytes:
        return hashlib.sha256(json.dumps([*self._salt, *parts]).encode()).digest()


def _digest(centres: Centres) -> str:
    digest = hashlib.sha256()
    for means in (centres.token_means, centres.sentence_means):
        for lang in sorted(means):
            digest.update(lang.encode() + means[lang].tobytes())
    return digest.hexdigest()
