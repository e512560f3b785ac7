"""Catching what is printed, and comparing an output with the one expected, kept in ``tests/golden/``.

After an intended change, ``TERMCHECK_UPDATE_GOLDEN=1 pytest -k golden`` writes the files anew; read their difference.
"""

from __future__ import annotations

import difflib
import io
import os
from pathlib import Path

import pytest
from rich.console import Console

FOLDER = Path(__file__).with_name("golden")


def check_golden(name: str, actual: str) -> None:
    """Fail with a readable difference unless ``actual`` is what ``tests/golden/<name>`` holds."""
    path = FOLDER / name
    if os.environ.get("TERMCHECK_UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(actual.encode())
        return
    expected = path.read_bytes().decode() if path.exists() else ""
    if actual != expected:
        lines = difflib.unified_diff(
            expected.splitlines(), actual.splitlines(), f"expected: {name}", "actual", lineterm="", n=2
        )
        pytest.fail("\n".join([*lines, "", "If this is intended: make golden"]), pytrace=False)


class Printed(io.StringIO):
    """What is printed on its console, which is as wide as told and shows colours when told so."""

    def __init__(self, width: int = 80, *, color: bool = False) -> None:
        super().__init__()
        self.console = Console(file=self, width=width, markup=False, highlight=False, emoji=False, force_terminal=color)
