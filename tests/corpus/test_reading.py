"""Reading one file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from termcheck.corpus.readers import READERS, reader_for, reader_of, suffix_of
from termcheck.corpus.reading import ReadProblem, read_document, segment
from termcheck.model import Document

if TYPE_CHECKING:
    from pathlib import Path


def problem(root: Path, path: str, max_size: int = 1000) -> ReadProblem:
    read = read_document(root, path, "pl", max_size=max_size)
    assert isinstance(read, ReadProblem)
    assert (read.path, read.lang) == (path, "pl")
    return read


def test_document(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/a.md").write_bytes(b"\xef\xbb\xbf# T\r\n")
    document = read_document(tmp_path, "x/a.md", "pl", max_size=1000)
    assert document == Document("x/a.md", "pl", "# T\r\n", "markdown", bom=True)
    assert isinstance(document, Document)
    assert [(item.text, tuple(item.location().start)) for item in segment(document)] == [("T", (1, 3))]


def test_text_mode_is_in_the_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a\nb", encoding="utf-8")
    document = read_document(tmp_path, "a.txt", "pl", max_size=1000, text_paragraphs="blank-line")
    assert isinstance(document, Document)
    assert document.format == "text (blank-line)"


def test_wrong_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("# Tytuł\nzażółć".encode("iso-8859-2"))
    found = problem(tmp_path, "a.md")
    assert "UTF-8" in found.reason
    assert found.position == (1, 7)


def test_size_limit(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"x" * 1001)
    assert "larger than 1,000 bytes" in problem(tmp_path, "a.md").reason
    assert isinstance(read_document(tmp_path, "a.md", "pl", max_size=1001), Document)


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    assert "cannot be read" in problem(tmp_path, "gone.md").reason
    assert problem(tmp_path, "folder.md").reason
    assert "no reader" in problem(tmp_path, "a.png").reason
    assert "cannot be read" in problem(tmp_path, "a\0b.md").reason


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert "no regular file" in problem(tmp_path, "pipe.md").reason


def test_links_out_of_the_root_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (tmp_path / "root/a.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "root/loop.md").symlink_to(tmp_path / "root/loop.md")
    assert "leads out" in problem(tmp_path / "root", "a.md").reason
    assert "leads out" in problem(tmp_path / "root", "../secret.md").reason
    assert problem(tmp_path / "root", "loop.md").reason


def test_registry() -> None:
    names = [reader.name for reader in READERS]
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert all(" " not in name for name in names)
    assert suffix_of("a.b.MD") == ".MD"
    assert suffix_of(".md") is None
    assert suffix_of("README") is None
    assert reader_for("x.exe") is None
    assert reader_of("text (line)").name == "text"
    with pytest.raises(KeyError):
        reader_of("nothing")
