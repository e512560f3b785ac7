"""What ``termcheck review`` does without a browser: the state of the review, and files for other programs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from termcheck.cli import EXIT_CLEAN, EXIT_FINDINGS
from termcheck.cli.options import load
from termcheck.cli.outputs import parse_outputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.cli.options import Checking, Session
    from termcheck.cli.outputs import Output
    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.exchange.corrections import Imported
    from termcheck.model import Segment


WORKLISTS = ("xliff", "csv")
"""The formats in which open texts are exported."""


def task_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add options that, when given, do something else than ``function``; put it below ``checking_options``."""

    @click.option("--status", is_flag=True, help="Only print how far the review is, by language, person and rule.")
    @click.option(
        "--format",
        "output_format",
        type=click.Choice(["terminal", "json"]),
        default="terminal",
        show_default=True,
        help="What --status prints.",
    )
    @click.option(
        "--export",
        "exports",
        multiple=True,
        metavar="NAME=FILE",
        callback=parse_outputs(WORKLISTS),
        help="Only write the texts that are open in the one --lang to a file, as xliff or csv (repeatable).",
    )
    @click.option(
        "--import",
        "import_file",
        metavar="FILE",
        help="Only write the corrected texts of an exported file into the files that they are from.",
    )
    @click.option("--prune", is_flag=True, help="Only take decisions out of their file that have expired.")
    @functools.wraps(function)
    def with_tasks(
        *,
        checking: Checking,
        status: bool,
        output_format: str,
        exports: tuple[Output, ...],
        import_file: str | None,
        prune: bool,
        **options: Any,
    ) -> int:
        asked = {"--status": status, "--export": exports, "--import": import_file is not None, "--prune": prune}
        tasks = [name for name, given in asked.items() if given]
        if len(tasks) > 1:
            raise click.UsageError(f"{' and '.join(tasks)} cannot be used together: each does one thing only")
        if not tasks:
            return function(checking=checking, **options)
        if exports and len(checking.langs) != 1:
            raise click.UsageError("--export needs the language of the texts: one --lang")
        session = load(checking, {}, quiet=options.get("quiet", False))
        if import_file is not None:
            return _import(session, import_file)
        if exports:
            return _export(session, exports)
        return _prune(session) if prune else _show_status(session, output_format)

    return with_tasks


def _show_status(session: Session, output_format: str) -> int:
    from termcheck.cli.files import print_text
    from termcheck.cli.terminal import output_console
    from termcheck.decisions_tally import review_status
    from termcheck.report.review_status import print_status, status_json

    status = review_status(session.run(), session.langs)
    if output_format == "json":
        print_text(status_json(status))
    else:
        print_status(status, output_console())
    return EXIT_CLEAN


def _prune(session: Session) -> int:
    from termcheck.decisions_tally import review_status
    from termcheck.inputs import decisions_file
    from termcheck.wording import counted

    expired = review_status(session.run(), session.langs).expired
    removed = decisions_file(session.target, session.config).remove(item.decision.fingerprint for item in expired)
    click.echo(f"Taken out: {counted(len(removed), 'expired decision')}.")
    return EXIT_CLEAN


def _export(session: Session, exports: tuple[Output, ...]) -> int:
    from termcheck.cli.outputs import write_outputs
    from termcheck.config import NO_SOURCE
    from termcheck.errors import InputError
    from termcheck.exchange.errors import ExchangeError
    from termcheck.exchange.worklist import worklist
    from termcheck.exchange.worklist_formats import WRITERS
    from termcheck.wording import counted

    source = session.config.source
    work = worklist(session.run(), session.langs[0], "" if source in (None, NO_SOURCE) else source or "")
    try:
        write_outputs(exports, lambda name: WRITERS[name](work))
    except ExchangeError as error:
        raise InputError(error.message, error.hint) from None
    left_out = counted(work.without_text, "finding")
    click.echo(
        f"Written: {counted(len(work.items), 'text')} to correct."
        + (f" Left out: {left_out} on no text of a file, such as a missing paragraph." if work.without_text else "")
    )
    return EXIT_CLEAN


def _import(session: Session, name: str) -> int:
    from termcheck.cli.files import read_file
    from termcheck.errors import InputError
    from termcheck.exchange.corrections import import_corrections
    from termcheck.exchange.errors import ExchangeError
    from termcheck.exchange.worklist_formats import read_corrections

    raw = read_file(name)
    try:
        corrections = read_corrections(raw)
    except ExchangeError as error:
        separator = ":" if error.message[:1].isdigit() else ": "
        raise InputError(f"{name}{separator}{error.message}", error.hint) from None
    versions = session.survey(_read_versions, lang=corrections.lang)
    return _tell(name, import_corrections(corrections.items, versions, session.target.base))


def _read_versions(target: Target, config: Config, *, lang: str, **options: Any) -> dict[str, tuple[Segment, ...]]:
    """The segments of all files in a language, by path; nothing is compared."""
    from termcheck.inputs import find_documents, read_sets

    sets = read_sets(target, find_documents(target, config), config, options["progress"])
    return {found[0].path: found for each in sets for found in [each.segments.get(lang, ())] if found}


def _tell(name: str, found: Imported) -> int:
    from termcheck.report.sanitize import sanitize
    from termcheck.wording import counted

    texts, files = sum(found.written.values()), len(found.written)
    click.echo(f"Written: {counted(texts, 'text')} in {counted(files, 'file')}. Unchanged: {found.unchanged:,}.")
    if not found.refused:
        return EXIT_CLEAN
    click.echo(f"Not imported: {counted(len(found.refused), 'text')}.", err=True)
    for correction, reason in found.refused:
        click.echo(sanitize(f"  {name}, {correction.where}: {correction.path} {correction.id}: {reason}"), err=True)
    return EXIT_FINDINGS
