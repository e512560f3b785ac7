"""A table with the texts that are open in one language, for spreadsheets, and the corrected table read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.exchange.delimited import decode, delimiter_of, protect, read_lines, table_text, unprotect
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.worklist import Correction, Corrections
from termcheck.languages import LanguageTagError, normalise
from termcheck.report.sanitize import show_controls, well_formed

if TYPE_CHECKING:
    from termcheck.exchange.worklist import Worklist

_BYTE_ORDER_MARK = "\ufeff"
_HEADINGS = ("id", "language", "file", "line", "rules", "findings", "source", "target")
_NEEDED = ("id", "language", "file", "target")
# Spreadsheets cut off what is longer, and the text with it.
_LONGEST_CELL = 32_767


def write_worklist(work: Worklist) -> str:
    """The list as CSV: a line for each text, with a byte order mark, without which spreadsheets guess the encoding.

    No cell is taken for a formula. Raises ``ExchangeError`` when a text is longer than a cell may be.
    """
    rows: list[tuple[str, ...]] = [_HEADINGS]
    for item in work.items:
        findings = [show_controls(remark.text) for remark in item.remarks]
        rules = "\n".join(remark.rule for remark in item.remarks)
        place = (item.id, work.lang, item.path, str(item.line))
        cells = (*place, rules, "\n".join(findings), item.source, item.target)
        if max(map(len, cells)) >= _LONGEST_CELL:
            raise ExchangeError(f"{item.path}:{item.line}: the text is too long for a table", "export it as XLIFF")
        rows.append(tuple(protect(well_formed(cell)) for cell in cells))
    return _BYTE_ORDER_MARK + table_text(rows, ",")


def read_worklist(raw: bytes) -> Corrections:
    """The targets of a table, in its order. Raises ``ExchangeError`` for any other file."""
    text = decode(raw)
    lines = read_lines(text, delimiter_of(text))
    headings = [cell.strip().casefold() for cell in lines[0].cells] if lines else []
    missing = [name for name in _NEEDED if name not in headings]
    if missing:
        raise ExchangeError(f"the table has no column {' and no column '.join(missing)}", "keep the first line")
    items, langs = [], set()
    for line in lines[1:]:
        cells = dict(zip(headings, (*line.cells, *[""] * len(headings)), strict=False))
        values = {name: unprotect(cells[name]) for name in _NEEDED}
        if not values["id"].strip():
            continue  # A line that somebody added, for a remark.
        langs.add(values["language"].strip())
        items.append(Correction(values["id"].strip(), values["file"], values["target"], line.where))
    if len(langs) > 1:
        raise ExchangeError("the table is in several languages", "make a table for each")
    try:
        return Corrections(normalise(langs.pop()) if langs else "", tuple(items))
    except LanguageTagError as error:
        raise ExchangeError(f"language: {error.message}", error.hint) from None
