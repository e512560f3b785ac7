"""Numbers that one version has and the others do not.

Every number gets all readings that its writing allows (``1.234``, ``7.55``, ``3 p.m.``), and a number in digits is
confirmed when any of its readings is found on the other side, written in any way: digits, words, numerals, with a
scale (``144 million``, ``1억 4400만``), as a year or a decade. Only numbers in digits are ever reported; words explain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from termcheck.literal.figures_of_speech import is_telling
from termcheck.literal.masking import mask, mask_addresses
from termcheck.literal.number_characters import find_characters
from termcheck.literal.number_formats import CLUSTER, Reading, clock_readings, end_of_range, implied, primary, readings
from termcheck.literal.number_signs import find_signs
from termcheck.literal.number_words import find_words, knows, scale_after
from termcheck.literal.units import REACH, TOLERANCE, Unit, find_units, is_converted
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 400
"""Numbers in digits from which a text is a table of data, which is not compared."""

LONGEST_TEXT = 200_000
"""Characters from which a text is no paragraph and is not compared either."""

AGREEMENT = 0.75
"""Share of the other counterparts that must have a number before its absence is held against the target."""

_LIST_MARKER = re.compile(r"\s*(?:\(?\d{1,3}[.)](?=\s+\D)|[①-⑳])")
_CODE = re.compile(
    r"(?<![^\W\d_])(?P<letters>[A-ZА-Я]{1,6}[-\u2010\u2011–]?|[A-Z][a-z]{2,9}|[a-z]?v\.?|(?:[A-Za-z]+\d+)+[A-Za-z-]+)$"
)
_CURRENCY = frozenset(
    {"A", "AU", "AUD", "CA", "CAD", "CHF", "EUR", "GBP", "JPY", "NT", "R", "RMB", "RP", "RM", "RS", "TL", "US", "USD"}
)
# "i18n" and "k8s": words whose middle letters are counted.
_NUMERONYM = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]\d{1,2}[A-Za-z](?![A-Za-z0-9])")
_CODE_REACH = 12
_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9}){2,7}")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})|\d{4}\.\d{1,2}\.\d{1,2}|\d{1,3}(?:\.\d{3})+")
_TENS = re.compile(r"[1-9]0s\b")


class Written(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    CODE = "code"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a text.

    ``span`` lies in the text, ``text`` is what stands there. ``readings`` are the ways to understand it, the
    likeliest first; each is the values it stands for together (hour and minute; day, month and year). ``letters``
    is what precedes the digits of a code, in lower case (``covid``), a point for a version number, otherwise empty.
    """

    span: Span
    text: str
    written: Written
    readings: tuple[Reading, ...]
    letters: str = ""

    @property
    def values(self) -> Reading:
        """The values of the likeliest reading; none for a code too long to be a number."""
        return self.readings[0] if self.readings else ()


@dataclass(frozen=True, slots=True)
class NumberDifference:
    """Numbers in digits that do not agree.

    ``added`` are those in the target that no counterpart has; ``missing`` those of each counterpart that the
    target lacks although the counterparts agree on them. At least one of the two is not empty. ``telling``: it is
    more than what languages do on their own, a small count or a figure of speech on one side.
    """

    added: tuple[NumberMention, ...]
    missing: Mapping[str, tuple[NumberMention, ...]]
    telling: bool = True

    @property
    def changed(self) -> bool:
        """Whether numbers differ both ways: one was replaced by another, which is the surest sign of an error."""
        return bool(self.added) and bool(self.missing)


def mentions(text: str, lang: str) -> tuple[NumberMention, ...]:
    """The numbers of a text in digits and in words, in order of their place; a list marker at its start is none."""
    side = _Side(text, lang)
    return tuple(sorted((*side.digits, *side.words), key=lambda mention: mention.span))


def compare(
    target: str, target_lang: str, counterparts: Mapping[str, str], source: str | None = None
) -> NumberDifference | None:
    """How the numbers of ``target`` differ from those of the same row in other languages; None if it is not telling.

    The arguments are those of :func:`any_difference`.
    """
    found = any_difference(target, target_lang, counterparts, source)
    return found if found is not None and found.telling else None


