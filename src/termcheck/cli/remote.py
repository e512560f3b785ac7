"""Corpora and caches at URLs, on the command line of ``termcheck report``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.urls import is_url, protocol, shown

if TYPE_CHECKING:
    from termcheck.cli.options import Checking
    from termcheck.corpus.target import Target


def fetched(checking: Checking, *, quiet: bool = False, verbosity: int = 0) -> Target | None:
    """The corpus at the URL that was named, in a folder that goes with the command; None where no URL was named.

    Raises ``TermcheckError``.
    """
    if not any(map(is_url, checking.paths)):
        return None
    if len(checking.paths) > 1:
        raise click.UsageError("a URL is named alone: the folder that holds all versions")
    (url,) = checking.paths
    _check_offline(checking, url)
    from termcheck.cli.terminal import progress_bars
    from termcheck.config import GLOSSARY_NAMES, load_config
    from termcheck.config_file import PYPROJECT, YAML_NAMES
    from termcheck.corpus.reading import LARGEST
    from termcheck.corpus.target import Target
    from termcheck.remote.corpus import RemoteCorpus

    corpus = RemoteCorpus(url)
    sizes = corpus.sizes()
    folder = click.get_current_context().with_resource(tempfile.TemporaryDirectory(prefix="termcheck-"))
    root = Path(folder).resolve() / "corpus"
    root.mkdir()
    # Nobody looks for a configuration above.
    (root.parent / ".git").mkdir()
    settings = {name: sizes[name] for name in (*YAML_NAMES, PYPROJECT, *GLOSSARY_NAMES) if name in sizes}
    corpus.fetch(settings, root, LARGEST)
    limit = load_config(root, checking.config_file).max_file_size
    with progress_bars(quiet=quiet, verbose=verbosity > 0) as progress:
        progress.stage("Fetching", len(sizes) - len(settings))
        rest = {path: size for path, size in sizes.items() if path not in settings}
        corpus.fetch(rest, root, limit, progress.advance)
    return Target(root, root, url=url)


def where_cached(checking: Checking, place: str | None, *, alone: bool) -> tuple[str | None, str]:
    """The folder of the cache that was named, None for none, and the URL of one that machines share, or nothing.

    ``alone`` tells that processes of this machine share the work. Raises ``TermcheckError`` for a URL that does not
    answer.
    """
    from termcheck.config import CACHE_VARIABLE

    named = place if place is not None else os.environ.get(CACHE_VARIABLE, "")
    if not is_url(named):
        return place, ""
    if not checking.use_cache:
        return None, ""
    if alone:
        raise click.UsageError("--jobs works with the cache of this machine; with one at a URL, use --engine ray")
    _check_offline(checking, named)
    from termcheck.remote.blobs import BlobFolder

    BlobFolder(named).check()
    return None, named


def _check_offline(checking: Checking, url: str) -> None:
    from termcheck.remote.place import HERE, RemoteError

    if checking.offline and protocol(url) not in HERE:
        raise RemoteError(f"{shown(url)}: an offline run does not use the network")
