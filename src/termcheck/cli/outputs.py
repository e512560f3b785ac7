"""Where a report goes: what ``--format`` prints, and the files of ``--output``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from termcheck.cli.files import print_text
from termcheck.errors import OutputError
from termcheck.report.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from termcheck.cli.options import Session
    from termcheck.config import Config
    from termcheck.model import RunResult
    from termcheck.report.context import ReportContext, RuleInfo

SUMMARY_VARIABLE = "GITHUB_STEP_SUMMARY"
"""The environment variable in which GitHub names the file for the summary of a workflow's step."""


class Output(NamedTuple):
    """A format and the file that it is written to."""

    name: str
    path: Path


def parse_outputs(
    names: Collection[str],
) -> Callable[[click.Context, click.Parameter, Sequence[str]], tuple[Output, ...]]:
    """A reader of ``--output``'s values. What cannot work is refused before the run, which may take long."""

    def parse(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> tuple[Output, ...]:
        outputs = [_parse(value, names) for value in values]
        paths = [os.path.abspath(output.path) for output in outputs]  # noqa: PTH100 (keeps symbolic links)
        for output, path in zip(outputs, paths, strict=True):
            if paths.count(path) > 1:
                raise click.BadParameter(f"{output.path} is named twice")
        return tuple(outputs)

    return parse


def write_outputs(outputs: Sequence[Output], render: Callable[[str], str]) -> None:
    """Write every file, each completely or not at all; ``render`` takes a format's name. Raises ``OutputError``."""
    from termcheck.atomic_file import write_atomically

    # All texts before the first file: what cannot be made leaves no part of the files behind.
    texts = [render(output.name) for output in outputs]
    for output, text in zip(outputs, texts, strict=True):
        write_atomically(output.path, text)


def print_format(result: RunResult, name: str, context: ReportContext) -> None:
    """Print the report in one of ``FORMATS``; ``github`` also adds to the step's summary. Raises ``OutputError``."""
    print_text(FORMATS[name](result, context))
    summary = os.environ.get(SUMMARY_VARIABLE)
    if name == "github" and summary:
        _append_summary(result, Path(summary), context)


def report_context(session: Session) -> ReportContext:
    """What the formats need to know about the run."""
    from termcheck.config_file import exists
    from termcheck.report.context import ReportContext
    from termcheck.report.source_lines import SourceLines

    base = session.target.base
    above = () if session.target.url else base.parents
    repository = next((folder for folder in (base, *above) if exists(folder / ".git")), base)
    relative = base.relative_to(repository).as_posix()
    return ReportContext(
        rules=_active_rules(session.config),
        prefix="" if relative == "." else f"{relative}/",
        langs=session.langs,
        fail_on=session.config.fail_on,
        line_text=SourceLines(repository, session.config.max_file_size),
    )


def _active_rules(config: Config) -> tuple[RuleInfo, ...]:
    """The rules that the project wants, with the severities that it gives them."""
    from termcheck.model import Finding, Location, Position
    from termcheck.policy import apply_policy
    from termcheck.report.context import RuleInfo
    from termcheck.rules.registry import RULES

    # What the policy would do to a finding of each rule that is in no file and no language.
    nowhere = Location("", None, Position(1, 1), Position(1, 1))
    findings = [Finding(rule.code, rule.name, rule.severity, 1.0, "", nowhere) for rule in RULES]
    outcome = apply_policy(findings, select=config.select, ignore=config.ignore, severity=config.severity)
    severities = {finding.code: finding.severity for finding in outcome.kept}
    return tuple(
        RuleInfo(rule.code, rule.name, severities[rule.code], rule.summary(), rule.page())
        for rule in RULES
        if rule.code in severities
    )


def _parse(value: str, names: Collection[str]) -> Output:
    name, separator, file = value.partition("=")
    if name not in names or not separator:
        wish = Path(value).suffix.removeprefix(".")
        hint = f"; write {wish}={value}" if wish in names and not separator else ""
        raise click.BadParameter(f"{value!r} is not NAME=FILE with one of the names {', '.join(names)}{hint}")
    path = Path(file)
    if file in {"", "-"}:
        raise click.BadParameter(f"{value!r} names no file; --format {name} prints to standard output")
    if path.is_dir():
        raise click.BadParameter(f"{file} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise click.BadParameter(f"the folder of {file} does not exist; make it first")
    return Output(name, path)


def _append_summary(result: RunResult, path: Path, context: ReportContext) -> None:
    from termcheck.report.github import SUMMARY_BYTES, step_summary
    from termcheck.report.relocate import relocate

    try:
        # Earlier commands of the step may have written to it, and all of it together has to stay within the limit.
        used = path.stat().st_size if path.exists() else 0
        text = step_summary(relocate(result, context.prefix), SUMMARY_BYTES - used - 1)
        with path.open("ab") as file:
            file.write(f"\n{text}".encode("utf-8", "replace") if used and text else text.encode("utf-8", "replace"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = f"unset {SUMMARY_VARIABLE} to do without"
        raise OutputError(f"{path}: the summary cannot be written: {reason}", hint) from None