def any_difference(
    target: str, target_lang: str, counterparts: Mapping[str, str], source: str | None = None
) -> NumberDifference | None:
    """How the numbers of ``target`` differ from those of the same row in other languages; None if they do not.

    ``source`` is the language in ``counterparts`` that the others are translated from, if one is: then its numbers
    are the ones that may be missing. Without it nothing is reported where the counterparts disagree among themselves.
    """
    if max(map(len, (target, *counterparts.values()))) > LONGEST_TEXT:
        return None
    others = {lang: _side(text, lang) for lang, text in counterparts.items() if text.strip()}
    wanted = _side(target, target_lang)
    counts = [side.count for side in (wanted, *others.values())]
    if not others or not 0 < max(counts) <= MOST:
        return None
    added = tuple(mention for mention in wanted.digits if _is_added(mention, wanted, others))
    missing = _missing(wanted, others, source if source in others else None)
    if added and not missing and source not in others and _disagree(others):
        return None
    if not added and not missing and source in others:
        added, missing = _left_behind(wanted, others, source)
    if not added and not missing:
        return None
    found = [(mention, wanted.text) for mention in added]
    found += [(mention, others[lang].text) for lang in missing for mention in missing[lang]]
    telling = bool(added and missing) or any(is_telling(mention, text) for mention, text in found)
    return NumberDifference(added, missing, telling)


def _left_behind(
    wanted: _Side, others: Mapping[str, _Side], source: str
) -> tuple[tuple[NumberMention, ...], dict[str, tuple[NumberMention, ...]]]:
    """The one number that all translations agree on where the source says another one: it changed after them."""
    origin = others[source]
    rest = [side for lang, side in others.items() if lang != source]
    odd = tuple(mention for mention in wanted.digits if not origin.confirms(mention, wanted))
    lacking = tuple(mention for mention in origin.digits if not wanted.confirms(mention, origin))
    if not rest or len(odd) != 1 or len(lacking) != 1 or Written.CODE in (odd[0].written, lacking[0].written):
        return (), {}
    if origin.confirms_converted(odd[0], wanted) or not all(side.confirms(odd[0], wanted) for side in rest):
        return (), {}
    return odd, {source: lacking}


def _is_added(mention: NumberMention, own: _Side, others: Mapping[str, _Side]) -> bool:
    if mention.written is Written.CODE:
        # A code says something only against the same code with another number.
        known = [side.codes[mention.letters] for side in others.values() if mention.letters in side.codes]
        return bool(known) and not any(mention.text in texts for texts in known)
    if any(side.confirms(mention, own) for side in others.values()):
        return False
    near = {value for side in others.values() for value in side.near(mention, own)}
    # One number that all write the same and that is nearly this one is no conversion of it.
    return len(near) == 1 or not any(side.confirms_converted(mention, own) for side in others.values())


def _is_lacking(mention: NumberMention, own: _Side, target: _Side) -> bool:
    if target.confirms(mention, own):
        return False
    if mention.written is Written.CODE:
        return mention.letters in target.codes
    return bool(target.near(mention, own)) or not target.confirms_converted(mention, own)


def _missing(target: _Side, others: Mapping[str, _Side], source: str | None) -> dict[str, tuple[NumberMention, ...]]:
    found: dict[str, tuple[NumberMention, ...]] = {}
    for lang, side in others.items():
        if source is not None and lang != source:
            continue
        lacking = tuple(
            mention
            for mention in side.digits
            if _is_lacking(mention, side, target) and _is_common(mention, lang, others)
        )
        if lacking:
            found[lang] = lacking
    return found


def _is_common(mention: NumberMention, lang: str, others: Mapping[str, _Side]) -> bool:
    """Whether nearly all other counterparts have the number too, without converting it, and half of them in digits."""
    own = others[lang]
    rest = [side for other, side in others.items() if other != lang]
    agreeing = sum(side.confirms(mention, own) for side in rest)
    in_digits = sum(side.confirms(mention, own, words=False) for side in rest)
    return agreeing >= AGREEMENT * len(rest) and in_digits * 2 >= len(rest)


