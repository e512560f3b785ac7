"""``termcheck glossary export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli.files import STANDARD, write_text
from termcheck.cli.glossary_source import find_glossary, languages_of, report_losses
from termcheck.exchange.registry import FORMATS

if TYPE_CHECKING:
    from termcheck.exchange.format import Languages
    from termcheck.glossary import Glossary


@click.command(
    epilog="""\b
Examples:
  termcheck glossary export --to tbx -o terms.tbx
  termcheck glossary export docs/glossary.yaml --to csv -o terms.csv
  termcheck glossary export --to deepl --source en --target pl -o en-pl.csv
  termcheck glossary export --to xliff --source en --target de --losses lost.txt > terms.xlf
"""
)
@click.argument("glossary", type=click.Path(path_type=Path), required=False)
@click.option("--to", "name", type=click.Choice(list(FORMATS)), required=True, help="The format to write.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write (default: standard output).")
@click.option("--source", metavar="TAG", help="Source language, for formats with two languages.")
@click.option("--target", metavar="TAG", help="Target language, for formats with two languages.")
@click.option("--losses", type=click.Path(path_type=Path), help="File for the list of what the format cannot carry.")
def command(
    glossary: Path | None, name: str, output: Path | None, source: str | None, target: str | None, losses: Path | None
) -> None:
    """Write a glossary for another tool.

    GLOSSARY is the file, or the folder that it belongs to (default: the current folder). What the format cannot carry
    is listed on standard error, or in the file of --losses.
    """
    from termcheck.exchange.reduce import reduce
    from termcheck.glossary_file import load_glossary
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    form = FORMATS[name]
    languages = languages_of(source, target)
    path = find_glossary(glossary)
    loaded = load_glossary(path, str(path))
    if form.bilingual:
        languages = _pair(loaded, languages, name)
    kept, lost = reduce(loaded, form, languages)
    write_text(output, form.write(kept, languages))
    report_losses(lost, losses, f"{form.title} cannot carry")
    if output is not None and str(output) != STANDARD:
        click.echo(f"wrote {counted(len(kept.concepts), 'concept')} to {sanitize(str(output))}")


def _pair(glossary: Glossary, languages: Languages, name: str) -> Languages:
    """The two languages: those named, or the only two that there are."""
    from termcheck.exchange.format import Languages

    known = glossary.languages()
    if not languages.source and not languages.target and len(known) == 2:
        english = [lang for lang in known if lang.partition("-")[0] == "en"]
        source = english[0] if english else known[0]
        return Languages(source, next(lang for lang in known if lang != source))
    if not languages.source or not languages.target:
        raise click.UsageError(
            f"{name} has two languages: name them with --source and --target; the glossary has {', '.join(known)}"
        )
    return languages
