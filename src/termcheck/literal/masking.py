"""Blanking out parts of a text that a check must not read, without moving the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Every repetition is bounded or cannot overlap the next, so that hostile text costs linear time.
_ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\u3000-\u303f]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}|(?<!\w)@\w{1,64}"
)


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with spaces in place of the code points in ``spans`` (any order, may overlap); same length."""
    ordered = sorted(spans)
    if not ordered:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in ordered:
        start, end = max(start, position), min(end, len(text))
        if start < end:
            pieces += (text[position:start], " " * (end - start))
            position = end
    return "".join((*pieces, text[position:]))


def mask_addresses(text: str) -> str:
    """``text`` with spaces in place of URLs, e-mail addresses and @names; same length."""
    if "@" not in text and "://" not in text and "www." not in text:
        return text
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text)
