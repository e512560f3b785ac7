"""``termcheck cache``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from termcheck.cache import Cache


@click.group(
    epilog="""\b
Examples:
  termcheck cache info
  termcheck cache prune --unused-days 90
  termcheck cache clear
"""
)
def command() -> None:
    """Look at, clear or prune the cache.

    The cache keeps vectors and other results that depend on a text alone. Losing it costs time and nothing else.
    """


def _open() -> Cache:
    from termcheck.cache import Cache
    from termcheck.config import load_config

    return Cache(load_config(Path()).cache)


@command.command(epilog="Example: termcheck cache info")
def info() -> None:
    """Show where the cache is and what it holds."""
    with _open() as cache:
        found = cache.info()
    click.echo(f"{found.path}: {found.size:,} bytes")
    for space, entries in found.entries.items():
        click.echo(f"  {space}: {entries:,} entries")


@command.command(epilog="Example: termcheck cache clear")
def clear() -> None:
    """Remove everything from the cache."""
    with _open() as cache:
        cache.clear()
    click.echo("The cache is empty.")


@command.command(epilog="Example: termcheck cache prune --unused-days 90 --max-size 2000")
@click.option("--unused-days", type=click.IntRange(min=0), help="Remove what was not used for so many days.")
@click.option(
    "--max-size", type=click.IntRange(min=0), metavar="MB", help="Remove the longest unused beyond this size."
)
def prune(unused_days: int | None, max_size: int | None) -> None:
    """Remove what was not used for long, or the longest unused beyond a size."""
    if unused_days is None and max_size is None:
        raise click.UsageError("say what to remove: --unused-days, --max-size or both")
    with _open() as cache:
        removed = cache.prune(unused_days=unused_days, max_bytes=None if max_size is None else max_size * 2**20)
    click.echo(f"{removed:,} entries removed.")
