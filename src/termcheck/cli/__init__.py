"""The command line. Commands are thin: options -> configuration -> pipeline -> report -> exit code.

Each command lives in a module of its own that is imported only when the command runs or its help is shown.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

import click

from termcheck import __version__
from termcheck.cli.lazy import LazyGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_ERROR = 2
EXIT_NOTHING = 3
EXIT_INTERRUPTED = 130

# Module and help line of every command, so that neither ``--help`` nor another command has to import it.
_COMMANDS = {
    "report": "Check a corpus and report what is wrong with it.",
    "review": "Decide about findings, and correct texts, in a browser.",
    "align": "Align two files and print, or save, the rows.",
    "discover": "Show which files are versions of each other.",
    "calibrate": "Fit the threshold for meaning to your corpus and model.",
    "outdated": "Show which translations are older than their source.",
    "explain": "Tell everything about one finding.",
    "glossary": "Check, survey, import and export glossaries.",
    "rules": "List the rules, or show one rule's page.",
    "init": "Write a starting configuration and glossary for a folder.",
    "config": "Print the effective configuration and where each value comes from.",
    "cache": "Look at, clear or prune the cache.",
}


@click.command(
    cls=LazyGroup,
    lazy=_COMMANDS,
    prefix="termcheck.cli.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Examples: 'termcheck report corpus/', 'termcheck init docs/', 'termcheck rules TC401'.",
)
@click.version_option(__version__, prog_name="termcheck")
def cli() -> None:
    """Check that all language versions of your content say the same, with distinct words for distinct concepts.

    \b
    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 an error of usage,
    configuration, input or output, 3 nothing to check, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with its exit code; never shows a traceback for bad input."""
    from termcheck.cli.terminal import prepare_streams

    prepare_streams()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    from termcheck.cli.failures import report_failure, silence_output

    try:
        code = cli.main(list(arguments) if arguments is not None else None, "termcheck", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (SystemExit, BrokenPipeError):
        # The reader of our output went away ("| head"), which click and rich answer with SystemExit.
        silence_output()
        return EXIT_ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted. What was encoded so far is kept in the cache.", err=True)
        return EXIT_INTERRUPTED
    except Exception as error:  # Whatever it is, a user is told in words.
        return report_failure(error)
    return code if isinstance(code, int) else EXIT_CLEAN
