"""``termcheck discover``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN, EXIT_NOTHING
from termcheck.cli.options import corpus_options, load

if TYPE_CHECKING:
    from termcheck.cli.options import Checking
    from termcheck.corpus.discover import Discovery


_SHOWN_REASONS = 5


@click.command(
    epilog="""\b
Examples:
  termcheck discover docs/
  termcheck discover docs/ -v
"""
)
@corpus_options
@click.option("-v", "--verbose", is_flag=True, help="List every file, and every file that was skipped with the reason.")
def command(checking: Checking, verbose: bool) -> int:
    """Show which files are versions of each other.

    Prints the documents with the languages of their versions, and what was left out.
    """
    session = load(checking, {})
    from termcheck.inputs import discover_documents

    found = discover_documents(session.target, session.config)
    _print(found, verbose=verbose)
    return EXIT_CLEAN if found.sets else EXIT_NOTHING


def _print(found: Discovery, *, verbose: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    from termcheck.cli.terminal import output_console
    from termcheck.languages import display_name
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    console = output_console()
    console.print(Text(f"Layout: {sanitize(found.layout or 'none recognised')}"))
    source = f"{display_name(found.source)} ({found.source})" if found.source else "none"
    console.print(Text(f"Source language: {source}"))
    if found.sets or found.orphans:
        table = Table("Document", *found.languages, box=None, pad_edge=False)
        for document in (*found.sets, *found.orphans):
            marks = ["x" if lang in document.versions else "-" for lang in found.languages]
            table.add_row(Text(sanitize(document.key)), *marks)
            if verbose:
                for lang, path in document.versions.items():
                    table.add_row(Text(f"  {lang}: {sanitize(path)}", style="dim"))
        console.print(table)
        files = Counter(lang for document in (*found.sets, *found.orphans) for lang in document.versions)
        console.print("Files: " + ", ".join(f"{lang} {files[lang]:,}" for lang in found.languages) + ".")
    console.print(
        f"{counted(len(found.sets), 'document')} with two or more versions, {len(found.orphans):,} with one, "
        f"{len(found.skipped):,} skipped."
    )
    if verbose:
        for item in found.skipped:
            console.print(Text(f"  skipped {sanitize(item.path)}: {sanitize(item.reason)}", style="dim"))
        return
    reasons = Counter(item.reason for item in found.skipped).most_common()
    for reason, count in reasons[:_SHOWN_REASONS]:
        console.print(Text(f"  {count:,} × {sanitize(reason)}", style="dim"))
    if len(reasons) > _SHOWN_REASONS:
        console.print(Text(f"  and {len(reasons) - _SHOWN_REASONS:,} more reasons; -v lists all files", style="dim"))
