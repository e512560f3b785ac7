from __future__ import annotations

from typing import TYPE_CHECKING

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
