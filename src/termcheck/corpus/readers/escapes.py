"""Characters written as escapes in a file: what they show, with the map to where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.corpus.readers.source_map import MappedText

_SURROGATES = re.compile(r"\\[uU]([dD][89abAB][0-9a-fA-F]{2})\\[uU]([dD][c-fC-F][0-9a-fA-F]{2})\Z")


def visible(code: int) -> str:
    """The character of a code point; U+FFFD for one that no text may hold (NUL, a lone surrogate, too large)."""
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return "\ufffd"
    return chr(code)


def add_escaped(
    target: MappedText, start: int, end: int, escapes: re.Pattern[str], unescape: Callable[[str], str]
) -> None:
    """Add ``[start, end)`` of the file, in which ``escapes`` finds what ``unescape`` turns into text."""
    for match in escapes.finditer(target.source, start, end):
        target.add(start, match.start())
        target.add_replaced(unescape(match[0]), *match.span())
        start = match.end()
    target.add(start, end)


def hexadecimal(escape: str) -> str:
    r"""The character of ``\uXXXX``, ``\xXX`` or ``\UXXXXXXXX``, or of two that are a surrogate pair."""
    pair = _SURROGATES.match(escape)
    if pair:
        return chr(0x10000 + ((int(pair[1], 16) - 0xD800) << 10) + int(pair[2], 16) - 0xDC00)
    return visible(int(escape[2:], 16))


HEXADECIMAL = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}"
"""A pattern for ``\\uXXXX``, surrogate pairs taken together."""
