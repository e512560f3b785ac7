"""One document at a glance: its versions, how well they match each other, how many findings each has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from termcheck.model import Severity
from termcheck.report.wording import SEVERITY_STYLES, language, safe
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from termcheck.model import Finding, SetSummary, VersionSummary

Counts = Counter[tuple[str, Severity]]
"""Findings by path and severity."""

# Columns from which languages and files get columns of their own.
_WIDE = 100
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}


def count_by_file(findings: Iterable[Finding]) -> Counts:
    """How many findings of each severity every file has."""
    return Counter((finding.location.path, finding.severity) for finding in findings)


def document_overview(summary: SetSummary, counts: Counts, width: int) -> Iterator[RenderableType]:
    """The document's table and the languages that it is missing in, for a console of ``width`` columns."""
    table = Table(
        box=box.SIMPLE_HEAD,
        title=_title(summary),
        title_justify="left",
        title_style="",
        pad_edge=False,
        show_edge=False,
        header_style="dim",
        border_style="dim",
    )
    wide = width >= _WIDE
    table.add_column("Language" if wide else "Language and file", overflow="fold")
    if wide:
        table.add_column("File", overflow="fold")
    dated = any(version.outdated is not None for version in summary.versions)
    for heading in ("Paragraphs", "Matched", *(["Outdated"] if dated else []), *_HEADINGS.values()):
        table.add_column(heading, justify="right", no_wrap=True)
    for version in summary.versions:
        table.add_row(*_row(version, summary.source, counts, wide=wide, dated=dated))
    yield table
    if summary.missing:
        yield Text("No version in ").append(", ".join(map(language, summary.missing)), "bold").append(".")


def _title(summary: SetSummary) -> Text:
    rows = f"{counted(summary.rows, 'row')} of paragraphs" if summary.rows else "nothing to compare"
    sizes = f"{counted(len(summary.versions), 'version')}, {rows}"
    return safe(summary.key, "bold").append(f"  {sizes}", "dim not bold")


def _row(version: VersionSummary, source: str | None, counts: Counts, *, wide: bool, dated: bool) -> Sequence[Text]:
    name = Text(language(version.lang))
    if version.lang == source:
        name.append(" source", "dim")
    path = safe(version.path, "dim")
    if version.excluded:
        path.append("\nno translation of the others", "not dim bold red")
    first = [name, path] if wide else [name.append("\n").append_text(path)]
    matched = Text("left out", "red") if version.excluded else _share(version)
    numbers = [_count(counts[version.path, severity], SEVERITY_STYLES[severity]) for severity in _HEADINGS]
    outdated = [_count(version.outdated or 0, "yellow")] if dated else []
    return [*first, _count(version.segments, ""), matched, *outdated, *numbers]


def _share(version: VersionSummary) -> Text:
    """The coverage in percent, rounded down: 100 % is said only of all. A dash for a file that was not read."""
    return Text(f"{int(version.coverage * 100 + 1e-9)} %") if version.segments else Text("–", "dim")


def _count(count: int, style: str) -> Text:
    return Text(f"{count:,}", style) if count else Text("–", "dim")
