"""The files below a folder, without what is no part of the corpus."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from termcheck.corpus.globs import Globs
from termcheck.corpus.readers import reader_for
from termcheck.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Folders that hold what others wrote or what a program made. Hidden folders are left out as well.
_FOREIGN_FOLDERS = frozenset(
    {"node_modules", "__pycache__", "venv", "site-packages", "bower_components", "_site", "_build", "htmlcov"}
)
_ASCIIDOC = "AsciiDoc is not read, as no well-kept parser says where text stands; gettext files made of it are"
_NOT_READ = {".adoc": _ASCIIDOC, ".asciidoc": _ASCIIDOC}


def walk(root: Path, include: Sequence[str], exclude: Sequence[str]) -> tuple[list[str], list[Skipped]]:
    """The files below ``root`` that a reader knows, as sorted POSIX paths relative to it, and what was left out.

    Symbolic links to files inside the tree count as files; links to folders and links that lead out of the tree are
    not followed.
    """
    return _Walk(root, Globs(include), Globs(exclude)).run()


class _Walk:
    def __init__(self, root: Path, include: Globs, exclude: Globs) -> None:
        self._root = root
        self._real_root = root.resolve()
        self._include = include
        self._exclude = exclude
        self._files: list[str] = []
        self._skipped: list[Skipped] = []

    def run(self) -> tuple[list[str], list[Skipped]]:
        folders = [""]
        while folders:
            folders += self._folder(folders.pop())
        return sorted(self._files), sorted(self._skipped, key=lambda item: (item.path, item.reason))

    def _folder(self, folder: str) -> list[str]:
        """Take the files of one folder; returns its subfolders."""
        try:
            with os.scandir(self._root / folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._skip(folder or ".", f"the folder cannot be read: {error.strerror or error}")
            return []
        below = []
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if not _is_text(path):
                self._skip(path.encode("utf-8", "backslashreplace").decode(), "its name is not valid Unicode")
            elif self._is_folder(entry):
                if self._wants_folder(path, entry.name):
                    below.append(path)
            elif self._wants_file(entry, path):
                self._files.append(path)
        return below

    @staticmethod
    def _is_folder(entry: os.DirEntry[str]) -> bool:
        try:
            return entry.is_dir(follow_symlinks=False)
        except OSError:
            return False

    def _wants_folder(self, path: str, name: str) -> bool:
        if name.startswith("."):
            return self._skip(path, "a hidden folder")
        if name in _FOREIGN_FOLDERS:
            return self._skip(path, "a folder of installed or generated files")
        if pattern := self._exclude.match(path):
            return self._skip(path, f'excluded by "{pattern}"')
        return True

    def _wants_file(self, entry: os.DirEntry[str], path: str) -> bool:
        # A page on ".." is no hidden file.
        if entry.name.startswith(".") and not entry.name.startswith(".."):
            return self._skip(path, "a hidden file") if reader_for(entry.name) else False
        if pattern := self._exclude.match(path):
            return self._skip(path, f'excluded by "{pattern}"')
        if self._include and not self._include.match(path):
            return self._skip(path, "not among the included paths")
        if entry.is_symlink() and (reason := self._link_trouble(path)):
            return self._skip(path, reason)
        if reader_for(entry.name) is None:
            dot = entry.name.rfind(".")
            known = _NOT_READ.get(entry.name[dot:].lower()) if dot > 0 else None
            return self._skip(
                path, known or (f"no reader for {entry.name[dot:]} files" if dot > 0 else "no reader for it")
            )
        return True

    def _link_trouble(self, path: str) -> str:
        try:
            target = (self._root / path).resolve(strict=True)
        except (OSError, RuntimeError):
            return "a symbolic link that leads nowhere"
        if not target.is_relative_to(self._real_root):
            return "a symbolic link that leaves the folder"
        if target.is_dir():
            return "a symbolic link to a folder"
        return ""

    def _skip(self, path: str, reason: str) -> bool:
        self._skipped.append(Skipped(path, reason))
        return False


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
