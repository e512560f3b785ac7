"""How a run ends that cannot go on: what is said on standard error, and the exit code."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress

import click

from termcheck.cli import EXIT_ERROR, EXIT_NOTHING
from termcheck.errors import NothingToCheckError, TermcheckError

DEBUG_VARIABLE = "TERMCHECK_DEBUG"
"""The environment variable that shows the traceback of what is not the user's doing."""

_LONGEST = 500


def report_failure(error: Exception) -> int:
    """Say what stopped the run, without a traceback, and return the exit code."""
    if isinstance(error, click.ClickException):
        error.show()
        return EXIT_ERROR
    if isinstance(error, TermcheckError):
        _say(error.message, error.hint)
        return EXIT_NOTHING if isinstance(error, NothingToCheckError) else EXIT_ERROR
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    if isinstance(error, MemoryError):
        _say("there is not enough memory", "check a part of the files, or exclude the largest")
    elif isinstance(error, OSError) and error.strerror:
        # The system's refusal where nobody expected one, such as a full disk behind standard output.
        _say(f"{error.strerror}{f': {error.filename}' if error.filename else ''}")
    else:
        what = f"{type(error).__name__}: {str(error)[:_LONGEST]}".replace("\n", " ")
        _say(
            f"this is a bug in termcheck: {what}",
            f"please report it, with the traceback that {DEBUG_VARIABLE}=1 in the environment shows",
        )
    return EXIT_ERROR


def silence_output() -> None:
    """Send the rest of standard output nowhere: Python would complain while it flushes at exit."""
    # Not every stream has a descriptor (io.UnsupportedOperation is both).
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _say(message: str, hint: str = "") -> None:
    from termcheck.report.sanitize import sanitize

    click.secho("Error: ", fg="red", bold=True, nl=False, err=True, color=_colour())
    click.echo(sanitize(message, keep_lines=True), err=True)
    if hint:
        click.echo("Hint: " + sanitize(hint, keep_lines=True), err=True)


def _colour() -> bool | None:
    return False if os.environ.get("NO_COLOR") else None
