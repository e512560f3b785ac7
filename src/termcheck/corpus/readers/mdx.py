"""MDX on top of Markdown: module lines, component tags and expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from termcheck.corpus.readers.masking import Masker

_MODULE = re.compile(r"(?:import|export)(?=[\s{*\"'])")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?=\r|\n|\Z)")
_LONGEST_MODULE = 20_000
_MODULE_BLOCKS = 20
# An address in angle brackets is no tag, and neither is the target of a link.
_TAG = re.compile(r"(?<!\]\()</?(?:[A-Za-z][\w.:-]{0,100}(?=[\s/>])(?!//)|(?=>))")
_TAG_REACH = 8000
_EXPRESSION_REACH = 4000
_LONGEST_SHOWN = 80
_DEEPEST_BRACES = 12
_FILE_TREE = re.compile(r"<(?P<name>\w{0,40}Tree)(?=[\s>])")
_FILE_ITEM = re.compile(
    r"^[ \t>]{0,200}[-*+][ \t]{1,9}(?:\*\*?|__?)?(?P<file>[^\s*_`<{][^\s*`<{]{0,200})", re.MULTILINE
)
_TREE_REACH = 8000
_TOKEN = re.compile(r"[{}<>\"'`]|/\*")
_QUOTE_END = {quote: re.compile(rf"\\.|{quote}", re.DOTALL) for quote in "\"'`"}


def module_block_end(text: str, start: int) -> int:
    """Where the block of import and export statements ends that starts at the line start ``start``; 0 if none does."""
    if not _MODULE.match(text, start):
        return 0
    limit = min(len(text), start + _LONGEST_MODULE)
    depth = 0
    position = start
    first_end = 0
    for _ in range(_MODULE_BLOCKS):
        blank = _BLANK_LINE.search(text, position, limit)
        end = blank.start() if blank else limit
        first_end = first_end or end
        block = text[position:end]
        depth += sum(map(block.count, "{[(")) - sum(map(block.count, "}])"))
        if depth <= 0:
            return end
        if blank is None:
            break
        position = blank.end()
    # Brackets that never close are a string's or a comment's: take the first block only.
    return first_end


def hide_mdx_tag_or_expression(text: str, start: int, end: int, masker: Masker) -> int:
    """Hide the component tag or expression at ``start``; returns where it ends, 0 if there is none."""
    if text[start] == "<":
        if not _TAG.match(text, start, end):
            return 0
        stop = _closing(text, start + 1, min(end, start + _TAG_REACH), ">")
        if stop:
            masker.blank_or_hide(start, stop, ProtectedKind.HTML)
            _hide_file_names(text, start, stop, end, masker)
        return stop
    stop = _closing(text, start + 1, min(end, start + _EXPRESSION_REACH), "}")
    if stop:
        inside = text[start + 1 : stop - 1].strip()
        if inside.startswith("/*") or inside in ("' '", '" "', ""):
            masker.hide(start, stop)
        else:
            shown = stop - start <= _LONGEST_SHOWN and "\n" not in text[start:stop]
            masker.hide(start, stop, ProtectedKind.PLACEHOLDER, visible=shown)
    return stop


def _hide_file_names(text: str, start: int, tag_end: int, limit: int, masker: Masker) -> None:
    """In a list that shows a tree of files, the names are code; what follows a name is a remark on it."""
    name = _FILE_TREE.match(text, start, tag_end)
    if name is None or text[tag_end - 2] == "/":
        return
    end = text.find(f"</{name['name']}", tag_end, min(limit, tag_end + _TREE_REACH))
    for item in _FILE_ITEM.finditer(text, tag_end, max(end, tag_end)):
        masker.hide(*item.span("file"), ProtectedKind.CODE, visible=True)


def _closing(text: str, position: int, limit: int, closing: str) -> int:
    """Right behind the ``closing`` for what is open at ``position``, past strings and nested braces; 0 if none."""
    depth = 0
    while match := _TOKEN.search(text, position, limit):
        position = match.end()
        mark = match[0]
        if mark == closing and depth == 0:
            return position
        if mark == "{":
            depth += 1
            # Together with the reach, this keeps the search short for text that opens and never closes.
            if depth > _DEEPEST_BRACES:
                return 0
        elif mark == "}":
            depth -= 1
            if depth < 0:
                return 0
        elif mark == "<" and depth == 0 and closing == ">":
            return 0
        elif mark in _QUOTE_END:
            position = _string_end(text, position, limit, mark)
        elif mark == "/*":
            found = text.find("*/", position, limit)
            if found < 0:
                return 0
            position = found + 2
    return 0


def _string_end(text: str, position: int, limit: int, quote: str) -> int:
    """Behind the string's closing quote; ``position`` if it has none, so that a lone apostrophe does no harm."""
    for match in _QUOTE_END[quote].finditer(text, position, limit):
        if match[0] == quote:
            return match.end()
    return position
