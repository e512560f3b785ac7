"""``termcheck glossary``: a group with one line and one module, ``glossary_NAME``, for each of its commands."""

from __future__ import annotations

import click

from termcheck.cli.lazy import LazyGroup

_COMMANDS = {
    "check": "Say what is wrong with a glossary, without a corpus.",
    "stats": "Show how every language of a corpus renders every concept.",
    "discover": "Propose concepts that a corpus keeps apart, or confuses.",
    "import": "Make a glossary from a file of another tool.",
    "export": "Write a glossary for another tool.",
}


@click.command(
    cls=LazyGroup,
    lazy=_COMMANDS,
    prefix="termcheck.cli.glossary_",
    epilog="""\b
Examples:
  termcheck glossary check
  termcheck glossary stats corpus/
  termcheck glossary discover corpus/
  termcheck glossary import terms.tbx -o glossary.yaml
  termcheck glossary export --to tbx -o terms.tbx
""",
)
def command() -> None:
    """Check, survey, import and export glossaries."""
