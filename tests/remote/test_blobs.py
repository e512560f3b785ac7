"""What machines write for each other at a URL."""

from __future__ import annotations

import hashlib
import os
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bucket
from termcheck.cache import MemoryCache
from termcheck.remote.blobs import BlobFolder, _when, pack, unpack
from termcheck.remote.shared_store import SharedStore

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = "ab" * 32
ENTRIES = {"vectors": {b"k": b"value", b"": b""}, "ü": {b"k2": b"\0" * 70_000}}


@given(st.dictionaries(st.text(max_size=9), st.dictionaries(st.binary(max_size=9), st.binary(max_size=9), min_size=1)))
def test_what_is_packed_is_unpacked(entries: dict[str, dict[bytes, bytes]]) -> None:
    try:
        content = pack(entries)
    except UnicodeEncodeError:
        return
    assert unpack(content) == entries


@given(st.binary(max_size=60))
def test_anything_else_is_nothing(content: bytes) -> None:
    found = unpack(content)
    assert found is None or pack(found)[:4] == content[:4]
    assert unpack(pack(ENTRIES)[:-1]) is None


@pytest.mark.parametrize("protocol", ["memory", "file", "bucket"])
def test_written_once_and_read_by_all(protocol: str, tmp_path: Path) -> None:
    bucket.register()
    url = (tmp_path / "cache").as_uri() if protocol == "file" else f"{protocol}://{tmp_path.name}"
    one, two = BlobFolder(url), BlobFolder(url)
    assert list(one.read(ABOUT)) == []
    one.write(ABOUT, ENTRIES)
    two.write(ABOUT, ENTRIES)
    assert list(two.read(ABOUT)) == [ENTRIES]
    two.write(ABOUT, {"vectors": {b"other": b"1"}})
    assert len(list(one.read(ABOUT))) == 2
    assert list(one.read("cd" * 32)) == []


def test_what_was_cut_off_is_passed_over_and_written_again(tmp_path: Path) -> None:
    folder = BlobFolder(tmp_path.as_uri())
    folder.write(ABOUT, ENTRIES)
    (path,) = (tmp_path / "ab" / ABOUT).iterdir()
    assert path.name == hashlib.sha256(pack(ENTRIES)).hexdigest()
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    (path.parent / "link").symlink_to("/etc/passwd")
    assert list(folder.read(ABOUT)) == []
    folder.write(ABOUT, ENTRIES)
    assert path.read_bytes() == whole


def test_a_store_tells_what_it_learns_about_something(tmp_path: Path) -> None:
    url = tmp_path.as_uri()
    here, there = MemoryCache(), MemoryCache()
    one, two = SharedStore(here, BlobFolder(url)), SharedStore(there, BlobFolder(url))
    one.put_many("space", {b"private": b"0"})

    def interrupted() -> None:
        with one.about(ABOUT):
            one.put_many("space", {b"a": b"1"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    one.put_many("space", {b"later": b"2"})
    one.tell(ABOUT, "space", [b"later", b"unknown"])
    two.take_in(ABOUT)
    assert two.get_many("space", [b"private", b"a", b"later"]) == {b"a": b"1", b"later": b"2"}


@pytest.mark.parametrize("protocol", ["memory", "file", "bucket"])
def test_old_blobs_are_removed_and_nothing_else(protocol: str, tmp_path: Path) -> None:
    bucket.register()
    url = (tmp_path / "cache").as_uri() if protocol == "file" else f"{protocol}://{tmp_path.name}-old"
    folder = BlobFolder(url)
    for number in range(3):
        folder.write(ABOUT, {"vectors": {bytes([number]): b"1" * 100}})
    folder._place.fs.pipe_file(folder._place.path("ab/notes.txt"), b"not ours")
    count, size = folder.size()
    assert (count, size % 3) == (3, 0)
    assert folder.prune(days=1) == 0
    assert folder.prune(max_bytes=size) == 0
    assert folder.prune(days=1, max_bytes=size - 1) == 1
    assert folder.size() == (2, size // 3 * 2)
    tomorrow = time.time() + 86_500
    assert folder.prune(days=1, now=lambda: tomorrow) == 2
    folder.write(ABOUT, ENTRIES)
    assert folder.clear() == 1
    assert list(folder.read(ABOUT)) == []
    assert folder._place.fs.cat_file(folder._place.path("ab/notes.txt")) == b"not ours"


def test_the_oldest_go_first(tmp_path: Path) -> None:
    folder = BlobFolder(tmp_path.as_uri())
    for number in range(4):
        folder.write(ABOUT, {"vectors": {bytes([number]): b"1"}})
    paths = sorted((tmp_path / "ab" / ABOUT).iterdir())
    for path, age in zip(paths, (300, 100, 400, 200), strict=True):
        os.utime(path, (1_000_000 - age,) * 2)
    size = paths[0].stat().st_size
    assert folder.prune(max_bytes=2 * size) == 2
    assert [path.exists() for path in paths] == [False, True, False, True]


@pytest.mark.parametrize(
    ("info", "seconds"),
    [
        ({"LastModified": datetime(1970, 1, 2, tzinfo=UTC)}, 86_400.0),
        ({"updated": "1970-01-02T00:00:00.000Z"}, 86_400.0),
        ({"updated": "lately", "created": 5}, 5.0),
        ({"name": "blob"}, float("inf")),
    ],
)
def test_services_tell_times_in_their_own_ways(info: dict[str, object], seconds: float) -> None:
    assert _when(info) == seconds
