"""Code and HTML in running text."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from termcheck.literal.items import Item, ItemDifference
from termcheck.literal.links import is_language
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.model import Protected

RESEMBLANCE = 0.75
"""Share of characters in common from which one piece of code is taken for a slip in writing another."""

SHORTEST = 4
"""Characters below which two pieces of code are not compared for their resemblance."""

LONGEST = 200
"""Characters above which they are not."""

# What is code by its looks, not a word that happens to be set as code.
_CODE = re.compile(r"\W|[a-z][A-Z]|_|\d")
_SIGNS = re.compile(r"[^\w\s-]")
_TAG = re.compile(r"<\s?(?P<close>/?)(?P<name>[A-Za-z][\w:.-]{0,60})")
_STRAIGHT = str.maketrans("“”„«»‘’‚′″–—−\u00a0", "\"\"\"\"\"'''''---\u0020")

_NO_QUOTES = str.maketrans("", "", "\"'")

# Emphasis and line breaks are laid out anew in every language, and may be Markdown in one and HTML in another; links
# and pictures are compared by what they show.
_FREE = frozenset(
    {"a", "abbr", "b", "big", "br", "cite", "code", "del", "div", "em", "font", "i", "img", "ins", "kbd", "mark", "p"}
    | {"pre", "q", "s", "samp", "small", "span", "strong", "svg", "tt", "u", "wbr"}
)


def code_items(protected: Iterable[Protected]) -> list[Item]:
    """The inline code of a text; quotation marks and white space in it do not count, nor do folders of languages."""
    return [
        Item(_code_key(part.value), part.value, part.span)
        for part in protected
        if part.kind is ProtectedKind.CODE and part.value.strip()
    ]


def _code_key(value: str) -> str:
    key = "".join(unicodedata.normalize("NFC", value).translate(_STRAIGHT).split())
    if "/" in key:
        # The folder of a language.
        key = "/".join(name for name in key.split("/") if not is_language(name.casefold()))
    return key.translate(_NO_QUOTES).replace("/>", ">") or key


def is_translated_code(added: Item, missing: Item) -> bool:
    """Whether one piece of code is another with its words translated (``/einfuehrung`` for ``/introduction``).

    Its signs must be the same and its words quite others; a word that is nearly the same is a slip.
    """
    if not added.key.isascii():
        return True
    if _SIGNS.findall(added.key) != _SIGNS.findall(missing.key):
        return False
    words = zip(_SIGNS.split(added.key), _SIGNS.split(missing.key), strict=True)
    return any(one != other and not _resembles(one, other) for one, other in words)


def worth_telling(difference: ItemDifference, others: Iterable[Item]) -> ItemDifference | None:
    """The part of a difference in code that is more than a choice of what to set as code.

    Plain words may be written as text, and more may be set as code; what nearly is a counterpart's code is a slip.
    ``others`` is the code of the counterparts.
    """
    known = list(others)
    missing = {
        lang: found
        for lang, items in difference.missing.items()
        if (found := tuple(item for item in items if _CODE.search(item.text)))
    }
    added = tuple(item for item in difference.added if missing or any(_resembles(item.key, each.key) for each in known))
    return ItemDifference(added, missing) if added or missing else None


def _resembles(left: str, right: str) -> bool:
    if max(len(left), len(right)) > LONGEST or min(len(left), len(right)) < SHORTEST:
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= RESEMBLANCE


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
