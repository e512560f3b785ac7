"""``termcheck glossary check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN, EXIT_ERROR, EXIT_FINDINGS
from termcheck.cli.files import print_text
from termcheck.cli.glossary_source import find_glossary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.glossary_lint import Problem

SCHEMA = "termcheck/glossary-check/v1"


@click.command(
    epilog="""\b
Examples:
  termcheck glossary check
  termcheck glossary check docs/glossary.yaml --fail-on warning
  termcheck glossary check --format json
"""
)
@click.argument("glossary", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Output."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="Least severity of a problem that makes the exit code 1.",
)
def command(glossary: Path | None, output_format: str, fail_on: str) -> int:
    """Say what is wrong with a glossary, without a corpus.

    GLOSSARY is the file, or the folder that it belongs to (default: the current folder). A file that is not a valid
    glossary ends the command with 2, problems at or above --fail-on with 1.
    """
    from termcheck.errors import GlossaryError
    from termcheck.glossary_file import parse_glossary
    from termcheck.glossary_lint import Problem, lint
    from termcheck.model import Severity
    from termcheck.positioned import MistakesError, read_bytes

    path = find_glossary(glossary)
    valid = True
    try:
        problems = lint(parse_glossary(read_bytes(path, str(path), GlossaryError), str(path)))
    except MistakesError as error:
        valid = False
        mistakes = sorted(set(error.mistakes), key=lambda mistake: (mistake.position, mistake.message))
        problems = [Problem(mistake.position, "invalid", Severity.ERROR, str(mistake)) for mistake in mistakes]
    show = _json if output_format == "json" else _text
    print_text(show(str(path), problems))
    if not valid:
        return EXIT_ERROR
    failing = fail_on != "never" and any(problem.severity.rank >= Severity(fail_on).rank for problem in problems)
    return EXIT_FINDINGS if failing else EXIT_CLEAN


def _text(path: str, problems: Sequence[Problem]) -> str:
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    lines = []
    for problem in problems:
        place = f"{path}:{problem.position.line}:{problem.position.column}"
        lines.append(f"{place}: {problem.severity} {problem.check}: {problem.message}")
    lines.append(f"{counted(len(problems), 'problem')} in {path}")
    return "".join(f"{sanitize(line)}\n" for line in lines)


def _json(path: str, problems: Sequence[Problem]) -> str:
    from termcheck import __version__
    from termcheck.report.json_text import json_text

    return json_text(
        {
            "schema": SCHEMA,
            "tool": {"name": "termcheck", "version": __version__},
            "glossary": path,
            "problems": [
                {
                    "check": problem.check,
                    "severity": problem.severity.value,
                    "message": problem.message,
                    "line": problem.position.line,
                    "column": problem.position.column,
                    "lang": problem.lang or None,
                    "concepts": list(problem.concepts),
                }
                for problem in problems
            ],
        }
    )
