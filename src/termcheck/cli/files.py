"""The files that a command reads and writes, ``-`` being standard input and output."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from termcheck.errors import InputError

MAX_BYTES = 64 * 2**20
"""The largest file of another tool that is read."""

STANDARD = "-"
"""Stands for standard input or output in place of a file."""


def read_file(name: str) -> bytes:
    """The content of a file, or of standard input for ``-``. Raises ``InputError``."""
    try:
        if name == STANDARD:
            raw: bytes = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name}: is larger than {MAX_BYTES // 2**20} MiB", "split it")
    return raw


def write_text(path: Path | None, text: str) -> None:
    """Write the file completely or not at all; standard output for None and ``-``. Raises ``OutputError``."""
    from termcheck.atomic_file import write_atomically

    if path is None or str(path) == STANDARD:
        print_text(text)
    else:
        write_atomically(path, text)


def print_text(text: str) -> None:
    """Print what other programs read: UTF-8 with plain line ends wherever it is made, and nothing added."""
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
