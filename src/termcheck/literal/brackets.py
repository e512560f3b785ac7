"""Brackets and quotation marks without their other half.

Which marks open and close a quotation depends on the language („a“, “a”, «a», »a«, ”a”), so quotation marks are only
counted; brackets must nest. List labels, emoticons, inches and apostrophes are none of either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from termcheck.literal.masking import mask_addresses
from termcheck.model import Span

LONGEST = 20_000
"""Characters from which a text is no paragraph and is not looked at."""

# What quotes; a counterpart may do it with other signs.
_QUOTING = frozenset("「『《〈")
_CLOSING = dict(zip(")]}）］｝」』】〕》〉", "([{([{「『【〔《〈", strict=True))
_OPENING = {"（": "(", "［": "[", "｛": "{", **{sign: sign for sign in "([{「『【〔《〈"}}
_SIGN = re.compile("[()\\[\\]{}（）［］｛｝「」『』【】〔〕《》〈〉]")
# Single marks are apostrophes more often than quotation marks: an opening one stands before a word, and whatever
# follows a word may close it; what follows the end of a sentence does.
_SINGLE_OPENING = re.compile("(?:(?<=^)|(?<=[\\s(:—–-]))['‘](?=[^\\W\\d_])")
_SINGLE_CLOSING = re.compile("([\\w.,!?…])['’](?!\\w)")
_QUOTE = re.compile('["“”„‟«»＂〝〞]')
# What stands before a bracket that needs no other half: the eyes of a smiley, the label of a list.
_SMILEY = re.compile(r"(?<!\w)[:;=8xX][-'^o]?$")
_LABEL = re.compile(r"(?<![\w'’-])(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5})\.?$")
_REACH = 8
_INCH = re.compile(r"(?<=\d)[\"”“](?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A bracket or quotation mark alone; ``sign`` is the bracket in its plain form, ``"`` for all that quotes."""

    span: Span
    sign: str


def unpaired(text: str) -> tuple[Unpaired, ...]:
    """The brackets without their other half, and the last quotation mark where there is an odd number of them."""
    if len(text) > LONGEST or not (_SIGN.search(text) or _QUOTE.search(text)):
        return ()
    cleaned = mask_addresses(text)
    return tuple(sorted((*_brackets(cleaned), *_quotes(cleaned)), key=lambda found: found.span))


def leaves_single_quotation(text: str) -> bool:
    """Whether a text has half a quotation in single marks, which goes on in the paragraph before or behind it."""
    if len(text) > LONGEST or not any(mark in text for mark in "'‘’"):
        return False
    opening, closing = _SINGLE_OPENING.findall(text), _SINGLE_CLOSING.findall(text)
    return len(opening) > len(closing) or sum(mark in ".,!?…" for mark in closing) > len(opening)


def _brackets(text: str) -> list[Unpaired]:
    open_signs: dict[str, list[int]] = {}
    found = []
    for match in _SIGN.finditer(text):
        if (sign := _OPENING.get(match[0])) is not None:
            open_signs.setdefault(sign, []).append(match.start())
        elif stack := open_signs.get(_CLOSING[match[0]]):
            stack.pop()
        else:
            found.append(_unpaired(match.start(), _CLOSING[match[0]]))
    found += [_unpaired(at, sign) for sign, places in open_signs.items() for at in places]
    return [each for each in found if not _is_drawn(text, each.span.start)]


def _unpaired(place: int, sign: str) -> Unpaired:
    return Unpaired(Span(place, place + 1), '"' if sign in _QUOTING else sign)


def _is_drawn(text: str, place: int) -> bool:
    """Whether a lone bracket belongs to a smiley or to the label of a list."""
    before = text[max(0, place - _REACH) : place]
    return bool(_SMILEY.search(before) or (text[place] in ")）" and _LABEL.search(before)))


def _quotes(text: str) -> list[Unpaired]:
    places = [match.start() for match in _QUOTE.finditer(text)]
    if len(places) % 2 == 0 or len(_QUOTE.findall(_INCH.sub(" ", text))) % 2 == 0:
        return []
    return [Unpaired(Span(places[-1], places[-1] + 1), '"')]
