"""The same number with another unit: five kilometres that became five miles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.literal.numbers import Written, mentions
from termcheck.literal.units import Unit, find_units, is_converted, unit_after
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.literal.number_formats import Reading

LONGEST = 20_000
"""Characters from which a text is no paragraph and is not compared."""


MOST = 100
"""Amounts from which a text is a table of data, which is not compared."""


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """A number whose unit differs: its place with the unit in the version, and in the counterparts."""

    span: Span
    text: str
    counterparts: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class _Amount:
    span: Span
    readings: frozenset[Reading]
    units: frozenset[Unit]


def compare_units(
    target: str, target_lang: str, counterparts: Mapping[str, str], source: str | None
) -> tuple[UnitDifference, ...]:
    """The amounts of ``target`` with the number of one in the source, or in all counterparts, but not its unit."""
    if max(map(len, (target, *counterparts.values()))) > LONGEST or not any(map(str.isdigit, target)):
        return ()
    own = _amounts(target, target_lang)
    if not 0 < len(own) <= MOST:
        return ()
    deciding = [source] if source is not None and source in counterparts else list(counterparts)
    others = {lang: _amounts(counterparts[lang], lang) for lang in deciding}
    found = []
    for amount in own:
        places = {lang: _contradiction(amount, theirs, counterparts[lang]) for lang, theirs in others.items()}
        spans = {lang: span for lang, span in places.items() if span is not None}
        if len(spans) == len(others) and spans:
            found.append(UnitDifference(amount.span, target[slice(*amount.span)], spans))
    return tuple(found)


def _contradiction(amount: _Amount, others: list[_Amount], text: str) -> Span | None:
    """The amount of another text that has the number and another unit, if the text has the unit nowhere."""
    kinds = {unit.dimension for unit in amount.units}
    same = [other for other in others if amount.readings & other.readings]
    different = [other for other in same if kinds & {unit.dimension for unit in other.units}]
    if not different or any(amount.units & other.units for other in same) or amount.units & find_units(text):
        return None
    values = {reading[0] for reading in amount.readings if len(reading) == 1}
    amounts = {reading[0] for other in others for reading in other.readings if len(reading) == 1}
    units = {unit for other in others for unit in other.units}
    if any(is_converted(value, amount.units, amounts, units) for value in values):
        return None
    return different[0].span


def _amounts(text: str, lang: str) -> list[_Amount]:
    found = []
    for mention in mentions(text, lang):
        if mention.written is not Written.DIGITS:
            continue
        units, end = unit_after(text, mention.span.end)
        if units:
            found.append(_Amount(Span(mention.span.start, end), frozenset(mention.readings), units))
    return found
