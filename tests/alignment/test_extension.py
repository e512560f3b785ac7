"""Beads that take in the segments beside them."""

from __future__ import annotations

import numpy as np
import pytest

from termcheck.alignment.beads import Bead
from termcheck.alignment.extension import LARGEST, extend
from termcheck.alignment.moves import align_pair
from termcheck.alignment.version import Version, make_version

DIMENSION = 64


def version(
    groups: list[list[int]], sizes: dict[int, float] | None = None, kinds: list[int] | None = None, seed: int = 0
) -> Version:
    """Segments that say the numbered things, each as long as ``sizes`` says (80 characters otherwise)."""
    base = np.random.default_rng(11).normal(size=(60, DIMENSION))
    base /= np.linalg.norm(base, axis=1, keepdims=True)
    size = dict.fromkeys(range(60), 80.0) | (sizes or {})
    noise = np.random.default_rng(seed).normal(size=(len(groups), DIMENSION)) * 0.03
    rows = np.array([sum(size[number] * base[number] for number in group) for group in groups])
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True) + noise
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return make_version(rows.astype(np.float32), [sum(size[number] for number in group) for group in groups], kinds)


def singles(count: int) -> list[list[int]]:
    return [[number] for number in range(count)]


def pairs(beads: tuple[Bead, ...]) -> set[tuple[int, int, int, int]]:
    return {(bead.left_start, bead.left_end, bead.right_start, bead.right_end) for bead in beads}


@pytest.mark.parametrize("count", [4, 6, LARGEST])
def test_one_segment_beside_up_to_eight(count: int) -> None:
    left = version([[0], [1], list(range(2, 2 + count)), *[[number] for number in range(2 + count, 20)]])
    right = version(singles(20), seed=1)
    assert (2, 3, 2, 2 + count) in pairs(align_pair(left, right))
    assert (2, 2 + count, 2, 3) in pairs(align_pair(right, left))


def test_a_bead_does_not_grow_beyond_the_largest() -> None:
    left = version([list(range(LARGEST + 4)), *[[number] for number in range(LARGEST + 4, 30)]])
    beads = align_pair(left, version(singles(30), seed=1))
    assert max(bead.right_end - bead.right_start for bead in beads) <= LARGEST


def test_the_lengths_tell_that_a_short_part_belongs_to_its_neighbour() -> None:
    sizes = {5: 200.0, 6: 110.0}
    groups = [[number] for number in range(16) if number not in (5, 6)]
    left, right = version([*groups[:5], [5, 6], *groups[5:]], sizes), version(singles(16), sizes, seed=1)
    beads = [Bead(i, i + 1, i + (i > 5), i + 1 + (i > 5), 0.4) for i in range(15)]
    assert (5, 6, 5, 7) in pairs(extend(beads, left, right))


def test_an_added_segment_stays_alone() -> None:
    left = version([[number] for number in range(16) if number != 6])
    right = version(singles(16), seed=1)
    assert not [bead for bead in align_pair(left, right) if bead.right_end - bead.right_start > 1]


def test_another_kind_joins_a_paragraph_but_no_heading_does() -> None:
    left = version([[0], [1], [2, 3, 4], *[[number] for number in range(5, 20)]])
    beads = [Bead(2, 3, 2, 4, 0.4), *(Bead(i, i + 1, i + 2, i + 3, 0.4) for i in range(3, 18))]
    for kind, end in ((0, 5), (1, 5), (-1, 4)):
        right = version(singles(20), None, [kind if number == 4 else 0 for number in range(20)], seed=1)
        assert (2, 3, 2, end) in pairs(extend(beads, left, right))


def test_nothing_to_grow() -> None:
    nothing = make_version(np.zeros((0, DIMENSION), dtype=np.float32), [])
    assert extend((), nothing, nothing) == ()


def test_one_text_beside_twelve_parts_is_one_row() -> None:
    parts = list(range(5, 17))
    left = version([[0], [1], [2], [3], [4], parts, *[[number] for number in range(17, 28)]])
    right = version(singles(28), seed=1)
    assert (5, 6, 5, 17) in pairs(align_pair(left, right))


def test_length_alone_takes_nothing_in() -> None:
    left = version([*singles(12), [12, 13, 14]])
    right = version([*singles(12), [12], [50]], seed=1)
    assert (12, 13, 12, 13) in pairs(align_pair(left, right))
    # Something of what the other side says, in the same place and of the same length, is taken in.
    right = version([*singles(12), [12], [13]], seed=1)
    assert (12, 13, 12, 14) in pairs(align_pair(left, right))
