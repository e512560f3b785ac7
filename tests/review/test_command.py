"""The command, up to where it serves."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from small_corpus import use_stand_in, write_corpus
from termcheck.cli import EXIT_ERROR, run
from termcheck.review.server import find_place

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_port_that_is_taken_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["review", str(write_corpus(tmp_path / "c")), "--port", str(port), "--no-browser"]) == EXIT_ERROR
    told = capsys.readouterr().err
    assert f"port {port} cannot be used" in told
    assert "--port" in told


def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("termcheck.cli.review.find_spec", lambda name: None if name == "uvicorn" else object())
    assert run(["review", str(tmp_path)]) == EXIT_ERROR
    told = capsys.readouterr().err
    assert "uvicorn is not installed" in told
    assert "pip install 'termcheck[review]'" in told


def test_it_serves_until_it_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use_stand_in(monkeypatch)
    opened: list[str] = []
    monkeypatch.setattr("termcheck.cli.review._open", opened.append)
    monkeypatch.setattr("termcheck.review.server.serve", lambda _app, _place, ready: ready())
    assert run(["review", str(write_corpus(tmp_path / "c", without={"tr": 2}))]) == 0
    printed = capsys.readouterr()
    address = printed.out.strip()
    assert address.startswith("http://127.0.0.1:")
    assert opened == [address]
    assert "Stopped." in printed.err


def test_every_place_has_a_secret_of_its_own() -> None:
    with find_place().socket as one, find_place().socket as other:
        assert one.getsockname()[0] == other.getsockname()[0] == "127.0.0.1"
    first, second = find_place(), find_place()
    first.socket.close()
    second.socket.close()
    assert first.token != second.token
    assert len(first.token) >= 40
