"""The files below a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from termcheck.corpus.walk import walk

if TYPE_CHECKING:
    from pathlib import Path


def make(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("text", encoding="utf-8")


def reasons(root: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> dict[str, str]:
    return {item.path: item.reason for item in walk(root, include, exclude)[1]}


def test_sorted_and_only_what_a_reader_knows(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "a/z.txt", "a/b.mdx", "A.MD", "c.pdf", "Makefile")
    files, _ = walk(tmp_path, (), ())
    assert files == ["A.MD", "a/b.mdx", "a/z.txt", "b.md"]
    assert reasons(tmp_path) == {"c.pdf": "no reader for .pdf files", "Makefile": "no reader for it"}


def test_asciidoc_says_why_it_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "a.adoc", "b.asciidoc", "C.ADOC")
    assert walk(tmp_path, (), ())[0] == []
    found = reasons(tmp_path)
    assert set(found) == {"a.adoc", "b.asciidoc", "C.ADOC"}
    assert all(reason.startswith("AsciiDoc is not read, as no well-kept parser") for reason in found.values())


def test_hidden_and_foreign_folders_are_not_entered(tmp_path: Path) -> None:
    make(tmp_path, ".git/a.md", "node_modules/x/a.md", ".venv/a.md", ".hidden.md", ".gitignore", "a.md")
    files, _ = walk(tmp_path, (), ())
    assert files == ["a.md"]
    assert set(reasons(tmp_path)) == {".git", ".venv", "node_modules", ".hidden.md"}


def test_include_and_exclude(tmp_path: Path) -> None:
    make(tmp_path, "docs/a.md", "docs/old/b.md", "other/c.md", "docs/draft.md")
    files, _ = walk(tmp_path, ["docs/**"], ["docs/old", "draft.*"])
    assert files == ["docs/a.md"]
    assert reasons(tmp_path, ("docs/**",), ("docs/old", "draft.*")) == {
        "docs/old": 'excluded by "docs/old"',
        "docs/draft.md": 'excluded by "draft.*"',
        "other/c.md": "not among the included paths",
    }


def test_links_never_leave_the_tree(tmp_path: Path) -> None:
    root = tmp_path / "root"
    make(tmp_path, "root/a.md", "outside/secret.md")
    (root / "inside.md").symlink_to(root / "a.md")
    (root / "secret.md").symlink_to(tmp_path / "outside/secret.md")
    (root / "outside").symlink_to(tmp_path / "outside", target_is_directory=True)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "nowhere.md").symlink_to(root / "gone.md")
    (root / "self.md").symlink_to(root / "self.md")
    files, _ = walk(root, (), ())
    assert files == ["a.md", "inside.md"]
    assert reasons(root) == {
        "secret.md": "a symbolic link that leaves the folder",
        "outside": "a symbolic link that leaves the folder",
        "loop": "a symbolic link to a folder",
        "nowhere.md": "a symbolic link that leads nowhere",
        "self.md": "a symbolic link that leads nowhere",
    }


def test_names_that_are_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"b\xff.md")).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system only takes Unicode names")
    files, skipped = walk(tmp_path, (), ())
    assert files == []
    assert [(item.path, item.reason) for item in skipped] == [("b\\udcff.md", "its name is not valid Unicode")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser reads everything")
def test_unreadable_folder(tmp_path: Path) -> None:
    make(tmp_path, "a/b.md")
    (tmp_path / "a").chmod(0)
    try:
        assert "cannot be read" in reasons(tmp_path)["a"]
    finally:
        (tmp_path / "a").chmod(0o700)


def test_folder_that_vanishes(tmp_path: Path) -> None:
    files, skipped = walk(tmp_path / "gone", (), ())
    assert files == []
    assert "cannot be read" in skipped[0].reason
