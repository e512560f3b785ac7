"""Comments in Markdown, without those that only stand in code."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from termcheck.corpus.readers.markdown_inline import make_parser
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_BREAK = re.compile(r"\r\n?|\n")


def markdown_comments(text: str, *, mdx: bool) -> Iterator[tuple[Span, str]]:
    """The place and the content of every comment, in file order."""
    code = sorted(_code(text, mdx=mdx))
    for start, end, body in _comments(text, mdx=mdx):
        before = bisect_right(code, (start, len(text))) - 1
        if before < 0 or code[before][1] <= start:
            yield Span(start, end), body


def _comments(text: str, *, mdx: bool) -> list[tuple[int, int, str]]:
    delimiters = [("<!--", "-->"), *([("{/*", "*/}")] if mdx else [])]
    found = []
    for opening, closing in delimiters:
        at = text.find(opening)
        while at >= 0:
            end = text.find(closing, at + len(opening))
            if end < 0:
                break
            found.append((at, end + len(closing), text[at + len(opening) : end]))
            at = text.find(opening, end)
    return sorted(found)


def _code(text: str, *, mdx: bool) -> list[tuple[int, int]]:
    """The places of code blocks, and of code within lines that holds the beginning of a comment."""
    parser = make_parser()
    if mdx:
        parser.disable("code")
    lines = [0, *(match.end() for match in _LINE_BREAK.finditer(text)), len(text)]
    places = []
    for token in parser.parse(_LINE_BREAK.sub("\n", text)):
        if token.map is None:
            continue
        start, end = (lines[min(number, len(lines) - 1)] for number in token.map)
        if token.type in ("fence", "code_block"):
            places.append((start, end))
        for child in token.children or ():
            if child.type == "code_inline" and ("<!--" in child.content or "{/*" in child.content):
                at = text.find(child.content, start, end)
                if at >= 0:
                    start = at + len(child.content)
                    places.append((at, start))
    return places
