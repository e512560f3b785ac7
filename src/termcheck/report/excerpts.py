"""The texts of a finding below each other, each beside its language, with the marked words highlighted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from termcheck.model import Role
from termcheck.report.console import shows_styles
from termcheck.report.sanitize import disarm, show_controls
from termcheck.report.shorten import Kind, shorten
from termcheck.report.wording import language, place, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

    from termcheck.model import Excerpt

_ROLES = {Role.TARGET: "to check", Role.SOURCE: "source", Role.WITNESS: "to compare", Role.CONTEXT: "context"}
_ORDER = (Role.SOURCE, Role.TARGET, Role.WITNESS, Role.CONTEXT)

_LABEL_WIDTH = 20
_MARK_STYLE = "underline black on yellow"
_MEASURED = 400


def in_reading_order(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """The source first, then what is to be checked, then the versions to compare it with, then context."""
    return sorted(excerpts, key=lambda excerpt: _ORDER.index(excerpt.role))


def excerpt_table(
    excerpts: Sequence[Excerpt], console: Console, *, lines: int | None = None, paths: bool = False
) -> RenderableType:
    """The excerpts as given, one below the other, beside language, role and line of each.

    ``lines`` is about how many lines of each text are shown (None: all); ``paths`` puts its place above each text.
    """
    label_width = min(_LABEL_WIDTH, console.width // 3)
    cells = None if lines is None else lines * max(console.width - label_width - 5, 1)
    table = Table(
        box=box.MINIMAL, show_edge=False, show_header=False, padding=(0, 1), pad_edge=False, border_style="dim"
    )
    table.add_column(width=label_width, overflow="fold")
    table.add_column(overflow="fold")
    for excerpt in excerpts:
        text = _quoted(excerpt, console, cells)
        table.add_row(_label(excerpt), place(excerpt.location, "dim").append("\n").append_text(text) if paths else text)
    return table


def _label(excerpt: Excerpt) -> Text:
    where = excerpt.location
    name = language(where.lang) if where.lang else where.path
    label = safe(name, "bold" if excerpt.role is Role.TARGET else "")
    return label.append(f"\n{_ROLES[excerpt.role]}, line {where.start.line}", "dim not bold")


def _quoted(excerpt: Excerpt, console: Console, cells: int | None) -> Text:
    """The text with its marked words highlighted, cut around them to about ``cells`` columns.

    Where the console shows no colours the marked words stand in ``⟦…⟧``. ``…`` stands for what was left out.
    """
    # Marks count in the text as it is: what changes its length has to wait until it is in pieces.
    text = disarm(excerpt.text)
    brackets = not shows_styles(console)
    pieces = shorten(text, excerpt.marks, None if cells is None else _code_points(text, cells))
    result = Text()
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.GAP:
            result.append(f"{' ' if index else ''}…{' ' if index + 1 < len(pieces) else ''}", "dim")
            continue
        # The paragraphs of a merged excerpt are joined by a line break: its sign is to stand apart from the words.
        shown = show_controls(piece.text.replace("\n", " \n "))
        if piece.kind is Kind.PLAIN:
            result.append(shown)
        else:
            result.append(f"⟦{shown}⟧" if brackets else shown, _MARK_STYLE)
    return result


def _code_points(text: str, cells: int) -> int:
    """About how many code points of the text fill ``cells`` columns: half as many in Chinese, Japanese and Korean."""
    sample = text[:_MEASURED]
    return max(int(cells * len(sample) / max(cell_len(sample), 1)), 1) if sample else cells
