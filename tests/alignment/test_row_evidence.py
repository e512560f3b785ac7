from __future__ import annotations

import numpy as np
import pytest

from termcheck.alignment.row_evidence import weigh_row
from termcheck.alignment.version import Version, make_version

COUNT = 12


def version(order: list[int], seed: int, signatures: dict[int, str] | None = None, kind: int = 0) -> Version:
    """Paragraphs that say what their numbers stand for, in vectors of their own."""
    meaning = np.random.default_rng(0).standard_normal((COUNT, 64))
    noise = np.random.default_rng(seed).standard_normal((COUNT, 64))
    vectors = (meaning + 0.5 * noise)[order].astype(np.float32)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    found = [frozenset({(signatures or {})[place]}) if place in (signatures or {}) else frozenset() for place in order]
    return make_version(unit, [80] * len(order), [kind if place == 3 else 0 for place in order], found)


ALL = list(range(COUNT))


def test_a_row_that_all_versions_have() -> None:
    versions = {"en": version(ALL, 1), "pl": version(ALL, 2), "tr": version(ALL, 3)}
    evidence = weigh_row(versions, {"pl": [3], "en": [3], "tr": [3]})
    assert [(pair.left, pair.right) for pair in evidence.pairs] == [("en", "pl"), ("en", "tr"), ("pl", "tr")]
    assert all(pair.linked and not pair.moved and pair.same_kind for pair in evidence.pairs)
    assert (evidence.triangles, evidence.closed) == (1, 1)
    assert evidence.gaps == ()
    first = evidence.pairs[0]
    assert first.similarity > 0.6 > first.left_background
    expected = first.similarity - (first.left_background + first.right_background) / 2
    assert first.margin == pytest.approx(expected)


def test_structure() -> None:
    left = version(ALL, 1, {3: "2024", 5: "x"})
    right = version(ALL, 2, {3: "2024", 5: "y"}, kind=20)
    same, other = (weigh_row({"en": left, "pl": right}, {"en": [n], "pl": [n]}).pairs[0] for n in (3, 5))
    assert (same.shared, same.same_kind) == (("2024",), False)
    assert same.structure == pytest.approx(0.25 - 0.08)
    assert (other.shared, other.same_kind) == ((), True)
    assert other.structure < 0


def test_a_gap_names_what_comes_nearest() -> None:
    versions = {"en": version(ALL, 1), "pl": version([n for n in ALL if n != 3], 2)}
    evidence = weigh_row(versions, {"en": [3], "pl": []})
    assert evidence.pairs == ()
    (gap,) = evidence.gaps
    assert (gap.lang, gap.other) == ("pl", "en")
    assert 0 <= gap.segment < COUNT - 1
    assert gap.similarity < 0.6


def test_cells_that_do_not_belong_together_are_not_linked() -> None:
    versions = {"en": version(ALL, 1), "pl": version(ALL, 2), "tr": version(ALL, 3)}
    evidence = weigh_row(versions, {"en": [3], "pl": [3], "tr": [7]})
    assert [pair.linked for pair in evidence.pairs] == [True, False, False]
    assert (evidence.triangles, evidence.closed) == (0, 0)


def test_a_moved_block() -> None:
    order = [*ALL[3:], *ALL[:3]]
    evidence = weigh_row({"en": version(ALL, 1), "pl": version(order, 2)}, {"en": [1], "pl": [order.index(1)]})
    assert evidence.pairs[0].linked
    assert evidence.pairs[0].moved


def test_silent_cells() -> None:
    silent = make_version(np.zeros((2, 64), np.float32), [1, 1])
    (pair,) = weigh_row({"en": silent, "pl": silent}, {"en": [0], "pl": [1]}).pairs
    assert pair.similarity == 0
