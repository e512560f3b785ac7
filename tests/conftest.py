"""What every test gets: a scrubbed environment, a cache of its own, and no network."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import RunResult

# Tests import the stand-ins beside this file.
sys.path.insert(0, str(Path(__file__).parent))
pytest_plugins = ("tiny_model", "chromium")

# How long a case takes says nothing about whether it is right.
settings.register_profile("termcheck", deadline=None)
settings.load_profile("termcheck")

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_SCRUBBED = ("CI", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "TERM")
_SCRUBBED_PREFIXES = ("GITHUB_", "RUNNER_", "GITLAB_", "TERMCHECK_")
_KEPT = {"TERMCHECK_UPDATE_GOLDEN"}
_LOCAL = {"localhost", "127.0.0.1", "::1", "", None}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if (_SHARED / "data").is_dir() and (_SHARED / "seeds").is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared_data"):
            item.add_marker(pytest.mark.skip(reason="the shared development data is not beside the checkout"))


@pytest.fixture
def shared_data() -> Path:
    """The folder with ``data/`` and ``seeds/``; only for tests marked ``shared_data``."""
    return _SHARED


@pytest.fixture(autouse=True)
def cache_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own cache folder, not made yet, in an environment without the machine's peculiarities."""
    for name in list(os.environ):
        if name not in _KEPT and (name in _SCRUBBED or name.startswith(_SCRUBBED_PREFIXES)):
            monkeypatch.delenv(name)
    folder = tmp_path / "termcheck-cache"
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything that leaves this machine fails the test, whoever catches its exceptions."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOCAL:
            pytest.fail(f"a test tried to connect to {address}")
        connect(self, address)

    def guarded_resolve(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in _LOCAL:
            pytest.fail(f"a test tried to look up {host!r}")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)


@pytest.fixture(scope="session")
def converted_models() -> Iterator[Path]:
    """A cache folder that holds the converted bundled model; skips where its package is not installed."""
    from termcheck.embedding.bundled import bundled_folder
    from termcheck.errors import ModelError

    with tempfile.TemporaryDirectory(prefix="termcheck-model-") as folder:
        try:
            bundled_folder(Path(folder))
        except ModelError as error:
            pytest.skip(error.message)
        yield Path(folder)


@pytest.fixture(scope="session")
def demo_cache(converted_models: Path) -> Path:
    """A cache folder shared by the tests that check the repository's own corpus."""
    return converted_models


@pytest.fixture(scope="session")
def demo_result(demo_cache: Path) -> RunResult:
    """What a run over the repository's own corpus finds, with the bundled model."""
    from termcheck.cli.options import Checking, load

    corpus = Path(__file__).parent.parent / "corpus"
    return load(Checking((str(corpus),), None, {}, (), use_cache=True), {"cache": str(demo_cache)}, quiet=True).run()


@pytest.fixture
def bundled_model(converted_models: Path, cache_dir: Path) -> Path:
    """The test's own cache folder, with the converted bundled model in it (shared by all tests)."""
    cache_dir.mkdir()
    (cache_dir / "models").symlink_to(converted_models / "models", target_is_directory=True)
    return cache_dir
