"""The file of decisions: read, and changed so that nothing is lost when several windows or people do so at once."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termcheck.atomic_file import write_atomically
from termcheck.config_file import display_path
from termcheck.decisions_yaml import dump_decisions, parse_decisions
from termcheck.errors import InputError, OutputError
from termcheck.positioned import MistakesError, mistakes_error, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.model import Decision

_PATIENCE = 10.0
"""Seconds to wait for another process that is changing the file."""

_PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class DecisionsFile:
    """The decisions at ``path``, an absolute path; a file that is not there holds none."""

    path: Path

    def load(self) -> tuple[Decision, ...]:
        """The decisions, in file order. Raises ``InputError`` that lists every mistake in the file with its line."""
        shown = display_path(self.path)
        if not os.path.lexists(self.path):
            return ()
        raw = read_bytes(self.path, shown, InputError)
        try:
            return parse_decisions(raw)
        except MistakesError as error:
            raise mistakes_error(InputError, shown, error.mistakes) from error

    def record(self, decisions: Iterable[Decision]) -> dict[str, Decision | None]:
        """Add decisions, each in place of one on the same finding, and return what was there before (for undoing).

        The file is read anew and written whole while no other process of termcheck can. Raises ``InputError`` when it
        has mistakes (then it stays as it is) and ``OutputError`` when it cannot be written.
        """
        changes: dict[str, Decision | None] = {decision.fingerprint: decision for decision in decisions}
        return self._change(changes)

    def remove(self, fingerprints: Iterable[str]) -> dict[str, Decision | None]:
        """Take out the decisions on these findings; what is not there is passed over. As ``record`` otherwise."""
        return self._change(dict.fromkeys(fingerprints))

    def restore(self, before: dict[str, Decision | None]) -> dict[str, Decision | None]:
        """Undo a change: what ``record`` or ``remove`` returned is what the file says again of these findings."""
        return self._change(before)

    def _change(self, changes: dict[str, Decision | None]) -> dict[str, Decision | None]:
        if not changes:
            return {}
        with _locked(self.path):
            held = {decision.fingerprint: decision for decision in self.load()}
            before = {fingerprint: held.get(fingerprint) for fingerprint in changes}
            for fingerprint, decision in changes.items():
                if decision is None:
                    held.pop(fingerprint, None)
                else:
                    held[fingerprint] = decision
            if any(before[fingerprint] != decision for fingerprint, decision in changes.items()):
                write_atomically(self.path, dump_decisions(held.values()))
        return before


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other processes and threads of termcheck from changing the file meanwhile.

    The lock is on the folder: ``path`` itself is replaced by every change, and a file of its own would end up in git.
    """
    target = path.resolve()
    try:
        descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        hint = f"make the folder {path.parent} first"
        raise OutputError(f"{path}: cannot be written: its folder does not exist", hint) from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}", "check permissions") from None
    try:
        if not _wait(descriptor, path):
            os.close(descriptor)
            descriptor = _substitute(target)
            _wait(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path) -> bool:
    """Take the lock, or return False where the file system has none. Raises ``OutputError`` when it stays taken."""
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > patience:
                message = f"{display_path(path)}: another process keeps changing it"
                raise OutputError(message, "close it, or try again") from None
            time.sleep(_PAUSE)
        except OSError:
            return False
        else:
            return True


def _substitute(target: Path) -> int:
    """A file to lock for network file systems, which lock no folders: it holds among the processes of this machine."""
    name = hashlib.sha256(os.fsencode(target)).hexdigest()[:32]
    place = Path(tempfile.gettempdir()) / f"termcheck-{os.getuid()}-{name}.lock"
    try:
        return os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OutputError(f"{place}: cannot be made: {error.strerror or error}", "check the temporary folder") from None
