"""Rows of an alignment as JSON, version 1: a public format, described in ``schemas/alignment.v1.schema.json``.

Lines and columns count from 1, columns in Unicode code points. Fields may be added within version 1; none is removed or
changes its meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from termcheck import __version__
from termcheck.report.json_text import json_text

if TYPE_CHECKING:
    from termcheck.model import Alignment, Cell, Position, Row, Segment

SCHEMA = "termcheck/alignment/v1"

DECIMALS = 4
"""Decimal places of confidences."""


def to_align_json(alignment: Alignment) -> str:
    """The rows as JSON text: UTF-8 characters unescaped, keys in a fixed order, a line break at the end."""
    data = {
        "schema": SCHEMA,
        "tool": {"name": "termcheck", "version": __version__},
        "source": alignment.source,
        "versions": [_version(alignment, lang) for lang in alignment.languages],
        "excluded": [
            {"lang": item.lang, "path": item.path, "score": _rounded(item.score)} for item in alignment.excluded
        ],
        "rows": [_row(row) for row in alignment.rows],
    }
    return json_text(data)


def _version(alignment: Alignment, lang: str) -> dict[str, Any]:
    segments = [segment for row in alignment.rows for segment in row.cells[lang].segments]
    return {
        "lang": lang,
        "path": segments[0].path if segments else None,
        "paragraphs": len(segments),
        "coverage": _rounded(alignment.coverage(lang)),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": row.index + 1,
        "confidence": _rounded(min(cell.confidence for cell in row.cells.values())),
        "cells": {lang: _cell(cell) for lang, cell in row.cells.items()},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "confidence": _rounded(cell.confidence),
        "moved": cell.moved,
        "segments": [_segment(segment) for segment in cell.segments],
    }


def _segment(segment: Segment) -> dict[str, Any]:
    place = segment.location()
    return {
        "number": segment.index + 1,
        "kind": segment.kind.value,
        "level": segment.level,
        "text": segment.text,
        "start": _position(place.start),
        "end": _position(place.end),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _rounded(value: float) -> float:
    return round(value, DECIMALS)
