"""Running the program in a process of its own, from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import termcheck

if TYPE_CHECKING:
    from collections.abc import Mapping

IMPORTED_FROM = str(Path(termcheck.__file__).parent.parent)
"""The folder to give a process as ``PYTHONPATH`` so that it finds the same termcheck."""


def python(
    *arguments: str, cwd: Path, stdout: int = subprocess.PIPE, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run this Python, which finds the same termcheck, and wait for it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": IMPORTED_FROM, **(environment or {})},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


def start(
    *arguments: str, cwd: Path, stdout: int = subprocess.PIPE, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command of the program."""
    return python("-m", "termcheck", *arguments, cwd=cwd, stdout=stdout, environment=environment)
