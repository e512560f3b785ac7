"""``termcheck glossary``."""

from __future__ import annotations

import click

from termcheck.cli.glossary_discover import discover


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Find out about the words of a project's concepts."""


command.add_command(discover)
