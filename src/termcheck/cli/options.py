"""Options and set-up that the checking commands share."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from termcheck.urls import is_url, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.crew.cluster import Cluster
    from termcheck.model import RunResult
    from termcheck.pipeline import Checker


_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Checking:
    """What the shared options were set to; None or empty where an option was not given."""

    paths: tuple[str, ...]
    config_file: Path | None
    overrides: Mapping[str, Any]
    langs: tuple[str, ...]
    use_cache: bool
    offline: bool = False
    decided: bool = True

    def repeated(self) -> list[str]:
        """The arguments with which another command looks at the same corpus in the same way."""
        words = [shown(path) if is_url(path) else path for path in self.paths]
        if self.config_file is not None:
            words += ["--config", str(self.config_file)]
        for name in ("source", "glossary", "model", "decisions"):
            if name in self.overrides:
                words += [f"--{name}", str(self.overrides[name])]
        return words


offline_option = click.option(
    "--offline",
    is_flag=True,
    envvar="TERMCHECK_OFFLINE",
    help="Do not use the network, nor anything outside the repository that its configuration names.",
)
no_cache_option = click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")


def corpus_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options with which a command chooses files and a model; passes them on as ``checking``."""

    @click.argument("paths", metavar="[PATH]...", nargs=-1)
    @click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration file to use.")
    @click.option("--source", help="Language that the others are translated from, or 'none'.")
    @click.option("--lang", "langs", multiple=True, metavar="TAG", help="Report only on this language (repeatable).")
    @click.option("--model", help="Embedding model: 'bundled', a hub id or a folder.")
    @click.option("--device", help="Where the model runs: auto, cpu, cuda or mps (default: auto).")
    @offline_option
    @no_cache_option
    @functools.wraps(function)
    def with_corpus(
        *,
        paths: tuple[str, ...],
        config_file: Path | None,
        source: str | None,
        langs: tuple[str, ...],
        model: str | None,
        device: str | None,
        offline: bool,
        no_cache: bool,
        **options: Any,
    ) -> int:
        overrides = given(source=source, model=model, device=device)
        return function(checking=Checking(paths, config_file, overrides, langs, not no_cache, offline), **options)

    return with_corpus


def checking_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of ``corpus_options``, and those that say what to look for and what to leave aside."""

    @corpus_options
    @click.option("--glossary", help="Glossary file to use.")
    @click.option("--select", multiple=True, metavar="CODE", help="Only these rules, by code or prefix (repeatable).")
    @click.option("--ignore", multiple=True, metavar="CODE", help="Not these rules, by code or prefix (repeatable).")
    @click.option("--baseline", help="File with known findings, which are counted but not shown.")
    @click.option("--decisions", help="File with decisions on findings.")
    @click.option("--no-decisions", is_flag=True, help="Show findings as if nobody had decided about them.")
    @functools.wraps(function)
    def with_checking(
        *,
        checking: Checking,
        glossary: str | None,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        baseline: str | None,
        decisions: str | None,
        no_decisions: bool,
        **options: Any,
    ) -> int:
        overrides = given(glossary=glossary, select=select, ignore=ignore, baseline=baseline, decisions=decisions)
        checking = replace(checking, overrides={**checking.overrides, **overrides}, decided=not no_decisions)
        return function(checking=checking, **options)

    return with_checking


def given(**options: Any) -> dict[str, Any]:
    """The options that were given: neither None nor empty."""
    return {name: value for name, value in options.items() if value not in (None, ())}


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that a run needs, loaded and checked."""

    config: Config
    target: Target
    langs: tuple[str, ...]
    use_cache: bool
    quiet: bool
    verbosity: int
    since: str | None = None
    freshness: bool = False
    offline: bool = False
    decided: bool = True
    cluster: Cluster | None = None
    shared: str = ""

    def run(self) -> RunResult:
        """Check the corpus. Raises ``TermcheckError``."""
        from termcheck.pipeline import check

        return self.survey(
            check,
            since=self.since,
            freshness=self.freshness,
            decided=self.decided,
            cluster=self.cluster,
            shared=self.shared,
        )

    @contextmanager
    def checker(self) -> Iterator[tuple[Checker, RunResult]]:
        """Check the corpus, and be able to check again what is changed. Raises ``TermcheckError``."""
        from termcheck.cli.terminal import progress_bars
        from termcheck.pipeline import Checker, open_store

        with open_store(self.config, self.use_cache) as store:
            checker = Checker(
                self.target, self.config, store, langs=self.langs, decided=self.decided, offline=self.offline
            )
            with progress_bars(quiet=self.quiet, verbose=self.verbosity > 0) as progress:
                result = checker.check(progress)
            yield checker, result

    def survey(self, run: Callable[..., _Found], **options: Any) -> _Found:
        """What ``run``, of ``pipeline`` or ``surveys``, finds in the corpus. Raises ``TermcheckError``."""
        from termcheck.cli.terminal import progress_bars

        with progress_bars(quiet=self.quiet, verbose=self.verbosity > 0) as progress:
            return run(
                self.target,
                self.config,
                langs=self.langs,
                offline=self.offline,
                use_cache=self.use_cache,
                progress=progress,
                **options,
            )


def as_seen_from_here(result: RunResult, target: Target) -> RunResult:
    """The result with paths that work in the working directory, where that holds the folder they are relative to."""
    from termcheck.report.relocate import relocate

    here = Path.cwd()
    if here == target.base or not target.base.is_relative_to(here):
        return result
    return relocate(result, f"{target.base.relative_to(here).as_posix()}/")


def load(
    checking: Checking,
    overrides: Mapping[str, Any],
    *,
    quiet: bool = False,
    verbosity: int = 0,
    start: Target | None = None,
) -> Session:
    """Find the files to check, or take them from ``start``, and the configuration that holds for them.

    Raises ``TermcheckError``.
    """
    from termcheck.config import load_config
    from termcheck.confinement import confine
    from termcheck.corpus.target import find_target
    from termcheck.languages import normalise

    langs = tuple(normalise(tag) for tag in checking.langs)
    start = start or find_target(checking.paths)
    config = load_config(start.root, checking.config_file, {**checking.overrides, **given(**overrides)})
    if checking.offline:
        confine(config, start.root)
    target = start.based_at(config.file)
    return Session(
        config,
        target,
        langs,
        checking.use_cache,
        quiet,
        verbosity,
        offline=checking.offline,
        decided=checking.decided,
    )
