"""Runs of words that stand out together."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from termcheck.meaning.scan import Run, best_run, runs


def array(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_the_best_run_bridges_a_small_gap() -> None:
    assert best_run(array(-1, 2, 2, -0.5, 3, -9, 1)) == Run(1, 5, 6.5)


def test_nothing_above_zero_is_no_run() -> None:
    assert best_run(array(-1, -2)) == Run(0, 0, 0.0)
    assert best_run(array()) == Run(0, 0, 0.0)
    assert runs(array(-1, 0), 0.5) == ()


@given(st.lists(st.integers(-8, 8), max_size=12))
def test_the_best_run_has_the_largest_sum(values: list[int]) -> None:
    sums = [sum(values[i:j]) for i in range(len(values)) for j in range(i + 1, len(values) + 1)]
    run = best_run(array(*values))
    assert run.score == max([0, *sums])
    assert sum(values[run.start : run.end]) == run.score


def test_several_runs_come_in_order_and_reach_the_least_score() -> None:
    excess = array(3, -9, 1, -9, 4, 4, -9, 2)
    assert runs(excess, 2.0) == (Run(0, 1, 3.0), Run(4, 6, 8.0), Run(7, 8, 2.0))


def test_a_very_long_text_gives_few_runs() -> None:
    assert len(runs(np.tile(array(3, -9), 5000), 1.0)) == 4
