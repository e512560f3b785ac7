"""The title and the description in a Markdown file's front matter (YAML between ``---``, TOML between ``+++``)."""

from __future__ import annotations

import html
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

import yaml

from termcheck.corpus.readers.html_entities import add_html
from termcheck.corpus.readers.toml_catalogue import toml_texts
from termcheck.corpus.readers.yaml_scalars import yaml_editable, yaml_text
from termcheck.corpus.segmentation import Draft, TextBuilder
from termcheck.model import SegmentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.corpus.readers.editable import Editable

_FENCED = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_FIELDS = {"title": SegmentKind.TITLE, "description": SegmentKind.DESCRIPTION}
# The YAML parser takes about a second for a megabyte, and no page's front matter comes near this.
_LARGEST = 65_536


class _Field(NamedTuple):
    """A field, its value, the place that it has with its quotes, and how it is changed."""

    name: str
    value: str
    span: Span
    edit: Editable | None


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
    find = _yaml_fields if opening["mark"] == "---" else _toml_fields
    for field in find(text, start, end - 3):
        builder = TextBuilder(text)
        _place(builder, field.value, text, *field.span)
        draft = builder.finish(_FIELDS[field.name], edit=field.edit)
        if draft:
            yield draft


def _yaml_fields(text: str, start: int, end: int) -> Iterator[_Field]:
    """The top-level fields that are text."""
    try:
        root = yaml.compose(text[start:end], Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return
    if not isinstance(root, yaml.MappingNode):
        return
    for key, node in root.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(node, yaml.ScalarNode):
            continue
        if key.value in _FIELDS and node.tag.endswith(":str"):
            span = Span(start + node.start_mark.index, start + node.end_mark.index)
            style = node.style or ""
            message = yaml_text(text, span, style, node.value)
            yield _Field(key.value, node.value, span, yaml_editable(text, span, style, message))


def _toml_fields(text: str, start: int, end: int) -> Iterator[_Field]:
    body = text[start:end]
    try:
        values = tomllib.loads(body.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    for found in toml_texts(text, start, end):
        value = values.get(found.path[0])
        if found.path[0] in _FIELDS and len(found.path) == 1 and isinstance(value, str):
            yield _Field(found.path[0], value, found.whole, found.mapped(text)[1])


def _place(builder: TextBuilder, value: str, text: str, start: int, end: int) -> None:
    """Add ``value``, which the scalar at ``[start, end)`` stands for: character by character if it is there as such,
    word by word if lines are folded, else as a whole. Sites put it into HTML, so entities in it are read as such."""
    at = text.find(value, start, end)
    if value and at >= 0:
        add_html(builder, text, at, at + len(value))
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
        add_html(builder, text, first, last)
