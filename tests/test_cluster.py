"""A cluster of two machines with one core each, played by two Ray nodes of this one."""

from __future__ import annotations

import os
import re
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from fakes import FakeEncoder
from small_corpus import GLOSSARY, make_encoder, write_corpus
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.crew import cluster as cluster_module
from termcheck.crew.cluster import Cluster
from termcheck.crew.work import CrewError
from termcheck.pipeline import check
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from termcheck.embedding.encoder import TokenVectors
    from termcheck.model import RunResult

ray = pytest.importorskip("ray", reason="needs the extra: pip install 'termcheck[ray]'")

# Ray leaves pipes to its processes, and what it reads them with, to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


class Mortal(FakeEncoder):
    """An encoder that ends its process the first time that it is asked for ``what``; never, without a ``flag``."""

    def __init__(self, flag: Path | None, what: str) -> None:
        known = make_encoder()
        super().__init__(known._concepts)
        self._flag = flag
        self._what = what

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[Any]:
        self._end("encode")
        return super().encode(texts, progress)

    def encode_tokens(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> list[TokenVectors]:
        self._end("encode_tokens")
        return super().encode_tokens(texts, progress)

    def _end(self, what: str) -> None:
        if self._flag is None or what != self._what:
            return
        try:
            os.close(os.open(self._flag, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)


class Heard(NoProgress):
    """Remembers what it is told; ``at`` names a stage at whose first step something is done."""

    def __init__(self, at: str = "", action: Callable[[], None] | None = None) -> None:
        self.steps: dict[str, list[int]] = {}
        self.notes: dict[str, str] = {}
        self._at, self._action = at, action

    def stage(self, name: str, total: int) -> None:
        self.steps[name] = [total, 0]
        self._now = name

    def advance(self, steps: int = 1) -> None:
        self.steps[self._now][1] += steps
        if self._now == self._at and self._action is not None:
            action, self._action = self._action, None
            action()

    def note(self, topic: str, text: str) -> None:
        self.notes[topic] = text


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    """The cluster, with this process connected to it."""
    import ray
    from ray.cluster_utils import Cluster as Machines

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RAY_USAGE_STATS_ENABLED", "0")
        # Workers import the stand-ins beside this file.
        patched.setenv("PYTHONPATH", os.pathsep.join([os.path.dirname(__file__), os.environ.get("PYTHONPATH", "")]))  # noqa: PTH120
        node = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
        found = Machines(initialize_head=True, head_node_args={**node, "include_dashboard": False})
        try:
            found.add_node(**node)
            ray.init(found.address, log_to_driver=False, logging_level="ERROR")
            yield found
        finally:
            ray.shutdown()
            found.shutdown()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Six documents in three languages, two of them with a paragraph missing."""
    root = tmp_path / "docs"
    for number, name in enumerate("abcdef"):
        write_corpus(tmp_path / name, without={0: {"pl": 2}, 3: {"tr": 4}}.get(number))
        for lang in ("en", "pl", "tr"):
            (root / lang).mkdir(parents=True, exist_ok=True)
            text = (tmp_path / name / lang / "story.md").read_text("utf-8")
            # So that no document knows the texts of another.
            (root / lang / f"{name}.md").write_text(text.replace(".", f" {number}."), "utf-8")
    (root / "glossary.yaml").write_text(GLOSSARY)
    return root


def run(
    corpus: Path, cluster: Cluster | None, heard: Heard | None = None, *, flag: Path | None = None, ends: str = ""
) -> RunResult:
    return check(
        find_target([str(corpus)]),
        load_config(corpus),
        use_cache=cluster is not None,
        encoder=Mortal(flag, ends),
        progress=heard,
        cluster=cluster,
    )


@pytest.mark.usefixtures("machines")
def test_two_machines_find_what_one_process_finds(corpus: Path) -> None:
    alone, together = Heard(), Heard()
    expected = run(corpus, None, alone)
    assert sorted(finding.code for finding in expected.findings) == ["TC101", "TC101"]
    assert expected.verdicts
    found = run(corpus, Cluster(), together)
    assert found == expected
    assert found.tables == expected.tables
    assert together.notes["Engine"] == "Ray, 2 workers on a cluster of 2 machines"
    assert together.notes["Texts"] == alone.notes["Texts"]
    assert together.steps == alone.steps | {"Starting Ray": [1, 1]}


@pytest.mark.usefixtures("machines")
def test_a_worker_killed_in_the_middle(corpus: Path, tmp_path: Path) -> None:
    flag = tmp_path / "killed"
    heard = Heard()
    assert run(corpus, Cluster(), heard, flag=flag, ends="encode_tokens") == run(corpus, None)
    assert flag.exists()
    assert all(total == done for total, done in heard.steps.values())


def test_an_interrupted_run_goes_on_although_a_machine_is_lost(
    corpus: Path, machines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(corpus, Cluster(), Heard("Aligning", interrupt))
    # There is no room for another worker then.
    monkeypatch.setattr(cluster_module, "_REPLACED_S", 2.0)
    (second,) = machines.worker_nodes
    heard = Heard("Aligning", lambda: machines.remove_node(second, allow_graceful=False))
    assert run(corpus, Cluster(), heard) == run(corpus, None)
    assert heard.notes["Texts"].startswith("0 encoded")
    assert all(total == done for total, done in heard.steps.values())


@pytest.mark.usefixtures("machines")
def test_machines_without_a_common_disk(corpus: Path, tmp_path: Path) -> None:
    shared = (tmp_path / "shared").as_uri()
    target = replace(find_target([str(corpus)]), url=corpus.as_uri())

    def check_with_cache(name: str, cluster: Cluster | None) -> tuple[RunResult, str]:
        heard = Heard()
        config = load_config(corpus, environ={"TERMCHECK_CACHE_DIR": str(tmp_path / name)})
        encoder = Mortal(None, "")
        found = check(target, config, encoder=encoder, progress=heard, cluster=cluster, shared=shared)
        return found, heard.notes["Texts"]

    here, texts = check_with_cache("one", None)
    assert not texts.startswith("0 encoded")
    there, texts = check_with_cache("two", Cluster())
    assert texts.startswith("0 encoded")
    assert there == here == run(corpus, None)


def test_what_is_wrong_with_the_cluster_is_said(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(CrewError) as caught:
        run(corpus, Cluster())
    assert "termcheck[ray]" in caught.value.hint


@pytest.mark.parametrize(("address", "message"), [
    ("", "Ray does not start on this machine: The current node timed out"),
    ("ray.example:6379", "no Ray cluster answers at 'ray.example:6379': The current node timed out"),
])  # fmt: skip
def test_a_start_that_takes_too_long_is_no_bug(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, address: str, message: str
) -> None:
    def start(*_: object, **__: object) -> None:
        # What Ray raises has no kind of its own.
        raise Exception("The current node timed out during startup.")

    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "init", start)
    with pytest.raises(CrewError, match=re.escape(message)):
        run(corpus, Cluster(address))
