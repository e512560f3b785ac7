"""Printing blocks of a report on a console, and what that console can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult


def shows_styles(console: Console) -> bool:
    """Whether marked words can be told by their colour and underline; if not, they need brackets."""
    return console.is_terminal and console.color_system is not None and not console.no_color


class WithoutTrailingBlanks:
    """Prints what it wraps without blanks at the ends of lines, which tables fill up to their width."""

    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self._renderable, options, pad=False):
            while line and not line[-1].text.strip(" "):
                line.pop()
            if line:
                last = line[-1]
                line[-1] = Segment(last.text.rstrip(" "), last.style, last.control)
            yield from line
            yield Segment.line()


def print_blocks(console: Console, blocks: Iterable[RenderableType]) -> None:
    """Print the blocks one below the other, without trailing blanks."""
    for block in blocks:
        console.print(WithoutTrailingBlanks(block), end="")
