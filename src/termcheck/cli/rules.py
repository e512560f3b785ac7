"""``termcheck rules``."""

from __future__ import annotations

import click

from termcheck.errors import InputError


@click.command(
    epilog="""\b
Examples:
  termcheck rules
  termcheck rules TC401
  termcheck rules numbers-differ
"""
)
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """List the rules, or show one rule's page.

    CODE is a rule's code (TC401) or name (concepts-collapsed).
    """
    from rich.markdown import Markdown

    from termcheck.cli.terminal import output_console
    from termcheck.report.console import print_blocks
    from termcheck.rules.registry import RULES, find_rule, suggest_rule

    console = output_console()
    if code is None:
        for rule in RULES:
            level = rule.severity.value if rule.default else "off"
            click.echo(f"{rule.code}  {level:<8} {rule.name:<24} {rule.summary()}")
        return
    found = find_rule(code)
    if found is None:
        raise InputError(f"there is no rule {code!r}", suggest_rule(code))
    state = "" if found.default else " (off unless asked for)"
    page = f"# {found.code} {found.name}\n\nSeverity: {found.severity}{state}\n\n{found.page()}"
    print_blocks(console, [Markdown(page)])
