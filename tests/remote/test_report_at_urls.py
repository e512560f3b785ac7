"""``termcheck report`` on a corpus at a URL, with a cache at a URL."""

from __future__ import annotations

import json
import logging
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

import bucket
from small_corpus import GLOSSARY, use_stand_in, write_corpus
from termcheck.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bucket import Bucket
    from fakes import FakeEncoder

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    return use_stand_in(monkeypatch)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Bucket]]:
    found = bucket.register()
    monkeypatch.setattr(found, "broken", False)
    yield found
    found.store.clear()


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus whose Polish version lacks a paragraph, as the working directory."""
    root = write_corpus(tmp_path / "docs", without={"pl": 2})
    (root / "glossary.yaml").write_text(GLOSSARY)
    monkeypatch.chdir(root)
    return root


def upload(store: type[Bucket], corpus: Path, to: str = "docs") -> None:
    for path in sorted(corpus.rglob("*")):
        if path.is_file():
            store().pipe_file(f"/{to}/{path.relative_to(corpus).as_posix()}", path.read_bytes())


def test_the_report_is_that_of_a_folder(
    store: type[Bucket], corpus: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "html"):
        assert run(["report", "--output", f"{name}={tmp_path / 'local'}"]) == 1
        upload(store, corpus)
        empty = tmp_path / "empty"
        empty.mkdir(exist_ok=True)
        with monkeypatch.context() as patched:
            patched.chdir(empty)
            assert run(["report", "bucket://key:word@docs", "--output", f"{name}={tmp_path / 'remote'}"]) == 1
        assert (tmp_path / "remote").read_text("utf-8") == (tmp_path / "local").read_text("utf-8")
    shown = capsys.readouterr()
    assert "key:word" not in shown.out + shown.err
    assert tempfile.gettempdir() not in (tmp_path / "remote").read_text("utf-8")


def test_a_folder_at_a_file_url(corpus: Path, capsys: Capture) -> None:
    run(["report", "--format", "json"])
    local = capsys.readouterr().out
    (corpus / "en" / "link.md").symlink_to("/etc/passwd")
    assert run(["report", corpus.as_uri(), "--format", "json"]) == 1
    assert capsys.readouterr().out == local
    assert json.loads(local)["findings"]


@pytest.mark.parametrize("name", ["../en/a.md", "en/../../a.md", "en//a.md", "C:\\a.md", "en/a\n.md", "./a.md"])
def test_names_that_lead_out(
    store: type[Bucket], corpus: Path, name: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(store, corpus)
    store().pipe_file(f"/docs/{name}", b"text")
    monkeypatch.setattr("termcheck.remote.corpus._write", None)
    assert run(["report", "bucket://docs"]) == 2
    assert "no path inside it" in capsys.readouterr().err


def test_what_belongs_to_git_is_left(store: type[Bucket], corpus: Path, capsys: Capture) -> None:
    upload(store, corpus)
    store().pipe_file("/docs/.git/config", b"[core]\nfsmonitor = touch /tmp/ran")
    # As consoles mark empty folders.
    store.store["/docs/en/"] = store.store["/docs/.git/config"]
    assert run(["report", "bucket://docs", "--format", "json"]) == 1
    assert ".git" not in capsys.readouterr().out


def test_files_that_are_too_large(store: type[Bucket], corpus: Path, capsys: Capture) -> None:
    (corpus / "termcheck.yaml").write_text("version: 1\nmax_file_size: 5000\n")
    (corpus / "tr" / "story.md").write_text("x" * 20_000)
    run(["report", "--format", "json"])
    local = capsys.readouterr().out
    upload(store, corpus)
    run(["report", "bucket://docs", "--format", "json"])
    assert capsys.readouterr().out == local


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bucket://nothing"], "there are no files at bucket://nothing"),
        (["nope://user:word@here/docs?sig=word"], "nope://here/docs: fsspec cannot open this kind of URL"),
        (["s3::bucket://docs"], "there is no file or folder"),
        (["simplecache::bucket://docs"], "there is no file or folder"),
        (["bucket://docs::memory://x"], "chains of protocols"),
        (["bucket://docs", "bucket://others"], "a URL is named alone"),
        (["bucket://docs", "--since", "main"], "git history"),
        (["bucket://docs", "--offline"], "an offline run does not use the network"),
        ([".", "--cache-dir", "nope://user:word@here"], "nope://here: fsspec cannot open this kind of URL"),
        ([".", "--cache-dir", "bucket://cache", "--jobs", "2"], "use --engine ray"),
    ],
)
def test_what_cannot_be_used(
    store: type[Bucket], corpus: Path, arguments: list[str], said: str, capsys: Capture
) -> None:
    upload(store, corpus)
    assert run(["report", *arguments]) == 2
    found = capsys.readouterr()
    assert said in " ".join(found.err.split())
    assert "word" not in found.err + found.out
    assert "Traceback" not in found.err


def test_other_commands_say_that_they_read_no_urls(capsys: Capture) -> None:
    assert run(["discover", "s3://key:word@bucket/docs"]) == 2
    assert "s3://bucket/docs is not read here" in capsys.readouterr().err


def test_without_fsspec(corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert run(["report", corpus.as_uri()]) == 2
    assert "termcheck[remote]" in capsys.readouterr().err


def test_messages_of_a_service_are_not_shown(
    store: type[Bucket], corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    upload(store, corpus)
    monkeypatch.setattr(store, "broken", True)
    for arguments in (["bucket://docs"], [".", "--cache-dir", "bucket://cache"]):
        assert run(["report", *arguments]) == 2
        found = capsys.readouterr()
        assert "cannot be used (RuntimeError)" in found.err
        assert bucket.KEY not in found.err + found.out


@pytest.mark.usefixtures("corpus")
def test_another_machine_goes_on_with_what_this_one_found(
    store: type[Bucket], tmp_path: Path, encoder: FakeEncoder, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["report", "--format", "json", "--no-cache"])
    expected = capsys.readouterr().out
    for machine in ("one", "two"):
        monkeypatch.setattr("termcheck.config.default_cache_folder", lambda name=machine: tmp_path / name)
        encoder.calls.clear()
        assert run(["report", "--format", "json", "--cache-dir", "bucket://u:word@cache"]) == 1
        assert capsys.readouterr().out == expected
        assert bool(encoder.calls) == (machine == "one")
    names = [path for path in store.written if path.startswith("/cache/")]
    assert names
    assert len(names) == len(set(names))


@pytest.mark.usefixtures("corpus")
def test_a_cache_that_fails_in_the_middle_costs_time_only(
    store: type[Bucket], capsys: Capture, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run(["report", "--format", "json", "--no-cache"])
    expected = capsys.readouterr().out
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", "bucket://cache")
    monkeypatch.setattr("termcheck.remote.blobs.BlobFolder.check", lambda _: setattr(store, "broken", True))
    with caplog.at_level(logging.WARNING):
        assert run(["report", "--format", "json"]) == 1
    assert capsys.readouterr().out == expected
    assert "cannot read the cache bucket://cache (RuntimeError)" in caplog.text
    assert bucket.KEY not in caplog.text
