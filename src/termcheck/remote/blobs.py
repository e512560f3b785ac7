"""What machines tell each other through a folder at a URL: immutable blobs, named by their content.

A blob is written in one request, under the digest of its bytes, so two machines that write the same do no harm, and
one that was cut off is told by its name. Nothing is ever renamed or changed, which object storage cannot do.
"""

from __future__ import annotations

import hashlib
import logging
import re
import struct
import time
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from termcheck.remote.place import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

log = logging.getLogger(__name__)

_MAGIC = b"TCB1"
_LENGTHS = struct.Struct("<HHI")
_LARGEST = 512 * 2**20
"""Bytes from which a blob is not read."""

Entries = dict[str, dict[bytes, bytes]]
"""Values by space and key, as a cache has them."""

_NAME = re.compile(r"([0-9a-f]{2})/\1[0-9a-f]{62}/[0-9a-f]{64}")
_WRITTEN = ("mtime", "LastModified", "last_modified", "updated", "created")
"""Under which names file systems tell when an object was written, the surest first."""

_AT_ONCE = 500
"""Blobs that are removed with one request, where the service can do so."""

_SECONDS_PER_DAY = 86_400


class _Blob(NamedTuple):
    """An object, its size in bytes, and when it was written, in seconds since 1970; infinite where nobody tells."""

    path: str
    size: int
    written: float


class BlobFolder:
    """The blobs at a URL, by the digest of what they are about.

    Raises ``RemoteError`` for a URL that cannot be used at all; what goes wrong later is warned of once, and the work
    goes on without.
    """

    def __init__(self, url: str) -> None:
        self._place = connect(url)
        self._warned = False

    def check(self) -> None:
        """Ask the service whether the folder is there. Raises ``RemoteError`` when it does not answer."""
        with self._place.guarded():
            self._place.fs.exists(self._place.root)

    def read(self, about: str) -> Iterator[Entries]:
        """What was written about something, in order of the names; blobs that are not what their names say are none."""
        folder = self._place.path(f"{about[:2]}/{about}")
        fs = self._place.fs
        try:
            # Others write at the same time.
            fs.invalidate_cache(folder)
            listed = fs.ls(folder, detail=True)
        except FileNotFoundError:
            return
        except Exception as error:  # Every service has its own kinds.
            self._warn("read", error)
            return
        for info in sorted(listed, key=lambda info: str(info["name"])):
            digest = str(info["name"]).rstrip("/").rpartition("/")[2]
            if info.get("islink") or int(info.get("size") or 0) > _LARGEST:
                continue
            try:
                content = fs.cat_file(f"{folder}/{digest}")
            except Exception as error:  # As above.
                self._warn("read", error)
                return
            if hashlib.sha256(content).hexdigest() == digest and (entries := unpack(content)) is not None:
                yield entries

    def write(self, about: str, entries: Mapping[str, Mapping[bytes, bytes]]) -> None:
        """Write what is new about something; nothing when it is there already."""
        content = pack(entries)
        folder = self._place.path(f"{about[:2]}/{about}")
        path = f"{folder}/{hashlib.sha256(content).hexdigest()}"
        fs = self._place.fs
        try:
            # What is there and has another size was cut off.
            if fs.exists(path) and fs.info(path).get("size") == len(content):
                return
            try:
                fs.pipe_file(path, content)
            except FileNotFoundError:
                fs.makedirs(folder, exist_ok=True)
                fs.pipe_file(path, content)
        except Exception as error:  # As above.
            self._warn("write", error)

    def size(self) -> tuple[int, int]:
        """How many blobs there are, and their bytes together. Raises ``RemoteError``."""
        blobs = self._blobs()
        return len(blobs), sum(blob.size for blob in blobs)

    def clear(self) -> int:
        """Remove all blobs, and nothing else; returns how many. Raises ``RemoteError``."""
        return self._remove(self._blobs())

    def prune(
        self, *, days: int | None = None, max_bytes: int | None = None, now: Callable[[], float] = time.time
    ) -> int:
        """Remove blobs that were written more than ``days`` ago, then the oldest beyond ``max_bytes``.

        Nothing tells when a blob was read. One that the service gives no time for counts as new. Returns how many were
        removed. Raises ``RemoteError``.
        """
        blobs = sorted(self._blobs(), key=lambda blob: (blob.written, blob.path))
        oldest = float("-inf") if days is None else now() - days * _SECONDS_PER_DAY
        excess = 0 if max_bytes is None else sum(b.size for b in blobs if b.written >= oldest) - max_bytes
        unwanted = []
        for blob in blobs:
            if blob.written >= oldest:
                if excess <= 0:
                    break
                excess -= blob.size
            unwanted.append(blob)
        return self._remove(unwanted)

    def _blobs(self) -> list[_Blob]:
        """What has the name of a blob; whatever else is in the folder is not ours."""
        root = self._place.path("")
        with self._place.guarded():
            self._place.fs.invalidate_cache()
            found = self._place.fs.find(self._place.root, detail=True)
            return [
                _Blob(name, int(info.get("size") or 0), _when(info))
                for name, info in found.items()
                if _NAME.fullmatch(name.removeprefix(root)) and not info.get("islink")
            ]

    def _remove(self, blobs: Sequence[_Blob]) -> int:
        for start in range(0, len(blobs), _AT_ONCE):
            with self._place.guarded():
                self._place.fs.rm([blob.path for blob in blobs[start : start + _AT_ONCE]])
        return len(blobs)

    def _warn(self, action: str, error: Exception) -> None:
        if not self._warned:
            self._warned = True
            # The message of a service may hold keys and signatures.
            kind = type(error).__name__
            log.warning("cannot %s the cache %s (%s); going on without", action, self._place.name, kind)


def _when(info: Mapping[str, object]) -> float:
    """When an object was written, by what a file system says of it."""
    for name in _WRITTEN:
        value = info.get(name)
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                continue
        if isinstance(value, datetime):
            return value.timestamp()
        if isinstance(value, int | float):
            return float(value)
    return float("inf")


def pack(entries: Mapping[str, Mapping[bytes, bytes]]) -> bytes:
    """The entries as bytes, the same for the same entries."""
    parts = [_MAGIC]
    for space in sorted(entries):
        name = space.encode()
        for key, value in sorted(entries[space].items()):
            parts += [_LENGTHS.pack(len(name), len(key), len(value)), name, key, value]
    return b"".join(parts)


def unpack(content: bytes) -> Entries | None:
    """What :func:`pack` made bytes of; None for anything else."""
    if content[: len(_MAGIC)] != _MAGIC:
        return None
    entries: Entries = {}
    at = len(_MAGIC)
    try:
        while at < len(content):
            lengths = _LENGTHS.unpack_from(content, at)
            at += _LENGTHS.size
            ends = [at + sum(lengths[: count + 1]) for count in range(3)]
            if ends[-1] > len(content):
                return None
            space = content[at : ends[0]].decode()
            entries.setdefault(space, {})[content[ends[0] : ends[1]]] = content[ends[1] : ends[2]]
            at = ends[-1]
    except (struct.error, UnicodeDecodeError):
        return None
    return entries
