"""Where a URL leads: a file system and a folder in it. What a URL holds beside its address is never shown."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from termcheck.errors import TermcheckError
from termcheck.urls import protocol, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = frozenset({"file", "local", "memory"})
"""The protocols that use no network."""


class RemoteError(TermcheckError):
    """A URL cannot be used."""


class Place(NamedTuple):
    """A folder ``root`` as the file system ``fs`` (of fsspec) names it; ``name`` is how it is shown."""

    fs: Any
    root: str
    name: str

    def path(self, relative: str) -> str:
        """What ``fs`` calls a path relative to the folder."""
        return f"{self.root.rstrip('/')}/{relative}"

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """What goes wrong inside becomes a ``RemoteError``.

        It says the kind of the error only: messages of storage services may hold keys and signatures.
        """
        try:
            yield
        except TermcheckError:
            raise
        except FileNotFoundError:
            raise RemoteError(f"there is nothing at {self.name}") from None
        except Exception as error:  # Every service has its own kinds.
            raise RemoteError(
                f"{self.name} cannot be used ({type(error).__name__})",
                "look at the address and at what may be read there",
            ) from None


def connect(url: str) -> Place:
    """The place that a URL names; nothing is asked of the network yet.

    Raises ``RemoteError`` without fsspec, or for a protocol that it does not know or lacks a package for.
    """
    name = shown(url)
    if "::" in url:
        raise RemoteError(f"{name}: chains of protocols are not supported", "name a plain URL")
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise RemoteError("URLs need the package fsspec", "pip install 'termcheck[remote]'") from None
    try:
        fs, root = url_to_fs(url)
    except ImportError:
        package = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs"}.get(protocol(url))
        hint = f"pip install {package}" if package else "pip install fsspec's package for it"
        raise RemoteError(f"{name}: a package for {protocol(url)} is not installed", hint) from None
    except Exception as error:  # Every file system has its own kinds.
        raise RemoteError(f"{name}: fsspec cannot open this kind of URL ({type(error).__name__})") from None
    return Place(fs, str(root), name)
