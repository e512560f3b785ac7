"""``termcheck report``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.options import as_seen_from_here, checking_options, load
from termcheck.cli.outputs import parse_outputs, print_format, report_context, write_outputs
from termcheck.cli.remote import fetched, where_cached
from termcheck.report.formats import FORMATS
from termcheck.urls import is_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.cli.options import Checking, Session
    from termcheck.cli.outputs import Output
    from termcheck.crew.cluster import Cluster
    from termcheck.model import RunResult

LIMIT = 200
"""Findings that a report shows on a terminal unless told otherwise."""


@click.command(
    epilog="""\b
Examples:
  termcheck report corpus/
  termcheck report corpus/ --lang pl --lang tr
  termcheck report corpus/ --select TC4 --fail-on warning
  termcheck report 'docs/pl/*.md'
  termcheck report corpus/ --since origin/main
  termcheck report corpus/ --format json > report.json
  termcheck report corpus/ --output html=report.html
  termcheck report corpus/ --output sarif=report.sarif --output junit=report.xml
  termcheck report corpus/ --write-baseline known.json
  termcheck report corpus/ --baseline known.json --prune-baseline
  termcheck report corpus/ --jobs 4
  termcheck report corpus/ --engine ray --ray-address auto
  termcheck report s3://bucket/docs --cache-dir s3://bucket/cache
