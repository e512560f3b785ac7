from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scratch_repository import ScratchRepository
from termcheck.errors import InputError
from termcheck.history.reference import AUTO, change_base
from termcheck.history.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def scratch(tmp_path: Path) -> ScratchRepository:
    """``main`` went on by a commit after ``work`` had left it."""
    scratch = ScratchRepository(tmp_path / "project")
    scratch.commit({"a.md": "1"})
    scratch.git("tag", "left")
    scratch.commit({"a.md": "2"})
    scratch.git("switch", "--quiet", "--create", "work", "left")
    scratch.commit({"b.md": "1"})
    return scratch


def base(scratch: ScratchRepository, reference: str, **environ: str) -> str:
    return change_base(Repository.at(scratch.folder), reference, environ)


def commit(scratch: ScratchRepository, reference: str) -> str:
    return scratch.git("rev-parse", reference).strip()


def test_the_base_is_where_the_branches_part(scratch: ScratchRepository) -> None:
    assert base(scratch, "main") == commit(scratch, "left")
    assert base(scratch, "left") == commit(scratch, "left")
    assert base(scratch, "HEAD") == commit(scratch, "work")


@pytest.mark.parametrize(
    "environ",
    [{"GITHUB_BASE_REF": "main"}, {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}],
)
def test_build_services_name_the_branch(scratch: ScratchRepository, environ: dict[str, str]) -> None:
    scratch.git("update-ref", "refs/remotes/origin/main", "main")
    assert base(scratch, AUTO, **environ) == commit(scratch, "left")


def test_a_build_service_names_the_commit(scratch: ScratchRepository) -> None:
    left = commit(scratch, "left")
    assert base(scratch, AUTO, CI_MERGE_REQUEST_DIFF_BASE_SHA=left) == left


def test_elsewhere_the_branch_has_to_be_named(scratch: ScratchRepository) -> None:
    with pytest.raises(InputError) as caught:
        base(scratch, AUTO)
    assert caught.value.hint == "name it, for example --since origin/main"


def test_a_missing_branch_has_to_be_fetched(scratch: ScratchRepository) -> None:
    with pytest.raises(InputError, match="there is no commit 'origin/main'") as caught:
        base(scratch, "origin/main")
    assert "git fetch origin main (" in caught.value.hint


def test_a_shallow_clone_says_what_to_fetch(scratch: ScratchRepository, tmp_path: Path) -> None:
    scratch.git("clone", "--quiet", "--depth=1", "--branch=work", scratch.folder.as_uri(), str(tmp_path / "clone"))
    scratch.folder = tmp_path / "clone"
    scratch.git("fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    with pytest.raises(InputError, match="does not reach back") as caught:
        base(scratch, "origin/main")
    assert "git fetch --unshallow" in caught.value.hint
    scratch.git("fetch", "--quiet", "--unshallow", "origin")
    assert base(scratch, "origin/main") == commit(scratch, "work~1")


def test_histories_that_have_nothing_in_common(scratch: ScratchRepository) -> None:
    scratch.git("switch", "--quiet", "--orphan", "other")
    scratch.commit({"c.md": "1"})
    with pytest.raises(InputError, match="no common history"):
        base(scratch, "main")
