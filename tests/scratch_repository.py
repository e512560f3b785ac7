"""A git repository with a corpus in it, for tests of what git knows."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from small_corpus import write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_DATE = 1_700_000_000
_DAY = 86_400


class ScratchRepository:
    """``folder`` is the working tree. Every commit is made a day after the one before it, by the same person."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._commits = 0
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """Run a git command without the user's own configuration, and return what it prints."""
        date = f"{_DATE + self._commits * _DAY} +0000"
        environment = {
            "PATH": "/usr/bin:/bin:/usr/local/bin",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_AUTHOR_NAME": "A Writer",
            "GIT_AUTHOR_EMAIL": "writer@example.org",
            "GIT_COMMITTER_NAME": "A Writer",
            "GIT_COMMITTER_EMAIL": "writer@example.org",
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_DATE": date,
            "GIT_ALLOW_PROTOCOL": "file",
        }
        command = ["git", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self, files: Mapping[str, str | bytes | Sequence[str]], message: str = "Change") -> str:
        """Write the files, commit everything there is, and return the commit's id."""
        write(self.folder, files)
        self._commits += 1
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD").strip()
