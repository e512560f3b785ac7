"""GitHub's workflow commands, which put findings beside the changed lines, and the summary of a workflow's step.

A step can make ten annotations of each kind; further ones are dropped without a word. So the most severe findings
are chosen here, and how many are left is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Severity
from termcheck.report.markdown_text import escape
from termcheck.report.plain import left_out, most_severe_first, one_line, place, rule_title, severities, total
from termcheck.report.sanitize import sanitize, well_formed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import Finding, RunResult

MOST = 10
"""Annotations of each kind (error, warning, notice) that a step can make."""

SUMMARY_BYTES = 1024 * 1024
"""The size of a step's summary beyond which GitHub shows nothing of it."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}

# A sentence that fits behind any summary: what the last row leaves free for it.
_NOTE_BYTES = 500
_TABLE = "| Severity | Place | Rule | Finding |\n|---|---|---|---|\n"


def to_github(result: RunResult, most: int = MOST) -> str:
    """A command per line, the most severe findings first and at most ``most`` of each kind, then plain totals."""
    ranked = most_severe_first(result.findings)
    shown: list[Finding] = []
    for severity in Severity:
        shown += [finding for finding in ranked if finding.severity is severity][:most]
    lines = [_command(finding) for finding in shown]
    lines.append(f"termcheck: {total(result.findings)}.")
    if len(shown) < len(ranked):
        chosen = {id(finding) for finding in shown}
        hidden = severities(finding for finding in ranked if id(finding) not in chosen)
        lines.append(f"Not among the annotations, of which a step can have {most} of each kind: {hidden}.")
    lines += [f"{sentence}." for sentence in left_out(result)]
    return well_formed("\n".join(lines)) + "\n"


def step_summary(result: RunResult, room: int = SUMMARY_BYTES) -> str:
    """The findings as a table in Markdown, the most severe first, of at most ``room`` bytes of UTF-8.

    When not all findings fit it is cut at a row, with a note. Empty when there is no room for anything.
    """
    lines = [f"**{total(result.findings)}**", *(escape(f"{sentence}.") for sentence in left_out(result))]
    head = "## termcheck\n\n" + "\n\n".join(lines) + "\n"
    ranked = most_severe_first(result.findings)
    rows = [well_formed(_row(finding)) for finding in ranked]
    fitting = _fitting(rows, room - len((head + _TABLE).encode()) - _NOTE_BYTES)
    if fitting:
        head += "\n" + _TABLE + "".join(rows[:fitting])
    if fitting < len(rows):
        head += f"\nNot shown, for want of room: {severities(ranked[fitting:])}.\n"
    return head if len(head.encode()) <= room else ""


def _command(finding: Finding) -> str:
    where = finding.location
    properties: dict[str, str | int] = {}
    # A name that would act on a log, or on who reads it, is only shown in the message.
    if sanitize(where.path) == where.path:
        properties = {"file": where.path, "line": where.start.line, "endLine": where.end.line}
        if where.start.line == where.end.line:  # The runner ignores columns of annotations on several lines.
            properties |= {"col": where.start.column, "endColumn": where.end.column}
    properties["title"] = rule_title(finding)
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = one_line(finding.message)
    if "file" not in properties:
        message = f"{place(where)}: {message}"
    return f"::{_COMMANDS[finding.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(finding: Finding) -> str:
    cells = (finding.severity.value, place(finding.location), rule_title(finding), one_line(finding.message))
    return "| " + " | ".join(map(escape, cells)) + " |\n"


def _fitting(rows: Sequence[str], room: int) -> int:
    """How many of the rows, from the first on, have ``room`` bytes at most."""
    for index, row in enumerate(rows):
        room -= len(row.encode())
        if room < 0:
            return index
    return len(rows)
