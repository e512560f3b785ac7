"""Rows of an alignment as a table for spreadsheets: tab-separated values, one line a row.

A spreadsheet takes some beginnings of a cell for a formula and would run it (CWE-1236): such a cell is written with an
apostrophe in front. White space that would break the table, and the backslash, are escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.report.sanitize import show_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.model import Alignment, Cell

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"[\\\t\n\r]")
# Excel reads full-width signs like the others; the apostrophe is there so that what was put in front can be told.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠'|%]")


def to_align_tsv(alignment: Alignment) -> str:
    """One line a row under a line of names, ending in line feeds.

    The columns are ``row`` (from 1), ``confidence`` (the least of the row's versions) and for every language its text,
    ``TAG.confidence``, ``TAG.line`` (where the text starts in its file, from 1) and ``TAG.note`` (``missing``,
    ``moved`` or nothing).
    """
    names = ["row", "confidence"]
    for lang in alignment.languages:
        names += [lang, f"{lang}.confidence", f"{lang}.line", f"{lang}.note"]
    lines = [_line(names)]
    for row in alignment.rows:
        values = [str(row.index + 1), f"{min(cell.confidence for cell in row.cells.values()):.2f}"]
        for lang in alignment.languages:
            values += _cell(row.cells[lang])
        lines.append(_line(values))
    return "".join(lines)


def _cell(cell: Cell) -> list[str]:
    note = "missing" if not cell else "moved" if cell.moved else ""
    line = str(cell.location().start.line) if cell else ""
    return [cell_text(cell.text), f"{cell.confidence:.2f}", line, note]


def cell_text(text: str) -> str:
    """The text as one field: no tab, no line break, no formula, no character that acts on a terminal."""
    escaped = _ESCAPED.sub(lambda match: _ESCAPES[match[0]], text)
    return show_controls(f"'{escaped}" if _FORMULA.match(text) else escaped)


def _line(values: Iterable[str]) -> str:
    return "\t".join(values) + "\n"
