"""What the terms stage has seen in an aligned corpus: for every row and language its words and concept hits.

The evidence is collected row by row, on one machine or on several. Merging is exact, associative and
commutative, and the order of additions leaves no trace: the same rows give the same evidence.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from termcheck.model import Span
from termcheck.terms.inflection.orthography import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Word(NamedTuple):
    """A word of a cell: ``key`` groups the forms of one word, ``surface`` is the cell's ``text[start:end]``."""

    key: str
    surface: str
    start: int
    end: int


class Hit(NamedTuple):
    """A concept's word found in a cell.

    ``surface`` is the cell's ``text[start:end]``, ``term`` the glossary's word, ``status`` its status there.
    ``certain`` is False where the matcher was not sure, ``compound`` True inside a longer compound word.
    """

    start: int
    end: int
    surface: str
    term: str
    status: str = "preferred"
    certain: bool = True
    compound: bool = False


@dataclass(frozen=True, slots=True)
class CellTerms:
    """One language's part of a row: its words in reading order, and its hits by concept id."""

    words: Sequence[Word] = ()
    hits: Mapping[str, Sequence[Hit]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowTerms:
    """One row of an alignment: ``document`` is the set's key, ``row`` counts from 0; absent cells are left out."""

    document: str
    row: int
    cells: Mapping[str, CellTerms]


@dataclass(frozen=True, slots=True)
class StoredCell:
    """What is kept of a cell: folded word forms in reading order, their offsets (two per word) and the hits.

    Offsets are kept only in rows where some language has a hit: no other row can be cited in a finding.
    """

    forms: tuple[str, ...]
    offsets: array[int]
    hits: tuple[tuple[str, tuple[Hit, ...]], ...]

    def spans(self, forms: Collection[str]) -> tuple[Span, ...]:
        """Where the words with one of these forms stand, in order; empty where no offsets were kept."""
        if not self.offsets:
            return ()
        return tuple(
            Span(self.offsets[2 * index], self.offsets[2 * index + 1])
            for index, form in enumerate(self.forms)
            if form in forms
        )

    def forms_within(self, start: int, end: int) -> set[str]:
        """The forms of the words that lie in ``[start, end)``; none where no offsets were kept."""
        return {
            form
            for form, first, last in zip(self.forms, self.offsets[::2], self.offsets[1::2], strict=False)
            if start <= first and last <= end
        }


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of the evidence, with the cells that hold at least one word or hit."""

    document: str
    row: int
    cells: Mapping[str, StoredCell]


class TermEvidence:
    """The rows seen so far."""

    def __init__(self, rows: Iterable[RowTerms] = ()) -> None:
        self._rows: dict[tuple[str, int], StoredRow] = {}
        self._keys: dict[str, dict[str, str]] = {}
        for row in rows:
            self.add(row)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TermEvidence):
            return NotImplemented
        return self._rows == other._rows and self._keys == other._keys

    __hash__ = None  # type: ignore[assignment]

    def add(self, row: RowTerms) -> None:
        """Take a row in. Raises ValueError when another row of that document and number is known already."""
        cited = any(cell.hits for cell in row.cells.values())
        cells = {
            lang: self._stored(lang, row.cells[lang], cited)
            for lang in sorted(row.cells)
            if row.cells[lang].words or row.cells[lang].hits
        }
        self._put(StoredRow(row.document, row.row, cells))

    def merge(self, other: TermEvidence) -> None:
        """Take all rows of ``other`` in; a row that both know must be the same (ValueError otherwise)."""
        for row in other._rows.values():
            self._put(row)
        for lang, keys in other._keys.items():
            for form, key in keys.items():
                self._learn_key(lang, form, key)

    def rows(self) -> list[StoredRow]:
        """All rows, by document and row number."""
        return [self._rows[place] for place in sorted(self._rows)]

    def languages(self) -> list[str]:
        """The languages with a word or hit in any row, sorted."""
        return sorted({lang for row in self._rows.values() for lang in row.cells})

    def key(self, lang: str, form: str) -> str:
        """The grouping key of a form that was seen in this language. Raises KeyError for others."""
        return self._keys[lang][form]

    def _put(self, row: StoredRow) -> None:
        place = (row.document, row.row)
        if self._rows.setdefault(place, row) != row:
            raise ValueError(f"two different rows {row.row} of document {row.document!r}")

    def _stored(self, lang: str, cell: CellTerms, cited: bool) -> StoredCell:
        forms = []
        offsets = array("I")
        for word in cell.words:
            form = sys.intern(fold(word.surface, lang))
            forms.append(form)
            self._learn_key(lang, form, word.key)
            if cited:
                offsets.extend((word.start, word.end))
        hits = tuple((concept, tuple(sorted(cell.hits[concept]))) for concept in sorted(cell.hits))
        return StoredCell(tuple(forms), offsets, hits)

    def _learn_key(self, lang: str, form: str, key: str) -> None:
        keys = self._keys.setdefault(lang, {})
        # Two spellings may fold to one form and yet have two keys: keep one, whichever comes first.
        keys[form] = min(keys.get(form, key), key)
