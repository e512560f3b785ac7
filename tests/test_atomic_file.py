from __future__ import annotations

import os
import stat
import threading
from typing import TYPE_CHECKING

import pytest

from termcheck.atomic_file import write_atomically
from termcheck.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_text_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    write_atomically(path, "żółć\r\n한국어\n")
    assert path.read_bytes() == "żółć\r\n한국어\n".encode()
    assert names(tmp_path) == ["report.json"]


def test_a_new_file_gets_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_an_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report"
    path.write_text("old")
    path.chmod(0o604)
    other = tmp_path / "link"
    os.link(path, other)
    write_atomically(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert other.read_text() == "old", "the file was changed in place"


def test_a_symbolic_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    link = tmp_path / "link"
    link.symlink_to("real")
    write_atomically(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_link_to_nothing_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("later")
    write_atomically(link, "new")
    assert (tmp_path / "later").read_text() == "new"


def test_the_longest_possible_name_works(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_atomically(path, "new")
    assert path.read_text() == "new"


def test_a_pipe_is_written_to_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[str] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_text()))
    reader.start()
    write_atomically(pipe, "through")
    reader.join(timeout=10)
    assert received == ["through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_no_encoding_holds_does_not_stop_the_output(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "a\udcffb")
    assert (tmp_path / "a").read_text() == "a?b"


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("none/report", "its folder does not exist", "make the folder"),
        ("folder", "Is a directory|this is a folder", ""),
        ("file/report", "cannot be written: Not a directory", ""),
        ("nul\0l", "cannot be written: .*null", ""),
        ("loop", "cannot be written: ", ""),
    ],
)
def test_a_path_that_cannot_be_written_is_an_error(tmp_path: Path, name: str, message: str, hint: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept")
    (tmp_path / "loop").symlink_to("loop")
    before = names(tmp_path)
    with pytest.raises(OutputError, match=message) as caught:
        write_atomically(tmp_path / name, "x")
    assert str(tmp_path) in caught.value.message
    assert hint in caught.value.hint
    assert names(tmp_path) == before
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("exists", [True, False])
def test_a_failure_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, exists: bool
) -> None:
    path = tmp_path / "report"
    if exists:
        path.write_text("old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    expected = KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else OutputError
    with pytest.raises(expected) as caught:
        write_atomically(path, "new")
    if isinstance(caught.value, OutputError):
        assert caught.value.message == f"{path}: cannot be written: No space left on device"
    assert names(tmp_path) == (["report"] if exists else [])
    assert not exists or path.read_text() == "old"
