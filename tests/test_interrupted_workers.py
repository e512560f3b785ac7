"""An interrupt of a run with several processes, and the next run, which goes on from there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from process import IMPORTED_FROM
from small_corpus import write_corpus

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no POSIX signals here")

# Workers import this file again, but need neither model nor stand-in.
PROGRAM = """
import pathlib, signal, sys, time

if __name__ == "__main__":
    import pytest
    from small_corpus import use_stand_in
    from termcheck import known_documents
    from termcheck.cli import run
    from termcheck.crew.work import Crew

    # What runs in the background of a script is told to ignore interrupts, and so are all that it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    known_documents.WORTH = 0
    use_stand_in(pytest.MonkeyPatch())
    flag, *arguments = sys.argv[1:]
    take = Crew._next

    def wait(self, method, *rest):
        found = take(self, method, *rest)
        if flag and method == "align":
            pathlib.Path(flag).touch()
            time.sleep(60)
        return found

    Crew._next = wait
    sys.exit(run(arguments))
"""


def _ends(group: int) -> bool:
    """Whether no process of the group is left soon: what starts the workers for the leader ends right after it."""
    for _ in range(300):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_an_interrupt_ends_all_processes_and_the_next_run_goes_on(tmp_path: Path) -> None:
    corpus = tmp_path / "docs"
    for name in ("a", "b", "c"):
        write_corpus(tmp_path / name, without={"pl": 2} if name == "b" else None)
        for lang in ("en", "pl", "tr"):
            (corpus / lang).mkdir(parents=True, exist_ok=True)
            (tmp_path / name / lang / "story.md").rename(corpus / lang / f"{name}.md")
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")

    def start(flag: str, cache: str, *arguments: str) -> subprocess.Popen[str]:
        paths = os.pathsep.join([IMPORTED_FROM, str(Path(__file__).parent)])
        return subprocess.Popen(
            [sys.executable, str(tmp_path / "program.py"), flag, "report", "--format", "json", *arguments],
            cwd=corpus,
            env={**os.environ, "PYTHONPATH": paths, "TERMCHECK_CACHE_DIR": str(tmp_path / cache)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        )

    flag = tmp_path / "aligning"
    interrupted = start(str(flag), "cache", "--jobs", "2", "--output", f"json={tmp_path / 'report.json'}")
    while not flag.exists() and interrupted.poll() is None:
        time.sleep(0.02)
    # As a terminal does: to the leader and its workers.
    os.killpg(interrupted.pid, signal.SIGINT)
    _, errors = interrupted.communicate(timeout=60)
    assert interrupted.returncode == 130, errors
    assert "Traceback" not in errors
    assert not (tmp_path / "report.json").exists()
    assert _ends(interrupted.pid)

    resumed = start("", "cache", "--jobs", "2", "--verbose")
    alone = start("", "other", "--jobs", "1")
    found, errors = resumed.communicate(timeout=120)
    assert "0 encoded" in errors
    assert found == alone.communicate(timeout=120)[0]
    assert resumed.returncode == 1
