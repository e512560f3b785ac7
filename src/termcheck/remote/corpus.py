"""A corpus at a URL, fetched into a folder of this machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.remote.place import Place, RemoteError, connect
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

_TOGETHER = 32 * 2**20
"""Bytes that are asked for at once."""

_MOST = 64
"""Files that are asked for at once."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


class RemoteCorpus:
    """The files below a URL. Raises ``RemoteError`` for one that cannot be used."""

    def __init__(self, url: str) -> None:
        self._place = connect(url)

    def sizes(self) -> dict[str, int]:
        """The bytes of every file, by its path relative to the folder, in order of the paths.

        Left out are links, and what belongs to git, whose settings name programs to run. Raises ``RemoteError`` when
        there is none, or for a name that would lead out of the folder.
        """
        place = self._place
        with place.guarded():
            found = place.fs.find(place.root, detail=True)
        sizes: dict[str, int] = {}
        for name, info in found.items():
            relative = _relative(name, place)
            if relative and not info.get("islink") and ".git" not in relative.split("/"):
                sizes[relative] = int(info.get("size") or 0)
        if not sizes:
            raise RemoteError(f"there are no files at {place.name}", "name the folder that holds all versions")
        return dict(sorted(sizes.items()))

    def fetch(
        self, sizes: Mapping[str, int], folder: Path, limit: int, progress: Callable[[int], None] | None = None
    ) -> None:
        """Write files into ``folder``; of those larger than ``limit`` bytes, one byte more than that.

        Raises ``RemoteError`` for what cannot be fetched or written.
        """
        for part in _parts(sizes, limit):
            with self._place.guarded():
                contents = self._contents(part, limit)
                for path, content in contents.items():
                    _write(folder, path, content)
            if progress is not None:
                progress(len(part))

    def fetch_again(self, paths: Iterable[str], folder: Path, limit: int) -> None:
        """Write single files, whose sizes are not known, into ``folder``, as :meth:`fetch` does."""
        sizes = {}
        for path in paths:
            _check(path, self._place)
            with self._place.guarded():
                sizes[path] = int(self._place.fs.info(self._place.path(path)).get("size") or 0)
        self.fetch(sizes, folder, limit)

    def _contents(self, sizes: Mapping[str, int], limit: int) -> dict[str, bytes]:
        place = self._place
        small = {place.path(path): path for path, size in sizes.items() if size <= limit}
        # A list of one path gives the content alone in some file systems.
        found = (
            place.fs.cat(list(small), on_error="raise") if len(small) > 1 else {p: place.fs.cat_file(p) for p in small}
        )
        contents = {small[name]: content for name, content in found.items()}
        for path in sizes.keys() - contents.keys():
            contents[path] = place.fs.cat_file(place.path(path), start=0, end=limit + 1)
        return contents


def _relative(name: str, place: Place) -> str:
    """The path of an object relative to the folder; empty for the folder itself, and for marks of empty folders."""
    root = place.root.rstrip("/")
    if name == root or name.endswith("/"):
        return ""
    if root and not name.startswith(root + "/"):
        raise _leads_out(place)
    relative = name[len(root) + 1 :] if root else name.lstrip("/")
    _check(relative, place)
    return relative


def _check(relative: str, place: Place) -> None:
    parts = relative.split("/")
    if not all(parts) or any(part in (".", "..") or _UNSAFE.search(part) for part in parts):
        raise _leads_out(place)


def _leads_out(place: Place) -> RemoteError:
    return RemoteError(
        f"{place.name} holds an object whose name is no path inside it, so nothing was fetched",
        "names may have no empty parts, no '..', and no signs that file systems keep for themselves",
    )


def _write(folder: Path, path: str, content: bytes) -> None:
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it has no name that a file can have"
        raise RemoteError(f"a file of {counted(len(content), 'byte')} cannot be stored here: {reason}") from None


def _parts(sizes: Mapping[str, int], limit: int) -> Iterable[dict[str, int]]:
    part: dict[str, int] = {}
    total = 0
    for path, size in sizes.items():
        part[path] = size
        total += min(size, limit + 1)
        if total >= _TOGETHER or len(part) >= _MOST:
            yield part
            part, total = {}, 0
    if part:
        yield part
