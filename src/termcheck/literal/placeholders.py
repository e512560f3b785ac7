"""Placeholders by what a program fills in: printf, Python, templates and ICU MessageFormat arguments.

How a placeholder is laid out may differ between languages; which value it stands for may not. ``%2$s`` is the second
``%s``, ``{0}`` the first ``{}``, ``{price:.2f}`` is ``{price}``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.literal.items import Item
from termcheck.model import ProtectedKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.model import Protected

_BRACES = re.compile(r"[{}]")
_ICU = re.compile(
    r"\{\s{0,9}(?P<name>\w{1,60})\s{0,9},\s{0,9}"
    r"(?P<type>plural|select|selectordinal|number|date|time|spellout|ordinal|duration|list)\s{0,9}(?=[,}])"
)
_BRANCHING = frozenset({"plural", "select", "selectordinal"})
_PRINTF = re.compile(r"%(?:(?P<place>\d{1,2})\$)?[\d.#0+\- ]{0,9}(?P<type>[a-zA-Z@]{1,3})")
_FIELD = re.compile(r"\{(?P<name>[\w.]{0,60})(?:[:!][^{}]{0,20})?\}")
_NAMED = re.compile(r"%\((?P<name>[\w.]{1,60})\)[#0+\- ]{0,3}\d{0,3}(?:\.\d{1,2})?(?P<type>[a-zA-Z])")
_STRING = re.compile(r"\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'")
# What C's length modifiers and Python's synonyms do not change.
_SAME_TYPE = {"i": "d", "ld": "d", "lld": "d", "li": "d", "lu": "u", "llu": "u", "f": "f"}
_DEEPEST = 40


def placeholder_items(text: str, protected: Iterable[Protected]) -> list[Item]:
    """The placeholders of a text; ``protected`` are its protected parts."""
    arguments, branches = _icu(text)
    items = [*arguments]
    anonymous = {"%": 0, "{": 0}
    found = [part for part in protected if part.kind is ProtectedKind.PLACEHOLDER]
    for part in sorted(found, key=lambda part: part.span):
        key = "" if part.span.start in branches else _key(part.value, anonymous)
        if key:
            items.append(Item(key, part.value, part.span))
    return sorted(items, key=lambda item: item.span)


def _key(value: str, anonymous: dict[str, int]) -> str:
    """What a placeholder stands for; ``anonymous`` counts those without a name."""
    if match := _NAMED.fullmatch(value):
        return f"%({match['name']}){match['type']}"
    if match := _PRINTF.fullmatch(value):
        kind = _SAME_TYPE.get(match["type"], match["type"])
        anonymous["%"] += 1
        return f"%{match['place'] or anonymous['%']}${kind}"
    if match := _FIELD.fullmatch(value):
        name = match["name"]
        if not name:
            name = str(anonymous["{"])
            anonymous["{"] += 1
        return f"{{{name}}}"
    # Shortcodes and templates hold texts that are translated.
    return "".join(_STRING.sub('""', value).split())


def _icu(text: str) -> tuple[list[Item], frozenset[int]]:
    """The arguments of an ICU message with a format, and where the braces of its branches open."""
    if "," not in text or "{" not in text:
        return [], frozenset()
    items: list[Item] = []
    branches: set[int] = set()
    # For every open brace whether what stands in it are branches.
    stack: list[bool] = []
    for place, argument in _openings(text):
        if place < 0:
            if stack:
                stack.pop()
            continue
        if stack and stack[-1]:
            branches.add(place)
            stack.append(False)
        elif argument is not None:
            name, kind = argument["name"], argument["type"]
            items.append(Item(f"{{{name},{kind}}}", f"{{{name}, {kind}}}", Span(place, argument.end())))
            stack.append(kind in _BRANCHING)
        else:
            stack.append(False)
        if len(stack) > _DEEPEST:
            return [], frozenset()
    return items, frozenset(branches)


def _openings(text: str) -> Iterator[tuple[int, re.Match[str] | None]]:
    """Every opening brace with the argument that starts there, if one does; -1 for a closing brace."""
    for brace in _BRACES.finditer(text):
        yield (brace.start(), _ICU.match(text, brace.start())) if brace[0] == "{" else (-1, None)
