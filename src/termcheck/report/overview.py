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

# A column's padding and the blank between two of them.
_GAP = 2
_HEADINGS = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}


def count_by_file(findings: Iterable[Finding]) -> Counts:
    """How many findings of each severity every file has."""
    return Counter((finding.location.path, finding.severity) for finding in findings)


def paths_fit(summaries: Iterable[SetSummary], width: int) -> bool:
    """Whether the files of all these documents can have a column of their own on a console of ``width`` columns."""
    return all(_width_of_files(summary) <= width for summary in summaries)


def document_overview(summary: SetSummary, counts: Counts, *, wide: bool) -> Iterator[RenderableType]:
    """The document's table and the languages that it is missing in; ``wide`` with a column for the files."""
    table = Table(
        box=box.SIMPLE_HEAD,
        title=_title(summary),
        title_justify="left",
        title_style="",
        padding=(0, 1, 0, 0),
        pad_edge=False,
        show_edge=False,
        header_style="dim",
        border_style="dim",
    )
    dated = _is_dated(summary)
    table.add_column("Language" if wide else "Language and file", overflow="fold")
    if wide:
        table.add_column("File", overflow="fold")
    for heading in _headings(dated=dated):
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


def _is_dated(summary: SetSummary) -> bool:
    return any(version.outdated is not None for version in summary.versions)


def _headings(*, dated: bool) -> Sequence[str]:
    return ("Paragraphs", "Matched", *(["Outdated"] if dated else []), *_HEADINGS.values())


def _width_of_files(summary: SetSummary) -> int:
    """Columns that the table takes when no path is folded."""
    names = max((_name(version.lang, summary.source).cell_len for version in summary.versions), default=0)
    paths = max((safe(version.path).cell_len for version in summary.versions), default=0)
    return names + paths + sum(len(heading) + _GAP for heading in _headings(dated=_is_dated(summary))) + _GAP


def _name(lang: str, source: str | None) -> Text:
    name = Text(language(lang))
    return name.append(" source", "dim") if lang == source else name


def _row(version: VersionSummary, source: str | None, counts: Counts, *, wide: bool, dated: bool) -> Sequence[Text]:
    name = _name(version.lang, source)
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
