"""The alignment tables as the page's scripts take them, and where in them the texts of a finding stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termcheck.model import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.model import Cell, Excerpt, Position, RunResult, Segment
    from termcheck.report.html.texts import TextPool

_KINDS = {
    SegmentKind.TITLE: "title",
    SegmentKind.DESCRIPTION: "description",
    SegmentKind.PARAGRAPH: "paragraph",
    SegmentKind.LIST_ITEM: "item",
    SegmentKind.TABLE_CELL: "cell",
    SegmentKind.QUOTE: "quote",
}
# Rows around one with a finding that are kept when not all can be.
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Site:
    """Where an excerpt stands: in the row ``row`` of the document at index ``document``.

    ``text`` is that of the whole cell, in which the excerpt's begins at code point ``shift``.
    """

    document: int
    row: int
    lang: str
    text: str
    shift: int


class Tables:
    """The tables of a result. A document's index is its place in ``result.sets``."""

    def __init__(self, result: RunResult) -> None:
        alignments = {alignment.key: alignment for alignment in result.tables}
        self._alignments = [alignments.get(summary.key) for summary in result.sets]
        self._versions = {
            version.path: (index, version.lang)
            for index, summary in enumerate(result.sets)
            for version in summary.versions
        }
        self._places = {
            (index, lang, _begin(segment)): (row, shift)
            for index, alignment in enumerate(self._alignments)
            if alignment is not None
            for row in alignment.rows
            for lang, cell in row.cells.items()
            for shift, segment in _starts(cell)
        }

    def version(self, path: str) -> tuple[int, str] | None:
        """The document's index and the language of the file at a path as the result names it."""
        return self._versions.get(path)

    def find(self, excerpt: Excerpt) -> Site | None:
        """The cell that has the excerpt's text, if one has."""
        version = self.version(excerpt.location.path)
        if version is None:
            return None
        document, lang = version
        found = self._places.get((document, lang, excerpt.location.start))
        if found is None:
            return None
        row, shift = found
        text = row.cells[lang].text
        # What a rule quotes need not be what the table holds; then it is shown by itself.
        return Site(document, row.index, lang, text, shift) if text.startswith(excerpt.text, shift) else None

    def near(self, sites: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        """The (document, row) pairs and their neighbours."""
        return {(document, row + step) for document, row in sites for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}

    def rows(
        self, document: int, wanted: set[tuple[int, int]] | None, pool: TextPool
    ) -> tuple[list[str], list[list[list[Any]] | None]]:
        """The languages of a document's table and its rows, None in place of those not ``wanted`` (None: all are).

        A row has a cell for every language: ``[text, line, confidence, moved, kind]``, the text as an index of the
        pool and the confidence in percent, or ``[confidence]`` where the version has nothing.
        """
        alignment = self._alignments[document]
        if alignment is None:
            return [], []
        rows = [
            [_cell(row.cells[lang], pool) for lang in alignment.languages]
            if wanted is None or (document, row.index) in wanted
            else None
            for row in alignment.rows
        ]
        return list(alignment.languages), rows


def _starts(cell: Cell) -> Iterator[tuple[int, Segment]]:
    shift = 0
    for segment in cell.segments:
        yield shift, segment
        shift += len(segment.text) + 1


def _begin(segment: Segment) -> Position:
    return segment.document.position(segment.span.start)


def _cell(cell: Cell, pool: TextPool) -> list[Any]:
    sure = round(cell.confidence * 100)
    if not cell:
        return [sure]
    first = cell.segments[0]
    kind = f"heading{first.level}" if first.kind is SegmentKind.HEADING else _KINDS[first.kind]
    return [pool.add(cell.text), _begin(first).line, sure, int(cell.moved), kind]
