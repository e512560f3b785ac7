"""The sentences that explain a verdict to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Verdict
from termcheck.terms.renderings import LEAST_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.terms.pairs import Collapse, Pair, Side
    from termcheck.terms.renderings import Label


def explain(pair: Pair) -> str:
    """Why the pair got its verdict, with the counts, in plain sentences."""
    if pair.verdict is Verdict.COLLAPSED and pair.collapse is not None:
        return _collapsed(pair, pair.collapse)
    if pair.verdict is Verdict.MIXED:
        return " ".join(_mixed(pair, side, other) for side, other in _ordered(pair))
    if pair.verdict is Verdict.DISTINCT:
        slips = pair.first.wrong + pair.second.wrong
        return f"{_own(pair.first)}; {_own(pair.second)}. " + (
            f"{_rows(slips)} {_uses(slips)} one for the other." if slips else "No row uses one for the other."
        )
    return _unknown(pair)


def quoted(labels: Sequence[Label]) -> str:
    """The words in quotation marks, joined by commas."""
    return ", ".join(f"“{label.word}”" for label in labels) or "no word"


def _collapsed(pair: Pair, collapse: Collapse) -> str:
    first, second = pair.sides
    sentence = (
        f"“{collapse.label.word}” stands for both: in {len(collapse.first)} of the {first.alone} rows that show only "
        f"{first.concept} and in {len(collapse.second)} of the {second.alone} that show only {second.concept}"
    )
    if collapse.contrast:
        sentence += f", against {collapse.elsewhere} of the {collapse.contrast} that show neither"
        if collapse.p_value < 0.01:
            sentence += f" (by chance: {_chance(collapse.p_value)})"
    return f"{sentence}. At least {collapse.bound:.0%} of what renders either concept is this word (95 % confidence)."


def _mixed(pair: Pair, side: Side, other: Side) -> str:
    if not side.wrong:
        return f"{_own(side)}."
    parts = []
    if side.replaced:
        count = len(side.replaced)
        parts.append(f"{_rows(count)} {_uses(count)} {quoted(other.labels)}, which is {other.concept}, instead")
    if side.shared:
        count = len(side.shared)
        parts.append(f"{_rows(count)} {_uses(count)} {quoted(pair.shared)}, which serves {other.concept} too")
    instead = " and ".join(parts)
    if not side.right:
        return f"{side.concept} has no word of its own: {instead}."
    return f"{_own(side)}, but {instead}."


def _unknown(pair: Pair) -> str:
    first, second = pair.sides
    if pair.bound is not None:
        bound = pair.bound
        return (
            f"{bound.concept} only ever stands beside “{bound.companion}”, and most of these rows hold “{bound.word}” "
            f"too, which is {bound.rival}: it cannot be told which word of the phrase is {bound.concept}."
        )
    seen = (
        f"Too little evidence: {_rows(first.alone)} {_show(first.alone)} only {first.concept} and "
        f"{_rows(second.alone)} {_show(second.alone)} only {second.concept}"
    )
    if min(first.alone, second.alone) < LEAST_ROWS:
        return f"{seen}; {LEAST_ROWS} of each are needed."
    missing = [side.concept for side in pair.sides if side.right + side.wrong < LEAST_ROWS]
    if missing:
        return f"{seen}, but no word stands out as the rendering of {' or '.join(missing)}."
    return f"{seen}, but the words in them are not sure enough."


def _own(side: Side) -> str:
    return f"{side.concept} is {quoted(side.labels)} in {_rows(side.right)}"


def _ordered(pair: Pair) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    first, second = pair.sides
    return ((first, second), (second, first)) if first.wrong >= second.wrong else ((second, first), (first, second))


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def _uses(count: int) -> str:
    return "uses" if count == 1 else "use"


def _show(count: int) -> str:
    return "shows" if count == 1 else "show"


def _chance(p_value: float) -> str:
    return "less than one in a million" if p_value < 1e-6 else f"p = {p_value:.2g}"
