"""What the output formats need beside the result: the rules, and how the project sees its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from termcheck.model import Severity

LineText = Callable[[str, int], str | None]
"""Gives the text of a line, without its line break, of a file at a path as a report names it; lines count from 1.

A byte order mark counts as the first line's first character. None when there is no such line.
"""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule as reports describe it. ``page`` is its documentation in Markdown, ``summary`` the first line of that."""

    code: str
    name: str
    severity: Severity
    summary: str
    page: str


def no_text(path: str, line: int) -> str | None:  # noqa: ARG001
    """A ``LineText`` that knows no file."""
    return None


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a run knows beside its result.

    ``rules`` are all active rules in the order of their codes. ``prefix`` goes before paths to make them relative to
    the repository: empty, or ending in "/". ``langs`` are the languages that were asked for, empty for all.
    ``fail_on`` is the least severity that makes a run fail, or "never". ``line_text`` takes paths with the prefix.
    """

    rules: tuple[RuleInfo, ...] = ()
    prefix: str = ""
    langs: tuple[str, ...] = ()
    fail_on: str = Severity.ERROR.value
    line_text: LineText = no_text
