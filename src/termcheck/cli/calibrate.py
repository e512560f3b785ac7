"""``termcheck calibrate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termcheck.cli import EXIT_CLEAN
from termcheck.cli.options import checking_options, load

if TYPE_CHECKING:
    from termcheck.cli.options import Checking


@click.command(
    epilog="""\b
Examples:
  termcheck calibrate docs/
  termcheck calibrate docs/ --dry-run
  termcheck calibrate docs/ --model ./my-model
"""
)
@checking_options
@click.option("--dry-run", is_flag=True, help="Only print what would be written.")
def command(checking: Checking, dry_run: bool) -> int:
    """Fit the threshold for meaning (TC201 to TC203) to your corpus and model.

    Errors are planted in the paragraphs (in memory, never in the files), and the threshold is chosen so that at most 1
    paragraph in 100 of what the corpus has is flagged, gross errors not counted. Where enough findings were decided
    about, it is chosen so that the report agrees best with the decisions. It is written into the configuration, which
    otherwise stays as it is; without a configuration, into a new termcheck.yaml. PATH is a folder, a file or a quoted
    glob (default: the current folder).
    """
    from termcheck.cli.terminal import output_console
    from termcheck.config_edit import set_threshold
    from termcheck.meaning.calibration import DEFAULT_THRESHOLD, THRESHOLD_NAME
    from termcheck.report.calibration import print_calibration
    from termcheck.surveys import calibrate_corpus

    session = load(checking, {})
    path = session.config.file or Path("termcheck.yaml")
    if not dry_run:
        # What cannot be written should not be found out after minutes of work.
        set_threshold(path, THRESHOLD_NAME, DEFAULT_THRESHOLD, dry_run=True)
    found = session.survey(calibrate_corpus)
    if not dry_run:
        set_threshold(path, THRESHOLD_NAME, found.threshold)
    print_calibration(found, path, output_console(), written=not dry_run)
    return EXIT_CLEAN
