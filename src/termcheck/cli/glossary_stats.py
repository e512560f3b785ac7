"""``termcheck glossary stats``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.files import write_text
from termcheck.cli.options import corpus_options, load

if TYPE_CHECKING:
    from termcheck.cli.options import Checking


@click.command(
    epilog="""\b
Examples:
  termcheck glossary stats corpus/
  termcheck glossary stats corpus/ --lang pl --lang tr
  termcheck glossary stats corpus/ --format markdown -o concepts.md
"""
)
@corpus_options
@click.option("--glossary", help="Glossary file to use.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json", "markdown"]),
    default="terminal",
    show_default=True,
    help="Form of the output.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; not for the terminal's form.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def command(checking: Checking, glossary: str | None, output_format: str, output: Path | None, quiet: bool) -> int:
    """Show how every language of a corpus renders every concept.

    PATH is a folder, a file or a quoted glob (default: the current folder). For each concept of the glossary and each
    language: the verdict, the words that render it with the number of rows, and whether they come from the glossary or
    were learned from the texts.
    """
    from termcheck.cli.terminal import output_console
    from termcheck.surveys import survey_terms

    if output is not None and output_format == "terminal":
        raise click.UsageError("-o needs --format json or --format markdown")
    statistics = load(checking, {"glossary": glossary}, quiet=quiet).survey(survey_terms)
    if output_format == "terminal":
        from termcheck.report.stats_terminal import print_stats

        print_stats(statistics, output_console())
    elif output_format == "json":
        from termcheck.report.stats_json import stats_json

        write_text(output, stats_json(statistics))
    else:
        from termcheck.report.stats_markdown import stats_markdown

        write_text(output, stats_markdown(statistics))
    return EXIT_CLEAN
