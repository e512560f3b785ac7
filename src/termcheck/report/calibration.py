"""What a calibration found, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from termcheck.config_file import display_path
from termcheck.meaning.calibration import THRESHOLD_NAME
from termcheck.report.console import print_blocks
from termcheck.report.wording import safe
from termcheck.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console, RenderableType

    from termcheck.meaning.calibration import Calibration


def print_calibration(found: Calibration, path: Path, console: Console, *, written: bool) -> None:
    """Print what is flagged and found with the default and with the new threshold, and where that was written."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", border_style="dim")
    table.add_column("", overflow="fold")
    for heading in ("Number", "Default", "Fitted"):
        table.add_column(heading, justify="right", no_wrap=True)
    clean = found.versions - found.wrong
    table.add_row(
        "paragraphs as they are, flagged", f"{clean:,}", str(found.clean_by_default), str(found.clean_by_fitted)
    )
    for kind, planted in found.found.items():
        table.add_row(f"{kind}, found", f"{planted.planted:,}", str(planted.by_default), str(planted.by_fitted))
    blocks: list[RenderableType] = []
    if found.decided is not None:
        each = found.decided
        row = (f"{each.right:,}", str(each.right_by_default), str(each.right_by_fitted))
        table.add_row("decided to be right, reported", *row)
        row = (f"{each.false_alarms:,}", str(each.false_by_default), str(each.false_by_fitted))
        table.add_row("decided to be false alarms, reported", *row)
        blocks.append(Text("Fitted to what was decided; of these, each fifth is judged by what the others fit."))
        blocks.append("")
    blocks += [table, ""]
    if found.wrong:
        what = counted(found.wrong, "paragraph")
        blocks.append(
            Text(f"{what} of the corpus look like gross errors and were not counted; termcheck report shows them.")
        )
    shown = safe(display_path(path.absolute()))
    verb = "Written to " if written else "Not written, would go to "
    blocks.append(Text.assemble(f"thresholds: {{{THRESHOLD_NAME}: {found.threshold:g}}}  ", verb, shown))
    print_blocks(console, blocks)
