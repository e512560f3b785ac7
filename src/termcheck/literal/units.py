"""Units of length, mass, volume and temperature: translators convert them, so another number may be right.

A unit is looked for loosely, in every language at once; it only ever explains a difference. Conversions count as
right within nine per cent, since three inches become seven centimetres as often as seven and a half.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

TOLERANCE = 0.09
"""Relative difference up to which a converted value is taken for rounded."""

REACH = 30
"""Characters behind a number in which its unit may stand ("from 5 to 10 centimetres")."""


class Unit(NamedTuple):
    """A unit by its dimension and its size in the dimension's SI unit; Celsius and Fahrenheit by name alone."""

    dimension: str
    size: float


_FAHRENHEIT = Unit("temperature", 0.0)
_CELSIUS = Unit("temperature", 1.0)

# One alternation per unit; the longer words of a smaller unit come before the letters of a larger one.
_UNITS: tuple[tuple[Unit, str], ...] = (
    (
        Unit("length", 1000.0),
        r"kms?|kp?h|km/h|kil[oóò]m[eèé]?t\w*|км|километр\w*|кілометр\w*|公里|千米|キロ(?:メートル)?|킬로(?:미터)?|كم|كيلو\s?متر\w*|ki-?lô-?mét",
    ),
    (
        # Metres a second, in kilometres an hour: a speed goes by the length covered in an hour.
        Unit("length", 3600.0),
        r"m/s|м/с|(?:m[eèé]t\w*|metr\w*|метр\w*)\s(?:sekunnissa|(?:za|na|per|pro|par|por|al|в|на|за)\s)?\s?(?:se[ck]\w*|sek|секунду)",
    ),
    (
        Unit("length", 0.01),
        r"cm|[zcs][eai]nt[iíyì]m\w*|см|сантиметр\w*|厘米|公分|センチ\w*|센티\w*|سم|سنتيمتر\w*|xăng-?ti-?mét|senttim\w*",
    ),
    (Unit("length", 0.001), r"mm|mil+[ií]m\w*|мм|миллиметр\w*|міліметр\w*|毫米|ミリ\w*|밀리\w*|ملم|مليمتر\w*"),
    (
        Unit("length", 1.0),
        r"m|m[eèé]t(?:er|re|ro|r|ri|ra|rów|ry|rů)\w*|м|метр\w*|米|メートル|미터|متر\w*|أمتار|mét|metri\w*",
    ),
    (
        Unit("length", 0.0254),
        r"inch(?:es)?|ins?|cal\w{0,3}|inç\w*|inci|zoll\w*|pouces?|pulgadas?|インチ|英寸|吋|дюйм\w*|pal(?:ec|c)\w*|tuum\w*|hüvelyk\w*|بوصة|بوصات|pollic\w*|인치|inch",
    ),
    (
        Unit("length", 0.3048),
        r"f(?:ee|oo)t(?:er)?|ft|stóp|stop\w*|fit\w*|fut\w*|ayak|kaki|fu(?:ß|ss)|pieds?|pies?|フィート|フット|英尺|фут\w*|jalka\w*|jalan|láb\w*|قدم\w*|أقدام|pied[ei]|voet|피트|bộ|feet",
    ),
    (Unit("length", 0.9144), r"y(?:ar)?ds?|[jy]ard\w*|ярд\w*|ヤード|码|碼|야드|يارد\w*|jaardi\w*|iard\w*|thước"),
    (
        Unit("length", 1609.34),
        r"miles?|mph|m[ií]l[aeií]?\w{0,4}|meilen?|milles?|millas?|マイル|英里|哩|мил\w+|maili\w*|mérföld\w*|ميل\w*|أميال|migli\w*|mijl\w*|마일|dặm",
    ),
    (
        Unit("mass", 1.0),
        r"kgs?|kilos?|kilogram\w*|kilogramm\w*|кг|кило\w*|кіло\w*|公斤|千克|キロ(?:グラム)?|킬로(?:그램)?|كيلو\w*|كجم|كغ|ki-?lô-?gam|kil[ooó]\w*",
    ),
    (
        Unit("mass", 0.4536),
        r"pounds?|lbs?|funt\w*|pfund|livres?|libras?|libb?r\w*|фунт\w*|ポンド|磅|pon|파운드|رطل\w*|أرطال|paunaa?\w*|pauna\w*|font\w*|pond|liber|libr\w*",
    ),
    (
        Unit("mass", 0.02835),
        r"ounces?|oz|uncj\w*|ons|unzen?|onces?|onzas?|once|унци\w*|オンス|盎司|온스|أونصة|unssi\w*|uncia|унці\w*",
    ),
    (Unit("mass", 6.35), r"stones?"),
    (Unit("volume", 1.0), r"l|lit(?:er|re|ro|r)\w*|литр\w*|літр\w*|升|リットル|리터|لتر\w*"),
    (Unit("volume", 3.785), r"gal(?:lon)?\w*|галлон\w*|ガロン|加仑|갤런|جالون\w*"),
    (Unit("area", 1.0), r"ha|he[ck]t[aá]r\w*|гектар\w*|公顷|ヘクタール|헥타르|هكتار\w*"),
    (Unit("area", 0.4047), r"acres?|akr\w*|acr\w*|акр\w*|エーカー|英亩|에이커|فدان\w*|eekker\w*|hold\w*"),
    (
        _CELSIUS,
        r"[°º˚]\s?c|celsi\w*|c|℃|摄氏|攝氏|摂氏|섭씨|цельс\w*|مئوي\w*|درج\w*|stop[ni]\w*|grad\w*|graus?|stupň?\w*|stup\w*|derece\w*|derajat|度|도|độ|astet?\w*|aste\w*|fok\w*|градус\w*|degr\w*|degrees?|grader",
    ),
    (_FAHRENHEIT, r"[°º˚]\s?f|fahrenheit\w*|f|℉|华氏|華氏|화씨|фаренгейт\w*|فهرنهايت|degrees?|0s\b"),
)

