"""The commit that a change starts from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from termcheck.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.history.repository import Repository

AUTO = "auto"
"""In place of a reference: the branch that the pull or merge request goes to, as the build service tells it."""


def change_base(repository: Repository, reference: str, environ: Mapping[str, str] | None = None) -> str:
    """The id of the commit where the current branch left ``reference``, for comparing the files on disk with.

    ``environ`` stands in for ``os.environ``. Raises ``InputError`` that says what to fetch when the commit is not here.
    """
    wanted = _automatic(os.environ if environ is None else environ) if reference == AUTO else reference
    commit = repository.commit(wanted)
    if commit is None:
        remote, slash, branch = wanted.partition("/")
        fetch = f"git fetch {remote} {branch}" if slash else f"git fetch origin {wanted}"
        raise InputError(
            f"there is no commit {wanted!r} in this repository", f"name a branch, a tag or a commit; {_get(fetch)}"
        )
    base = repository.merge_base(commit)
    if base is not None:
        return base
    if repository.is_shallow():
        raise InputError(
            f"the history that was fetched does not reach back to where this branch left {wanted!r}",
            _get("git fetch --unshallow"),
        )
    raise InputError(f"this branch and {wanted!r} have no common history", "name a commit that this branch grew from")


def _get(command: str) -> str:
    return (
        f"to get it: {command} (in GitHub Actions, give actions/checkout 'fetch-depth: 0'; in GitLab, set GIT_DEPTH: 0)"
    )


def _automatic(environ: Mapping[str, str]) -> str:
    """What GitHub Actions and GitLab CI say about the request that is being built."""
    if branch := environ.get("GITHUB_BASE_REF"):
        return f"origin/{branch}"
    if commit := environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA"):
        return commit
    if branch := environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"):
        return f"origin/{branch}"
    raise InputError(
        "'auto' finds the branch to compare with only in the build of a pull or merge request",
        "name it, for example --since origin/main",
    )
