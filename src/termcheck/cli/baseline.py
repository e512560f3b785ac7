"""The baseline of a run: writing it, telling what in it is out of date, and taking that out."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from termcheck.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from termcheck.baseline import Entry
    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.model import RunResult


def write_baseline(path: Path, result: RunResult, target: Target, config: Config) -> int:
    """Write the findings of a run without a baseline to ``path`` and return how many they are.

    What a baseline that is already there knows stays known when this run did not look at it (other files) or was told
    not to show it (other rules or languages). Raises ``OutputError``.
    """
    from termcheck.atomic_file import write_atomically
    from termcheck.baseline import Baseline

    old = Baseline()
    # One that is missing or damaged is written anew.
    with suppress(InputError):
        old = Baseline.load(path)
    hidden = [item.finding for item in old.apply(item.finding for item in result.suppressed).suppressed]
    current = Baseline.of([*result.findings, *hidden])
    elsewhere = set(old.entries).difference(_covered(old.entries, target, config))
    write_atomically(path, Baseline((*current.entries, *(entry for entry in old.entries if entry in elsewhere))).dump())
    return len(result.findings)


def prune_baseline(result: RunResult, target: Target, config: Config) -> int:
    """Take the stale entries out of the configured baseline and return how many they were.

    The file is only touched when there are some. Raises ``InputError`` and ``OutputError``.
    """
    from termcheck.atomic_file import write_atomically
    from termcheck.baseline import Baseline

    stale = stale_entries(result, target, config)
    if stale and config.baseline is not None:
        write_atomically(config.baseline, Baseline.load(config.baseline).without(stale).dump())
    return len(stale)


def stale_entries(result: RunResult, target: Target, config: Config) -> list[Entry]:
    """The entries of the configured baseline that no finding answers to, as far as this run has looked.

    Raises ``InputError`` when the baseline cannot be read.
    """
    from termcheck.baseline import Baseline

    if config.baseline is None:
        return []
    everything = [*result.findings, *(item.finding for item in result.suppressed)]
    return _covered(Baseline.load(config.baseline).apply(everything).stale, target, config)


def _covered(entries: Iterable[Entry], target: Target, config: Config) -> list[Entry]:
    """Those on files that the run looked at; the glossary is one unless files were named."""
    from termcheck.inputs import shown_path

    glossary = shown_path(config.glossary, target) if config.glossary and not target.only else None
    return [entry for entry in entries if target.covers(entry.path) or entry.path == glossary]
