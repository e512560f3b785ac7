"""A store for computed values, in one SQLite file that any number of processes may use at once.

Values are blobs under a key in a named space; a key must identify everything its value depends on, so an entry
never becomes wrong, only unused. Losing the file costs time and nothing else: damage and foreign versions are
replaced by an empty file, and where nothing can be written the run goes on without.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

log = logging.getLogger(__name__)

FILE_NAME = "cache.sqlite"
_SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE spaces (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE entries (space INTEGER NOT NULL, key BLOB NOT NULL, used INTEGER NOT NULL, value BLOB NOT NULL);
CREATE UNIQUE INDEX entries_by_key ON entries (space, key);
"""
_KEYS_PER_QUERY = 500
#: A day of last use is only written again when the old one is older than this, so that reads rarely write.
_COARSENESS_DAYS = 7
_SECONDS_PER_DAY = 86_400
_PAGES_KB = 65_536
_STALE_LOCK_S = 10.0
_TIMEOUT_S = 30.0


class Store(Protocol):
    """What the stages need of a cache."""

    def get_many(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those ``keys`` that are there."""

    def put_many(self, space: str, items: Mapping[bytes, bytes]) -> None:
        """Keep the values; an entry that is already there stays or is replaced by an equal one."""


def recall(store: Store, space: str, keys: Sequence[bytes], compute: Callable[[int], bytes]) -> list[bytes]:
    """The values of ``keys``, in their order.

    What is not stored is computed, once a key and from the key's place in ``keys``, and then stored.
    """
    known = dict(store.get_many(space, keys))
    fresh: dict[bytes, bytes] = {}
    for place, key in enumerate(keys):
        if key not in known:
            known[key] = fresh[key] = compute(place)
    if fresh:
        store.put_many(space, fresh)
    return [known[key] for key in keys]


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """``entries`` per space in name order, ``size`` in bytes on disk. ``path`` is None for a cache in memory."""

    path: Path | None
    entries: Mapping[str, int]
    size: int


class MemoryCache:
    """A :class:`Store` that lives as long as the object: for runs that must leave nothing behind."""

    def __init__(self) -> None:
        self._spaces: dict[str, dict[bytes, bytes]] = {}

    def get_many(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        known = self._spaces.get(space, {})
        return {key: known[key] for key in keys if key in known}

    def put_many(self, space: str, items: Mapping[bytes, bytes]) -> None:
        self._spaces.setdefault(space, {}).update(items)

    def info(self) -> CacheInfo:
        sizes = (len(value) for items in self._spaces.values() for value in items.values())
        return CacheInfo(None, {name: len(self._spaces[name]) for name in sorted(self._spaces)}, sum(sizes))

    def clear(self) -> None:
        self._spaces.clear()


def _today() -> int:
    """Days since 1970-01-01: coarse, and only ever used to decide what to prune."""
    return int(time.time() // _SECONDS_PER_DAY)


class Cache:
    """The store in ``folder/cache.sqlite``; use as a context manager or call :meth:`close`.

    The folder is made when needed, with a ``.gitignore`` in it when it was empty. Never raises for a cache that
    cannot be read or written: it warns once through :mod:`logging` and behaves as empty or read-only. Safe to use
    from several threads and processes; a child process must open its own.
    """

    def __init__(self, folder: Path, *, read_only: bool = False, today: Callable[[], int] = _today) -> None:
        self._folder = folder
        self._path = folder / FILE_NAME
        self._today = today
        self._writable = not read_only
        self._warned = False
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        #: Tells the file that was opened from one that another process put in its place.
        self._identity: int | None = None
        self._spaces: dict[str, int] = {}
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Entries that were put are kept, whatever happens afterwards."""
        with self._lock:
            if self._connection is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._connection.close()
                self._connection = None

    def get_many(self, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those ``keys`` that are in ``space``."""
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _KEYS_PER_QUERY):
            with self._guarded("read") as connection:
                found.update(self._get(connection, space, keys[start : start + _KEYS_PER_QUERY]))
        return found

    def put_many(self, space: str, items: Mapping[bytes, bytes]) -> None:
        """Keep the values, all or none of them."""
        if not items or not self._writable:
            return
        with self._guarded("write") as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            number = self._space(connection, space, create=True)
            today = self._today()
            connection.executemany(
                "INSERT OR REPLACE INTO entries (space, key, used, value) VALUES (?, ?, ?, ?)",
                ((number, key, today, value) for key, value in items.items()),
            )

    def info(self) -> CacheInfo:
        """What is in the cache and how much room it takes."""
        counts: dict[str, int] = {}
        with self._guarded("read") as connection:
            counts.update(
                connection.execute(
                    "SELECT name, (SELECT count(*) FROM entries WHERE space = spaces.id) FROM spaces ORDER BY name"
                )
            )
        return CacheInfo(self._path, counts, sum(_size(path) for path in self._files()))

    def clear(self) -> None:
        """Remove every entry and give the room back."""
        with self._guarded("write") as connection:
            with connection:
                connection.execute("DELETE FROM entries")
            self._shrink(connection)

    def prune(self, *, unused_days: int | None = None, max_bytes: int | None = None) -> int:
        """Remove entries unused for more than ``unused_days``, then the longest unused beyond ``max_bytes`` of values.

        The day of last use is exact to a week. Returns the number of entries removed.
        """
        removed = 0
        with self._guarded("write") as connection:
            with connection:
                if unused_days is not None:
                    limit = self._today() - unused_days
                    removed += connection.execute("DELETE FROM entries WHERE used < ?", (limit,)).rowcount
                if max_bytes is not None:
                    removed += _drop_beyond(connection, max_bytes)
            self._shrink(connection)
        return removed

    def _get(self, connection: sqlite3.Connection, space: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        number = self._space(connection, space, create=False)
        if number is None:
            return {}
        marks = ",".join("?" * len(keys))
        rows = connection.execute(
            f"SELECT rowid, key, used, value FROM entries WHERE space = ? AND key IN ({marks})",  # noqa: S608
            (number, *keys),
        ).fetchall()
        today = self._today()
        old = [(today, rowid) for rowid, _, used, _ in rows if used < today - _COARSENESS_DAYS]
        if old and self._writable:
            # A note for prune is not worth waiting for another process, nor failing.
            with contextlib.suppress(sqlite3.OperationalError), connection:
                connection.executemany("UPDATE entries SET used = ? WHERE rowid = ?", old)
        return {key: value for _, key, _, value in rows}

    def _space(self, connection: sqlite3.Connection, name: str, *, create: bool) -> int | None:
        if name not in self._spaces:
            if create:
                connection.execute("INSERT OR IGNORE INTO spaces (name) VALUES (?)", (name,))
            row = connection.execute("SELECT id FROM spaces WHERE name = ?", (name,)).fetchone()
            if row is None:
                return None
            if create:
                # The transaction may still be rolled back, and the number with it.
                return int(row[0])
            self._spaces[name] = int(row[0])
        return self._spaces[name]

    @staticmethod
    def _shrink(connection: sqlite3.Connection) -> None:
        # A script, because execute() would stop after the first page.
        connection.executescript("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")

    def _files(self) -> list[Path]:
        return [self._path.with_name(FILE_NAME + suffix) for suffix in ("", "-wal", "-shm")]

    @contextlib.contextmanager
    def _guarded(self, action: str) -> Iterator[sqlite3.Connection]:
        """The connection; what goes wrong with it inside is dealt with here and ends the block."""
        with self._lock:
            if self._connection is None:
                # A block that is left without being entered needs a connection: an empty one in memory.
                with contextlib.closing(_empty()) as connection:
                    yield connection
                return
            try:
                yield self._connection
            except sqlite3.OperationalError as error:
                # Locked for too long, read-only, disk full, input or output error: the file itself is good.
                if action == "write":
                    self._writable = False
                self._warn(f"cannot {action} the cache {self._path}: {error}; going on without")
            except sqlite3.DatabaseError as error:
                log.info("the cache %s is damaged (%s); starting a new one", self._path, error)
                self._rebuild()

    def _warn(self, message: str) -> None:
        if not self._warned:
            self._warned = True
            log.warning("%s", message)

    def _open(self) -> None:
        try:
            if self._writable:
                _make_folder(self._folder)
            self._connection = self._connect()
        except sqlite3.OperationalError as error:
            self._connection = self._connect_read_only()
            self._writable = False
            without = "only reading it" if self._connection else "going on without"
            self._warn(f"cannot write the cache {self._path}: {error}; {without}")
        except sqlite3.DatabaseError as error:
            log.info("the cache %s is damaged (%s); starting a new one", self._path, error)
            self._rebuild()
        except OSError as error:
            self._writable = False
            self._warn(f"cannot use the cache folder {self._folder}: {error.strerror}; going on without")

    def _connect(self) -> sqlite3.Connection | None:
        if not self._writable:
            return self._connect_read_only()
        connection = sqlite3.connect(self._path, timeout=_TIMEOUT_S, isolation_level=None, check_same_thread=False)
        try:
            # These two only take effect in an empty file.
            connection.execute("PRAGMA page_size = 8192")
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            _use_log(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            # Keys are digests, so writes go to all of the index: with the default of 2 MB, most of them to the disk.
            connection.execute(f"PRAGMA cache_size = -{_PAGES_KB}")
            if _version(connection) != _SCHEMA_VERSION:
                _create(connection)
            _check_schema(connection)
            self._identity = int(connection.execute("PRAGMA application_id").fetchone()[0])
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect_read_only(self) -> sqlite3.Connection | None:
        # Without write access to the folder SQLite cannot share the file with a writer, only read it as it is.
        for options in ("mode=ro", "mode=ro&immutable=1"):
            connection = None
            try:
                uri = f"{self._path.resolve().as_uri()}?{options}"
                connection = sqlite3.connect(
                    uri, uri=True, timeout=_TIMEOUT_S, isolation_level=None, check_same_thread=False
                )
                if _version(connection) == _SCHEMA_VERSION:
                    _check_schema(connection)
                    return connection
            except sqlite3.Error:
                pass
            if connection is not None:
                connection.close()
        return None

    def _rebuild(self) -> None:
        """Put an empty file in the place of a damaged one, unless another process has just done so."""
        damaged = self._identity
        self.close()
        self._spaces.clear()
        if not self._writable:
            return
        try:
            with _exclusive(self._path.with_name(FILE_NAME + ".lock")):
                self._connection = self._connect_unless(damaged)
                if self._connection is None:
                    # The log first: a new file must never meet an old log.
                    for path in reversed(self._files()):
                        path.unlink(missing_ok=True)
                    self._connection = self._connect()
        except (OSError, sqlite3.Error) as error:
            self._writable = False
            self._warn(f"cannot replace the damaged cache {self._path}: {error}; going on without")

    def _connect_unless(self, damaged: int | None) -> sqlite3.Connection | None:
        """A connection if the file is usable and not the one known to be damaged."""
        try:
            connection = self._connect()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return None
        if connection is not None and self._identity == damaged:
            connection.close()
            return None
        return connection


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(_SCHEMA)
    return connection


def _use_log(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, which needs the file for itself and does not wait for it."""
    for attempt in range(200):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if attempt == 199:
                raise
            time.sleep(0.01)
        else:
            return


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _create(connection: sqlite3.Connection) -> None:
    """Drop what another version left and make the tables, in one transaction that only one process does."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection) == _SCHEMA_VERSION:
            return
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (name,) in tables.fetchall():
            quoted = name.replace('"', '""')
            connection.execute(f'DROP TABLE "{quoted}"')
        for statement in filter(str.strip, _SCHEMA.split(";")):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        connection.execute(f"PRAGMA application_id = {time.time_ns() // 1000 % (1 << 31)}")


def _check_schema(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("SELECT space, key, used, value FROM entries LIMIT 1").fetchall()
        connection.execute("SELECT id, name FROM spaces LIMIT 1").fetchall()
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            raise sqlite3.DatabaseError(str(error)) from None
        raise


def _drop_beyond(connection: sqlite3.Connection, max_bytes: int) -> int:
    kept, doomed = 0, []
    rows = connection.execute("SELECT rowid, length(value) FROM entries ORDER BY used DESC, rowid DESC")
    for rowid, size in rows:
        kept += size
        if kept > max_bytes:
            doomed.append((rowid,))
    connection.executemany("DELETE FROM entries WHERE rowid = ?", doomed)
    return len(doomed)


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # A folder with other things in it is the user's: its files are not ours to hide from git.
    if not any(folder.iterdir()):
        (folder / ".gitignore").write_text("*\n", encoding="ascii")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextlib.contextmanager
def _exclusive(lock: Path) -> Iterator[None]:
    """Hold a lock file; one that a crashed process left is taken over after some seconds."""
    deadline = time.monotonic() + _STALE_LOCK_S
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
