"""Everything there is to know about one finding: its texts in full, what was measured, the limits it was held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from rich import box
from rich.table import Table
from rich.text import Text

from termcheck.report.console import print_blocks
from termcheck.report.excerpts import excerpt_table, in_reading_order
from termcheck.report.wording import SEVERITY_STYLES, bullet, indented, language, place, safe, sureness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType

    from termcheck.model import Finding

_THRESHOLD = "threshold"


class Measure(NamedTuple):
    """One line of the evidence, in words. ``threshold`` is empty where there is none."""

    name: str
    value: str
    threshold: str = ""


def render_explanation(finding: Finding, console: Console) -> None:
    """Print all that led to the finding."""
    print_blocks(console, _blocks(finding, console))


def measures(evidence: Mapping[str, object]) -> list[Measure]:
    """The evidence as lines, nested values under their path (``scores › pl``), in the order given.

    A value under ``<name>_threshold`` is the limit of ``<name>`` and stands on its line.
    """
    lines: list[Measure] = []
    for key, value in evidence.items():
        measured = key.removesuffix(f"_{_THRESHOLD}")
        if measured != key and measured in evidence:
            continue
        limit = evidence.get(f"{key}_{_THRESHOLD}")
        lines.extend(_lines(_words(key), value, "" if limit is None else _value(limit)))
    return lines


def _blocks(finding: Finding, console: Console) -> Iterator[RenderableType]:
    title = Text(f"{finding.code} {finding.name}", "bold cyan")
    title.append(f"  {finding.severity.value}", f"not bold {SEVERITY_STYLES[finding.severity]}")
    yield title
    yield safe(finding.message, "bold")
    yield ""
    yield _facts(finding)
    if finding.excerpts:
        yield from _section("Texts")
        yield indented(excerpt_table(in_reading_order(finding.excerpts), console, paths=True))
    if finding.why:
        yield from _section("Why it was found")
        for sentence in finding.why:
            yield indented(bullet(safe(sentence)))
    if finding.evidence:
        yield from _section("What was measured")
        yield indented(_evidence(finding.evidence))
    yield ""
    yield Text("Next: ", "bold").append(f"termcheck rules {finding.code}", "cyan").append(" explains the rule.")


def _section(title: str) -> tuple[RenderableType, ...]:
    return ("", Text(title, "bold"), "")


def _facts(finding: Finding) -> Table:
    start, end = finding.location.start, finding.location.end
    where = place(finding.location)
    if end != start:
        where.append(f" to {end.line}:{end.column}")
    facts = [("Place", where)]
    if finding.lang:
        facts.append(("Language", Text(language(finding.lang))))
    if finding.document:
        facts.append(("Document", safe(finding.document)))
    if finding.concepts:
        facts.append(("Concepts", safe(", ".join(finding.concepts))))
    facts.append(("How sure", Text(f"{sureness(finding.confidence)} ({finding.confidence:.2f} of 1)")))
    if finding.decision is not None:
        by = f" (by {finding.decision.by})" if finding.decision.by else ""
        facts.append(("Decision", safe(f"{finding.decision}{by}")))
    facts.append(("Fingerprint", Text(finding.fingerprint)))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    for name, value in facts:
        grid.add_row(name, value)
    return grid


def _evidence(evidence: Mapping[str, object]) -> Table:
    lines = measures(evidence)
    limits = any(line.threshold for line in lines)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim", border_style="dim")
    table.add_column("Measure", overflow="fold")
    table.add_column("Value", overflow="fold")
    if limits:
        table.add_column("Threshold", overflow="fold")
    for line in lines:
        cells = line if limits else line[:2]
        table.add_row(*(safe(cell) for cell in cells))
    return table


def _lines(name: str, value: object, limit: str = "") -> Iterator[Measure]:
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _lines(f"{name} › {_words(str(key))}", item, limit)
    elif _is_list(value) and any(isinstance(item, Mapping) or _is_list(item) for item in value):
        for number, item in enumerate(value, start=1):
            yield from _lines(f"{name} › {number}", item, limit)
    else:
        yield Measure(name, _value(value), limit)


def _value(value: object) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}"
    if _is_list(value):
        # Without separators in whole numbers, which would look like more items.
        return ", ".join(str(item) if type(item) is int else _value(item) for item in value) or "none"
    return "none" if isinstance(value, Mapping) else str(value)


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _words(key: str) -> str:
    return key.replace("_", " ")
