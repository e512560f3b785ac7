"""``termcheck glossary import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli.files import STANDARD, read_file, write_text
from termcheck.cli.glossary_source import languages_of, report_losses
from termcheck.errors import InputError, OutputError
from termcheck.exchange.registry import FORMATS

if TYPE_CHECKING:
    from termcheck.exchange.format import Languages, Read


@click.command(
    epilog="""\b
Examples:
  termcheck glossary import terms.tbx -o glossary.yaml
  termcheck glossary import terms.csv --merge -o glossary.yaml
  termcheck glossary import en-pl.csv --from deepl --source en --target pl
  cat terms.tsv | termcheck glossary import - --from tsv
"""
)
@click.argument("file", metavar="FILE")
@click.option(
    "--from", "name", type=click.Choice(list(FORMATS)), help="The format of FILE (default: by its name and content)."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Glossary file to write (default: standard output)."
)
@click.option("--merge", "merging", is_flag=True, help="Add to the glossary file of -o, and keep what stands there.")
@click.option("--force", is_flag=True, help="Replace the file of -o.")
@click.option("--source", metavar="TAG", help="Source language, where the file does not name it.")
@click.option("--target", metavar="TAG", help="Target language, where the file does not name it.")
@click.option("--losses", type=click.Path(path_type=Path), help="File for the list of what was not taken over.")
def command(
    file: str,
    name: str | None,
    output: Path | None,
    merging: bool,
    force: bool,
    source: str | None,
    target: str | None,
    losses: Path | None,
) -> None:
    """Make a glossary from a file of another tool.

    FILE is a path, or - for standard input. Concepts keep their ids, or get one from the word of the source language.
    What has no place in a glossary is listed on standard error, or in the file of --losses. With --merge, concepts and
    languages that the glossary lacks are added; comments, order and everything else in it stay, and what it says
    otherwise is listed.
    """
    from termcheck.glossary_yaml import glossary_yaml
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    written = output if output is not None and str(output) != STANDARD else None
    if merging and (written is None or force):
        raise click.UsageError("--merge adds to a file: name it with -o, and leave --force away")
    if written is not None and written.exists() and not merging and not force:
        raise OutputError(f"{written} exists already", "add to it with --merge, or replace it with --force")
    read = _read(file, name, languages_of(source, target))
    if merging and written is not None:
        _merge(written, read, losses)
        return
    if not read.glossary.concepts:
        report_losses(read.losses, losses, "Not taken over")
        raise InputError(f"{file}: no concept with a word was found in it")
    write_text(output, glossary_yaml(read.glossary))
    report_losses(read.losses, losses, "Not taken over")
    if written is not None:
        click.echo(f"wrote {counted(len(read.glossary.concepts), 'concept')} to {sanitize(str(written))}")


def _read(file: str, name: str | None, languages: Languages) -> Read:
    from termcheck.exchange.detect import detect
    from termcheck.exchange.errors import ExchangeError

    raw = read_file(file)
    try:
        form = FORMATS[name] if name else detect(file, raw)
        return form.read(raw, languages)
    except ExchangeError as error:
        separator = ":" if error.message[:1].isdigit() else ": "
        raise InputError(f"{file}{separator}{error.message}", error.hint) from None


def _merge(path: Path, read: Read, losses: Path | None) -> None:
    from termcheck.errors import GlossaryError
    from termcheck.exchange.merge import merge
    from termcheck.positioned import MistakesError, decode_utf8, mistakes_error, read_bytes
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    shown = str(path)
    try:
        text = decode_utf8(read_bytes(path, shown, GlossaryError))
    except MistakesError as error:
        raise mistakes_error(GlossaryError, shown, error.mistakes) from None
    merged = merge(text, read.glossary, shown)
    if merged.text != text:
        write_text(path, merged.text)
    report_losses((*read.losses, *merged.conflicts), losses, "Not taken over")
    click.echo(
        f"added {counted(merged.concepts, 'concept')} and {counted(merged.languages, 'language')} of others to "
        f"{sanitize(shown)}"
    )
