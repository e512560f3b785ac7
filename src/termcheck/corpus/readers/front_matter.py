"""The title and the description in a Markdown file's front matter (YAML between ``---``, TOML between ``+++``)."""

from __future__ import annotations

import html
import re
import tomllib
from typing import TYPE_CHECKING

import yaml

from termcheck.corpus.segmentation import Draft, TextBuilder
from termcheck.model import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCED = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_FIELDS = {"title": SegmentKind.TITLE, "description": SegmentKind.DESCRIPTION}
_TOML_FIELD = re.compile(r"^(title|description)[ \t]*=[ \t]*", re.MULTILINE)
_TOML_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# The YAML parser takes about a second for a megabyte, and no page's front matter comes near this.
_LARGEST = 65_536


def front_matter_end(text: str) -> int:
    """Where the front matter ends, right after its closing line's marks; 0 if there is none."""
    opening = _FENCED.match(text)
    if opening is None:
        return 0
    # A lone carriage return ends a line as well, but not for "$".
    closing = _CLOSE[opening["mark"]].search(text.replace("\r", "\n"), opening.end())
    return closing.end() if closing else 0


def front_matter_drafts(text: str, end: int) -> Iterator[Draft]:
    """The segments of the front matter ``text[:end]``; what cannot be parsed has none."""
    opening = _FENCED.match(text)
    if opening is None or not 0 < end <= _LARGEST:
        return
    start = opening.end()
    body = text[start : end - 3]
    find = _yaml_fields if opening["mark"] == "---" else _toml_fields
    for name, value, first, last in find(body):
        builder = TextBuilder(text)
        _place(builder, value, text, start + first, start + last)
        draft = builder.finish(_FIELDS[name])
        if draft:
            yield draft


def _yaml_fields(body: str) -> Iterator[tuple[str, str, int, int]]:
    """Name, value and place of the top-level fields that are text."""
    try:
        root = yaml.compose(body, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return
    if not isinstance(root, yaml.MappingNode):
        return
    for key, node in root.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(node, yaml.ScalarNode):
            continue
        if key.value in _FIELDS and node.tag.endswith(":str"):
            yield key.value, node.value, node.start_mark.index, node.end_mark.index


def _toml_fields(body: str) -> Iterator[tuple[str, str, int, int]]:
    try:
        values = tomllib.loads(body.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    table = _TOML_TABLE.search(body)
    for match in _TOML_FIELD.finditer(body, 0, table.start() if table else len(body)):
        value = values.get(match[1])
        line_end = re.compile(r"[\r\n]|\Z").search(body, match.end())
        if isinstance(value, str) and line_end:
            yield match[1], value, match.end(), line_end.start()


def _place(builder: TextBuilder, value: str, text: str, start: int, end: int) -> None:
    """Add ``value``, which the scalar at ``[start, end)`` stands for: character by character if it is there as such,
    word by word if lines are folded, else as a whole. Sites put it into HTML, so entities in it are read as such."""
    at = text.find(value, start, end)
    if value and at >= 0:
        _add_html(builder, text, at, at + len(value))
        return
    places: list[tuple[int, int]] = []
    position = start
    for word in value.split():
        at = text.find(word, position, end)
        if at < 0 or (places and not text[position:at].isspace()):
            builder.replaced(html.unescape(value), start, end)
            return
        position = at + len(word)
        places.append((at, position))
    for index, (first, last) in enumerate(places):
        if index:
            builder.replaced("\n", places[index - 1][1], first)
        _add_html(builder, text, first, last)


def _add_html(builder: TextBuilder, text: str, start: int, end: int) -> None:
    for match in _ENTITY.finditer(text, start, end):
        shown = html.unescape(match[0])
        if shown != match[0]:
            builder.literal(start, match.start())
            builder.replaced(shown, *match.span())
            start = match.end()
    builder.literal(start, end)
