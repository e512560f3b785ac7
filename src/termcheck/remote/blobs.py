"""What machines tell each other through a folder at a URL: immutable blobs, named by their content.

A blob is written in one request, under the digest of its bytes, so two machines that write the same do no harm, and
one that was cut off is told by its name. Nothing is ever renamed or changed, which object storage cannot do.
"""

from __future__ import annotations

import hashlib
import logging
import struct
from typing import TYPE_CHECKING

from termcheck.remote.place import connect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

log = logging.getLogger(__name__)

_MAGIC = b"TCB1"
_LENGTHS = struct.Struct("<HHI")
_LARGEST = 512 * 2**20
"""Bytes from which a blob is not read."""

Entries = dict[str, dict[bytes, bytes]]
"""Values by space and key, as a cache has them."""


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

    def _warn(self, action: str, error: Exception) -> None:
        if not self._warned:
            self._warned = True
            # The message of a service may hold keys and signatures.
            kind = type(error).__name__
            log.warning("cannot %s the cache %s (%s); going on without", action, self._place.name, kind)


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
