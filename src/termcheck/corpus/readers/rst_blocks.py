"""The blocks of a reStructuredText file as segments: the tree of docutils, every text put back to its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from docutils import nodes

from termcheck.corpus.readers.base import BrokenFileError
from termcheck.corpus.readers.editable import Editable, editable_lines
from termcheck.corpus.readers.rst_inline import Part, PlacedText
from termcheck.corpus.readers.rst_lines import RstLines
from termcheck.corpus.readers.rst_parser import Unknown, parse
from termcheck.corpus.segmentation import TextBuilder
from termcheck.model import ProtectedKind, SegmentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.corpus.readers.source_map import MappedText
    from termcheck.corpus.segmentation import Draft

# docutils takes time that is quadratic in the number of some blocks.
_LARGEST = 1_000_000
_MOST_LINES = 20_000
_ESCAPE = re.compile(r"\\(?:(?P<nothing>\s)|(?P<char>.))", re.DOTALL)
_ALT = re.compile(r"\s*:alt:[ ]+(?P<text>\S.*)")
_ALT_REACH = 12
_CODE_KINDS = frozenset({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER})
_LEFT = (
    nodes.comment,
    nodes.field_name,
    nodes.literal_block,
    nodes.doctest_block,
    nodes.math_block,
    nodes.raw,
    nodes.system_message,
)


def rst_drafts(text: str) -> Iterator[Draft]:
    """The segments of a file."""
    lines = RstLines(text)
    return _Blocks(text, lines, _tree(text, lines)).drafts()


def rst_comments(text: str) -> Iterator[tuple[Span, str]]:
    """The place and the content of every comment."""
    lines = RstLines(text)
    try:
        tree = _tree(text, lines)
    except BrokenFileError:
        return
    for node in tree.findall(nodes.comment):
        body = node.astext()
        if body and node.line:
            yield Span(*lines.comment(node.line, body.count("\n"))), body


def rst_passed_over(text: str) -> Iterator[tuple[int, str]]:
    """The place and the name of every directive with content that is not known."""
    if ".. " not in text:
        return
    lines = RstLines(text)
    try:
        tree = _tree(text, lines)
    except BrokenFileError:
        return
    for node in tree.findall(Unknown):
        if node.line:
            yield lines.comment(node.line, 0)[0], f"the content of the directive {node['name']}"


def _tree(text: str, lines: RstLines) -> nodes.document:
    if len(text) > _LARGEST:
        raise BrokenFileError(f"it has more than {_LARGEST:,} characters")
    if len(lines.shown) > _MOST_LINES:
        raise BrokenFileError(f"it has more than {_MOST_LINES:,} lines")
    try:
        return parse(lines.shown)
    except RecursionError:
        raise BrokenFileError("it is nested too deeply") from None


class _Blocks:
    def __init__(self, text: str, lines: RstLines, tree: nodes.document) -> None:
        self._text = text
        self._lines = lines
        self._tree = tree
        self._addresses = {
            name: target["refuri"]
            for target in tree.findall(nodes.target)
            if target.get("refuri")
            for name in target["names"]
        }
        # References without a name lead to the targets without a name, in their order.
        self._unnamed = (target.get("refuri", "") for target in tree.findall(nodes.target) if target.get("anonymous"))

    def drafts(self) -> Iterator[Draft]:
        for node in self._tree.findall(lambda node: isinstance(node, PlacedText | nodes.image)):
            above = list(_above(node))
            if any(isinstance(each, _LEFT) for each in above):
                continue
            draft = self._image(node) if isinstance(node, nodes.image) else self._placed(node, above)
            if draft:
                yield draft

    def _placed(self, node: PlacedText, above: list[nodes.Element]) -> Draft | None:
        in_cell = any(isinstance(each, nodes.entry) for each in above)
        content = self._lines.place(str(node).split("\n"), node.line, in_cell=in_cell)
        if content is None:
            return None
        builder = TextBuilder(self._text)
        for part in node.parts:
            self._show(builder, content, part)
        kind, level = _kind(above)
        if kind is not SegmentKind.HEADING and builder.only(_CODE_KINDS):
            return None
        edit: Editable | None = None
        if not in_cell and content.length:
            edit = editable_lines(self._text, *content.raw_range(0, content.length))
        draft = builder.finish(kind, level, _anchors(above) if kind is SegmentKind.HEADING else (), edit=edit)
        return replace(draft, fixed="the cells of a row share its lines") if draft and in_cell else draft

    def _show(self, builder: TextBuilder, content: MappedText, part: Part) -> None:
        before = builder.length
        if part.raw:
            content.show(builder, part.inner_start, part.inner_end)
        else:
            position = part.inner_start
            for escape in _ESCAPE.finditer(content.text, part.inner_start, part.inner_end):
                content.show(builder, position, escape.start())
                if escape["char"]:
                    builder.replaced(escape["char"], *content.raw_range(*escape.span()))
                position = escape.end()
            content.show(builder, position, part.inner_end)
        if part.kind is not None:
            value = part.value or content.text[part.inner_start : part.inner_end]
            if part.kind is ProtectedKind.LINK and not part.value:
                value = next(self._unnamed, value)
            builder.protect(part.kind, before, builder.length, self._addresses.get(value, value))

    def _image(self, node: nodes.image) -> Draft | None:
        """The alternative text of a picture, which is an option of a directive."""
        alternative = node.get("alt")
        if not alternative or not node.line:
            return None
        for number in range(node.line, node.line + _ALT_REACH):
            shown = self._lines.shown[number - 1] if number <= len(self._lines.shown) else ""
            if (match := _ALT.fullmatch(shown)) and alternative.startswith(match["text"]):
                wanted = [match["text"]]
                content = self._lines.place(wanted, number, in_cell=False)
                if content is None:
                    return None
                builder = TextBuilder(self._text)
                content.show(builder, 0, content.length)
                builder.protect(ProtectedKind.IMAGE, 0, builder.length, node.get("uri", ""))
                return builder.finish(SegmentKind.PARAGRAPH, edit=Editable(content, str))
        return None


def _above(node: nodes.Node) -> Iterator[nodes.Element]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def _kind(above: list[nodes.Element]) -> tuple[SegmentKind, int]:
    """What a text is, by the elements around it from the innermost one out."""
    lists = sum(isinstance(each, nodes.list_item) for each in above)
    for each in above:
        if isinstance(each, nodes.title | nodes.subtitle | nodes.rubric):
            sections = sum(isinstance(outer, nodes.section) for outer in above)
            # The titles of notes and tables head no section.
            is_section = isinstance(each.parent, nodes.section)
            return (SegmentKind.HEADING, min(sections, 6)) if is_section else (SegmentKind.PARAGRAPH, 0)
        if isinstance(each, nodes.entry):
            return SegmentKind.TABLE_CELL, 0
        if isinstance(each, nodes.list_item):
            return SegmentKind.LIST_ITEM, lists
        if isinstance(each, nodes.block_quote):
            return SegmentKind.QUOTE, 0
    return SegmentKind.PARAGRAPH, 0


def _anchors(above: list[nodes.Element]) -> list[str]:
    """The explicit targets right before a section."""
    section = next((each for each in above if isinstance(each, nodes.section)), None)
    if section is None or section.parent is None:
        return []
    found = []
    index = section.parent.index(section) - 1
    while index >= 0 and isinstance(section.parent[index], nodes.target):
        found += section.parent[index]["names"]
        index -= 1
    return found[::-1]
