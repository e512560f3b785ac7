from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from termcheck.alignment import anchors as anchors_module
from termcheck.alignment.anchors import anchors, certain_increasing, is_in_place
from termcheck.alignment.version import Version, make_version

if TYPE_CHECKING:
    import pytest


def version(order: list[int], seed: int) -> Version:
    base = np.random.default_rng(3).normal(size=(700, 64))
    rows = base[order] + 0.2 * np.random.default_rng(seed).normal(size=(len(order), 64))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return make_version(rows.astype(np.float32), [50.0] * len(order))


@given(st.lists(st.integers(0, 8), max_size=9))
def test_certain_elements_are_in_every_longest_increasing_subsequence(values: list[int]) -> None:
    for size in range(len(values), -1, -1):
        longest = [
            set(chosen)
            for chosen in combinations(range(len(values)), size)
            if all(values[a] < values[b] for a, b in pairwise(chosen))
        ]
        if longest:
            break
    assert certain_increasing(values) == sorted(set.intersection(*longest))


def test_few_segments_are_looked_at_in_long_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors_module, "SAMPLES", 20)
    order = [number for number in range(600) if number % 13]
    left, right = version(list(range(600)), 1), version(order, 2)
    found = anchors(left, right)
    assert 20 <= len(found) <= 40
    assert all(order[j] == i for i, j in found)
    assert [(i, j) for j, i in anchors(right, left)] == found


def test_a_block_that_moved_is_not_in_place() -> None:
    order = [*range(100), *range(104, 130), *range(100, 104), *range(130, 300)]
    left, right = version(list(range(300)), 1), version(order, 2)
    assert not is_in_place(left, right, 101, order.index(101))
    assert is_in_place(left, right, 110, order.index(110))
    assert is_in_place(left, right, 0, 0)
