"""What the user pointed at: the folder to discover documents in, and the files that findings are wanted for."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from termcheck.config_file import exists
from termcheck.corpus.discover import corpus_root
from termcheck.errors import InputError
from termcheck.urls import is_url, shown

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Target:
    """Where to look. All paths are absolute.

    ``base`` is the folder that paths in findings are relative to: it stays the same whichever part of a project is
    checked, so that baselines and decisions hold. ``root`` is the folder searched for documents, inside ``base``.
    ``only`` are the files named one by one; empty for the whole root. ``url`` is where the root was fetched from, empty
    for a folder of this machine; it may hold credentials and is not to be shown.
    """

    base: Path
    root: Path
    only: tuple[Path, ...] = ()
    url: str = field(default="", repr=False)

    @property
    def prefix(self) -> str:
        """What to put before a path relative to ``root`` to make it relative to ``base``: empty, or ending in "/"."""
        relative = self.root.relative_to(self.base).as_posix()
        return "" if relative == "." else relative + "/"

    @property
    def names(self) -> frozenset[str]:
        """The files named one by one, as POSIX paths relative to ``base``."""
        return frozenset(path.relative_to(self.base).as_posix() for path in self.only)

    def covers(self, path: str) -> bool:
        """Whether findings on a file are wanted; ``path`` is POSIX and relative to ``base``."""
        return path in self.names if self.only else path.startswith(self.prefix)

    def based_at(self, config_file: Path | None) -> Target:
        """With the configuration file's folder as base when it holds the root, else the repository's.

        What was fetched stands for itself.
        """
        if self.url:
            return self
        candidates = [config_file.parent] if config_file else []
        candidates += [folder for folder in (self.root, *self.root.parents) if exists(folder / ".git")]
        base = next((folder for folder in candidates if self.root.is_relative_to(folder)), self.root)
        return replace(self, base=base)


def find_target(paths: Sequence[str]) -> Target:
    """The target named by paths on the command line: one folder, or files and quoted globs.

    No path means the working directory. Raises ``InputError`` when nothing is there, or for a mixture.
    """
    found: list[Path] = []
    for path in paths or (".",):
        if os.path.lexists(path):
            found.append(Path(path))
            continue
        if is_url(path):
            raise InputError(f"{shown(path)} is not read here", "termcheck report and explain take one URL")
        matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207
        if not matches:
            raise InputError(f"there is no file or folder {path!r}", "name a folder, a file, or a quoted glob")
        found.extend(Path(match) for match in matches)
    # Not resolved: a link keeps the name that the user knows it by.
    absolute = [Path(os.path.normpath(Path.cwd() / path)) for path in found]
    folders = [path for path in absolute if path.is_dir()]
    files = [path for path in absolute if not path.is_dir()]
    if len(folders) == 1 and not files:
        return Target(folders[0], folders[0])
    if folders:
        raise InputError(
            "more than one folder, or files beside a folder, were named",
            "name one folder that holds all versions, or only files",
        )
    root = Path(os.path.commonpath([corpus_root(file) for file in files]))
    return Target(root, root, tuple(files))
