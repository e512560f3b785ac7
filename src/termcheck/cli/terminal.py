"""The consoles of a run: findings on standard output, progress and warnings on standard error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import TaskID

    from termcheck.pipeline import Progress

PLAIN_WIDTH = 100
"""Width of output that does not go to a terminal."""


def output_console() -> Console:
    """Standard output. Colours follow ``NO_COLOR`` and whether it is a terminal; text is never read as markup."""
    return _console(stderr=False)


def error_console() -> Console:
    """Standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    console = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=PLAIN_WIDTH)
    return console


class _Bars:
    """Shows each stage of a run as a progress bar."""

    def __init__(self, console: Console) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None

    def stage(self, name: str, total: int) -> None:
        if self._task is not None:
            self.bars.remove_task(self._task)
        self._task = self.bars.add_task(name, total=total)

    def advance(self, steps: int = 1) -> None:
        if self._task is not None:
            self.bars.advance(self._task, steps)


@contextmanager
def progress_bars(*, quiet: bool) -> Iterator[Progress]:
    """Progress of a run on standard error, and only when that is a terminal."""
    from termcheck.pipeline import NoProgress

    console = error_console()
    if quiet or not console.is_terminal:
        yield NoProgress()
        return
    shown = _Bars(console)
    with shown.bars:
        yield shown
