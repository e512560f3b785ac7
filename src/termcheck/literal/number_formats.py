"""Numbers written in digits, and the values that one way of writing can stand for in different countries.

``1.234`` is a thousand and some in German and one and a bit in English, ``7.55`` a decimal or a time, ``1/2`` a half,
a date or a score. Every such cluster of digits gets all its readings, the likeliest in its language first; the
comparison then asks whether *any* of them is confirmed on the other side. Digits of every script count (``\\d``).
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Reading: TypeAlias = tuple[Fraction, ...]
"""The values that one reading of a mention stands for together: one for an amount, two for a time."""

_GROUP_ONLY = "'’٬\u00a0\u202f\u2009\u2007 "
_POINTS = ".,٫．，"

CLUSTER = re.compile(rf"\d+(?:[{_POINTS}٬:：/]\d+|[{_GROUP_ONLY}]\d{{3}}(?!\d))*")
"""Digits with all that may hold them together; linear in the length of the text."""

LONGEST = 40
"""Characters from which a cluster is an identifier, not a number."""

_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})[-\u2010\u2011–/]$")
_SEPARATOR = re.compile(r"\D")
_FULL_WIDTH = str.maketrans("．，：", ".,:")
# Languages whose decimal point is a point; everywhere else a comma is likelier.
_DECIMAL_POINT = frozenset({"en", "ja", "ko", "zh", "th", "he", "hi", "bn", "ta", "ms", "ur", "fil", "sw", "am"})

# What a time of day looks like beside its hour. Taken loosely: it only adds a reading.
_CLOCK_AFTER = re.compile(
    r"""[\s\u00a0\u202f]?(?:
      [ap][\s\u00a0]?\.?[\s\u00a0]?m\b | [hH](?:\b|\d) | [uU]hr | [hH]eures? | [hH]oras | ore\b | uur | óra | ora\b
    | órá | godz | hod | [sS]aat | giờ | час | годин | 時 | 时 | 点 | 點 | 시(?!즌|간|민|장)
    | [нд]\.[\s\u00a0]?[нэе] | ص
    | م\b | صباح | مساء | wieczor | rano | ráno | večer | odpoledne | dopoledne | вечер | утра | вечора | ранку | дня
    )""",
    re.VERBOSE,
)
_CLOCK_BEFORE = re.compile(
    r"""(?:
      \bkello | \bklo?\.? | \bgodz\.? | godzin\w* | \b[sS]aat | \b[pP]ukul | \b[jJ]am | \b[aà]s
    | \ba[\s\u00a0]las | \blas | \balle | \bore | \bo
    | \bv | \bve | \bв | \bо | \bum | \bà | \bom | \blúc | الساعة | 午前 | 午後 | 上午 | 下午 | 凌晨
    | 晚上 | 傍晚 | 中午 | 早上 | 晚間 | 晚间
    | 오전 | 오후 | 새벽 | 저녁 | 아침 | 밤 | \b(?:at|around|before|after|since|by)
    )[\s\u00a0]{0,2}$""",
    re.VERBOSE,
)
_RANGE_AFTER = re.compile(r"\s?[-\u2010\u2011–—~〜～]\s?\d{1,2}(?:[:.]\d\d)?(?!\d)")
# The longest of the words above, for the piece of text to look at.
_CLOCK_REACH = 12


def readings(cluster: str, lang: str) -> tuple[Reading, ...]:
    """All readings of a match of ``CLUSTER``, the likeliest in ``lang`` first; empty for an overlong one."""
    if len(cluster) > LONGEST:
        return ()
    parts = _SEPARATOR.split(cluster)
    separators = _SEPARATOR.findall(cluster.translate(_FULL_WIDTH))
    if not separators:
        return ((Fraction(int(cluster)),),)
    found: list[Reading] = []
    grouped = _grouped(parts, separators)
    decimal = _decimal(parts, separators)
    # Where the separator is the language's own for thousands there is nothing to doubt; its decimal separator is
    # often used for thousands all the same, out of habit or copied from the source.
    prefers_decimal = (separators[-1] == ".") == (primary(lang) in _DECIMAL_POINT)
    if grouped is not None:
        found.append((grouped,))
    if decimal is not None and (prefers_decimal or grouped is None):
        found.insert(0, (decimal,))
    found += _composed(parts, separators)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1024)
def primary(lang: str) -> str:
    """The language subtag of a BCP 47 tag in lower case."""
    return lang.replace("_", "-").partition("-")[0].lower()


def _is_grouping(parts: list[str]) -> bool:
    """Whether the parts are groups of three digits, or of two before the last one (the Indian way)."""
    first, *middle, last = parts
    if not 1 <= len(first) <= 3 or first[0] == "0" or len(last) != 3:
        return False
    return all(len(part) == 3 for part in middle) or (len(first) <= 2 and all(len(part) == 2 for part in middle))


def _grouped(parts: list[str], separators: list[str]) -> Fraction | None:
    """The value when the separators group thousands, with or without decimals after another separator."""
    if separators[0] in ":/":
        return None
    if len(set(separators)) == 1:
        return Fraction(int("".join(parts))) if _is_grouping(parts) else None
    if len(set(separators[:-1])) == 1 and separators[-1] in ".,٫" and _is_grouping(parts[:-1]):
        return Fraction(int("".join(parts[:-1]))) + _decimals(parts[-1])
    return None


def _decimals(digits: str) -> Fraction:
    return Fraction(int(digits), 10 ** len(digits))


def _decimal(parts: list[str], separators: list[str]) -> Fraction | None:
    if len(parts) != 2 or separators[0] not in ".,٫":
        return None
    return Fraction(int(parts[0])) + _decimals(parts[1])


def _composed(parts: list[str], separators: list[str]) -> list[Reading]:
    """Readings of several values: times, dates, scores, ranges, versions."""
    values = tuple(Fraction(int(part)) for part in parts)
    if len(parts) == 2 and separators[0] in ".,٫" and not _is_time(parts) and separators[0] != " ":
        # A date without its year (German "30.9") or two numbers after a comma without space.
        return [values] if separators[0] in ".," and len(parts[1]) <= 2 and 0 < values[1] <= 31 else []
    found: list[Reading] = []
    if _is_time(parts) and values[-1] == 0:
        # "15:00" says no more than "15".
        found.append(values[:-1])
    else:
        found.append(values)
    if len(parts) == 2 and separators[0] == "/" and values[1]:
        found.append((values[0] / values[1],))
    return found


def _is_time(parts: list[str]) -> bool:
    return len(parts) in (2, 3) and int(parts[0]) <= 24 and all(len(p) == 2 and int(p) < 60 for p in parts[1:])


def clock_readings(found: tuple[Reading, ...], text: str, start: int, end: int) -> tuple[Reading, ...]:
    """Readings on the other of the 12-hour and 24-hour clocks, where ``text[start:end]`` looks like a time."""
    hour = min(found[-1][0], found[0][0]) if found else Fraction(25)
    if not 0 <= hour <= 24 or hour.denominator != 1:
        return ()
    parts = _SEPARATOR.split(text[start:end])
    reach = _RANGE_AFTER.match(text, end)
    after = reach.end() if reach else end
    if not (
        _is_time(parts)
        or _CLOCK_AFTER.match(text, after, after + _CLOCK_REACH)
        or _CLOCK_BEFORE.search(text[max(0, start - _CLOCK_REACH) : start])
    ):
        return ()
    others: list[Reading] = []
    for reading in found:
        first, *rest = reading
        if first.denominator == 1 and 0 <= first <= 24:
            others += [(shifted, *rest) for shifted in (first - 12, first + 12) if 0 <= shifted <= 24]
    return tuple(others)


def implied(value: Fraction) -> Iterator[Fraction]:
    """Other numbers that say the same: a decade for its years, a century for its number, a percentage for a part."""
    if value.denominator != 1:
        if 0 < value < 1:
            yield Fraction(round(value * 100))
        return
    if 1000 <= value <= 2100 and value % 10 == 0:
        if value % 100:
            yield value % 100
        yield Fraction(value // 100 + 1)


def end_of_range(match: re.Match[str], text: str) -> tuple[Reading, ...]:
    """The year that a short form stands for: 1953 for the second number of ``1950-53``."""
    before = _YEAR_BEFORE.search(text, max(0, match.start() - 6), match.start())
    if before is None or len(match[0]) != 2 or not match[0].isdigit():
        return ()
    return ((Fraction(int(before[1][:2] + match[0])),),)
