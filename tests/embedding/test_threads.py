from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from termcheck.config import load_config
from termcheck.embedding.threads import available_cores, inference_threads, multiply_with_one_thread, physical_cores
from termcheck.pipeline import open_store

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


@pytest.mark.parametrize(
    ("limit", "cores"),
    [("max 100000", 8), ("200000 100000", 2), ("50000 100000", 1), ("9900000 100000", 8), ("broken", 8), ("1 0", 8)],
)
def test_container_quota(tmp_path: Path, limit: str, cores: int) -> None:
    (tmp_path / "cpu.max").write_text(limit + "\n")
    assert available_cores(tmp_path, tmp_path / "none") == cores


@pytest.mark.parametrize(("quota", "cores"), [("-1", 8), ("300000", 3)])
def test_container_quota_of_the_first_version(tmp_path: Path, quota: str, cores: int) -> None:
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text(quota)
    (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000")
    assert available_cores(tmp_path, tmp_path / "none") == cores


def test_without_containers_or_affinity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert available_cores(tmp_path, tmp_path / "none") == 5
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available_cores(tmp_path, tmp_path / "none") == 1


@pytest.mark.parametrize(
    ("line", "folder", "name"),
    [
        ("0::/jobs/seven", "jobs/seven", "cpu.max"),
        ("0::/jobs/seven", "jobs", "cpu.max"),
        ("3:cpu,cpuacct:/jobs/seven", "cpu/jobs", "cpu.cfs_quota_us"),
    ],
)
def test_quota_of_the_group_or_of_one_above_it(tmp_path: Path, line: str, folder: str, name: str) -> None:
    (tmp_path / "membership").write_text(f"9:memory:/elsewhere\n{line}\n")
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / name).write_text("300000 100000\n" if name == "cpu.max" else "300000\n")
    (tmp_path / folder / "cpu.cfs_period_us").write_text("100000\n")
    assert available_cores(tmp_path, tmp_path / "membership") == 3


def test_hardware_threads_of_a_core_count_once(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"cpu{number}" / "topology").mkdir(parents=True)
        (tmp_path / f"cpu{number}" / "topology" / "thread_siblings_list").write_text(f"{number // 2 * 2}-\n")
    # Of two more it is not known.
    assert physical_cores(tmp_path) == 5


def test_the_user_decides_on_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3,2")
    assert inference_threads() == 3
    monkeypatch.setenv("OMP_NUM_THREADS", "all")
    assert 1 <= inference_threads() <= 8


def test_products_outside_models_have_one_thread_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with threadpool_limits(limits=2, user_api="blas"):
        before = _blas_threads()
        with multiply_with_one_thread():
            inside = _blas_threads()
        after = _blas_threads()
    # Some systems bring a library that cannot be told.
    assert set(inside) <= {1}
    assert after == before


def test_a_run_has_one_thread_for_products(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with threadpool_limits(limits=2, user_api="blas"), open_store(load_config(tmp_path), use_cache=False):
        assert set(_blas_threads()) <= {1}


@pytest.mark.parametrize("name", ["OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
def test_threads_that_were_asked_for_stay(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "2")
    with threadpool_limits(limits=2, user_api="blas"):
        before = _blas_threads()
        with multiply_with_one_thread():
            assert _blas_threads() == before


def _blas_threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
