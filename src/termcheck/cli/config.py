"""``termcheck config``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command(
    epilog="""\b
Examples:
  termcheck config
  termcheck config docs/
"""
)
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration file to use.")
def command(path: Path, config_file: Path | None) -> None:
    """Print the effective configuration and where each value comes from.

    PATH is the folder or file that would be checked (default: the current folder).
    """
    from termcheck.config import SETTINGS, load_config
    from termcheck.report.sanitize import sanitize

    config = load_config(path, config_file)
    shown = {name: sanitize(_shown(getattr(config, name))) for name in SETTINGS}
    names, values = max(map(len, shown)), min(max(map(len, shown.values())), 48)
    for name, value in shown.items():
        click.echo(f"{name:<{names}}  {value:<{values}}  # {sanitize(str(config.origins[name]))}")


def _shown(value: Any) -> str:
    """A value as it would stand in YAML, on one line."""
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(str, value)) + "]"
    if hasattr(value, "items"):
        return "{" + ", ".join(f"{key}: {item}" for key, item in sorted(value.items())) + "}"
    return str(value)
