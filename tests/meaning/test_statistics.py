"""What is usual in a corpus."""

from __future__ import annotations

import numpy as np
import pytest

from meaning_texts import corpus, row, statistics_of, story
from termcheck.meaning.statistics import COSINE, Histogram, PairStatistics, Prior

PRIOR = Prior(centre=0.5, scale=0.1, weight=10.0)


def filled(values: np.ndarray) -> Histogram:
    histogram = Histogram()
    histogram.add(values)
    return histogram


def test_many_values_outweigh_the_prior() -> None:
    values = np.random.default_rng(1).normal(0.2, 0.05, size=20_000)
    usual = filled(values).usual(PRIOR)
    assert usual.centre == pytest.approx(0.2, abs=0.01)
    assert usual.scale == pytest.approx(0.05, abs=0.01)


def test_no_values_are_the_prior_and_few_lie_between() -> None:
    assert Histogram().usual(PRIOR).centre == 0.5
    few = filled(np.full(10, 0.2)).usual(PRIOR)
    assert few.centre == pytest.approx(0.35, abs=0.01)


def test_doubt_widens_the_scale_while_little_was_seen() -> None:
    doubtful = Prior(centre=0.5, scale=0.1, weight=10.0, doubt=8.0)
    assert Histogram().usual(doubtful).scale == pytest.approx(0.3)
    values = np.random.default_rng(2).normal(0.5, 0.1, size=5000)
    assert filled(values).usual(doubtful).scale == pytest.approx(0.1, abs=0.01)


def test_a_quarter_of_broken_values_hardly_moves_what_is_usual() -> None:
    rng = np.random.default_rng(3)
    clean = rng.normal(0.6, 0.05, size=800)
    mixed = filled(np.concatenate([clean, rng.normal(-0.2, 0.1, size=80)])).usual(PRIOR)
    assert mixed.centre == pytest.approx(filled(clean).usual(PRIOR).centre, abs=0.02)
    assert mixed.scale < 0.08


def test_equal_values_do_not_make_the_scale_vanish() -> None:
    usual = filled(np.full(1000, 0.9)).usual(PRIOR)
    assert usual.scale >= 0.1 / 3
    assert usual.deviation(usual.centre - usual.scale) == pytest.approx(-1.0)


def test_values_outside_the_range_are_kept_at_the_ends() -> None:
    assert filled(np.array([-3.0, 5.0])).counts[[0, -1]].tolist() == [1, 1]


def test_statistics_add_up_in_any_grouping() -> None:
    rows = [row(aa=story(n), bb=story(n), cc=story(n, 9)) for n in range(6)]
    whole = statistics_of(rows)
    joined = statistics_of(rows[4:])
    joined.merge(statistics_of(rows[:2]))
    joined.merge(statistics_of(rows[2:4]))
    for left, right in (("aa", "bb"), ("bb", "aa"), ("cc", "aa")):
        assert whole.claim(left, right) == joined.claim(left, right)
        assert whole.similarity(left, right) == joined.similarity(left, right)
        assert whole.cosine(left, right) == joined.cosine(right, left)
        assert whole.coverage(left, right) == joined.coverage(left, right)


def test_the_order_of_a_pair_does_not_matter() -> None:
    pair = row(aa=story(1), bb=story(1, 9)).pairs["aa", "bb"]
    one, other = PairStatistics(), PairStatistics()
    one.add("aa", "bb", pair)
    other.add("bb", "aa", pair.swapped())
    assert one.claim("aa", "bb") == other.claim("aa", "bb")
    assert one.cosine("aa", "bb") == other.cosine("aa", "bb")


def test_headings_do_not_tell_what_is_usual_for_rows() -> None:
    found = statistics_of([row(aa="one two", bb="one two")])
    assert found.cosine("aa", "bb") == Histogram().usual(COSINE)
    assert found.similarity("aa", "bb") != PairStatistics().similarity("aa", "bb")


def test_what_was_read_is_not_stale_after_more_was_added() -> None:
    found = corpus(("aa", "bb"), rows=2)
    before = found.cosine("aa", "bb")
    found.merge(corpus(("aa", "bb"), rows=20))
    assert found.cosine("aa", "bb") != before


def test_statistics_are_the_same_out_of_the_cache() -> None:
    found = corpus(("aa", "bb", "cc"), rows=20)
    read = PairStatistics.from_bytes(found.to_bytes())
    assert read is not None
    for left, right in (("aa", "bb"), ("bb", "aa"), ("bb", "cc"), ("cc", "dd")):
        for kind in ("similarity", "claim", "word", "phrase", "cosine", "coverage", "length_ratio"):
            assert getattr(read, kind)(left, right) == getattr(found, kind)(left, right)
    assert found.to_bytes() == read.to_bytes()
    assert PairStatistics.from_bytes(b"x") is None
    assert PairStatistics.from_bytes(found.to_bytes()[:-5]) is None
