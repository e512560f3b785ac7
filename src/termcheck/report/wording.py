"""What the parts of a report have in common: texts made safe to print, names, counts, colours, paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from termcheck.languages import display_name
from termcheck.model import Severity
from termcheck.report.sanitize import sanitize

if TYPE_CHECKING:
    from rich.console import RenderableType

    from termcheck.model import Location

SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold blue"}


def safe(text: str, style: str = "") -> Text:
    """A text from the corpus, or one that may quote it, as it may be shown: no markup, no control characters."""
    return Text(sanitize(text), style=style)


def place(location: Location, style: str = "") -> Text:
    """Where something begins, as editors and terminals take it: ``path:line:column``."""
    return safe(f"{location.path}:{location.start.line}:{location.start.column}", style)


def language(tag: str) -> str:
    """A language as a reader knows it and as files are named: ``Polish (pl)``."""
    return f"{display_name(tag)} ({tag})"


def sureness(confidence: float) -> str:
    """A confidence in [0, 1] in words."""
    if confidence >= 0.9:
        return "very sure"
    if confidence >= 0.7:
        return "fairly sure"
    return "likely" if confidence >= 0.5 else "possible"


def indented(block: RenderableType) -> Padding:
    """The block two columns to the right."""
    return Padding(block, (0, 0, 0, 2))


def bullet(text: Text) -> Table:
    """The text behind a bullet, its further lines in line with the first."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row("•", text)
    return grid
