"""The git repository that a corpus lies in, read through the git program and never written to."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_BATCH = 64
"""Files that are read from git at a time, so that only their contents are held in memory."""

NOBODY = "unknown"
"""The name of a user whom git does not know."""

# What a repository's own configuration could run or change is turned off.
_SAFE = ("--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs from a commit. ``path`` is its name now, ``before`` the name then, None for a new file."""

    path: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository seen from ``folder``: all paths are POSIX and relative to that folder."""

    folder: Path
    prefix: str
    """The way from the repository's root to ``folder``: empty, or ending in "/"."""

    @classmethod
    def at(cls, folder: Path) -> Repository:
        """The repository that holds a folder. Raises ``InputError`` without git, or outside a repository."""
        repository = cls(folder, "")
        prefix = repository.run("rev-parse", "--show-prefix")
        if prefix is None:
            raise InputError(
                f"{folder} is not in a git repository", "what changed can only be told where git keeps the history"
            )
        return cls(folder, prefix.decode("utf-8", "surrogateescape").rstrip("\n"))

    def run(self, *arguments: str, given: bytes = b"") -> bytes | None:
        """What a git command prints, or None when it fails. Raises ``InputError`` when there is no git."""
        # Messages are not read, but a pager or a prompt would wait for ever.
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_PAGER": "cat", "LC_ALL": "C"}
        try:
            done = subprocess.run(  # noqa: S603
                ["git", *_SAFE, *arguments],  # noqa: S607
                cwd=self.folder,
                env=environment,
                input=given,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            raise InputError("git is not installed", "what changed can only be told with git") from None
        except OSError as error:
            raise InputError(f"git cannot be run: {error.strerror or error}") from None
        return done.stdout if done.returncode == 0 else None

    def commit(self, reference: str) -> str | None:
        """The id of the commit that a reference names, or None when there is no such commit here."""
        found = self.run("rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}")
        return None if found is None else found.decode("ascii").strip()

    def is_shallow(self) -> bool:
        """Whether the history was only fetched in part."""
        return (self.run("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"

    def merge_base(self, commit: str) -> str | None:
        """The commit at which the current branch left the other, or None when they do not meet here."""
        found = self.run("merge-base", "--end-of-options", "HEAD", commit)
        return None if found is None else found.decode("ascii").strip()

    def changes_since(self, commit: str) -> tuple[FileChange, ...]:
        """The files below the folder that differ from a commit, as they are on disk, committed or not.

        Deleted files are not among them. A renamed file counts as changed and keeps its former name.
        """
        diff = self.run(
            "diff",
            "--name-status",
            "-z",
            "--find-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--end-of-options",
            commit,
        )
        untracked = self.run("ls-files", "--others", "--exclude-standard", "-z")
        found = dict(self._parse(diff or b""))
        for name in _names(untracked or b""):
            # Unlike those of the other command, these are relative to the folder already.
            found.setdefault(name, None)
        return tuple(FileChange(path, found[path]) for path in sorted(found))

    def read(self, commit: str, paths: Sequence[str]) -> Iterator[bytes | None]:
        """The content that each file had in a commit, in order; None where there was none."""
        yield from self.read_objects([f"{commit}:{self.prefix}{path}" for path in paths])

    def read_objects(self, names: Sequence[str]) -> Iterator[bytes | None]:
        """The content of each object, named by id or as ``commit:path`` from the root; None where there is none."""
        for start in range(0, len(names), _BATCH):
            wanted = names[start : start + _BATCH]
            # A name with a line break cannot be asked for this way.
            lines = "\n".join(name if "\n" not in name else "-" for name in wanted) + "\n"
            output = self.run("cat-file", "--batch", given=lines.encode("utf-8", "surrogateescape")) or b""
            yield from _contents(output, len(wanted))

    def _parse(self, diff: bytes) -> Iterator[tuple[str, str | None]]:
        fields = iter(_names(diff))
        for status in fields:
            old = next(fields, "")
            new = next(fields, "") if status[0] in "RC" else old
            path = self._relative(new)
            if path is None or status[0] == "D":
                continue
            yield path, None if status[0] == "A" else self._relative(old)

    def _relative(self, path: str) -> str | None:
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else None


def user_name(folder: Path) -> str:
    """Whom git takes the user for, in a folder that need not be in a repository; ``NOBODY`` where nothing is set."""
    try:
        found = Repository(folder, "").run("config", "--get", "user.name")
    except InputError:
        return NOBODY
    return " ".join((found or b"").decode("utf-8", "replace").split()) or NOBODY


def _names(output: bytes) -> list[str]:
    return [name.decode("utf-8", "surrogateescape") for name in output.split(b"\0") if name]


def _contents(output: bytes, count: int) -> Iterator[bytes | None]:
    at = 0
    for _ in range(count):
        end = output.find(b"\n", at)
        if end < 0:
            yield None
            continue
        header = output[at:end].split(b" ")
        at = end + 1
        if len(header) == 3 and header[2].isdigit():
            size = int(header[2])
            yield output[at : at + size] if header[1] == b"blob" else None
            at += size + 1
        else:
            yield None
