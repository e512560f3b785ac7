"""The statistics behind renderings and verdicts, in closed form and without tables.

Log-likelihood ratio: Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (1993).
Bounds on a proportion: Clopper and Pearson (1934).
"""

from __future__ import annotations

import math


def log_likelihood_ratio(both: int, only_first: int, only_second: int, neither: int) -> float:
    """Dunning's G2 of a 2x2 table of counts, negative when the two avoid each other; 0 for no association."""
    total = both + only_first + only_second + neither
    if total == 0:
        return 0.0

    def entropy(*counts: int) -> float:
        return sum(count * math.log(count) for count in counts if count)

    value = 2 * (
        entropy(both, only_first, only_second, neither)
        - entropy(both + only_first, only_second + neither)
        - entropy(both + only_second, only_first + neither)
        + entropy(total)
    )
    value = max(value, 0.0)
    attracts = both * total > (both + only_first) * (both + only_second)
    return value if attracts else -value


def surprise(observed: int, trials: int, expected: float) -> float:
    """G2 of ``observed`` successes in ``trials`` where ``expected`` were due; 0 when there are not more than due."""
    if trials == 0 or observed <= expected:
        return 0.0
    expected = max(expected, 1e-9)
    value = observed * math.log(observed / expected)
    missed = trials - observed
    if missed:
        value += missed * math.log(missed / (trials - expected))
    return 2 * value


def fisher_exact(both: int, only_first: int, only_second: int, neither: int) -> float:
    """One-sided p-value in [0, 1] of a 2x2 table: that chance alone puts so many or more into the first cell."""
    first = both + only_first
    second = both + only_second
    total = first + only_second + neither
    if total == 0:
        return 1.0
    norm = _log_choose(total, second)
    tail = math.fsum(
        math.exp(_log_choose(first, hits) + _log_choose(total - first, second - hits) - norm)
        for hits in range(both, min(first, second) + 1)
    )
    return min(1.0, tail)


def at_least(successes: int, trials: int, probability: float) -> float:
    """The probability of ``successes`` or more in ``trials`` of the given probability each."""
    if successes <= 0:
        return 1.0
    if probability <= 0.0:
        return 0.0
    if probability >= 1.0:
        return 1.0
    win, lose = math.log(probability), math.log1p(-probability)
    tail = math.fsum(
        math.exp(_log_choose(trials, count) + count * win + (trials - count) * lose)
        for count in range(successes, trials + 1)
    )
    return min(1.0, tail)


def lower_bound(successes: int, trials: int, error: float = 0.05) -> float:
    """The share in [0, 1] that lies below the true one with probability ``1 - error`` (Clopper-Pearson)."""
    if successes <= 0 or trials <= 0:
        return 0.0
    low, high = 0.0, successes / trials
    for _ in range(40):
        middle = (low + high) / 2
        if at_least(successes, trials, middle) > error:
            high = middle
        else:
            low = middle
    return low


def _log_choose(total: int, chosen: int) -> float:
    if not 0 <= chosen <= total:
        return -math.inf
    return math.lgamma(total + 1) - math.lgamma(chosen + 1) - math.lgamma(total - chosen + 1)
