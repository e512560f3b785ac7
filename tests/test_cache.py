from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import termcheck
from termcheck.cache import FILE_NAME, Cache, MemoryCache, _exclusive, recall

ITEMS = {bytes([number]) * 32: bytes([number]) * 100 for number in range(10)}
KEYS = list(ITEMS)


def fill(folder: Path) -> None:
    with Cache(folder) as cache:
        cache.put_many("vectors", ITEMS)


def test_returns_what_was_put_and_nothing_else(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put_many("vectors", ITEMS)
        assert cache.get_many("vectors", [*KEYS[:3], b"unknown"]) == {key: ITEMS[key] for key in KEYS[:3]}
        assert cache.get_many("other", KEYS) == {}


def test_spaces_are_apart(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put_many("a", {b"key": b"in a"})
        cache.put_many("b", {b"key": b"in b"})
        assert cache.get_many("a", [b"key"]) == {b"key": b"in a"}
        assert cache.get_many("b", [b"key"]) == {b"key": b"in b"}


def test_entries_outlive_the_object(tmp_path: Path) -> None:
    fill(tmp_path)
    with Cache(tmp_path) as cache:
        assert cache.get_many("vectors", KEYS) == ITEMS


def test_more_keys_than_one_query_takes(tmp_path: Path) -> None:
    items = {number.to_bytes(4, "big"): b"x" for number in range(1700)}
    with Cache(tmp_path) as cache:
        cache.put_many("many", items)
        assert cache.get_many("many", list(items)) == items


def test_a_later_value_replaces_an_earlier_one(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put_many("a", {b"key": b"old"})
        cache.put_many("a", {b"key": b"new"})
        assert cache.get_many("a", [b"key"]) == {b"key": b"new"}
        assert cache.info().entries == {"a": 1}


def test_new_folder_hides_itself_from_git(tmp_path: Path) -> None:
    fill(tmp_path / "made" / "here")
    assert (tmp_path / "made" / "here" / ".gitignore").read_text() == "*\n"


def test_folder_with_other_files_gets_no_gitignore(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    fill(tmp_path)
    assert not (tmp_path / ".gitignore").exists()


def test_info_counts_entries_and_bytes(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put_many("z", {b"1": b"x"})
        cache.put_many("a", ITEMS)
        info = cache.info()
    assert info.path == tmp_path / FILE_NAME
    assert list(info.entries.items()) == [("a", 10), ("z", 1)]
    assert info.size > 0


def test_clear_removes_entries_and_gives_room_back(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put_many("big", {number.to_bytes(4, "big"): bytes(4000) for number in range(500)})
        before = cache.info().size
        cache.clear()
        assert cache.get_many("big", [(1).to_bytes(4, "big")]) == {}
        assert sum(cache.info().entries.values()) == 0
        assert cache.info().size < before / 10


def test_prune_by_days_since_last_use(tmp_path: Path) -> None:
    with Cache(tmp_path, today=lambda: 100) as cache:
        cache.put_many("a", {b"read": b"1", b"unread": b"2"})
    with Cache(tmp_path, today=lambda: 120) as cache:
        cache.get_many("a", [b"read"])
    with Cache(tmp_path, today=lambda: 131) as cache:
        assert cache.prune(unused_days=30) == 1
        assert cache.get_many("a", [b"read", b"unread"]) == {b"read": b"1"}


def test_reading_again_within_a_week_writes_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path, today=lambda: 100) as cache:
        cache.put_many("a", {b"key": b"1"})
    with Cache(tmp_path, today=lambda: 106) as cache:
        cache.get_many("a", [b"key"])
        assert cache._connection is not None
        assert cache._connection.total_changes == 0


def test_prune_to_a_size_drops_the_longest_unused_first(tmp_path: Path) -> None:
    for day, key in ((300, b"new"), (100, b"old"), (200, b"middle")):
        with Cache(tmp_path, today=lambda day=day: day) as cache:  # type: ignore[misc]
            cache.put_many("a", {key: bytes(1000)})
    with Cache(tmp_path, today=lambda: 300) as cache:
        assert cache.prune(max_bytes=2500) == 1
        assert set(cache.get_many("a", [b"new", b"middle", b"old"])) == {b"new", b"middle"}


@pytest.mark.parametrize(
    "content",
    [b"", b"not a database at all " * 400, b"SQLite format 3\0" + bytes(5000)],
    ids=["empty", "text", "zeros"],
)
def test_garbage_is_replaced_quietly(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with caplog.at_level(logging.WARNING), Cache(tmp_path) as cache:
        cache.put_many("a", ITEMS)
        assert cache.get_many("a", KEYS) == ITEMS
    fill(tmp_path)
    assert not caplog.records


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_truncated_file_is_replaced(tmp_path: Path, part: float) -> None:
    with Cache(tmp_path) as cache:
        cache.put_many("a", {number.to_bytes(4, "big"): bytes(2000) for number in range(300)})
    file = tmp_path / FILE_NAME
    with file.open("rb+") as stream:
        stream.truncate(int(file.stat().st_size * part))
    with Cache(tmp_path) as cache:
        keys = [number.to_bytes(4, "big") for number in range(300)]
        assert set(cache.get_many("a", keys).values()) <= {bytes(2000)}
        cache.put_many("a", ITEMS)
    with Cache(tmp_path) as cache:
        cache.put_many("a", ITEMS)
        assert cache.get_many("a", KEYS) == ITEMS


def test_damage_in_the_middle_is_found_when_it_is_read(tmp_path: Path) -> None:
    with Cache(tmp_path) as cache:
        cache.put_many("a", {number.to_bytes(4, "big"): bytes(2000) for number in range(300)})
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    content[20 * 8192 :] = b"\xff" * (len(content) - 20 * 8192)
    file.write_bytes(content)
    with Cache(tmp_path) as cache:
        assert len(cache.get_many("a", [number.to_bytes(4, "big") for number in range(300)])) < 300
        cache.put_many("a", ITEMS)
        assert cache.get_many("a", KEYS) == ITEMS


def test_another_schema_version_is_replaced(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.executescript('CREATE TABLE entries (x); CREATE TABLE "odd ""name" (y); PRAGMA user_version = 99;')
    connection.close()
    fill(tmp_path)
    with Cache(tmp_path) as cache:
        assert cache.get_many("vectors", KEYS) == ITEMS


def test_right_version_with_wrong_tables_is_replaced(tmp_path: Path) -> None:
    fill(tmp_path)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.executescript("DROP TABLE entries;")
    connection.close()
    with Cache(tmp_path) as cache:
        cache.put_many("vectors", ITEMS)
        assert cache.get_many("vectors", KEYS) == ITEMS


def test_read_only_reads_and_never_writes(tmp_path: Path) -> None:
    fill(tmp_path)
    with Cache(tmp_path, read_only=True) as cache:
        assert cache.get_many("vectors", KEYS) == ITEMS
        cache.put_many("vectors", {b"more": b"1"})
        assert cache.get_many("vectors", [b"more"]) == {}


def test_read_only_without_a_file_is_empty(tmp_path: Path) -> None:
    with Cache(tmp_path / "none", read_only=True) as cache:
        assert cache.get_many("vectors", KEYS) == {}
        assert cache.info().entries == {}
    assert not (tmp_path / "none").exists()


def test_read_only_damaged_file_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"garbage" * 1000)
    with Cache(tmp_path, read_only=True) as cache:
        assert cache.get_many("vectors", KEYS) == {}
    assert (tmp_path / FILE_NAME).read_bytes() == b"garbage" * 1000


def test_folder_that_cannot_be_made_warns_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    with Cache(tmp_path / "file" / "cache") as cache:
        cache.put_many("a", ITEMS)
        assert cache.get_many("a", KEYS) == {}
        cache.clear()
        assert cache.prune(unused_days=1) == 0
    assert len(caplog.records) == 1
    assert "going on without" in caplog.text


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_folder_without_write_permission_is_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(tmp_path)
    for path in tmp_path.iterdir():
        path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with Cache(tmp_path) as cache:
            assert cache.get_many("vectors", KEYS) == ITEMS
            cache.put_many("vectors", {b"more": b"1"})
    finally:
        tmp_path.chmod(0o755)
    assert len(caplog.records) == 1


def test_file_that_cannot_be_opened_for_writing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fill(tmp_path)

    def refuse(_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("termcheck.cache._use_log", refuse)
    with Cache(tmp_path) as cache:
        assert cache.get_many("vectors", KEYS) == ITEMS
        cache.put_many("vectors", {b"more": b"1"})
        assert cache.get_many("vectors", [b"more"]) == {}
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "only reading it" in caplog.text


def test_full_disk_keeps_what_is_there_and_warns_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(tmp_path)
    with Cache(tmp_path) as cache:
        assert cache._connection is not None
        cache._connection.execute("PRAGMA max_page_count = 12")
        for number in range(3):
            cache.put_many("vectors", {bytes([number]): bytes(200_000)})
        assert cache.get_many("vectors", KEYS) == ITEMS
        assert cache.get_many("vectors", [bytes([0])]) == {}
    assert len(caplog.records) == 1
    assert "full" in caplog.text


def test_interrupted_write_leaves_nothing_half_done(tmp_path: Path) -> None:
    def items() -> dict[bytes, bytes]:
        class Interrupting(dict[bytes, bytes]):
            def items(self) -> object:  # type: ignore[override]
                yield b"first", b"1"
                raise KeyboardInterrupt

        return Interrupting({b"first": b"1"})

    with Cache(tmp_path) as cache:
        with pytest.raises(KeyboardInterrupt):
            cache.put_many("a", items())
        assert cache.get_many("a", [b"first"]) == {}
        cache.put_many("a", ITEMS)
        assert cache.get_many("a", KEYS) == ITEMS


WRITER = """
import sys
from pathlib import Path
from termcheck.cache import Cache
name, folder = sys.argv[1], Path(sys.argv[2])
with Cache(folder) as cache:
    for number in range(60):
        cache.put_many("shared", {f"{name} {number}".encode(): name.encode() * 500})
        cache.get_many("shared", [f"{other} {number}".encode() for other in "ab"])
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    source = str(Path(termcheck.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": source},
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [start(WRITER, name, str(tmp_path)) for name in "ab"]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0)] * 2
    with Cache(tmp_path) as cache:
        for name in "ab":
            keys = [f"{name} {number}".encode() for number in range(60)]
            assert set(cache.get_many("shared", keys)) == set(keys)


def test_two_processes_that_find_damage_at_once_go_on(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"garbage" * 5000)
    writers = [start(WRITER, name, str(tmp_path)) for name in "ab"]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0)] * 2
    with Cache(tmp_path) as cache:
        keys = [f"{name} {number}".encode() for name in "ab" for number in range(60)]
        assert set(cache.get_many("shared", keys)) == set(keys)


def test_replacing_spares_a_file_that_another_process_has_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"garbage" * 5000)

    class Late:
        """Another process that is quicker, while this one waits for the lock."""

        def __enter__(self) -> None:
            (tmp_path / FILE_NAME).unlink()
            monkeypatch.undo()
            fill(tmp_path)

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr("termcheck.cache._exclusive", lambda _: Late())
    with Cache(tmp_path) as cache:
        assert cache.get_many("vectors", KEYS) == ITEMS


def test_lock_of_a_crashed_process_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "lock"
    lock.touch()
    monkeypatch.setattr("termcheck.cache._STALE_LOCK_S", 0.05)
    with _exclusive(lock):
        assert lock.exists()
    assert not lock.exists()


def test_damaged_file_that_cannot_be_replaced_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"garbage" * 5000)

    def refuse(self: Path, missing_ok: bool = False) -> None:  # noqa: ARG001
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        cache = Cache(tmp_path)
    cache.put_many("a", ITEMS)
    assert cache.get_many("a", KEYS) == {}
    assert len(caplog.records) == 1


def test_switch_to_log_gives_up_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termcheck.cache.time.sleep", lambda _: None)
    holder = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    holder.execute("CREATE TABLE t (x)")
    holder.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr("termcheck.cache._TIMEOUT_S", 0)
    with Cache(tmp_path) as cache:
        assert cache.get_many("a", KEYS) == {}
    holder.close()


def test_recall_computes_once_a_key_what_is_not_stored() -> None:
    store = MemoryCache()
    store.put_many("a", {b"known": b"stored"})
    asked: list[int] = []

    def compute(place: int) -> bytes:
        asked.append(place)
        return b"%d" % place

    keys = [b"new", b"known", b"new", b"other"]
    assert recall(store, "a", keys, compute) == [b"0", b"stored", b"0", b"3"]
    assert asked == [0, 3]
    assert recall(store, "a", keys, compute) == [b"0", b"stored", b"0", b"3"]
    assert asked == [0, 3]
    assert store.get_many("b", keys) == {}


def test_memory_cache_does_the_same_without_a_file() -> None:
    cache = MemoryCache()
    cache.put_many("b", ITEMS)
    cache.put_many("a", {b"key": b"12345"})
    assert cache.get_many("b", [KEYS[0], b"unknown"]) == {KEYS[0]: ITEMS[KEYS[0]]}
    assert cache.get_many("other", KEYS) == {}
    info = cache.info()
    assert (info.path, info.entries, info.size) == (None, {"a": 1, "b": 10}, 1005)
    cache.clear()
    assert cache.info().entries == {}
