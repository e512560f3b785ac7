"""``termcheck align``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN, EXIT_FINDINGS
from termcheck.cli.files import print_text
from termcheck.cli.options import given, no_cache_option, offline_option
from termcheck.cli.outputs import Output, parse_outputs, write_outputs
from termcheck.errors import InputError
from termcheck.report.align_formats import ALIGN_FORMATS
from termcheck.urls import is_url, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.corpus.discover import Discovery
    from termcheck.model import Alignment, Cell

SURE = 0.8
"""Confidence from which a cell is shown without a remark."""


@click.command(
    epilog="""\b
Examples:
  termcheck align docs/en/intro.md docs/pl/intro.md
  termcheck align en=intro.txt pl=wstep.txt tr=giris.txt
  termcheck align docs/en/intro.md docs/pl/intro.md --output tmx=intro.tmx --output tsv=intro.tsv
  termcheck align docs/en/intro.md docs/pl/intro.md --format json > intro.json
  termcheck align docs/en/intro.md docs/pl/intro.md --explain 12
"""
)
@click.argument("files", metavar="[TAG=]FILE [TAG=]FILE...", nargs=-1, required=True)
@click.option("--source", help="Language that the others are translated from, or 'none'.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", *ALIGN_FORMATS, "none"]),
    help="What to print (default: terminal, with --output none).",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="NAME=FILE",
    callback=parse_outputs(ALIGN_FORMATS),
    help="Write the rows to a file, in a format that --format has (repeatable).",
)
@click.option("--tmx", type=click.Path(path_type=Path), help="Short for --output tmx=PATH.")
@click.option("--explain", type=click.IntRange(min=1), metavar="ROW", help="Show what this row rests on instead.")
@click.option("--model", help="Embedding model: 'bundled', a hub id or a folder.")
@offline_option
@no_cache_option
def command(
    files: tuple[str, ...],
    source: str | None,
    output_format: str | None,
    outputs: tuple[Output, ...],
    tmx: Path | None,
    explain: int | None,
    model: str | None,
    offline: bool,
    no_cache: bool,
) -> int:
    """Align files that are versions of each other and print, or save, the rows.

    The language of a file is taken from its name or folder (intro.pl.md, pl/intro.md); write TAG=FILE where that does
    not work. Exits with 1 when a file is not a translation of the others.
    """
    from termcheck.cli.terminal import progress_bars
    from termcheck.config import NO_SOURCE, load_config
    from termcheck.confinement import confine
    from termcheck.corpus.discover import discover_pairs
    from termcheck.corpus.target import Target
    from termcheck.surveys import align_files, explain_row

    if tmx is not None:
        outputs = (*outputs, Output("tmx", tmx))
    if explain is not None and (outputs or output_format):
        raise click.UsageError("--explain shows one row; it cannot be used with --output or --format")
    versions = dict(_language_and_path(name) for name in files)
    if len(versions) < len(files):
        raise InputError("two of the files are in the same language", "write TAG=FILE to say which language each is in")
    config = load_config(Path(), None, given(source=source, model=model))
    if offline:
        confine(config, Path.cwd())
    found = discover_pairs(versions)
    if config.source is not None:
        found = _translated_from(found, None if config.source == NO_SOURCE else config.source, asked=source is not None)
    target = Target(found.root, found.root)
    shown = output_format or ("none" if outputs else "terminal")
    with progress_bars(quiet=shown != "none") as progress:
        if explain is not None:
            explanation = explain_row(
                found, target, config, explain, offline=offline, use_cache=not no_cache, progress=progress
            )
        else:
            (alignment,) = align_files(
                found, target, config, offline=offline, use_cache=not no_cache, progress=progress
            )
    if explain is not None:
        from termcheck.report.align_explain import explain_lines

        for line in explain_lines(explanation):
            click.echo(line)
        return EXIT_CLEAN
    _write(alignment, outputs, quiet=shown != "none")
    if shown == "terminal":
        _print(alignment)
    elif shown != "none":
        print_text(ALIGN_FORMATS[shown](alignment))
    return EXIT_FINDINGS if alignment.excluded else EXIT_CLEAN


def _write(alignment: Alignment, outputs: Sequence[Output], *, quiet: bool) -> None:
    """Write every file, each completely or not at all; what is on standard output stays alone there."""
    from termcheck.report.sanitize import sanitize

    write_outputs(outputs, lambda name: ALIGN_FORMATS[name](alignment))
    if not quiet:
        for output in outputs:
            click.echo(f"wrote {sanitize(str(output.path))}")


def _language_and_path(name: str) -> tuple[str, Path]:
    from termcheck.corpus.discover import language_of
    from termcheck.languages import normalise

    tag, separator, rest = name.partition("=")
    for url in (name, rest):
        if is_url(url):
            raise InputError(f"{shown(url)} is not read here", "termcheck align takes local files")
    if separator and not Path(name).exists():
        return normalise(tag), Path(rest)
    path = Path(name)
    if not path.is_file():
        raise InputError(f"there is no file {name!r}")
    lang = language_of(path)
    if lang is None:
        raise InputError(f"the language of {name!r} cannot be told from its name", f"write it as TAG={name}")
    return lang, path


def _translated_from(found: Discovery, source: str | None, *, asked: bool) -> Discovery:
    """With this source, or with none; one of a configuration that is for other files does not count."""
    if source is not None and source not in found.languages:
        if asked:
            raise InputError(f"none of the files is in the source language {source}")
        return found
    return replace(found, source=source, sets=tuple(replace(each, source=source) for each in found.sets))


def _print(alignment: Alignment) -> None:
    from rich.table import Table
    from rich.text import Text

    from termcheck.cli.terminal import output_console
    from termcheck.languages import display_name
    from termcheck.report.sanitize import sanitize

    console = output_console()
    for exclusion in alignment.excluded:
        console.print(Text(f"{sanitize(exclusion.path)} is not a translation of the others and was left out."))
    if len(alignment.languages) < 2:
        return
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("Row", justify="right")
    for lang in alignment.languages:
        table.add_column(f"{display_name(lang)} ({lang})", ratio=1, overflow="fold")
    for row in alignment.rows:
        table.add_row(str(row.index + 1), *(Text(sanitize(_shown(row.cells[lang]))) for lang in alignment.languages))
    console.print(table)


def _shown(cell: Cell) -> str:
    """A cell on the screen; how sure the alignment is, where it is not."""
    if not cell:
        return "-"
    notes = ["moved"] if cell.moved else []
    if cell.confidence < SURE:
        notes.append(f"{cell.confidence:.0%} sure")
    return cell.text + (f" [{', '.join(notes)}]" if notes else "")
