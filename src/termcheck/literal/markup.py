"""Code and HTML in running text."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from termcheck.literal.items import Item
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.model import Protected

_TAG = re.compile(r"<\s?(?P<close>/?)(?P<name>[A-Za-z][\w:.-]{0,60})")
_STRAIGHT = str.maketrans("“”„«»‘’‚′″–—−\u00a0", "\"\"\"\"\"'''''---\u0020")

# Emphasis and line breaks are laid out anew in every language, and may be Markdown in one and HTML in another; links
# and pictures are compared by what they show.
_FREE = frozenset(
    {"a", "abbr", "b", "big", "br", "cite", "code", "del", "div", "em", "font", "i", "img", "ins", "kbd", "mark", "p"}
    | {"pre", "q", "s", "samp", "small", "span", "strong", "tt", "u", "wbr"}
)


def code_items(protected: Iterable[Protected]) -> list[Item]:
    """The inline code of a text; quotation marks and white space in it do not count."""
    items = []
    for part in protected:
        if part.kind is ProtectedKind.CODE and part.value.strip():
            key = " ".join(unicodedata.normalize("NFC", part.value).translate(_STRAIGHT).split())
            items.append(Item(key, part.value, part.span))
    return items


def tag_items(protected: Iterable[Protected]) -> list[Item]:
    """The HTML and component tags of a text by their names, those that only lay text out left aside."""
    items = []
    for part in protected:
        if part.kind is not ProtectedKind.HTML:
            continue
        match = _TAG.match(part.value)
        if match is not None and match["name"].casefold() not in _FREE:
            name = f"<{match['close']}{match['name']}>"
            items.append(Item(name.casefold(), name, part.span))
    return items
