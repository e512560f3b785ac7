"""Chinese, Japanese and Korean numerals, alone and mixed with digits: 1億4400万, 三百五十, 2만 5천, 이십."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from termcheck.literal.number_formats import CLUSTER, LONGEST, Reading, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN_DIGITS = {
    char: value
    for value, chars in enumerate(("〇零", "一壱", "二两兩弐", "三参", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_HANGUL_DIGITS = {
    char: value
    for value, chars in enumerate(("영공", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"))
    for char in chars
}
_HAN_UNITS = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12}
_HANGUL_UNITS = {"십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12}
_DIGITS = {**_HAN_DIGITS, **_HANGUL_DIGITS}
_UNITS = {**_HAN_UNITS, **_HANGUL_UNITS}

# What follows the digits of a number with units; Korean puts spaces between the sections.
_HAN_TAIL = re.compile(
    r"[多余餘数數]?[\s\u00a0]?[十百千万萬億亿兆]{1,6}(?:\d[\d,]{0,5}(?!\d)[十百千万萬億亿兆]{0,4}){0,6}"
)
_HANGUL_TAIL = re.compile(
    r"여?[\s\u00a0]?[십백천만억조]{1,6}(?:\s?\d[\d,]{0,5}(?!\d)[십백천만억조]{1,4}){0,6}(?:\s?\d{1,4}(?![\d.,]))?"
)
_HAN = re.compile(r"[〇零一壱二两兩弐三参四五六七八九十百千万萬億亿兆]{1,24}")
_HANGUL = re.compile(
    r"[일이삼사오육칠팔구영공십백천만억조]{2,24}"
    r"|[일이삼사오육칠팔구십백천만억](?=\s?(?:년|월|일|개월|주|명|번|차|층|위|호|회|세|학년|배|등|분|초|인|부|군|시즌|라운드))"
)
_PART = re.compile(rf"(?P<cluster>{CLUSTER.pattern})|(?P<char>\S)|\s")


class CharacterMention(NamedTuple):
    """A number at ``[start, end)``; ``in_digits`` tells that it begins with digits."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    in_digits: bool


def find_characters(text: str, key: str) -> Iterator[CharacterMention]:
    """Numbers with numerals of the language ``key`` (``zh``, ``ja``, ``ko``), those with digits first."""
    tail, pure = (_HANGUL_TAIL, _HANGUL) if key == "ko" else (_HAN_TAIL, _HAN)
    end = 0
    for match in CLUSTER.finditer(text):
        rest = tail.match(text, match.end()) if end <= match.start() else None
        if rest and len(match[0]) <= LONGEST:
            end = rest.end()
            yield CharacterMention(match.start(), end, _mixed(match[0], rest[0], key), True)
    for match in pure.finditer(text):
        yield CharacterMention(*match.span(), _pure(match[0]), False)


def _mixed(cluster: str, tail: str, key: str) -> tuple[Reading, ...]:
    """The values of digits and units in turn, one for each single-valued reading of the first digits."""
    starts = [reading[0] for reading in readings(cluster, key) if len(reading) == 1]
    return tuple((_evaluate(start, tail),) for start in starts)


def _pure(text: str) -> tuple[Reading, ...]:
    found: dict[Reading, None] = {(_evaluate(None, text),): None}
    for char in text:
        if char in _DIGITS:
            found[(Fraction(_DIGITS[char]),)] = None
    return tuple(found)


def _evaluate(pending: Fraction | None, text: str) -> Fraction:
    """The value of numerals and digits in ``text`` after the number ``pending``."""
    total = section = Fraction(0)
    for match in _PART.finditer(text):
        char = match["char"]
        if match["cluster"]:
            pending = Fraction(int(re.sub(r"\D", "", match["cluster"])))
        elif char in _DIGITS:
            pending = (pending or 0) * Fraction(10) + _DIGITS[char]
        elif char in _UNITS:
            factor = 10 ** _UNITS[char]
            if factor < 10**4:
                section += (1 if pending is None else pending) * factor
            else:
                total += (section + (pending or 0) or 1) * factor
                section = Fraction(0)
            pending = None
    return total + section + (pending or 0)
