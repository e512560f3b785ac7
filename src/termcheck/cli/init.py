"""``termcheck init``."""

from __future__ import annotations

import shlex
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
    from termcheck.atomic_file import write_atomically
    from termcheck.config_file import find_config
    from termcheck.corpus.discover import discover
    from termcheck.report.sanitize import sanitize
    from termcheck.scaffold import starter_config, starter_glossary
    from termcheck.wording import counted

    found = discover(folder)
    absolute = Path.cwd() / folder
    other = find_config(absolute)
    if other is not None and other.parent == absolute and other.name != "termcheck.yaml":
        raise OutputError(f"{other.name} configures termcheck in this folder already", "there can be only one")
    texts = {
        folder / "termcheck.yaml": starter_config(found.languages, found.source, ()),
        folder / "glossary.yaml": starter_glossary(found.languages),
    }
    existing = [path for path in texts if path.exists() or path.is_symlink()]
    if existing and not force:
        names = " and ".join(str(path) for path in existing)
        raise OutputError(f"{names} {'exist' if len(existing) > 1 else 'exists'} already", "use --force to replace")
    for path, text in texts.items():
        write_atomically(path, text)
        click.echo(f"wrote {sanitize(str(path))}")
    if not found.sets:
        command = shlex.join(["termcheck", "discover", "-v", str(folder)])
        click.echo(f"No document with two or more language versions was found; see: {sanitize(command)}")
        return
    documents, languages = counted(len(found.sets), "document"), counted(len(found.languages), "language")
    command = shlex.join(["termcheck", "report", str(folder)])
    click.echo(f"{documents} in {languages} found; check them with: {sanitize(command)}")
