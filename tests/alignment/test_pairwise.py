"""Beads of two versions, on vectors made for the purpose."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.alignment import cutting
from termcheck.alignment.anchors import anchors, longest_increasing
from termcheck.alignment.moves import align_pair
from termcheck.alignment.pairwise import align_monotone
from termcheck.alignment.version import Version, centre, make_version

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSION = 48


def meanings(count: int, seed: int = 7) -> NDArray[np.float64]:
    """``count`` unit vectors, nearly orthogonal: one per thing that is said."""
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION))
    unit: NDArray[np.float64] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def version(groups: list[list[int]], *, seed: int = 0, noise: float = 0.08, count: int = 60) -> Version:
    """A version whose k-th segment says the meanings of ``groups[k]``, with some noise of its own."""
    base = meanings(count)
    rng = np.random.default_rng(seed)
    rows = np.array([base[group].sum(axis=0) + noise * rng.normal(size=DIMENSION) for group in groups])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return make_version(rows.astype(np.float32), [80.0 * len(group) for group in groups])


def pairs(left: Version, right: Version) -> list[tuple[list[int], list[int]]]:
    return [
        (list(range(bead.left_start, bead.left_end)), list(range(bead.right_start, bead.right_end)))
        for bead in align_monotone(left, right)
    ]


def singles(numbers: range | list[int]) -> list[list[int]]:
    return [[number] for number in numbers]


def test_a_version_beside_itself_is_the_identity() -> None:
    text = version(singles(range(20)))
    assert pairs(text, text) == [([i], [i]) for i in range(20)]


def test_a_deleted_segment_stays_alone() -> None:
    left = version(singles(range(20)), seed=1)
    right = version(singles([i for i in range(20) if i not in (5, 6, 13)]), seed=2)
    linked = {i for lefts, _ in pairs(left, right) for i in lefts}
    assert linked == set(range(20)) - {5, 6, 13}


def test_split_and_merged_segments_become_one_bead() -> None:
    left = version(singles(range(12)), seed=1)
    right = version([[0], [1], [2, 3], [4], [5], [6], [7, 8], [9], [10], [11]], seed=2)
    assert ([2, 3], [2]) in pairs(left, right)
    assert ([7, 8], [6]) in pairs(left, right)
    assert ([2], [2, 3]) in pairs(right, left)


@given(dropped=st.sets(st.integers(0, 19), max_size=8), seed=st.integers(0, 50))
def test_swapping_the_sides_mirrors_the_beads(dropped: set[int], seed: int) -> None:
    left = version(singles(range(20)), seed=seed)
    right = version(singles([i for i in range(20) if i not in dropped]), seed=seed + 1)
    assert [(b, a) for a, b in pairs(right, left)] == pairs(left, right)


@given(dropped=st.sets(st.integers(0, 19), max_size=15), seed=st.integers(0, 50))
def test_every_segment_is_in_at_most_one_bead_and_beads_ascend(dropped: set[int], seed: int) -> None:
    left = version(singles([i for i in range(20) if i not in dropped]), seed=seed)
    right = version(singles(range(20)), seed=seed + 1)
    for side in (0, 1):
        used = [index for bead in pairs(left, right) for index in bead[side]]
        assert used == sorted(set(used))


def test_a_heading_is_not_merged_into_the_paragraph_below() -> None:
    base = meanings(30)
    rows = base[:20].copy()
    # The heading says a part of what the paragraph below it says, like most headings.
    rows[9] = base[9] + 0.8 * base[10]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    lengths = [15.0 if index == 9 else 400.0 for index in range(20)]
    left = make_version(rows.astype(np.float32), lengths)
    noisy = rows + 0.05 * np.random.default_rng(3).normal(size=rows.shape)
    right = make_version((noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32), lengths)
    assert ([9], [9]) in pairs(left, right)
    assert ([10], [10]) in pairs(left, right)


def test_numbers_and_links_decide_between_texts_that_say_the_same() -> None:
    row = meanings(1)[0]
    rng = np.random.default_rng(5)
    rows = np.array([row + 0.01 * rng.normal(size=DIMENSION) for _ in range(4)])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    left = make_version(rows[:3].astype(np.float32), [50.0] * 3, None, [frozenset({n}) for n in ("1", "2", "3")])
    right = make_version(rows[:2].astype(np.float32), [50.0] * 2, None, [frozenset({n}) for n in ("2", "3")])
    assert pairs(left, right) == [([1], [0]), ([2], [1])]


def test_long_versions_are_cut_at_anchors_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    left = version(singles(range(60)), seed=1)
    right = version(singles([i for i in range(60) if i % 11 != 3]), seed=2)
    whole = pairs(left, right)
    monkeypatch.setattr(cutting, "BLOCK", 12)
    assert pairs(left, right) == whole


def test_a_long_stretch_without_anchors_is_still_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "BLOCK", 2)
    zeros = make_version(np.zeros((40, DIMENSION), dtype=np.float32), [10.0] * 40)
    # Texts that say nothing are paired by their place alone.
    assert pairs(zeros, zeros) == [([i], [i]) for i in range(40)]


def test_texts_between_aligned_neighbours_are_paired_unless_they_speak_against_it() -> None:
    numbers = [*range(8), 40, *range(9, 18)]
    left, right = version(singles(range(18)), seed=1), version(singles(numbers), seed=2)
    assert ([8], [8]) not in pairs(left, right)
    short = [12.0 if index == 8 else 80.0 for index in range(18)]
    assert ([8], [8]) in pairs(make_version(left.vectors, short), make_version(right.vectors, short))


@pytest.mark.parametrize(("left", "right"), [(0, 0), (0, 3), (3, 0)])
def test_empty_versions(left: int, right: int) -> None:
    def make(count: int) -> Version:
        return make_version(meanings(max(count, 1))[:count].astype(np.float32), [1.0] * count)

    assert align_monotone(make(left), make(right)) == ()
    assert anchors(make(left), make(right)) == []


def test_a_moved_block_is_found_and_marked() -> None:
    left = version(singles(range(30)), seed=1)
    order = [*range(5), *range(9, 24), *range(5, 9), *range(24, 30)]
    beads = align_pair(left, version(singles(order), seed=2))
    assert {bead.left_start for bead in beads if bead.moved} == {5, 6, 7, 8}
    assert {(bead.left_start, order[bead.right_start]) for bead in beads} == {(i, i) for i in range(30)}


def test_a_text_inside_a_moved_block_moves_with_it_though_it_resembles_another() -> None:
    order = [*range(5), *range(11, 24), *range(5, 11), *range(24, 30)]
    left, right = version(singles([*range(30), 45]), seed=1), version(singles(order), seed=2)
    left = make_version(left.vectors, [80.0] * 30 + [20.0])
    place = order.index(7)
    right.vectors[place] = 0.6 * left.vectors[7] + left.vectors[30]
    right.vectors[place] /= np.linalg.norm(right.vectors[place])
    moved = {(bead.left_start, order[bead.right_start]) for bead in align_pair(left, right) if bead.moved}
    assert moved == {(i, i) for i in range(5, 11)}
    # Something else at the end of the block stays alone.
    left.vectors[10] = meanings(60)[58]
    moved = {(bead.left_start, order[bead.right_start]) for bead in align_pair(left, right) if bead.moved}
    assert moved == {(i, i) for i in range(5, 10)}


def test_a_short_text_that_resembles_another_is_not_a_move() -> None:
    left = version(singles([0, *range(2, 20), 1]), seed=1)
    right = version(singles([1, *range(2, 20), 25]), seed=2)
    short = [6.0, *([80.0] * 18), 6.0]
    left = make_version(left.vectors, short)
    right = make_version(right.vectors, short)
    assert not [bead for bead in align_pair(left, right) if bead.moved]


@given(st.lists(st.integers(0, 30), max_size=12))
def test_longest_increasing_subsequence(values: list[int]) -> None:
    chain = [values[index] for index in longest_increasing(values)]
    assert all(a < b for a, b in itertools.pairwise(chain))
    lengths: list[int] = []
    for index, value in enumerate(values):
        lengths.append(1 + max((lengths[j] for j in range(index) if values[j] < value), default=0))
    assert len(chain) == max(lengths, default=0)


def test_centring_removes_what_all_segments_share() -> None:
    shared = np.full((6, DIMENSION), 3.0)
    vectors = (shared + meanings(6)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert (vectors @ vectors.T).min() > 0.9
    centred = centre(vectors)
    assert np.abs((centred @ centred.T)[~np.eye(6, dtype=bool)]).max() < 0.6
    assert np.linalg.norm(centred, axis=1) == pytest.approx(1.0)


def test_centring_a_single_segment_needs_the_language_mean() -> None:
    vector = meanings(1).astype(np.float32)
    assert np.linalg.norm(centre(vector)) == 0
    assert np.linalg.norm(centre(vector, np.zeros(DIMENSION))) == pytest.approx(1.0)


def test_parts_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 signatures"):
        make_version(np.zeros((3, 4), dtype=np.float32), [1, 2, 3], None, [frozenset(), frozenset()])


def test_a_weak_pair_is_linked_where_nothing_else_is_alone() -> None:
    numbers = list(range(40))
    left, right = version(singles(numbers), seed=1), version(singles(numbers), seed=2)
    vectors = right.vectors.copy()
    vectors[20] = meanings(60)[59]  # says something else
    other = Version(vectors, right.lengths, right.kinds, right.signatures)
    assert ([20], [20]) in pairs(left, other)
    # Where every fourth is missing on the right, and others on the left, it is two missing ones.
    here = [i for i in numbers if i % 4 != 1 and i != 21]
    there = [i for i in numbers if i % 4 != 3]
    assert ([here.index(20)], [there.index(20)]) not in pairs(left.take(here), other.take(there))


NUMBERS = list(range(40))
HERE, THERE = [i for i in NUMBERS if i % 6 != 0], [i for i in NUMBERS if i % 6 != 4]
"""What two versions have that lack many segments of each other, but for number 20."""


def test_short_texts_at_one_place_are_no_pair_where_many_are_alone() -> None:
    left, right = version(singles(NUMBERS), seed=1), version(singles([*range(20), 59, *range(21, 40)]), seed=2)
    right.vectors[20] -= 0.15 * left.vectors[20]
    right.vectors[20] /= np.linalg.norm(right.vectors[20])
    short = [38.0 if index == 20 else 80.0 for index in NUMBERS]
    left, right = make_version(left.vectors, short), make_version(right.vectors, short)
    assert ([20], [20]) in pairs(left, right)
    assert ([HERE.index(20)], [THERE.index(20)]) not in pairs(left.take(HERE), right.take(THERE))


@pytest.mark.parametrize(("before", "linked"), [(19, False), (2, True)])
def test_texts_are_no_pair_that_are_more_like_what_stands_beside_them(before: int, linked: bool) -> None:
    left, right = version(singles(NUMBERS), seed=1), version(singles([*range(20), 50, *range(21, 40)]), seed=2)
    for side in (left, right):
        side.vectors[20] += side.vectors[before]
        side.vectors[20] /= np.linalg.norm(side.vectors[20])
    found = pairs(left.take(HERE), right.take(THERE))
    assert ([HERE.index(19)], [THERE.index(19)]) in found
    assert (([HERE.index(20)], [THERE.index(20)]) in found) == linked


def test_lines_that_repeat_are_paired_in_order() -> None:
    numbers = [i if i % 3 else 59 for i in range(30)]
    base = version(singles(list(range(60))), seed=1, noise=0.1), version(singles(list(range(60))), seed=2, noise=0.1)
    kept = [index for index in range(30) if index not in (6, 13)]
    left, right = base[0].take(numbers), base[1].take([numbers[index] for index in kept])
    assert [(a, kept[b]) for (a,), (b,) in pairs(left, right)] == [(index, index) for index in kept]


def test_a_passage_that_one_version_lacks_is_not_linked_however_rare_that_is() -> None:
    left, right = version(singles(range(60)), seed=1), version(singles([*range(25), *range(33, 60)]), seed=2)
    assert {i for lefts, _ in pairs(left, right) for i in lefts} == {*range(25), *range(33, 60)}


def test_different_last_segments_are_no_pair() -> None:
    left = version([[number] for number in [*range(20), 40]], seed=1)
    right = version([[number] for number in [*range(20), 41]], seed=2)
    assert pairs(left, right) == [([number], [number]) for number in range(20)]
