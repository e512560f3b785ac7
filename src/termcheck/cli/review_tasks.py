"""What ``termcheck review`` does without a browser: the state of the review, and files for other programs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.options import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.cli.options import Checking, Session


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
    @click.option("--prune", is_flag=True, help="Only take decisions out of their file that have expired.")
    @functools.wraps(function)
    def with_tasks(*, checking: Checking, status: bool, output_format: str, prune: bool, **options: Any) -> int:
        if status and prune:
            raise click.UsageError("--status and --prune cannot be used together: each does one thing only")
        if not status and not prune:
            return function(checking=checking, **options)
        session = load(checking, {}, quiet=options.get("quiet", False))
        return _show_status(session, output_format) if status else _prune(session)

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
