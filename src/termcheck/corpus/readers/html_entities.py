"""Character references of HTML (``&amp;``, ``&#8364;``) in text that is otherwise taken as it stands."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termcheck.corpus.segmentation import TextBuilder

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def add_html(builder: TextBuilder, text: str, start: int, end: int) -> None:
    """Add ``text[start:end]`` of the file to a segment, its character references resolved."""
    for match in _ENTITY.finditer(text, start, end):
        shown = html.unescape(match[0])
        if shown != match[0]:
            builder.literal(start, match.start())
            builder.replaced(shown, *match.span())
            start = match.end()
    builder.literal(start, end)
