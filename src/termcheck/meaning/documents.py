"""The meaning stage on aligned documents: learns from all of them what is usual, then judges each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.meaning.comparison import RowComparer
from termcheck.meaning.judge import judge_row
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.unsupported import find_unsupported
from termcheck.meaning.word_features import Habits, read_row
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.embedding.encoder import Encoder
    from termcheck.meaning.comparison import Version
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.models import MeaningModels
    from termcheck.meaning.row import RowMeaning
    from termcheck.meaning.unsupported import Unsupported
    from termcheck.meaning.word_features import CellWords
    from termcheck.model import Alignment, Cell, Protected, Row

USUAL_SPACE = "what is usual in documents"

_ROWS = 64
"""Rows whose token vectors are in memory together."""

LEAST_CONFIDENCE = 0.5
"""Cells that the alignment is less sure of are not compared: a wrong neighbour says nothing on the translation."""

LONGEST = 40_000
"""Characters of a cell from which it is not compared word by word: its token vectors would fill the memory."""

_NOT_TRANSLATED = frozenset({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER, ProtectedKind.HTML})


class MeaningStage:
    """Compares documents one after another; judging needs all of them to have been compared.

    Single words are looked at only where the models have one for words.
    """

    def __init__(
        self,
        encoder: Encoder,
        store: Store,
        models: MeaningModels,
    ) -> None:
        detector = models.detector
        head = detector.head if detector is not None else None
        self._store = store
        self._comparer = RowComparer(encoder, store, models.centres, head, with_phrases=models.words is not None)
        self._model = detector.model if detector is not None else None
        self._word_model = models.words
        self._threshold = models.threshold
        #: What is usual in the documents compared; a worker is given what the leader learned.
        self.statistics = PairStatistics()
        self._habits = Habits()
        self._words: dict[str, list[dict[str, CellWords]]] = {}

    @property
    def looks_at_words(self) -> bool:
        """Whether single words are looked at too, for which judging has to go through all documents in one place."""
        return self._word_model is not None

    def compare(self, alignment: Alignment, foreign: Collection[tuple[int, str]]) -> None:
        """Learn from a document what is usual. ``foreign`` cells (row, language) are left out.

        What there is to learn depends on nothing but the texts and the model, so it is kept.
        """
        key = self._comparer.rows_key([_versions(row, foreign) for row in alignment.rows])
        packed = self._store.get_many(USUAL_SPACE, [key]).get(key)
        found = None if packed is None else PairStatistics.from_bytes(packed)
        if found is None:
            found = PairStatistics()
            for row in self._rows(alignment.rows, foreign):
                for (left, right), pair in row.pairs.items():
                    found.add(left, right, pair)
                for (left, right), phrases in row.phrases.items():
                    found.add_phrases(left, right, phrases)
            self._store.put_many(USUAL_SPACE, {key: found.to_bytes()})
        self.statistics.merge(found)

    def judge(
        self, alignment: Alignment, foreign: Collection[tuple[int, str]], busy: Collection[int] | None = None
    ) -> dict[tuple[int, str], CellJudgement]:
        """The judgements of a document with something to remark, by row and language.

        Only ``busy`` rows are looked at, where these are known and no single words are wanted. A document that was
        judged before is forgotten first.
        """
        found = {}
        for cells in self._words.pop(alignment.key, ()):
            for cell in cells.values():
                self._habits.add(cell, -1)
        words = self._words[alignment.key] = []
        every = busy is None or self.looks_at_words
        rows = alignment.rows if every else [alignment.rows[index] for index in sorted(busy or ())]
        for row, meaning in zip(rows, self._rows(rows, foreign), strict=True):
            for judgement in judge_row(meaning, self.statistics, alignment.source, self._model, self._threshold):
                if judgement.difference is not None:
                    found[row.index, judgement.lang] = judgement
            if self._word_model is not None:
                words.append(read_row(meaning, row.index, self.statistics, alignment.source))
                for cell in words[-1].values():
                    self._habits.add(cell)
        return found

    def forget_words(self, key: str) -> list[dict[str, CellWords]]:
        """The words of a document that was judged, by row, for the stage that :meth:`take_words` of all documents."""
        return self._words.pop(key, [])

    def take_words(self, key: str, words: list[dict[str, CellWords]]) -> None:
        """Takes in the words of a document that was judged elsewhere."""
        self._words[key] = words
        for cells in words:
            for cell in cells.values():
                self._habits.add(cell)

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

    def strengths(
        self,
        alignment: Alignment,
        foreign: Collection[tuple[int, str]],
        texts: Mapping[tuple[int, str], str] | None = None,
    ) -> dict[tuple[int, str], float]:
        """How strongly the other versions speak against each version of a document, by row and language.

        ``texts`` are put in the place of some versions, one in a row; only these are then looked at.
        """
        found = {}
        for start in range(0, len(alignment.rows), _ROWS):
            numbers, rows = [], []
            for row in alignment.rows[start : start + _ROWS]:
                versions: dict[str, Version] = dict(_versions(row, foreign))
                if texts is not None:
                    altered = {lang: _Text(text) for (index, lang), text in texts.items() if index == row.index}
                    if not altered:
                        continue
                    versions.update(altered)
                numbers.append(row.index)
                rows.append(versions)
            for number, meaning in zip(numbers, self._comparer.compare(rows), strict=True):
                for judgement in judge_row(meaning, self.statistics, alignment.source, self._model):
                    if texts is None or (number, judgement.lang) in texts:
                        found[number, judgement.lang] = judgement.strength
        return found

    def read_row(self, row: Row) -> RowMeaning:
        """One row by itself, whatever the alignment thinks of its cells."""
        cells = {lang: cell for lang, cell in row.cells.items() if cell and len(cell.text) <= LONGEST}
        return next(self._comparer.compare([cells]))

    def _rows(self, rows: Sequence[Row], foreign: Collection[tuple[int, str]]) -> Iterator[RowMeaning]:
        for start in range(0, len(rows), _ROWS):
            yield from self._comparer.compare([_versions(row, foreign) for row in rows[start : start + _ROWS]])


@dataclass(frozen=True, slots=True)
class _Text:
    """A text by itself, as a version of a row."""

    text: str

    def protected(self) -> tuple[Protected, ...]:
        return ()


def _versions(row: Row, foreign: Collection[tuple[int, str]]) -> dict[str, Cell]:
    return {
        lang: cell
        for lang, cell in row.cells.items()
        if cell
        and cell.confidence >= LEAST_CONFIDENCE
        and (row.index, lang) not in foreign
        and len(cell.text) <= LONGEST
    }
