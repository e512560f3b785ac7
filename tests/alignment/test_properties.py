"""What holds for every alignment, whatever the versions."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.alignment import moves
from termcheck.alignment.moves import align_pair
from termcheck.alignment.multiway import Table, align_versions
from termcheck.alignment.version import Version, make_version

if TYPE_CHECKING:
    import pytest

    from termcheck.alignment.beads import Bead

DIMENSION = 192
# At right angles: what is said to be unrelated must not be similar by chance.
_BASE = np.linalg.qr(np.random.default_rng(7).normal(size=(DIMENSION, 60)))[0].T * np.sqrt(DIMENSION)

Group = tuple[int, ...]


@st.composite
def changed(draw: st.DrawFn, count: int = 20, *, nested: bool = False) -> list[Group]:
    """Numbers of what the segments say: some left out, some joined, one block moved.

    ``nested``: merges of several versions are the same or apart, none crosses another's.
    """
    dropped = draw(st.sets(st.integers(0, count - 1), max_size=6))
    joined = draw(st.sets(st.sampled_from(range(0, count - 1, 1 + nested)), max_size=3))
    groups: list[Group] = []
    for number in (each for each in range(count) if each not in dropped):
        if groups and number - 1 in joined and groups[-1][-1] == number - 1:
            groups[-1] = (*groups[-1], number)
        else:
            groups.append((number,))
    start, place = draw(st.tuples(st.integers(0, len(groups) - 3), st.integers(0, len(groups) - 3)))
    block, rest = groups[start : start + 3], groups[:start] + groups[start + 3 :]
    return [*rest[:place], *block, *rest[place:]] if draw(st.booleans()) else groups


def version(groups: list[Group], seed: int) -> Version:
    rng = np.random.default_rng(seed)
    rows = np.array([_BASE[list(group)].sum(axis=0) + 0.5 * rng.normal(size=DIMENSION) for group in groups])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return make_version(rows.astype(np.float32), [70.0 * len(group) for group in groups])


def mirrored(beads: tuple[Bead, ...]) -> set[tuple[int, int, int, int, bool]]:
    return {(bead.right_start, bead.right_end, bead.left_start, bead.left_end, bead.moved) for bead in beads}


def extents(beads: tuple[Bead, ...]) -> set[tuple[int, int, int, int, bool]]:
    return {(bead.left_start, bead.left_end, bead.right_start, bead.right_end, bead.moved) for bead in beads}


def segments_of(table: Table) -> list[tuple[Group, ...]]:
    return [tuple(cell.segments for cell in row) for row in table.rows]


@given(changed(), changed(), st.integers(0, 99))
def test_swapping_the_sides_mirrors_the_result(left: list[Group], right: list[Group], seed: int) -> None:
    one, other = version(left, seed), version(right, seed + 1)
    assert mirrored(align_pair(other, one)) == extents(align_pair(one, other))


@given(changed(), changed(), st.integers(0, 99))
def test_no_segment_is_in_two_beads(left: list[Group], right: list[Group], seed: int) -> None:
    beads = align_pair(version(left, seed), version(right, seed + 1))
    for side in (0, 1):
        used = [index for bead in beads for index in range(*bead.extent(side))]
        assert len(used) == len(set(used))


@given(changed(), st.integers(0, 99))
def test_a_version_beside_itself_is_the_identity(groups: list[Group], seed: int) -> None:
    text = version(groups, seed)
    identity = {(i, i + 1, i, i + 1, False) for i in range(len(text))}
    assert extents(align_pair(text, text)) == identity
    rows = segments_of(align_versions({"en": text, "pl": text, "tr": text}))
    assert rows == [((i,),) * 3 for i in range(len(text))]


@settings(max_examples=40)
@given(st.lists(changed(), min_size=2, max_size=4), st.sampled_from([None, "a"]))
def test_every_segment_is_in_exactly_one_row(groups: list[list[Group]], source: str | None) -> None:
    versions = {lang: version(each, seed) for seed, (lang, each) in enumerate(zip("abcd", groups, strict=False))}
    table = align_versions(versions, source)
    for column, lang in enumerate(table.languages):
        used = [index for row in table.rows for index in row[column].segments]
        assert sorted(used) == list(range(len(versions[lang])))


@settings(max_examples=20)
@given(st.lists(changed(), min_size=3, max_size=3))
def test_the_order_of_versions_does_not_matter(groups: list[list[Group]]) -> None:
    versions = {lang: version(each, seed) for seed, (lang, each) in enumerate(zip("abc", groups, strict=True))}
    tables = [align_versions(dict(order)).rows for order in itertools.permutations(versions.items())]
    assert all(table == tables[0] for table in tables)


@given(st.integers(0, 99), st.sets(st.integers(0, 19), max_size=8))
def test_an_unrelated_segment_at_the_end_changes_nothing_else(seed: int, dropped: set[int]) -> None:
    left = version([(i,) for i in range(20)], seed)
    kept = [(i,) for i in range(20) if i not in dropped]
    longer = version([*kept, (50,)], seed + 1)
    # The same noise in both: only the last segment differs.
    shorter = longer.take(range(len(kept)))
    assert extents(align_pair(left, longer)) == extents(align_pair(left, shorter))


@settings(max_examples=60, derandomize=True)
@given(st.lists(changed(nested=True), min_size=3, max_size=3), st.sampled_from([None, "a", "b"]))
def test_an_unrelated_segment_at_the_end_is_one_more_row(groups: list[list[Group]], source: str | None) -> None:
    """Of random versions; about one in 200 is truly ambiguous and changes with anything.

    Two blocks of the same size that cross, or different texts in the place of one another. The examples are therefore
    always the same, and merges are nested: which of two that cross between versions makes the row hangs on little.
    """
    versions = {
        lang: version([*each, (50,)], seed) for seed, (lang, each) in enumerate(zip("abc", groups, strict=True))
    }
    without = {lang: each.take(range(len(each) - 1)) for lang, each in versions.items()}
    last = len(without["b"])
    longer = align_versions({**without, "b": versions["b"]}, source)
    alone = tuple((last,) if lang == "b" else () for lang in longer.languages)
    rows = segments_of(longer)
    assert rows.count(alone) == 1
    rows.remove(alone)
    assert rows == segments_of(align_versions(without, source))


def test_moves_in_long_versions_are_found_within_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moves, "REACH", 10)
    order = [*range(5), *range(8, 14), *range(5, 8), *range(14, 60)]
    left, right = version([(i,) for i in range(60)], 1), version([(i,) for i in order], 2)
    beads = align_pair(left, right)
    assert {bead.left_start for bead in beads if bead.moved} == {5, 6, 7}
    assert {(bead.left_start, order[bead.right_start]) for bead in beads} == {(i, i) for i in range(60)}