"""
)
@checking_options
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["terminal", *FORMATS, "none"]),
    default="terminal",
    show_default=True,
    help="What to print on standard output.",
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="NAME=FILE",
    callback=parse_outputs(FORMATS),
    help="Also write the report to a file, in a format that --format has (repeatable).",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="Least severity of a finding that makes the exit code 1 (default: error).",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"Show only so many findings, the most severe; 0 for all (default: {LIMIT}, with --quiet all).",
)
@click.option(
    "--since",
    metavar="REF",
    help="Report only what this branch changed since it left that branch, tag or commit; 'auto' in the build of a pull "
    "or merge request.",
)
@click.option("--freshness", is_flag=True, help="Also count, from the git history, paragraphs older than their source.")
@click.option(
    "--write-baseline",
    type=click.Path(path_type=Path),
    help="Write the findings to this file as known, for --baseline, instead of reporting them; exits with 0.",
)
@click.option(
    "--prune-baseline", is_flag=True, help="Take out of the baseline what is no longer found, and report as usual."
)
@click.option("--jobs", type=click.IntRange(min=1, max=256), metavar="N", help="Workers that share the documents.")
@click.option(
    "--engine",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="What workers are: processes of this computer, or actors of a Ray cluster with a model each.",
)
@click.option(
    "--ray-address", metavar="ADDRESS", help="The Ray cluster, or 'auto' (default: RAY_ADDRESS, else a new one here)."
)
@click.option(
    "--cache-dir",
    metavar="PATH",
    help="Folder of the cache, or the URL of one that machines share (default: TERMCHECK_CACHE_DIR, else the user's).",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only the findings, and no progress.")
@click.option("-v", "--verbose", count=True, help="Say more: layout, model, cache, files skipped and why; -vv all.")
def command(
    checking: Checking,
    output_format: str,
    outputs: tuple[Output, ...],
    fail_on: str | None,
    exit_zero: bool,
    limit: int | None,
    since: str | None,
    freshness: bool,
    write_baseline: Path | None,
    prune_baseline: bool,
    jobs: int | None,
    engine: str,
    ray_address: str | None,
    cache_dir: str | None,
    quiet: bool,
    verbose: int,
) -> int:
    """Check a corpus and report what is wrong with it.

    PATH is a folder, a file, a quoted glob, or the URL of a folder (default: the current folder). For single files
    their versions in the other languages are read too, and the findings are those on the files named.
    """
    if outputs and write_baseline is not None:
        raise click.UsageError("--output and --write-baseline cannot be used together: one reports, one does not")
    if since is not None and write_baseline is not None:
        raise click.UsageError("--since and --write-baseline cannot be used together: a baseline holds everything")
    if (since is not None or freshness) and any(map(is_url, checking.paths)):
        raise click.UsageError("--since and --freshness need the git history, which a corpus at a URL does not have")
    cluster = _cluster(engine, ray_address, jobs)
    folder, shared = where_cached(checking, cache_dir, alone=cluster is None and (jobs or 1) > 1)
    start = fetched(checking, quiet=quiet, verbosity=verbose)
    overrides = {"fail_on": fail_on, "jobs": jobs, "cache": folder}
    session = load(checking, overrides, quiet=quiet, verbosity=verbose, start=start)
    session = replace(session, since=since, freshness=freshness, cluster=cluster, shared=shared)
    if prune_baseline and write_baseline is not None:
        raise click.UsageError("--prune-baseline and --write-baseline cannot be used together: one replaces the file")
    if prune_baseline and session.config.baseline is None:
        raise click.UsageError("--prune-baseline needs a baseline: name one with --baseline or in the configuration")
    if write_baseline is not None:
        return _write_baseline(session, write_baseline)
    result = session.run()
    repeated = [*checking.repeated(), *(() if since is None else ("--since", since))]
    _report(session, result, output_format, outputs, limit, repeated)
    if prune_baseline:
        _prune(session, result)
    elif not quiet:
        _mention_stale(session, result)
    if exit_zero:
        return EXIT_CLEAN
    from termcheck.policy import exit_code

    return exit_code(result.findings, session.config.fail_on)


def _cluster(engine: str, address: str | None, jobs: int | None) -> Cluster | None:
    """The cluster to work on; None for this computer."""
    if engine != "ray":
        if address is not None:
            raise click.UsageError("--ray-address needs --engine ray")
        return None
    from termcheck.crew.cluster import Cluster

    return Cluster(address or "", jobs or 0)


def _report(
    session: Session,
    result: RunResult,
    output_format: str,
    outputs: tuple[Output, ...],
    limit: int | None,
    repeated: Sequence[str],
) -> None:
    context = report_context(session)
    # The files first: whoever reads standard output may go away.
    write_outputs(outputs, lambda name: FORMATS[name](result, context))
    if output_format == "terminal":
        _print(session, result, limit, repeated)
    elif output_format != "none":
        print_format(result, output_format, context)


def _print(session: Session, result: RunResult, limit: int | None, repeated: Sequence[str]) -> None:
    from termcheck.cli.terminal import output_console
    from termcheck.report.terminal import QUIET, render_terminal

    verbosity = QUIET if session.quiet else session.verbosity
    # One line each are for other programs, which would not notice that some are missing.
    wanted = (LIMIT if verbosity >= 0 else 0) if limit is None else limit
    render_terminal(
        as_seen_from_here(result, session.target),
        output_console(),
        verbosity=verbosity,
        limit=wanted or None,
        repeated=repeated,
        proposed_for=None if result.verdicts or _has_concepts(session) else _one_folder(session),
    )


def _has_concepts(session: Session) -> bool:
    from termcheck.inputs import read_glossary

    return bool(read_glossary(session.target, session.config).concepts)


def _one_folder(session: Session) -> list[str] | None:
    """The folder that was checked, as an argument; None for single files, which show too little to propose words."""
    if session.target.only or session.target.url:
        return None
    root, here = session.target.root, Path.cwd()
    return [] if root == here else [str(root.relative_to(here) if root.is_relative_to(here) else root)]


def _write_baseline(session: Session, path: Path) -> int:
    from termcheck.cli.baseline import write_baseline
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    # What an old baseline knows is to be known again, and one that cannot be read is to be replaced.
    config = replace(session.config, baseline=None)
    count = write_baseline(path, replace(session, config=config).run(), session.target, config)
    click.echo(f"wrote {counted(count, 'finding')} to {sanitize(str(path))}")
    return EXIT_CLEAN


def _prune(session: Session, result: RunResult) -> None:
    from termcheck.cli.baseline import prune_baseline
    from termcheck.wording import counted

    count = prune_baseline(result, session.target, session.config)
    if not session.quiet:
        click.echo(f"Taken out of the baseline: {counted(count, 'finding')} no longer found.", err=True)


def _mention_stale(session: Session, result: RunResult) -> None:
    from termcheck.cli.baseline import stale_entries
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    stale = stale_entries(result, session.target, session.config)
    if not stale:
        return
    click.echo(
        f"No longer found: {counted(len(stale), 'known finding')}. --prune-baseline takes them out of the file.",
        err=True,
    )
    for entry in stale if session.verbosity else ():
        click.echo(sanitize(f"  {entry.path}  {entry.code}  {entry.message}"), err=True)