# Letters of alphabets that write units as words of their own; the others write them without spaces.
_LETTER = r"[a-zA-ZÀ-ɏЀ-ӿ\u0621-\u064a]"
_PATTERNS = tuple(
    (unit, re.compile(rf"(?<!{_LETTER})(?:{words})(?!{_LETTER})", re.IGNORECASE)) for unit, words in _UNITS
)


def find_units(text: str) -> frozenset[Unit]:
    """The units that any word of a text may stand for."""
    return frozenset(unit for unit, pattern in _PATTERNS if pattern.search(text))


def unit_after(text: str, place: int) -> tuple[frozenset[Unit], int]:
    """The units that the word right behind a number may stand for, and where it ends; without one none, ``place``."""
    start = place
    while start < len(text) and start < place + 3 and text[start] in " -\u00a0\u202f\u2009\u2011":
        start += 1
    matches = [(unit, match) for unit, pattern in _PATTERNS if (match := pattern.match(text, start))]
    end = max((match.end() for _, match in matches), default=place)
    return frozenset(unit for unit, match in matches if match.end() == end), end


def is_converted(
    value: Fraction, units: Iterable[Unit], others: Iterable[Fraction], other_units: Iterable[Unit]
) -> bool:
    """Whether ``value`` in one of ``units`` is the conversion of one of ``others`` in one of ``other_units``."""
    amounts = sorted({float(other) for other in others})
    kinds = tuple(other_units)
    return any(
        _agree(float(value), unit, amount, kind)
        for unit in units
        for kind in kinds
        if unit.dimension == kind.dimension and unit != kind
        for amount in amounts
    )


def _agree(value: float, unit: Unit, other: float, kind: Unit) -> bool:
    if unit.dimension == "temperature":
        celsius, fahrenheit = (value, other) if unit == _CELSIUS else (other, value)
        # A temperature or a difference of temperatures, either rounded to a degree.
        return abs((fahrenheit - 32) / 1.8 - celsius) <= 1.2 or abs(fahrenheit / 1.8 - celsius) <= 1.2
    left, right = value * unit.size, other * kind.size
    return abs(left - right) <= TOLERANCE * max(abs(left), abs(right))
