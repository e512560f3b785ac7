"""Placeholders by what a program fills in: printf, Python, templates and ICU MessageFormat arguments.

How a placeholder is laid out may differ between languages; which value it stands for may not. ``%2$s`` is the second
``%s``, ``{0}`` the first ``{}``, ``{price:.2f}`` is ``{price}``.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from termcheck.literal.items import Item
from termcheck.model import ProtectedKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    messages = _icu(text)
    items = [*messages.arguments]
    anonymous = {"%": 0, "{": 0}
    found = [part for part in protected if part.kind is ProtectedKind.PLACEHOLDER]
    for part in sorted(found, key=lambda part: part.span):
        key = "" if part.span.start in messages.branches else _key(part.value, anonymous)
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


def message_syntax(text: str) -> list[Span]:
    """What in ICU messages is no text: names, types and categories of arguments, without what their branches say."""
    return _icu(text).syntax


class _Messages(NamedTuple):
    """ICU arguments with a format, where the braces of their branches open, and what in them is no text."""

    arguments: list[Item]
    branches: frozenset[int]
    syntax: list[Span]


def _icu(text: str) -> _Messages:
    nothing = _Messages([], frozenset(), [])
    if "," not in text or "{" not in text:
        return nothing
    items: list[Item] = []
    branches: set[int] = set()
    syntax: list[Span] = []
    # The open braces: what they open, and since where there was no text.
    stack: list[_Open] = []
    since = 0
    for brace in _BRACES.finditer(text):
        place = brace.start()
        if brace[0] == "}":
            opened = stack.pop() if stack else _Open.OTHER
            if opened in (_Open.BRANCHING, _Open.PLAIN):
                syntax.append(Span(since, place + 1))
            elif opened is _Open.BRANCH:
                since = place
        elif stack and stack[-1] is _Open.BRANCHING:
            branches.add(place)
            syntax.append(Span(since, place + 1))
            stack.append(_Open.BRANCH)
        elif (argument := _ICU.match(text, place)) is not None:
            name, kind = argument["name"], argument["type"]
            items.append(Item(f"{{{name},{kind}}}", f"{{{name}, {kind}}}", Span(place, argument.end())))
            stack.append(_Open.BRANCHING if kind in _BRANCHING else _Open.PLAIN)
            since = place
        else:
            stack.append(_Open.OTHER)
        if len(stack) > _DEEPEST:
            return nothing
    return _Messages(items, frozenset(branches), syntax)


class _Open(Enum):
    """What an open brace stands for: an argument with branches or without, one of the branches, or nothing known."""

    BRANCHING = auto()
    PLAIN = auto()
    BRANCH = auto()
    OTHER = auto()
