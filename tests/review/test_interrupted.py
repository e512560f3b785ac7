"""The program is stopped, or killed at the worst moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from review_app import DECISIONS, TEXTS, open_review, window
from termcheck.decisions_file import DecisionsFile

TESTS = Path(__file__).parents[1]

_KILLED = """
import os, signal, sys
from pathlib import Path
from review_app import open_review, window

def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)

with window(open_review(Path(sys.argv[1]), {})) as app:
    os.fsync = die
    if sys.argv[2] == "decide":
        app.decide(*app.ids("TC303"), kind="later")
    else:
        app.post("save", **app.place(1), texts=["Ogrodnicy podlewają 12 kwiaty każdego ranka."])
"""

_STOPPED = """
import os, signal
from starlette.applications import Starlette
from termcheck.review.server import find_place, serve

serve(Starlette(), find_place(), lambda: os.kill(os.getpid(), signal.SIGINT))
print("stopped")
"""


def run(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("act", ["decide", "save"])
def test_killed_in_the_middle_of_saving(act: str, tmp_path: Path) -> None:
    with window(open_review(tmp_path)) as app:
        first, _ = app.ids("TC303")
        app.decide(first)
    before = (tmp_path / DECISIONS).read_bytes()
    assert run(_KILLED, str(tmp_path), act).returncode == -signal.SIGKILL
    assert (tmp_path / DECISIONS).read_bytes() == before
    assert (tmp_path / "pl/story.md").read_text("utf-8") == TEXTS["pl/story.md"]
    # What is left behind is in nobody's way.
    with window(open_review(tmp_path, {})) as app:
        assert len(app.ids("TC303")) == 2
        app.decide(*app.ids("TC303"), kind="later")
    assert len(DecisionsFile(tmp_path / DECISIONS).load()) == 2


def test_an_interrupt_ends_it_quietly() -> None:
    done = run(_STOPPED)
    assert (done.returncode, done.stdout, done.stderr) == (0, "stopped\n", "")
