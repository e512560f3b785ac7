"""The report on a terminal, for translators: overview, findings with their texts, concepts, and what to do next."""

from __future__ import annotations

import shlex
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rich.rule import Rule
from rich.text import Text

from termcheck.decisions_tally import rule_records
from termcheck.model import DecisionKind, Role, Verdict
from termcheck.policy import count_by_severity
from termcheck.report.console import print_blocks
from termcheck.report.excerpts import excerpt_table, in_reading_order
from termcheck.report.matrix import concept_matrices
from termcheck.report.overview import count_by_file, document_overview, paths_fit
from termcheck.report.review_status import records_line
from termcheck.report.wording import SEVERITY_STYLES, bullet, indented, language, place, safe, sureness
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rich.console import Console, RenderableType

    from termcheck.model import Excerpt, Finding, RunResult, SetSummary

QUIET = -1
"""The verbosity at which each finding is one line."""

# Lines of each text, and versions beside the one to check, that are shown at verbosity 0 and 1; all of them from 2 on.
_LINES = {0: 4, 1: 12}
_COUNTERPARTS = {0: 3, 1: 8}

# Documents up to which all of them are in the overview, whatever was found.
_DOCUMENTS = 8

# Rules that the totals tell the decisions of.
_RULES = 6

_NOT_APART = (Verdict.MIXED, Verdict.COLLAPSED)


def render_terminal(
    result: RunResult,
    console: Console,
    *,
    verbosity: int = 0,
    limit: int | None = None,
    repeated: Sequence[str] = (),
    proposed_for: Sequence[str] | None = None,
) -> None:
    """Print the report.

    ``verbosity`` is ``QUIET`` for one line a finding and a total, 0 for the report, 1 to add skipped files, documents
    without findings, more versions and longer texts, 2 to leave nothing out. ``limit`` shows only so many findings,
    the most severe first, and says how many it hides. ``repeated`` are the arguments with which the next command finds
    the same again; ``proposed_for`` are those of the command that proposes a glossary, None where there is one.
    """
    shown = _most_severe(result.findings, limit)
    if verbosity <= QUIET:
        for finding in shown:  # Not wrapped: one line each, for other programs to filter.
            console.print(_headline(finding).append("  ").append_text(safe(finding.message)), soft_wrap=True)
    else:
        _print_overview(result, console, verbosity)
        _print_findings(shown, console, verbosity)
        for matrix in concept_matrices(result.verdicts, verbosity):
            print_blocks(console, [*matrix, ""])
    print_blocks(console, _totals(result, len(shown), verbosity))
    if verbosity > QUIET:
        print_blocks(console, _next_steps(result, shown, repeated, proposed_for))


def _most_severe(findings: Sequence[Finding], limit: int | None) -> list[Finding]:
    """At most ``limit`` findings, in the order of the report."""
    if limit is None or limit >= len(findings):
        return list(findings)
    ranked = sorted(range(len(findings)), key=lambda index: -findings[index].severity.rank)
    return [findings[index] for index in sorted(ranked[: max(limit, 0)])]


def _print_overview(result: RunResult, console: Console, verbosity: int) -> None:
    counts = count_by_file(result.findings)
    shown = result.sets
    if len(shown) > _DOCUMENTS and verbosity == 0:
        remarked = {path for path, _ in counts}
        shown = tuple(summary for summary in shown if _is_remarkable(summary, remarked))
    wide = paths_fit(shown, console.width)
    for summary in shown:
        print_blocks(console, [*document_overview(summary, counts, wide=wide), ""])
    if len(shown) < len(result.sets):
        quiet = counted(len(result.sets) - len(shown), "document")
        print_blocks(console, [Text(f"{quiet} without findings: -v lists them too.", "dim"), ""])


def _is_remarkable(summary: SetSummary, remarked: Collection[str]) -> bool:
    """Whether there is a finding on one of the versions, or one that was left out or is behind its source."""
    return any(version.path in remarked or version.excluded or version.outdated for version in summary.versions)


def _print_findings(findings: Sequence[Finding], console: Console, verbosity: int) -> None:
    for path, group in groupby(findings, key=lambda finding: finding.location.path):
        in_file = list(group)
        title = safe(path, "bold").append(f"  {counted(len(in_file), 'finding')}", "not bold")
        print_blocks(console, [Rule(title, align="left", style="dim"), ""])
        for finding in in_file:
            print_blocks(console, [*_blocks(finding, console, verbosity), ""])


