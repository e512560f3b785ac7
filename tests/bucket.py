"""A file system of fsspec that behaves like object storage: no folders, no renaming, and errors that say too much."""

from __future__ import annotations

from typing import Any, ClassVar

import fsspec
from fsspec.implementations.memory import MemoryFileSystem

KEY = "AKIA-very-secret"


class Bucket(MemoryFileSystem):  # type: ignore[misc]
    """Objects under ``bucket://``; ``broken`` makes every request fail, with a key in the message."""

    protocol = "bucket"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    broken: ClassVar[bool] = False
    written: ClassVar[list[str]] = []

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        bare = path.removeprefix("bucket://").split("@")[-1]
        return "/" + bare.strip("/") if bare.strip("/") else ""

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        self._ask()
        self.written.append(path)
        super().pipe_file(path, value, **options)

    def cat_file(self, path: str, **options: Any) -> bytes:
        self._ask()
        content: bytes = super().cat_file(path, **options)
        return content

    def find(self, path: str, **_: Any) -> Any:
        self._ask()
        return {
            name: self.info(name) | {"name": name} for name in self.store if name.startswith(path.rstrip("/") + "/")
        }

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:
        self._ask()
        return super().ls(path, detail=detail, **options)

    def exists(self, path: str, **options: Any) -> bool:
        self._ask()
        return bool(super().exists(path, **options))

    def mv(self, *_: Any, **__: Any) -> None:
        raise NotImplementedError

    def makedirs(self, *_: Any, **__: Any) -> None:
        raise NotImplementedError

    rename = move = mkdir = makedirs

    def _ask(self) -> None:
        if self.broken:
            raise RuntimeError(f"403 for {KEY}")


def register() -> type[Bucket]:
    """The file system, empty, known to fsspec."""
    Bucket.store.clear()
    Bucket.written.clear()
    fsspec.register_implementation("bucket", Bucket, clobber=True)
    return Bucket
