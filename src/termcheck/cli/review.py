"""``termcheck review``."""

from __future__ import annotations

import threading
import webbrowser
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.options import checking_options, load
from termcheck.cli.outputs import report_context
from termcheck.cli.review_tasks import task_options

if TYPE_CHECKING:
    from termcheck.cli.options import Checking
    from termcheck.pipeline import Checker
    from termcheck.review.server import Place


@click.command(
    epilog="""\b
Examples:
  termcheck review corpus/
  termcheck review corpus/ --lang pl
  termcheck review corpus/ --no-browser --port 8080
  termcheck review corpus/ --status
  termcheck review corpus/ --lang pl --export xliff=open-pl.xlf
  termcheck review corpus/ --import open-pl.xlf
"""
)
@checking_options
@task_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port to serve on (default: any that is free).")
@click.option("--no-browser", is_flag=True, help="Only print the address; open no browser.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but the address.")
def command(checking: Checking, port: int, no_browser: bool, quiet: bool) -> int:
    """Decide about findings, and correct texts, in a browser.

    Checks the corpus and serves the report on this computer only, at an address that nobody can guess, until Ctrl-C.
    Decisions and corrections are saved as they are made. PATH is a folder, a file or a quoted glob (default: the
    current folder).
    """
    _need_server()
    from termcheck.history.repository import user_name
    from termcheck.review.app import make_app
    from termcheck.review.server import find_place, serve
    from termcheck.review.state import Review

    session = load(checking, {}, quiet=quiet)
    # What cannot be served should not be found out after minutes of work.
    place = find_place(port)
    with place.socket, session.checker() as (checker, result):
        review = Review(
            checker,
            session.target,
            session.config,
            result,
            rules=report_context(session).rules,
            langs=session.langs,
            who=user_name(session.target.base),
        )
        threading.Thread(target=_warm_up, args=(checker,), daemon=True).start()
        serve(make_app(review), place, lambda: _announce(place, quiet=quiet, browser=not no_browser))
    if not quiet:
        click.echo("Stopped.", err=True)
    return EXIT_CLEAN


def _need_server() -> None:
    from termcheck.errors import InputError

    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise InputError(f"{' and '.join(missing)} is not installed", "pip install 'termcheck[review]'")


def _warm_up(checker: Checker) -> None:
    from termcheck.errors import TermcheckError

    # What is wrong with the model is told to whoever corrects a text.
    with suppress(TermcheckError):
        checker.warm_up()


def _announce(place: Place, *, quiet: bool, browser: bool) -> None:
    if not quiet:
        click.echo("Open this address in a browser on this computer. Ctrl-C stops the review.", err=True)
    click.echo(place.address)
    if browser:
        _open(place.address)


def _open(address: str) -> None:
    """Open the address in a browser; some of them are waited for."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
