"""Which glossary a command works on, in which languages, and what did not fit into another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli.files import write_text
from termcheck.errors import GlossaryError

if TYPE_CHECKING:
    from termcheck.exchange.format import Languages
    from termcheck.exchange.loss import Loss

MAX_LISTED = 100
"""Losses that are listed on standard error."""


def find_glossary(given: Path | None) -> Path:
    """The glossary named, or the one that would be used for the current folder. Raises ``GlossaryError``."""
    from termcheck.config import load_config

    if given is not None and not given.is_dir():
        return given
    found = load_config(given or Path()).glossary
    if found is None:
        raise GlossaryError(
            f"there is no glossary for {given or 'this folder'}", "name the file, or write one: termcheck init"
        )
    # As the user would name it.
    return found.relative_to(Path.cwd()) if found.is_relative_to(Path.cwd()) else found


def languages_of(source: str | None, target: str | None) -> Languages:
    """The two options as normalised tags. Raises ``LanguageTagError``, or ``UsageError`` when they are the same."""
    from termcheck.exchange.format import Languages
    from termcheck.languages import normalise

    found = Languages(normalise(source) if source else "", normalise(target) if target else "")
    if found.source and found.source == found.target:
        raise click.UsageError(f"--source and --target are both {found.source}")
    return found


def report_losses(losses: tuple[Loss, ...], path: Path | None, what: str) -> None:
    """List what was lost: in the file, or on standard error with ``what`` as the heading. Raises ``OutputError``."""
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    lines = [sanitize(str(loss)) for loss in losses]
    if path is not None:
        write_text(path, "".join(f"{line}\n" for line in lines))
    if not lines:
        return
    click.echo(f"{what}: {counted(len(lines), 'item')}{f', listed in {sanitize(str(path))}' if path else ''}", err=True)
    if path is None:
        for line in lines[:MAX_LISTED]:
            click.echo(f"  {line}", err=True)
        if len(lines) > MAX_LISTED:
            click.echo(f"  and {len(lines) - MAX_LISTED:,} more: --losses FILE lists all", err=True)
