from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from scratch_repository import ScratchRepository
from small_corpus import write
from termcheck.errors import InputError
from termcheck.history.repository import NOBODY, FileChange, Repository, user_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def scratch(tmp_path: Path) -> ScratchRepository:
    return ScratchRepository(tmp_path / "project")


def test_the_prefix_leads_to_the_folder(scratch: ScratchRepository) -> None:
    (scratch.folder / "docs ü").mkdir()
    assert Repository.at(scratch.folder).prefix == ""
    assert Repository.at(scratch.folder / "docs ü").prefix == "docs ü/"


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError, match="is not in a git repository"):
        Repository.at(tmp_path)


def test_without_git(scratch: ScratchRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="git is not installed"):
        Repository.at(scratch.folder)


def test_changes_are_those_of_the_working_tree(scratch: ScratchRepository) -> None:
    base = scratch.commit({f"docs/{name}.md": f"{name} " * 40 for name in ("kept", "edited", "old", "gone", "ü 日本")})
    scratch.git("mv", "docs/old.md", "docs/new.md")
    scratch.git("rm", "--quiet", "docs/gone.md")
    scratch.commit({"docs/edited.md": "other", "docs/added.md": "x"})
    write(scratch.folder, {"docs/ü 日本.md": "uncommitted", "docs/untracked\n.md": "x", "elsewhere.md": "x"})
    expected = (
        FileChange("added.md", None),
        FileChange("edited.md", "edited.md"),
        FileChange("new.md", "old.md"),
        FileChange("untracked\n.md", None),
        FileChange("ü 日本.md", "ü 日本.md"),
    )
    assert Repository.at(scratch.folder / "docs").changes_since(base) == expected


def test_contents_come_back_in_order(scratch: ScratchRepository) -> None:
    files = {f"docs/{number}.md": f"text {number}\n" * number for number in range(100)}
    base = scratch.commit(files)
    repository = Repository.at(scratch.folder / "docs")
    names = ["7.md", "none.md", "a\nb.md", "0.md", *(f"{number}.md" for number in range(99, 0, -1))]
    found = list(repository.read(base, names))
    assert found[:4] == [b"text 7\n" * 7, None, None, b""]
    assert found[4:] == [files[f"docs/{number}.md"].encode() for number in range(99, 0, -1)]


def test_a_folder_has_no_content(scratch: ScratchRepository) -> None:
    base = scratch.commit({"docs/a.md": "x"})
    assert list(Repository.at(scratch.folder).read(base, ["docs", "docs/a.md"])) == [None, b"x"]


@pytest.mark.parametrize("reference", ["--help", "-h", "nothing", "", "main:docs", "a..b"])
def test_what_is_no_commit(scratch: ScratchRepository, reference: str) -> None:
    scratch.commit({"docs/a.md": "x"})
    assert Repository.at(scratch.folder).commit(reference) is None


def test_programs_named_in_the_repository_do_not_run(scratch: ScratchRepository) -> None:
    base = scratch.commit({"a.md": "x", ".gitattributes": "*.md diff=evil filter=none\n"})
    trap = write(scratch.folder, {"trap": "#!/bin/sh\ntouch sprung\n"}) / "trap"
    os.chmod(trap, 0o755)  # noqa: PTH101, S103
    for key in ("core.fsmonitor", "diff.external", "diff.evil.textconv", "diff.evil.command", "core.pager"):
        scratch.git("config", key, str(trap))
    write(scratch.folder, {"a.md": "y"})
    assert FileChange("a.md", "a.md") in Repository.at(scratch.folder).changes_since(base)
    assert not (scratch.folder / "sprung").exists()


def test_the_users_name(scratch: ScratchRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    assert user_name(scratch.folder) == NOBODY
    scratch.git("config", "user.name", "  Ada  L\u00f8velace ")
    assert user_name(scratch.folder) == "Ada L\u00f8velace"
    monkeypatch.setenv("PATH", "/nowhere")
    assert user_name(scratch.folder) == NOBODY
