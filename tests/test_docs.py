"""The documentation says what the program does. ``make golden`` rewrites the generated pages."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from termcheck.cli import cli
from termcheck.rules.registry import RULES

if TYPE_CHECKING:
    from termcheck.rules.base import Rule

ROOT = Path(__file__).parent.parent
UPDATE = "TERMCHECK_UPDATE_GOLDEN"


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(cli, info_name="termcheck")
    found: list[tuple[str, click.Command]] = []
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        found.append((f"termcheck {name}", command))
        if isinstance(command, click.Group):
            for sub in sorted(command.list_commands(context)):
                subcommand = command.get_command(context, sub)
                assert subcommand is not None
                found.append((f"termcheck {name} {sub}", subcommand))
    return found


def _level(rule: type[Rule]) -> str:
    return rule.severity.value if rule.default else f"{rule.severity.value}, off by default"


def rules_page() -> str:
    parts = [
        "# Rules\n",
        "Every finding has the code of the rule that made it. `termcheck rules` lists them, `termcheck rules CODE`",
        "shows one of these pages.\n",
        "| Code | Name | Severity | What it finds |\n|---|---|---|---|",
        *(f"| [{r.code}](#{r.code.lower()}-{r.name}) | {r.name} | {_level(r)} | {r.summary()} |" for r in RULES),
    ]
    for rule in RULES:
        page = re.sub("^## ", "### ", rule.page(), flags=re.MULTILINE)
        parts.append(f"\n## {rule.code} {rule.name}\n\n{page}")
    return "\n".join(parts) + "\n"


def commands_page() -> str:
    parts = ["# Commands\n", "What `--help` says, for every command.\n"]
    for name, command in [("termcheck", cli), *commands()]:
        # The group's own settings hold for its commands when they run, not when their help is asked for here.
        context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
        context.help_option_names = ["-h", "--help"]
        parts.append(f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


@pytest.mark.parametrize(("name", "make"), [("rules.md", rules_page), ("commands.md", commands_page)])
def test_golden_generated_pages_are_up_to_date(name: str, make: object) -> None:
    assert callable(make)
    path = ROOT / "docs" / name
    if os.environ.get(UPDATE):
        path.write_text(make(), "utf-8")
    assert path.read_text("utf-8") == make(), "run make golden"


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_has_help_with_examples(name: str, command: click.Command) -> None:
    assert command.help
    assert command.epilog is not None
    assert f"{name} " in command.epilog or f"{name}\n" in command.epilog + "\n"


def test_links_in_the_documentation_lead_somewhere() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / ".github/CONTRIBUTING.md"]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_shows_real_commands() -> None:
    known = {name.split()[1] for name, _ in commands()}
    used = set(re.findall(r"^\$ termcheck ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE))
    assert used
    assert used <= known
