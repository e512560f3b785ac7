"""``termcheck glossary``: a group with one module, ``glossary_NAME``, for each of its commands."""

from __future__ import annotations

import click

from termcheck.cli import glossary_discover


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  termcheck glossary discover corpus/
""",
)
def command() -> None:
    """Find out about the words of a project's concepts."""


command.add_command(glossary_discover.command, "discover")
