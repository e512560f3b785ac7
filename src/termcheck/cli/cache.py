"""``termcheck cache``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.urls import is_url, shown

if TYPE_CHECKING:
    from termcheck.cache import Cache
    from termcheck.remote.blobs import BlobFolder


@click.group(
    epilog="""\b
Examples:
  termcheck cache info
  termcheck cache prune --unused-days 90
  termcheck cache clear
  termcheck cache prune --cache-dir s3://bucket/cache --max-size 50000
"""
)
def command() -> None:
    """Look at, clear or prune the cache.

    The cache keeps vectors and other results that depend on a text alone. Losing it costs time and nothing else.
    One at a URL, which machines share, has to be named with --cache-dir.
    """


_place_option = click.option(
    "--cache-dir", "place", metavar="PATH", help="Folder of the cache, or the URL of one that machines share."
)


def _open(place: str | None) -> Cache:
    from termcheck.cache import Cache
    from termcheck.config import load_config

    return Cache(load_config(Path(), overrides={"cache": place}).cache)


def _shared(place: str | None) -> BlobFolder | None:
    """The cache at a URL; None where none was named."""
    if place is None or not is_url(place):
        return None
    from termcheck.remote.blobs import BlobFolder

    return BlobFolder(place)


@command.command(epilog="Example: termcheck cache info")
@_place_option
def info(place: str | None) -> None:
    """Show where the cache is and what it holds."""
    if (shared := _shared(place)) is not None:
        count, size = shared.size()
        click.echo(f"{shown(place or '')}: {size:,} bytes\n  {count:,} files of shared results")
        return
    with _open(place) as cache:
        found = cache.info()
    click.echo(f"{found.path}: {found.size:,} bytes")
    for space, entries in found.entries.items():
        click.echo(f"  {space}: {entries:,} entries")


@command.command(epilog="Example: termcheck cache clear")
@_place_option
def clear(place: str | None) -> None:
    """Remove everything from the cache."""
    if (shared := _shared(place)) is not None:
        shared.clear()
    else:
        with _open(place) as cache:
            cache.clear()
    click.echo("The cache is empty.")


@command.command(epilog="Example: termcheck cache prune --unused-days 90 --max-size 2000")
@click.option("--unused-days", type=click.IntRange(min=0), help="Remove what was not used for so many days.")
@click.option(
    "--max-size", type=click.IntRange(min=0), metavar="MB", help="Remove the longest unused beyond this size."
)
@_place_option
def prune(unused_days: int | None, max_size: int | None, place: str | None) -> None:
    """Remove what was not used for long, or the longest unused beyond a size.

    What a cache at a URL holds counts as used on the day on which it was written.
    """
    if unused_days is None and max_size is None:
        raise click.UsageError("say what to remove: --unused-days, --max-size or both")
    max_bytes = None if max_size is None else max_size * 2**20
    if (shared := _shared(place)) is not None:
        click.echo(f"{shared.prune(days=unused_days, max_bytes=max_bytes):,} files removed.")
        return
    with _open(place) as cache:
        removed = cache.prune(unused_days=unused_days, max_bytes=max_bytes)
    click.echo(f"{removed:,} entries removed.")
