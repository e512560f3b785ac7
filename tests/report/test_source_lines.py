from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from office_files import docx, paragraph
from termcheck.report.source_lines import SourceLines

if TYPE_CHECKING:
    from pathlib import Path


def test_lines_end_as_positions_count_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("a\r\nb\rc\nd\u2028e\x0bf\x85g".encode())
    lines = SourceLines(tmp_path)
    assert [lines("a.md", number) for number in range(6)] == [None, "a", "b", "c", "d\u2028e\x0bf\x85g", None]


def test_what_cannot_be_read_has_no_lines(tmp_path: Path) -> None:
    lines = SourceLines(tmp_path)
    assert [lines(path, 1) for path in ("gone.md", ".", "a\0b", "\ud800")] == [None] * 4


def test_several_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    (tmp_path / "b.md").write_bytes(b"\xffb")
    lines = SourceLines(tmp_path)
    assert [lines("a.md", 1), lines("b.md", 1), lines("a.md", 1)] == ["a", "\udcffb", "a"]


def test_no_more_is_read_than_the_size_limit(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("abc\n")
    assert SourceLines(tmp_path, max_size=4)("a.md", 1) == "abc"
    assert SourceLines(tmp_path, max_size=3)("a.md", 1) is None


def test_an_archive_unpacks_up_to_the_size_limit(tmp_path: Path) -> None:
    content = docx(paragraph("word " * 5000))
    (tmp_path / "a.docx").write_bytes(content)
    assert (SourceLines(tmp_path)("a.docx", 1) or "").startswith("word word")
    assert not (SourceLines(tmp_path, max_size=10_000)("a.docx", 1) or "").startswith("word")


def test_only_what_lies_in_the_folder_and_what_is_named_in_full(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "in/link.md").symlink_to(tmp_path / "secret.md")
    lines = SourceLines(tmp_path / "in")
    assert [lines("link.md", 1), lines("../secret.md", 1)] == [None, None]
    assert lines((tmp_path / "secret.md").as_posix(), 1) == "secret"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert SourceLines(tmp_path)("a.md", 1) is None
