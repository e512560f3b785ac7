"""The meaning stage on aligned documents: learns from all of them what is usual, then judges each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.meaning.comparison import RowComparer
from termcheck.meaning.judge import judge_row
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.unsupported import find_unsupported
from termcheck.meaning.word_features import Habits, read_row
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from termcheck.cache import Store
    from termcheck.embedding.encoder import Encoder
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.detector import Detector
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.unsupported import Unsupported, WordModel
    from termcheck.meaning.word_features import CellWords
    from termcheck.model import Alignment, Row

_ROWS = 64
"""Rows whose token vectors are in memory together."""

LEAST_CONFIDENCE = 0.5
"""Cells that the alignment is less sure of are not compared: a wrong neighbour says nothing on the translation."""

LONGEST = 40_000
"""Characters of a cell from which it is not compared word by word: its token vectors would fill the memory."""

_NOT_TRANSLATED = frozenset({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER, ProtectedKind.HTML})


class MeaningStage:
    """Compares documents one after another; judging needs all of them to have been compared.

    Single words are looked at with a ``word_model`` only.
    """

    def __init__(
        self,
        encoder: Encoder,
        store: Store,
        centres: Centres,
        detector: Detector | None = None,
        word_model: WordModel | None = None,
    ) -> None:
        head = detector.head if detector is not None else None
        self._comparer = RowComparer(encoder, store, centres, head, with_phrases=word_model is not None)
        self._model = detector.model if detector is not None else None
        self._word_model = word_model
        self._statistics = PairStatistics()
        self._habits = Habits()
        self._words: dict[str, list[dict[str, CellWords]]] = {}

    def compare(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> None:
        """Learn from a document what is usual. ``foreign`` cells (row, language) are left out."""
        for row in self._rows(alignment, foreign):
            for (left, right), pair in row.pairs.items():
                self._statistics.add(left, right, pair)
            for (left, right), phrases in row.phrases.items():
                self._statistics.add_phrases(left, right, phrases)

    def judge(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> dict[tuple[int, str], CellJudgement]:
        """The judgements of a document with something to remark, by row and language."""
        found = {}
        words = self._words[alignment.key] = []
        for row, meaning in zip(alignment.rows, self._rows(alignment, foreign), strict=True):
            for judgement in judge_row(meaning, self._statistics, alignment.source, self._model):
                if judgement.difference is not None:
                    found[row.index, judgement.lang] = judgement
            if self._word_model is not None:
                words.append(read_row(meaning, row.index, self._statistics, alignment.source))
                for cell in words[-1].values():
                    self._habits.add(cell)
        return found

    def unsupported(
        self, alignment: Alignment, judged: Collection[tuple[int, str]]
    ) -> dict[tuple[int, str], tuple[Unsupported, ...]]:
        """The words of a document that no other version supports, by row and language; none without a model for them.

        All documents have to have been judged. ``judged`` cells, about which something is said already, are left out.
        """
        if self._word_model is None:
            return {}
        protected = {
            (row.index, lang): tuple(part.span for part in cell.protected() if part.kind in _NOT_TRANSLATED)
            for row in alignment.rows
            for lang, cell in row.cells.items()
        }
        words = self._words[alignment.key]
        return find_unsupported(words, self._habits, alignment.source, judged, protected, self._word_model)

    def read_row(self, row: Row) -> RowMeaning:
        """One row by itself, whatever the alignment thinks of its cells."""
        cells = {lang: cell for lang, cell in row.cells.items() if cell and len(cell.text) <= LONGEST}
        return next(self._comparer.compare([cells]))

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
            yield from self._comparer.compare(rows)
