"""``termcheck init``."""

from __future__ import annotations

from pathlib import Path

import click

from termcheck.errors import OutputError


@click.command(
    epilog="""\b
Examples:
  termcheck init
  termcheck init docs/
"""
)
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
def command(folder: Path, force: bool) -> None:
    """Write a starting configuration and glossary for a folder.

    Writes termcheck.yaml and glossary.yaml into FOLDER, with the languages and the layout found there and a comment
    on every setting.
    """
    from termcheck.corpus.discover import discover
    from termcheck.report.write import write_atomically
    from termcheck.scaffold import starter_config, starter_glossary

    found = discover(folder)
    texts = {
        folder / "termcheck.yaml": starter_config(found.languages, found.source, ()),
        folder / "glossary.yaml": starter_glossary(found.languages),
    }
    existing = [path for path in texts if path.exists()]
    if existing and not force:
        names = " and ".join(str(path) for path in existing)
        raise OutputError(f"{names} exists already", "use --force to replace it")
    for path, text in texts.items():
        write_atomically(path, text)
        click.echo(f"wrote {path}")
    documents = len(found.sets)
    click.echo(
        f"{documents} documents in {len(found.languages)} languages found; check them with: termcheck report {folder}"
    )