def _disagree(others: Mapping[str, _Side]) -> bool:
    """Whether more than a third of several counterparts have numbers that no other counterpart has."""
    odd = 0
    for lang, side in others.items():
        rest = [other for name, other in others.items() if name != lang]
        odd += any(not any(other.confirms(mention, side) for other in rest) for mention in side.digits)
    return len(others) > 1 and odd * 3 > len(others)


class _Side:
    """One version's text, read only as far as the comparison asks for it."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = mask_addresses(text)
        self.lang = lang
        self.key = primary(lang)

    @cached_property
    def count(self) -> int:
        """How many numbers in digits there are, roughly, and without reading them."""
        return sum(1 for _ in islice(CLUSTER.finditer(self.text), MOST + 1))

    @property
    def digits(self) -> tuple[NumberMention, ...]:
        return self._digits_and_scales[0]

    @cached_property
    def _digits_and_scales(self) -> tuple[tuple[NumberMention, ...], frozenset[Fraction]]:
        """The numbers in digits, in order, and the multipliers written behind them."""
        if not any(map(str.isdigit, self.text)):
            return (), frozenset()
        marker = _LIST_MARKER.match(self.text)
        text = " " * marker.end() + self.text[marker.end() :] if marker else self.text
        found: list[NumberMention] = []
        if self.key in ("ja", "zh", "ko"):
            for characters in find_characters(text, self.key):
                if characters.in_digits and characters.readings:
                    span = Span(characters.start, characters.end)
                    found.append(NumberMention(span, text[span.start : span.end], Written.DIGITS, characters.readings))
            text = mask(text, [mention.span for mention in found])
        text = _NUMERONYM.sub(lambda match: " " * len(match[0]), text)
        scales = set()
        for match in CLUSTER.finditer(text):
            mention, scale = self._cluster(match, text)
            found.append(mention)
            scales.add(scale)
        found.sort(key=lambda mention: mention.span)
        return tuple(found), frozenset(scales)

    def _cluster(self, match: re.Match[str], text: str) -> tuple[NumberMention, Fraction]:
        """What a cluster of digits says with the words around it, and the multiplier behind it (1 if there is none)."""
        start, end = match.span()
        values = readings(match[0], self.lang)
        if _VERSION.fullmatch(match[0]) and not _DATE.fullmatch(match[0]):
            return NumberMention(Span(start, end), match[0], Written.CODE, values, "."), Fraction(1)
        before = _CODE.search(text[max(0, start - _CODE_REACH) : start])
        if before:
            letters = before["letters"].rstrip("-\u2010\u2011–.")
            if letters not in _CURRENCY:
                span = Span(start, end)
                return NumberMention(span, match[0], Written.CODE, values, letters.casefold()), Fraction(1)
        factor = Fraction(1)
        values = (*values, *end_of_range(match, text))
        scale = scale_after(text, end, self.lang)
        if scale is not None:
            factor = scale.factor
            scaled = tuple(tuple(value * factor for value in reading) for reading in values if len(reading) == 1)
            values = (*values, *scaled) if scale.doubtful else scaled or values
            end = end if scale.doubtful else scale.end
        values = (*values, *clock_readings(values, text, start, match.end()))
        return NumberMention(Span(start, end), text[start:end], Written.DIGITS, tuple(dict.fromkeys(values))), factor

    @cached_property
    def words(self) -> tuple[NumberMention, ...]:
        text = mask(self.text, [mention.span for mention in self.digits])
        found = [self._word(word.start, word.end, word.readings) for word in find_words(text, self.lang)]
        if self.key in ("ja", "zh", "ko"):
            found += (
                self._word(word.start, word.end, word.readings)
                for word in find_characters(text, self.key)
                if not word.in_digits
            )
        found += (self._word(*span, ((value,),)) for span, value in find_signs(text))
        return tuple(sorted(found, key=lambda mention: mention.span))

    def _word(self, start: int, end: int, values: tuple[Reading, ...]) -> NumberMention:
        return NumberMention(Span(start, end), self.text[start:end], Written.WORDS, values)

    @cached_property
    def scales(self) -> frozenset[Fraction]:
        """The multipliers written beside digits, and 1; all usual ones for a language whose words are unknown."""
        if knows(self.lang):
            return self._digits_and_scales[1] | {Fraction(1)}
        return frozenset(Fraction(10**power) for power in (0, 3, 6, 9, 12))

    @cached_property
    def values(self) -> frozenset[Fraction]:
        """Every value that any reading of any mention has, with what follows from it."""
        plain = {Fraction(0), Fraction(1)}
        for mention in (*self.digits, *self.words):
            for reading in mention.readings:
                plain.update(reading)
        return frozenset(value for known in plain for value in (known, *implied(known)))

    @cached_property
    def plain_values(self) -> frozenset[Fraction]:
        return frozenset(mention.values[0] for mention in self.digits if len(mention.values) == 1)

    @cached_property
    def digit_values(self) -> frozenset[Fraction]:
        found = {value for mention in self.digits for reading in mention.readings for value in reading}
        return frozenset(value for known in found for value in (known, *implied(known)))

    @cached_property
    def codes(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for mention in self.digits:
            if mention.written is Written.CODE:
                found.setdefault(mention.letters, set()).add(mention.text)
        return {letters: frozenset(texts) for letters, texts in found.items()}

    def confirms(self, mention: NumberMention, other: _Side, *, words: bool = True) -> bool:
        """Whether this side has the number of a mention of the ``other`` side; in digits, unless ``words``."""
        if mention.written is Written.CODE and mention.letters in self.codes:
            return mention.text in self.codes[mention.letters]
        if not mention.readings:
            return mention.text in self.text or not self.digits
        values = self.values if words else self.digit_values
        return any(self._has(reading, values, other.scales) for reading in mention.readings)

    def near(self, mention: NumberMention, other: _Side) -> frozenset[Fraction]:
        """The numbers in digits that are nearly the mention's, which the ``other`` side has; not those it converts."""
        # The likeliest reading only: an hour of the afternoon that "20 feet" may also be explains nothing here.
        if len(mention.values) != 1:
            return frozenset()
        single = mention.values[0]
        rest = other.plain_values - {single}
        return frozenset(
            each.values[0]
            for each in self.digits
            if len(each.values) == 1
            and abs(each.values[0] - single) <= Fraction(TOLERANCE) * max(each.values[0], single)
            and not is_converted(each.values[0], self.units_at(each), rest, other.units)
        )

    def confirms_converted(self, mention: NumberMention, other: _Side) -> bool:
        """Whether this side has the amount in another unit."""
        units = other.units_at(mention)
        if not units or not self.units:
            return False
        return any(
            len(reading) == 1 and is_converted(reading[0], units, self.values | self.warmth, self.units)
            for reading in mention.readings
        )

    def units_at(self, mention: NumberMention) -> frozenset[Unit]:
        """The units that may belong to a mention of this side."""
        # With the last digit: in "the 80s" what follows the number says nothing without it.
        return find_units(self.text[mention.span.end - 1 : mention.span.end + REACH])

    @cached_property
    def warmth(self) -> frozenset[Fraction]:
        """The degrees that "the 80s" of a thermometer stand for."""
        tens = [mention.values[0] for mention in self.digits if _TENS.match(self.text, mention.span.start)]
        return frozenset(value + unit for value in tens for unit in range(10))

    def _has(self, reading: Reading, values: frozenset[Fraction], scales: frozenset[Fraction]) -> bool:
        if all(value in values or any(other_value in values for other_value in implied(value)) for value in reading):
            return True
        if len(reading) != 1:
            return False
        value = reading[0]
        if 1990 <= value <= 2099 and value - 2000 in self.code_values:
            return True
        return any(value * factor in values for factor in scales) or any(
            value / factor in self.digit_values for factor in self.scales
        )

    @cached_property
    def code_values(self) -> frozenset[Fraction]:
        """The numbers in codes: ``SS19`` is the collection of 2019."""
        codes = [mention for mention in self.digits if mention.written is Written.CODE]
        return frozenset(value for mention in codes for reading in mention.readings for value in reading)

    @cached_property
    def units(self) -> frozenset[Unit]:
        return find_units(self.text)


# The comparisons of a row have their sides in common.
_side = lru_cache(maxsize=128)(_Side)
