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
from termcheck.meaning.phrases import PhraseSupport, phrase_support, read_phrases
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import PairSupport, pair_support, read_text
from termcheck.meaning.unsupported import bundled_model, find_unsupported
from termcheck.meaning.word_features import Habits, read_row
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from termcheck.cache import Store
    from termcheck.embedding.encoder import Encoder
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.support import Reading
    from termcheck.meaning.unsupported import Unsupported
    from termcheck.meaning.word_features import CellWords
    from termcheck.model import Alignment

SPACE = "meaning"
PHRASES = "phrases"
_ROWS = 64
"""Rows whose token vectors are in memory together."""

LEAST_CONFIDENCE = 0.5
"""Cells that the alignment is less sure of are not compared: a wrong neighbour says nothing on the translation."""

LONGEST = 40_000
"""Characters of a cell from which it is not compared word by word: its token vectors would fill the memory."""

_NOT_TRANSLATED = frozenset({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER, ProtectedKind.HTML})


class MeaningStage:
    """Compares documents one after another; judging needs all of them to have been compared."""

    def __init__(self, encoder: Encoder, store: Store, centres: Centres) -> None:
        self._encoder = encoder
        self._store = store
        self._centres = centres
        self._statistics = PairStatistics()
        self._habits = Habits()
        self._words: dict[str, list[dict[str, CellWords]]] = {}
        self._salt = (encoder.fingerprint, _digest(centres))

    def compare(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> None:
        """Learn from a document what is usual. ``foreign`` cells (row, language) are left out."""
        for row in self._rows(alignment, foreign):
            for (left, right), pair in row.pairs.items():
                self._statistics.add(left, right, pair)
                self._statistics.add_phrases(left, right, row.phrases[left, right])

    def judge(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> dict[tuple[int, str], CellJudgement]:
        """The judgements of a document with something to remark, by row and language."""
        found = {}
        words = self._words[alignment.key] = []
        for row, meaning in zip(alignment.rows, self._rows(alignment, foreign), strict=True):
            for judgement in judge_row(meaning, self._statistics, alignment.source):
                if judgement.difference is not None:
                    found[row.index, judgement.lang] = judgement
            words.append(read_row(meaning, row.index, self._statistics, alignment.source))
            for cell in words[-1].values():
                self._habits.add(cell)
        return found

    def unsupported(
        self, alignment: Alignment, judged: Collection[tuple[int, str]], least: float | None = None
    ) -> dict[tuple[int, str], tuple[Unsupported, ...]]:
        """The words of a document that no other version supports, by row and language.

        All documents have to have been judged. ``judged`` cells, about which something is said already, are left out.
        ``least`` is the probability from which on a word is shown, None for the default.
        """
        model = bundled_model() if least is None else bundled_model().with_least(least)
        protected = {
            (row.index, lang): tuple(part.span for part in cell.protected() if part.kind in _NOT_TRANSLATED)
            for row in alignment.rows
            for lang, cell in row.cells.items()
        }
        return find_unsupported(self._words[alignment.key], self._habits, alignment.source, judged, protected, model)

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
            yield from self._compare(rows)

    def _compare(self, rows: list[dict[str, str]]) -> list[RowMeaning]:
        keys = [
            {(a, b): self._key(a, texts[a], b, texts[b]) for a, b in combinations(sorted(texts), 2)} for texts in rows
        ]
        flat = [key for pairs in keys for key in pairs.values()]
        stored, phrases = self._store.get_many(SPACE, flat), self._store.get_many(PHRASES, flat)
        wanted = {
            (lang, texts[lang])
            for texts, pairs in zip(rows, keys, strict=True)
            for pair, key in pairs.items()
            if key not in stored or key not in phrases
            for lang in pair
        }
        readings = self._read(sorted(wanted))
        wholes = {place: read_phrases(reading) for place, reading in readings.items()}
        fresh: dict[bytes, bytes] = {}
        fresh_phrases: dict[bytes, bytes] = {}
        for texts, pairs in zip(rows, keys, strict=True):
            for (a, b), key in pairs.items():
                here, there = (a, texts[a]), (b, texts[b])
                if key not in stored:
                    fresh[key] = pair_support(readings[here], readings[there]).to_bytes()
                if key not in phrases:
                    fresh_phrases[key] = phrase_support(wholes[here], wholes[there]).to_bytes()
        for space, items in ((SPACE, fresh), (PHRASES, fresh_phrases)):
            if items:
                self._store.put_many(space, items)
        stored, phrases = {**stored, **fresh}, {**phrases, **fresh_phrases}
        return [
            RowMeaning(
                texts,
                {pair: PairSupport.from_bytes(stored[key]) for pair, key in pairs.items()},
                {pair: PhraseSupport.from_bytes(phrases[key]) for pair, key in pairs.items()},
            )
            for texts, pairs in zip(rows, keys, strict=True)
        ]

    def _read(self, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], Reading]:
        vectors = self._encoder.encode_tokens([text for _, text in wanted]) if wanted else []
        return {
            (lang, text): read_text(text, lang, found.sentence, found.vectors, found.offsets, self._centres)
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
