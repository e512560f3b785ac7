"""A cache of this machine with a folder behind it that other machines write to as well, document by document."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.remote.blobs import BlobFolder, Entries


class SharedStore:
    """A :class:`~termcheck.cache.Store`; what is put while it is :meth:`about` something is also written for others."""

    def __init__(self, local: Store, folder: BlobFolder) -> None:
        self._local = local
        self._folder = folder
        self._fresh: Entries | None = None

    def get_many(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        return self._local.get_many(space, keys)

    def put_many(self, space: str, items: Mapping[bytes, bytes]) -> None:
        self._local.put_many(space, items)
        if self._fresh is not None and items:
            self._fresh.setdefault(space, {}).update(items)

    def take_in(self, about: str) -> None:
        """Learn what others wrote about something."""
        for entries in self._folder.read(about):
            for space, items in entries.items():
                self._local.put_many(space, items)

    @contextmanager
    def about(self, about: str) -> Iterator[None]:
        """What is put inside is written for others at the end, also when it ends early."""
        fresh: Entries = {}
        self._fresh = fresh
        try:
            yield
        finally:
            self._fresh = None
            if fresh:
                self._folder.write(about, fresh)

    def tell(self, about: str, space: str, keys: Sequence[bytes]) -> None:
        """Write what is known here of ``keys`` for others."""
        if known := self._local.get_many(space, keys):
            self._folder.write(about, {space: known})
