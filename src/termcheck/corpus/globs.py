"""Glob patterns over paths inside a corpus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[[!^]?\]?[^\]/]*\]|.", re.DOTALL)


class Globs:
    """A list of patterns. ``*`` and ``?`` stay within a name, ``**`` spans folders, ``[...]`` is a set of characters.

    A pattern without a slash matches a name at any depth, one with a slash a path from the root. A pattern that
    matches a folder matches all in it.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._compiled = [(pattern, _compile(pattern)) for pattern in patterns]

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def match(self, path: str) -> str | None:
        """The first pattern that matches the POSIX path, or None."""
        for pattern, compiled in self._compiled:
            if compiled.fullmatch(path):
                return pattern
        return None


def _compile(pattern: str) -> re.Pattern[str]:
    body = pattern.removeprefix("./").rstrip("/")
    anchored = "/" in body
    body = body.removeprefix("/")
    start = "" if anchored else "(?:.*/)?"
    return re.compile(f"{start}{translate(body)}(?:/.*)?", re.DOTALL)


def translate(pattern: str) -> str:
    """The regular expression of a pattern."""
    return "".join(_translate_token(token[0]) for token in _TOKEN.finditer(pattern))


def _translate_token(token: str) -> str:
    simple = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if token in simple:
        return simple[token]
    if token[0] == "[" and len(token) > 2:
        inside = token[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        if inside[0] in "!^":
            inside = "^/" + inside[1:]
        try:
            re.compile(f"[{inside}]")
        except re.error:
            return re.escape(token)
        return f"[{inside}]"
    return re.escape(token)
