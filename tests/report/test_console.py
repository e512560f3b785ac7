from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from golden import Printed
from termcheck.report.console import print_blocks, shows_styles


@pytest.mark.parametrize(
    ("environment", "is_terminal", "shown"),
    [
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "xterm-256color"}, False, False),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_styles_show_on_a_terminal_with_colours_only(
    environment: dict[str, str], is_terminal: bool, shown: bool
) -> None:
    console = Console(file=io.StringIO(), force_terminal=is_terminal, _environ=environment)
    assert shows_styles(console) is shown


def test_lines_end_without_blanks() -> None:
    table = Table(title="A table")
    table.add_column("wide heading")
    table.add_row("x")
    printed = Printed()
    print_blocks(printed.console, [table, "", "[b]plain[/b] :smile:"])
    lines = printed.getvalue().split("\n")
    assert [line for line in lines if line.endswith(" ")] == []
    assert lines[-3:] == ["", "[b]plain[/b] :smile:", ""]
