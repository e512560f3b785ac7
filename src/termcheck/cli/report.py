"""``termcheck report``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.options import checking_options, load

if TYPE_CHECKING:
    from termcheck.cli.options import Checking
    from termcheck.model import RunResult


@click.command(
    epilog="""\b
Examples:
  termcheck report corpus/
  termcheck report corpus/ --lang pl --lang tr
  termcheck report corpus/ --select TC4 --fail-on warning
  termcheck report 'docs/pl/*.md'
  termcheck report corpus/ --format json > report.json
"""
)
@checking_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="What to print on standard output.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="Least severity of a finding that makes the exit code 1 (default: error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option("-q", "--quiet", is_flag=True, help="Print only the findings, and no progress.")
@click.option("-v", "--verbose", count=True, help="Say more: files skipped and why, settings, timings.")
def command(
    checking: Checking, output_format: str, fail_on: str | None, exit_zero: bool, quiet: bool, verbose: int
) -> int:
    """Check a corpus and report what is wrong with it.

    PATH is a folder, a file or a quoted glob (default: the current folder). For single files their versions in the
    other languages are read too, and the findings are those on the files named.
    """
    session = load(checking, {"fail_on": fail_on}, quiet=quiet, verbosity=verbose)
    result = session.run()
    _print(result, output_format, verbosity=-1 if quiet else verbose)
    if exit_zero:
        return EXIT_CLEAN
    from termcheck.policy import exit_code

    return exit_code(result.findings, session.config.fail_on)


def _print(result: RunResult, output_format: str, *, verbosity: int) -> None:
    if output_format == "json":
        from termcheck.report.json_report import to_json

        # Bytes, so that the report is UTF-8 with plain line ends wherever it is made.
        sys.stdout.flush()
        sys.stdout.buffer.write(to_json(result).encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
        return
    from termcheck.cli.terminal import output_console
    from termcheck.report.terminal import render_terminal

    render_terminal(result, output_console(), verbosity=verbosity)
