"""The consoles of a run: findings on standard output, progress and warnings on standard error."""

from __future__ import annotations

import codecs
import io
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.progress import ProgressColumn, Task, TaskID

    from termcheck.progress import Progress

PLAIN_WIDTH = 100
"""Width of output that does not go to a terminal."""


def prepare_streams() -> None:
    """Let standard output and error take any text: what an encoding cannot hold is written as an escape.

    ASCII, which mostly comes from the C locale of a build service and not from a reader, gives way to UTF-8.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            plain = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if plain else None, errors="backslashreplace")


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


class _Notes:
    """Shows the facts about a run, one on a line."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def stage(self, name: str, total: int) -> None:
        pass

    def advance(self, steps: int = 1) -> None:
        pass

    def note(self, topic: str, text: str) -> None:
        from termcheck.report.wording import safe

        self._console.print(safe(f"{topic}: {text}"), soft_wrap=True)


class _Bars:
    """Shows each stage as a progress bar with rate and time left, and the facts about the run above with ``notes``."""

    def __init__(self, console: Console, notes: Progress) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            rate_column(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._notes = notes

    def stage(self, name: str, total: int) -> None:
        if self._task is not None:
            self.bars.remove_task(self._task)
        self._task = self.bars.add_task(name, total=total)

    def advance(self, steps: int = 1) -> None:
        if self._task is not None:
            self.bars.advance(self._task, steps)

    def note(self, topic: str, text: str) -> None:
        self._notes.note(topic, text)


def rate_column() -> ProgressColumn:
    """Steps per second, of late."""
    from rich.progress import ProgressColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{speed:,.1f}/s" if speed < 10 else f"{speed:,.0f}/s")

    return Rate()


@contextmanager
def progress_bars(*, quiet: bool, verbose: bool = False) -> Iterator[Progress]:
    """Progress of a run on standard error, bars only when that is a terminal; facts about the run when ``verbose``."""
    from termcheck.progress import NoProgress

    console = error_console()
    notes = _Notes(console) if verbose and not quiet else NoProgress()
    if quiet or not console.is_terminal:
        yield notes
        return
    shown = _Bars(console, notes)
    with shown.bars:
        yield shown
