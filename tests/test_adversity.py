"""What goes wrong around a run: no space, an interrupt, a cache that cannot be used. Exit codes stay as documented."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import termcheck
from small_corpus import use_stand_in, write_corpus
from termcheck.cli import run

if TYPE_CHECKING:
    Capture = pytest.CaptureFixture[str]

# The stand-in encoder in a process of its own; a number limits the size of files, as a full disk does.
_PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import pytest
from small_corpus import use_stand_in
limit = {limit!r}
use_stand_in(pytest.MonkeyPatch())
if limit is not None:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from termcheck.cli import main
main(sys.argv[1:])
"""


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus with one finding, as the working directory."""
    use_stand_in(monkeypatch)
    folder = write_corpus(tmp_path / "docs", without={"pl": 2})
    monkeypatch.chdir(folder)
    return folder


def program(*arguments: str, limit: int | None = None) -> list[str]:
    text = _PROGRAM.format(tests=str(Path(__file__).parent), limit=limit)
    return [sys.executable, "-c", text, *arguments]


def environment(cache: Path) -> dict[str, str]:
    path = str(Path(termcheck.__file__).parent.parent)
    return {**os.environ, "PYTHONPATH": path, "TERMCHECK_CACHE_DIR": str(cache)}


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited here")
@pytest.mark.parametrize("output", ["json", "sarif", "junit"])
def test_a_full_disk_leaves_the_old_report(corpus: Path, tmp_path: Path, output: str) -> None:
    report = corpus / "report.out"
    report.write_text("the report of yesterday", "utf-8")
    command = program("report", "--no-cache", "--output", f"{output}=report.out", limit=1000)
    done = subprocess.run(command, env=environment(tmp_path / "cache"), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "report.out" in done.stderr
    assert report.read_text("utf-8") == "the report of yesterday"
    assert sorted(path.name for path in corpus.iterdir()) == ["en", "pl", "report.out", "tr"]


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited here")
def test_a_cache_that_cannot_grow_is_done_without(corpus: Path, tmp_path: Path) -> None:
    command = program("report", "--format", "json", limit=20_000)
    done = subprocess.run(
        command, cwd=corpus, env=environment(tmp_path / "cache"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == ["TC101"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no POSIX signals here")
def test_an_interrupt_leaves_nothing_half_written(corpus: Path, tmp_path: Path) -> None:
    started = tmp_path / "started"
    waiting = (
        "import pathlib, signal, time, termcheck.pipeline as pipeline\n"
        # What runs in the background of a script is told to ignore interrupts, and so are all that it starts.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"def wait(*_): pathlib.Path({str(started)!r}).touch(); time.sleep(60)\n"
        "pipeline.align = wait\n"
    )
    command = program("report", "--output", "json=report.json")
    command[2] = command[2].replace("from termcheck.cli import main", waiting + "from termcheck.cli import main")
    process = subprocess.Popen(command, env=environment(tmp_path / "cache"), stderr=subprocess.PIPE, text=True)
    while not started.exists() and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert errors.endswith("Interrupted. What was encoded so far is kept in the cache.\n")
    assert not (corpus / "report.json").exists()


@pytest.mark.usefixtures("corpus")
def test_a_cache_that_another_process_keeps_locked(
    cache_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    from termcheck import cache

    monkeypatch.setattr(cache, "_TIMEOUT_S", 0.1)
    run(["report", "--quiet"])
    capsys.readouterr()
    with sqlite3.connect(cache_dir / cache.FILE_NAME) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert run(["report", "--format", "json"]) == 1
        connection.rollback()
    assert [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]] == ["TC101"]


@pytest.mark.usefixtures("corpus")
def test_a_cache_folder_that_is_a_file(cache_dir: Path, capsys: Capture) -> None:
    cache_dir.write_text("no folder", "utf-8")
    code = run(["report", "--format", "json"])
    output = capsys.readouterr()
    assert code in (1, 2)
    assert "Traceback" not in output.err
    assert cache_dir.read_text("utf-8") == "no folder"
