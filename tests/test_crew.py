from __future__ import annotations

import os
import signal
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from threadpoolctl import threadpool_info

from small_corpus import GLOSSARY, check_paths, make_encoder, write_corpus
from termcheck import known_documents
from termcheck.cache import Cache
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.crew import processes, work
from termcheck.crew.processes import ProcessWorkers, hire
from termcheck.crew.work import CrewError, Task
from termcheck.desk import Desk, Station, pack, unpack
from termcheck.glossary import Glossary
from termcheck.meaning.models import choose_models
from termcheck.pipeline import Checker, check
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import RunResult


@pytest.fixture(autouse=True)
def _little_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hire workers for any document."""
    monkeypatch.setattr(known_documents, "WORTH", 0)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Four documents in three languages, two of them with a paragraph missing."""
    root = tmp_path / "docs"
    for name, without in (("a", {"pl": 2}), ("b", {}), ("c", {"tr": 4}), ("d", {})):
        write_corpus(tmp_path / name, without=without)
        for lang in ("en", "pl", "tr"):
            (root / lang).mkdir(parents=True, exist_ok=True)
            (tmp_path / name / lang / "story.md").rename(root / lang / f"{name}.md")
    (root / "glossary.yaml").write_text(GLOSSARY)
    return root


def run(corpus: Path, jobs: int, *, use_cache: bool = True) -> RunResult:
    config = load_config(corpus, overrides={"jobs": jobs})
    return check(find_target([str(corpus)]), config, use_cache=use_cache, encoder=make_encoder())


def station(corpus: Path) -> tuple[Station, Checker]:
    config, target = load_config(corpus), find_target([str(corpus)])
    with Cache(config.cache) as cache:
        checker = Checker(target, config, cache, encoder=make_encoder())
    models = choose_models(config, make_encoder())
    return Station(target, config, True, "", Glossary(), checker.discovery.languages, models), checker


def test_several_processes_find_what_one_finds(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = run(corpus, 1)
    assert sorted(finding.code for finding in alone.findings) == ["TC101", "TC101"]
    assert alone.verdicts
    assert run(corpus, 2, use_cache=False) == alone
    # From the cache, with no document ahead.
    monkeypatch.setattr(work, "_AHEAD", 0)
    again = run(corpus, 2)
    assert again == alone
    assert again.tables == alone.tables


def test_a_worker_fetches_what_it_works_on(corpus: Path, tmp_path: Path) -> None:
    place, checker = station(corpus)
    far = replace(place.target, base=tmp_path / "elsewhere", root=tmp_path / "elsewhere", url=corpus.as_uri())
    document = checker.discovery.sets[0]
    expected = Desk(place).read(document.key, document)
    assert Desk(place._replace(target=far, far=True)).read(document.key, document) == expected
    assert far.url not in repr(far)


def test_one_document_needs_no_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "hire", None)
    assert check_paths(write_corpus(tmp_path / "docs"), jobs=4).findings == ()


def test_a_table_travels_without_its_texts(corpus: Path) -> None:
    place, checker = station(corpus)
    desk, encoder = Desk(place), make_encoder()
    for document in checker.discovery.sets:
        each = desk.read(document.key, document)
        vectors = {lang: encoder.encode([segment.text for segment in found]) for lang, found in each.segments.items()}
        packed = desk.align(document.key, vectors, {})
        table = unpack(packed, document, each.segments)
        assert pack(table) == packed
        assert table.key == document.key
        assert "bake" not in repr(packed)
        # Nothing was compared yet.
        assert desk.judge(document.key, (), None) is None


def _products() -> list[dict[str, Any]]:
    return [found for found in threadpool_info() if found["user_api"] == "blas"]


def test_mistakes_and_the_end_of_a_worker_reach_the_leader(corpus: Path) -> None:
    place, checker = station(corpus)
    document = checker.discovery.sets[0]
    with hire(1, place, [document.key]) as crew:
        assert len(list(crew.call("read", [Task(document.key, (document,))]))) == 1
        with pytest.raises(KeyError):
            list(crew.call("align", [Task(document.key, ({}, {}))]))
        assert isinstance(crew._workers, ProcessWorkers)
        (pool,) = crew._workers._pools
        asked_for = any(os.environ.get(name) for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"))
        if not asked_for:
            assert {lib["num_threads"] for lib in pool.submit(_products).result()} <= {1}
        for worker in list(pool._processes):
            os.kill(worker, signal.SIGKILL)
        with pytest.raises(CrewError, match="ended before its work was done") as caught:
            list(crew.call("read", [Task(document.key, (document,))]))
    assert "--jobs" in caught.value.hint


def test_progress_is_the_same(corpus: Path) -> None:
    class Heard(NoProgress):
        def __init__(self) -> None:
            self.steps: dict[str, list[int]] = {}

        def stage(self, name: str, total: int) -> None:
            self.steps[name] = [total, 0]
            self._now = name

        def advance(self, steps: int = 1) -> None:
            self.steps[self._now][1] += steps

    heard = []
    for jobs in (1, 2):
        heard.append(Heard())
        config = load_config(corpus, overrides={"jobs": jobs})
        check(find_target([str(corpus)]), config, encoder=make_encoder(), progress=heard[-1])
    assert heard[0].steps == heard[1].steps
    assert all(total == done for total, done in heard[0].steps.values())
