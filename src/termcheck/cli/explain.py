"""``termcheck explain``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.options import as_seen_from_here, checking_options, load
from termcheck.cli.remote import fetched
from termcheck.errors import InputError

if TYPE_CHECKING:
    from termcheck.cli.options import Checking


@click.command(
    epilog="""\b
Examples:
  termcheck explain 3fa1c09be2d47a55 corpus/
  termcheck explain 3fa1 corpus/
  termcheck explain 3fa1 corpus/ --since origin/main
"""
)
@click.argument("finding")
@click.option("--since", metavar="REF", help="What the report was given as --since.")
@checking_options
def command(finding: str, since: str | None, checking: Checking) -> int:
    """Tell everything about one finding: which evidence, which thresholds, which words.

    FINDING is the fingerprint that the report shows, or its beginning; PATH and the options are those
    that the report was made with.
    """
    from termcheck.cli.terminal import output_console
    from termcheck.report.explain import render_explanation

    session = replace(load(checking, {}, start=fetched(checking)), since=since)
    result = as_seen_from_here(session.run(), session.target)
    everything = [*result.findings, *(item.finding for item in result.suppressed)]
    matches = [each for each in everything if each.fingerprint.startswith(finding.strip().lower())]
    if not matches:
        raise InputError(
            f"no finding has the fingerprint {finding!r}",
            "give the PATH and the options of the report; fingerprints change with the texts, so after an edit run "
            "'termcheck report' again",
        )
    if len(matches) > 1 and len({each.fingerprint for each in matches}) > 1:
        names = ", ".join(each.fingerprint for each in matches[:5])
        raise InputError(f"{len(matches)} findings begin with {finding!r}: {names}", "give more digits")
    render_explanation(matches[0], output_console())
    return EXIT_CLEAN
