"""All versions in one table."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from termcheck.alignment.gate import are_translations, connection
from termcheck.alignment.multiway import Table, align_versions
from termcheck.alignment.version import FIELD, Version, make_version

if TYPE_CHECKING:
    from collections.abc import Sequence

DIMENSION = 48


def version(numbers: Sequence[int | tuple[int, ...]], seed: int, noise: float = 0.08) -> Version:
    """A version whose segments say the numbered things, with noise of its own."""
    base = np.random.default_rng(7).normal(size=(80, DIMENSION))
    base /= np.linalg.norm(base, axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    groups = [(number,) if isinstance(number, int) else number for number in numbers]
    rows = np.array([base[list(group)].sum(axis=0) + noise * rng.normal(size=DIMENSION) for group in groups])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return make_version(rows.astype(np.float32), [80.0 * len(group) for group in groups])


def rows_of(table: Table) -> list[tuple[tuple[int, ...], ...]]:
    return [tuple(cell.segments for cell in row) for row in table.rows]


def assert_complete(table: Table, versions: dict[str, Version]) -> None:
    for column, lang in enumerate(table.languages):
        seen = sorted(index for row in table.rows for index in row[column].segments)
        assert seen == list(range(len(versions[lang])))


FULL = list(range(20))


def test_complete_versions_align_row_by_row() -> None:
    versions = {lang: version(FULL, seed) for seed, lang in enumerate(("id", "ko", "pl", "tr"))}
    table = align_versions(versions)
    assert table.languages == ("id", "ko", "pl", "tr")
    assert rows_of(table) == [((i,),) * 4 for i in range(20)]
    assert all(cell.confidence > 0.9 and not cell.moved for row in table.rows for cell in row)


@pytest.mark.parametrize("source", [None, "en", "tr"])
def test_a_segment_missing_in_one_version_leaves_a_gap_there(source: str | None) -> None:
    versions = {lang: version(FULL, seed) for seed, lang in enumerate(("en", "ko", "pl"))}
    versions["tr"] = version([i for i in FULL if i != 8], 9)
    table = align_versions(versions, source)
    assert_complete(table, versions)
    gaps = [index for index, row in enumerate(table.rows) if not row[3].segments]
    assert gaps == [8]
    assert table.rows[8][3].confidence == 1.0


def test_a_segment_missing_in_the_source_is_one_row_of_the_others() -> None:
    versions = {lang: version(FULL, seed) for seed, lang in enumerate(("de", "ko", "pl"))}
    versions["en"] = version([i for i in FULL if i != 8], 9)
    table = align_versions(versions, "en")
    assert_complete(table, versions)
    assert rows_of(table)[8] == ((8,), (), (8,), (8,))


def test_a_split_paragraph_shares_the_row() -> None:
    versions = {lang: version([*range(6), (6, 7), *range(8, 20)], seed) for seed, lang in enumerate(("en", "ko"))}
    versions["pl"] = version(FULL, 9)
    table = align_versions(versions, "en")
    assert_complete(table, versions)
    assert rows_of(table)[6] == ((6,), (6,), (6, 7))


def test_a_moved_section_is_moved_in_that_version_only() -> None:
    versions = {lang: version(FULL, seed) for seed, lang in enumerate(("de", "en", "ko", "tr"))}
    order = [*range(4), *range(8, 17), *range(4, 8), *range(17, 20)]
    versions["pl"] = version(order, 9)
    for source in ("en", None):
        table = align_versions(versions, source)
        assert_complete(table, versions)
        moved = {
            (table.languages[column], cell.segments)
            for row in table.rows
            for column, cell in enumerate(row)
            if cell.moved
        }
        assert moved == {("pl", (order.index(i),)) for i in range(4, 8)}


def test_an_unrelated_version_is_left_out() -> None:
    versions = {lang: version(FULL, seed) for seed, lang in enumerate(("en", "ko", "pl"))}
    versions["id"] = version(list(range(40, 60)), 9)
    table = align_versions(versions, "en")
    assert table.languages == ("en", "ko", "pl")
    assert list(table.excluded) == ["id"]


def test_two_unrelated_versions_keep_the_source() -> None:
    versions = {"en": version(FULL, 1), "pl": version(list(range(40, 60)), 2)}
    table = align_versions(versions, "en")
    assert table.languages == ("en",)
    assert list(table.excluded) == ["pl"]


def test_a_half_translated_version_is_kept() -> None:
    left, right = version(FULL, 1), version([*range(5), *range(40, 55)], 2)
    assert connection(left, left).score > connection(left, right).score > 0
    assert are_translations(left, right)


def test_pages_that_say_nearly_the_same_of_other_things_are_told_apart_by_what_translations_keep() -> None:
    # A fifth of the page is what all pages of the manual say.
    texts = version(FULL, 1), version([*range(4), *range(40, 56)], 2)

    def keeping(each: Version, *names: str) -> Version:
        kept = [frozenset({f"{FIELD}title"}), *(frozenset({f"code:{name}"}) for name in names)]
        return replace(each, signatures=(*kept, *[frozenset[str]()] * (len(each) - len(kept))))

    assert are_translations(keeping(texts[0], "tar", "x", "1"), keeping(texts[1], "tar", "x", "2"))
    assert are_translations(keeping(texts[0], "tar"), texts[1])
    assert not are_translations(keeping(texts[0], "tar"), keeping(texts[1], "zip"))
    alike = version(FULL, 2)
    assert are_translations(keeping(texts[0], "tar"), keeping(alike, "zip"))


def test_the_order_in_which_versions_are_given_does_not_matter() -> None:
    versions = {
        "en": version(FULL, 1),
        "ko": version([i for i in FULL if i not in (3, 4)], 2),
        "pl": version([*range(10), 60, *range(10, 20)], 3),
        "tr": version([*range(5, 10), *range(5), *range(10, 20)], 4),
    }
    tables = {tuple(rows_of(align_versions(dict(order)))) for order in itertools.permutations(versions.items())}
    assert len(tables) == 1


def test_an_unrelated_paragraph_at_the_end_changes_nothing_else() -> None:
    versions = {lang: version(FULL, seed) for seed, lang in enumerate(("en", "ko", "pl"))}
    before = rows_of(align_versions(versions, "en"))
    versions["pl"] = version([*FULL, 70], 2)
    after = rows_of(align_versions(versions, "en"))
    assert after[:20] == before
    assert after[20:] == [((), (), (20,))]


def test_more_versions_than_are_aligned_pair_by_pair() -> None:
    versions = {f"l{number:02}": version(FULL, number) for number in range(16)}
    versions["l07"] = version([i for i in FULL if i != 4], 99)
    table = align_versions(versions, "l00")
    assert_complete(table, versions)
    assert [index for index, row in enumerate(table.rows) if not row[7].segments] == [4]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_and_empty_versions(count: int) -> None:
    versions = {"en": version(list(range(count)), 1) if count else empty(), "pl": empty()}
    table = align_versions(versions, "en")
    assert_complete(table, versions)
    assert align_versions({}).rows == ()


def empty() -> Version:
    return make_version(np.zeros((0, DIMENSION), dtype=np.float32), [])
