from __future__ import annotations

import pytest

from termcheck.terms.word_alignment import Links, align_words


def pairs(links: Links) -> set[tuple[int, int, int]]:
    return set(zip(links.row.tolist(), links.first.tolist(), links.second.tolist(), strict=True))


def test_words_compete_for_each_other() -> None:
    """Word 0 goes with 10 alone, so that in rows with both 11 is left for 1."""
    first = [[0]] * 4 + [[0, 1]] * 3
    second = [[10]] * 4 + [[10, 11]] * 3
    found = pairs(align_words(first, second))
    assert {(row, 0, 10) for row in range(7)} <= found
    assert {(row, 1, 11) for row in range(4, 7)} <= found
    assert not any(one == 0 and other == 11 for _, one, other in found)


def test_one_word_for_two() -> None:
    first = [[0, 5]] * 4 + [[1, 6]] * 4 + [[5], [6], [5], [6]]
    second = [[10, 15]] * 4 + [[10, 16]] * 4 + [[15], [16], [15], [16]]
    found = pairs(align_words(first, second))
    assert {(row, 0, 10) for row in range(4)} | {(row, 1, 10) for row in range(4, 8)} <= found


def test_beliefs_are_probabilities() -> None:
    links = align_words([[0, 1], [0], [1]], [[3, 4], [3], [4]], least_belief=0.0)
    assert len(links.belief) == 6
    assert ((links.belief >= 0) & (links.belief <= 1)).all()


def test_nothing_to_align() -> None:
    assert pairs(align_words([], [])) == set()
    assert pairs(align_words([[0], []], [[], [1]])) == set()


def test_a_row_of_very_many_words_is_left_out() -> None:
    links = align_words([list(range(5000)), [0]], [list(range(5000)), [0]])
    assert {row for row, _, _ in pairs(links)} <= {1}


def test_rows_must_correspond() -> None:
    with pytest.raises(ValueError, match="1 rows on one side and 2"):
        align_words([[0]], [[0], [1]])
