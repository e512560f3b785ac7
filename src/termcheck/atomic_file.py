"""Writing a file so that it is there completely or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from termcheck.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8, line breaks as they are, in place of what is at ``path``.

    Whoever reads ``path`` meanwhile, or after a crash, finds the old content or the new, never a part. An existing
    file keeps its mode, a symbolic link stays and its target is replaced. What is no regular file (a terminal, a pipe)
    is written to directly. Raises ``OutputError``; then what was at ``path`` is unchanged and nothing is left over.
    """
    # A path that is no UTF-8 on disk comes as lone surrogates, which no output can hold.
    data = text.encode("utf-8", "replace")
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            replace_file(target, data)
    except FileNotFoundError:
        hint = f"make the folder {path.parent} first"
        raise OutputError(f"{path}: cannot be written: its folder does not exist", hint) from None
    except IsADirectoryError:
        raise OutputError(f"{path}: cannot be written: this is a folder", "name a file in it") from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"{path}: cannot be written: {reason}", "check free space and permissions") from None


def replace_file(path: Path, data: bytes) -> None:
    """Put a file with ``data`` in the place of the regular file ``path``, which keeps its mode, or make it.

    There is always the old file or the new one, whatever happens. Raises ``OSError``; then nothing has changed.
    """
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    # In the same folder, for only within a file system is renaming atomic. A name of our own, for that of ``path`` may
    # already be as long as names can be. 0o666 leaves it to the umask who may read a new file.
    temporary = path.with_name(f".termcheck-{secrets.token_hex(8)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
