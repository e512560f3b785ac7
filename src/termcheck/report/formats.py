"""The output formats by name: what ``--format`` and ``--output`` take beside the terminal's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.report.github import to_github
from termcheck.report.gitlab import to_gitlab
from termcheck.report.html.page import to_html
from termcheck.report.json_report import to_json
from termcheck.report.junit import to_junit
from termcheck.report.markdown import to_markdown
from termcheck.report.rdjson import to_rdjson
from termcheck.report.relocate import relocate
from termcheck.report.sarif import to_sarif

if TYPE_CHECKING:
    from termcheck.model import RunResult
    from termcheck.report.context import ReportContext

Renderer = Callable[["RunResult", "ReportContext"], str]
"""Makes the whole text of an output."""


def _json(result: RunResult, context: ReportContext) -> str:  # noqa: ARG001
    return to_json(result)


def _sarif(result: RunResult, context: ReportContext) -> str:
    return to_sarif(relocate(result, context.prefix), context.rules, langs=context.langs)


def _sarif_full(result: RunResult, context: ReportContext) -> str:
    return to_sarif(relocate(result, context.prefix), context.rules, langs=context.langs, suppressed=True)


def _github(result: RunResult, context: ReportContext) -> str:
    return to_github(relocate(result, context.prefix))


def _gitlab(result: RunResult, context: ReportContext) -> str:
    return to_gitlab(relocate(result, context.prefix))


def _junit(result: RunResult, context: ReportContext) -> str:
    return to_junit(relocate(result, context.prefix), context.fail_on)


def _rdjson(result: RunResult, context: ReportContext) -> str:
    return to_rdjson(relocate(result, context.prefix), context.line_text)


def _markdown(result: RunResult, context: ReportContext) -> str:
    return to_markdown(relocate(result, context.prefix))


def _html(result: RunResult, context: ReportContext) -> str:
    return to_html(relocate(result, context.prefix), context.rules)


FORMATS: Mapping[str, Renderer] = MappingProxyType(
    {
        "json": _json,
        "sarif": _sarif,
        "sarif-full": _sarif_full,
        "github": _github,
        "gitlab": _gitlab,
        "junit": _junit,
        "rdjson": _rdjson,
        "markdown": _markdown,
        "html": _html,
    }
)
"""The formats in the order in which they are offered."""
