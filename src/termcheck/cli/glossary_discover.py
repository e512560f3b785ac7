"""``termcheck glossary discover``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.files import STANDARD, print_text, write_text
from termcheck.cli.options import corpus_options, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.cli.options import Checking
    from termcheck.report.proposals import Proposals

LIMIT = 20
"""Proposals of each kind that are shown unless told otherwise."""


@click.command(
    epilog="""\b
Examples:
  termcheck glossary discover docs/
  termcheck glossary discover docs/ --lang tr --limit 50
  termcheck glossary discover docs/ --format yaml >> glossary.yaml
  termcheck glossary discover docs/ -o proposed.yaml
"""
)
@corpus_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "yaml", "json"]),
    default="table",
    show_default=True,
    help="What to print on standard output.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a glossary in YAML to this file instead.")
@click.option(
    "--limit", type=click.IntRange(min=0), default=LIMIT, show_default=True, help="Proposals of each kind; 0 for all."
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
def command(checking: Checking, output_format: str, output: Path | None, limit: int, quiet: bool) -> int:
    """Propose concepts for a glossary, from the texts alone.

    Finds pairs of words that a language renders by one word although other languages keep them apart, and words that
    a language renders now by this word and now by that. Pairs that look like synonyms come last, with the reason. No
    glossary is needed or read.
    """
    from termcheck.report.proposals import Proposals, to_json, to_yaml
    from termcheck.surveys import discover_concepts

    found, alignments = load(checking, {}, quiet=quiet).survey(discover_concepts)
    proposals = Proposals(found, alignments, limit or None)
    if output is not None:
        from termcheck.report.sanitize import sanitize

        write_text(output, to_yaml(proposals))
        if str(output) != STANDARD:
            click.echo(f"wrote {sanitize(str(output))}")
    elif output_format == "table":
        _print(proposals)
    else:
        print_text((to_yaml if output_format == "yaml" else to_json)(proposals))
    return EXIT_CLEAN


def _print(proposals: Proposals) -> None:
    from rich.table import Table
    from rich.text import Text

    from termcheck.cli.terminal import output_console
    from termcheck.languages import display_name
    from termcheck.report.sanitize import sanitize

    console = output_console()

    def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        console.print(Text(title, style="bold"))
        grid = Table(*columns, box=None, pad_edge=False)
        for row in rows:
            grid.add_row(*(Text(sanitize(cell)) for cell in row))
        console.print(grid)
        console.print()

    found = proposals.found
    if not found.rows:
        console.print("No language has text that can be compared word by word.")
        return
    base = display_name(found.base)
    if proposals.mergers:
        table(
            f"Pairs of {base} words that have one word in another language",
            ("Words", "Language", "One word", "Rows", "Apart in", "Note"),
            [
                (
                    " / ".join(merger.words),
                    merger.lang,
                    merger.word,
                    (
                        f"{len(merger.first_rows)} of {merger.first_total}, "
                        f"{len(merger.second_rows)} of {merger.second_total}"
                    ),
                    " ".join(merger.apart) or "-",
                    merger.reason,
                )
                for merger in proposals.mergers
            ],
        )
    if proposals.wanderings:
        table(
            f"{base} words that have several words in another language",
            ("Word", "Language", "Rendered by (rows)", "One word in"),
            [
                (
                    item.word,
                    item.lang,
                    ", ".join(f"{choice.word} ({len(choice.rows)})" for choice in item.choices),
                    " ".join(item.steady) or "-",
                )
                for item in proposals.wanderings
            ],
        )
    hidden = proposals.hidden
    if not proposals.mergers and not proposals.wanderings:
        console.print(f"Nothing stands out in {found.rows:,} rows.")
    if hidden:
        console.print(f"{hidden:,} more are not shown; --limit 0 shows all.")
