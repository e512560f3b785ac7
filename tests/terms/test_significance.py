from __future__ import annotations

import math

import pytest

from termcheck.terms.significance import at_least, fisher_exact, log_likelihood_ratio, lower_bound, surprise


def test_fisher_on_the_lady_tasting_tea() -> None:
    assert fisher_exact(4, 0, 0, 4) == pytest.approx(1 / 70)
    assert fisher_exact(3, 1, 1, 3) == pytest.approx(17 / 70)
    assert fisher_exact(0, 4, 4, 0) == pytest.approx(1.0)
    assert fisher_exact(0, 0, 0, 0) == 1.0


def test_log_likelihood_ratio_is_the_sum_over_the_cells() -> None:
    table = (110, 2442, 111, 29114)
    total = sum(table)
    rows, columns = (table[0] + table[1], table[2] + table[3]), (table[0] + table[2], table[1] + table[3])
    direct = 2 * sum(count * math.log(count * total / (rows[i // 2] * columns[i % 2])) for i, count in enumerate(table))
    assert log_likelihood_ratio(*table) == pytest.approx(direct)
    assert direct > 0


def test_log_likelihood_ratio_tells_attraction_from_avoidance() -> None:
    assert log_likelihood_ratio(10, 0, 0, 10) == pytest.approx(-log_likelihood_ratio(0, 10, 10, 0))
    assert log_likelihood_ratio(5, 5, 5, 5) == pytest.approx(0.0)
    assert log_likelihood_ratio(0, 0, 0, 0) == 0.0


def test_surprise_counts_only_what_exceeds_the_expectation() -> None:
    assert surprise(2, 10, 3.0) == 0.0
    assert surprise(0, 0, 0.0) == 0.0
    assert surprise(5, 5, 2.5) == pytest.approx(10 * math.log(2))
    assert surprise(6, 10, 2.0) > surprise(4, 10, 2.0) > 0
    assert math.isfinite(surprise(3, 5, 0.0))


def test_binomial_tail() -> None:
    assert at_least(2, 2, 0.5) == pytest.approx(0.25)
    assert at_least(1, 3, 0.5) == pytest.approx(7 / 8)
    assert at_least(0, 3, 0.0) == 1.0
    assert at_least(1, 3, 0.0) == 0.0
    assert at_least(3, 3, 1.0) == 1.0


def test_lower_bound_is_clopper_pearson() -> None:
    assert lower_bound(3, 3) == pytest.approx(0.05 ** (1 / 3), abs=1e-6)
    bound = lower_bound(7, 10)
    assert at_least(7, 10, bound) == pytest.approx(0.05, abs=1e-6)
    assert bound < 0.7
    assert lower_bound(0, 5) == lower_bound(0, 0) == 0.0
