"""``termcheck outdated``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN, EXIT_FINDINGS
from termcheck.cli.files import print_text
from termcheck.cli.options import corpus_options, load

if TYPE_CHECKING:
    from termcheck.cli.options import Checking


@click.command(
    epilog="""\b
Examples:
  termcheck outdated docs/
  termcheck outdated docs/ --lang pl -v
  termcheck outdated docs/pl/intro.md
  termcheck outdated docs/ --format json > outdated.json
"""
)
@corpus_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    show_default=True,
    help="What to print on standard output.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when a translation is outdated.")
@click.option("-v", "--verbose", is_flag=True, help="List every outdated paragraph with its source.")
def command(checking: Checking, output_format: str, exit_code: bool, verbose: bool) -> int:
    """Show which translations are older than their source.

    Reads the git history: a paragraph is outdated when its source was edited after it. PATH is a folder, a file or a
    quoted glob (default: the current folder). Only documents with a source language are looked at.
    """
    from termcheck.cli.terminal import output_console
    from termcheck.report.freshness import freshness_json, print_freshness
    from termcheck.surveys import find_outdated

    found = load(checking, {}).survey(find_outdated)
    if found.shallow:
        click.echo(
            "The history was fetched in part; older edits are not seen. git fetch --unshallow gets them.", err=True
        )
    if output_format == "json":
        print_text(freshness_json(found))
    else:
        print_freshness(found, output_console(), every=verbose)
    return EXIT_FINDINGS if exit_code and any(document.outdated for document in found.documents) else EXIT_CLEAN
