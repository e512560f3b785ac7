"""The Reviewdog Diagnostic Format, as one JSON object: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.

Its columns count bytes of UTF-8 from 1, their end excluded. A finding counts code points, so the text of its lines is
needed; where it cannot be had, only the lines are named. Readers refuse fields that the format lacks, so there is no
place for what was suppressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from termcheck.model import Severity
from termcheck.report.json_text import json_text
from termcheck.report.plain import one_line

if TYPE_CHECKING:
    from termcheck.model import Finding, Location, Position, RunResult
    from termcheck.report.context import LineText

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}
_BOM = "\ufeff"


def to_rdjson(result: RunResult, line_text: LineText) -> str:
    """The findings as JSON text, with a line break at the end."""
    report = {
        "source": {"name": "termcheck"},
        "diagnostics": [_diagnostic(finding, line_text) for finding in result.findings],
    }
    return json_text(report)


def byte_column(line: str, column: int) -> int:
    """The column in bytes of UTF-8 of a column in code points, both from 1.

    ``line`` is the whole line; a byte order mark at its start is not counted in ``column`` but is in the result. A
    column behind the line's end becomes the one right behind its last character.
    """
    before = line[: column - 1 + line.startswith(_BOM)]
    return len(before.encode("utf-8", "surrogateescape")) + 1


def _diagnostic(finding: Finding, line_text: LineText) -> dict[str, Any]:
    return {
        "message": one_line(finding.message),
        "location": {"path": finding.location.path, "range": _range(finding.location, line_text)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }


def _range(location: Location, line_text: LineText) -> dict[str, Any]:
    ends = {}
    for name, position in (("start", location.start), ("end", location.end)):
        text = line_text(location.path, position.line)
        if text is None:
            return {"start": _line(location.start), "end": _line(location.end)}
        ends[name] = {**_line(position), "column": byte_column(text, position.column)}
    return ends


def _line(position: Position) -> dict[str, int]:
    return {"line": position.line}