def _headline(finding: Finding) -> Text:
    line = place(finding.location, "bold")
    line.append(f"  {finding.severity.value}", f"not bold {SEVERITY_STYLES[finding.severity]}")
    if finding.decision is not None and finding.decision.kind is DecisionKind.LATER:
        line.append(f" ({finding.decision.kind.words})", "not bold")
    return line.append(f"  {finding.code} {finding.name}", "not bold cyan")


def _blocks(finding: Finding, console: Console, verbosity: int) -> Iterator[RenderableType]:
    yield _headline(finding)
    yield indented(safe(finding.message))
    if finding.excerpts:
        yield ""
        excerpts, hidden = _visible(finding.excerpts, _COUNTERPARTS.get(verbosity))
        yield indented(excerpt_table(excerpts, console, lines=_LINES.get(verbosity)))
        if hidden:
            langs = dict.fromkeys(excerpt.location.lang for excerpt in hidden)
            names = ", ".join(language(lang) if lang else "texts in no language" for lang in langs)
            yield indented(Text(f"Not shown: {names}.", "dim"))
        yield ""
    for sentence in finding.why:
        yield indented(bullet(safe(sentence)))
    if finding.decision is not None and finding.decision.reason:
        yield indented(bullet(safe(f"Decided: {finding.decision}")))
    yield indented(Text(f"{sureness(finding.confidence)} · {finding.fingerprint}", "dim"))


def _visible(excerpts: Sequence[Excerpt], most: int | None) -> tuple[list[Excerpt], list[Excerpt]]:
    """In reading order, the excerpts to show and, beyond ``most`` beside the ones to check, those to leave out."""
    shown: list[Excerpt] = []
    hidden: list[Excerpt] = []
    beside = 0
    for excerpt in in_reading_order(excerpts):
        beside += excerpt.role is not Role.TARGET
        leave_out = most is not None and beside > most and excerpt.role is not Role.TARGET
        (hidden if leave_out else shown).append(excerpt)
    return shown, hidden


def _totals(result: RunResult, shown: int, verbosity: int) -> Iterator[RenderableType]:
    yield _count_line(result.findings)
    if shown < len(result.findings):
        yield Text(f"Shown above: {shown:,} of {len(result.findings):,}, the most severe; --limit 0 shows all.")
    if result.suppressed:
        reasons = Counter(item.group for item in sorted(result.suppressed, key=lambda item: item.group)).most_common()
        listed = "; ".join(f"{count:,} {reason}" for reason, count in reasons)
        yield Text("Not counted: ").append_text(safe(f"{listed}."))
    records = rule_records(result.decisions)
    if records:
        listed = records_line(records, None if verbosity > 0 else _RULES)
        yield Text(f"Decided so far: {listed}.")
    if result.skipped:
        more = "" if verbosity > 0 else " (-v lists them)"
        yield Text(f"Skipped: {counted(len(result.skipped), 'file')}{more}.")
        if verbosity > 0:
            for item in result.skipped:
                yield indented(bullet(safe(f"{item.path}: {item.reason}")))


def _count_line(findings: Sequence[Finding]) -> Text:
    if not findings:
        return Text("No findings.", "bold green")
    files = len({finding.location.path for finding in findings})
    line = Text(f"{counted(len(findings), 'finding')} in {counted(files, 'file')}: ", "bold")
    counts = [(severity, count) for severity, count in count_by_severity(findings).items() if count]
    parts = [Text(counted(count, severity.value), SEVERITY_STYLES[severity]) for severity, count in counts]
    return line.append_text(Text(", ").join(parts)).append(".")


def _next_steps(
    result: RunResult, findings: Sequence[Finding], repeated: Sequence[str], proposed_for: Sequence[str] | None
) -> Iterator[RenderableType]:
    """What to do next; commands stand on lines of their own, to be copied."""
    commands: list[tuple[list[str], str]] = []
    if findings:
        first = max(findings, key=lambda finding: finding.severity.rank)
        commands.append((["explain", first.fingerprint, *repeated], "the evidence behind a finding"))
        commands.append((["rules", first.code], "what its rule means"))
    elif any(each.verdict in _NOT_APART for each in result.verdicts):
        yield Text("Mixed and collapsed concepts above have no finding that was to be shown; look at them yourself.")
    else:
        yield Text("Nothing to do. `termcheck rules` lists what was checked.", "dim")
    if proposed_for is not None:
        commands.append((["glossary", "discover", *proposed_for], "words for a glossary, since there is none"))
    if commands:
        yield Text("Next:", "bold")
    for words, purpose in commands:
        yield indented(safe(shlex.join(["termcheck", *words]), "cyan").append(f"  {purpose}", "not cyan dim"))
