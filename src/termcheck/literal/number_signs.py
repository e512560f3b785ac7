"""Numbers in signs of their own: fractions (½), circled numbers (③) and Roman numerals."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRACTION_SIGN = re.compile(r"[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
_ROMAN = re.compile(r"(?<!\w)(?P<number>[IVXLC]{1,9})(?=e\b|er\b|ème\b|\W|$)")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_CIRCLED = re.compile(r"[①-⑳]")


def find_signs(text: str) -> Iterator[tuple[Span, Fraction]]:
    """The places and values of such signs, kind by kind."""
    for match in _FRACTION_SIGN.finditer(text):
        yield Span(*match.span()), Fraction(*_SIGNS[match[0]])
    for match in _CIRCLED.finditer(text):
        yield Span(*match.span()), Fraction(ord(match[0]) - ord("①") + 1)
    for match in _ROMAN.finditer(text):
        yield Span(*match.span("number")), Fraction(_roman(match["number"]))


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[char] for char in numeral]
    return sum(-value if value < following else value for value, following in pairwise((*values, 0)))
