"""Markdown: CommonMark with tables, strikethrough, footnotes and front matter, and the dialects built on it.

Segments are headings, paragraphs, the paragraphs of list items, table cells, quotes, text in HTML blocks, and the
front matter's title and description. Left out are code, comments, reference definitions, shortcodes, the attributes of
components and HTML elements, and whatever is nested deeper than 60 levels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from termcheck.corpus.readers.base import Reader
from termcheck.corpus.readers.editable import Editable, editable_lines, line_start
from termcheck.corpus.readers.front_matter import front_matter_drafts, front_matter_end
from termcheck.corpus.readers.markdown_comments import markdown_comments
from termcheck.corpus.readers.markdown_dialects import mask_dialects
from termcheck.corpus.readers.markdown_html import html_parts
from termcheck.corpus.readers.markdown_inline import InlineReader, make_parser
from termcheck.corpus.readers.source_map import MappedText
from termcheck.model import ProtectedKind, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from termcheck.corpus.readers.masking import Masked
    from termcheck.corpus.segmentation import Draft
    from termcheck.model import Span

_LINE_BREAK = re.compile(r"\r\n?|\n")
# "{#install}", "{#install .note}", "{.note}" and MDX's "{/*install*/}" behind a heading.
_HEADING_ATTRIBUTES = re.compile(
    r"[ \t]*\{(?:[:]?[ ]?(?P<attributes>[#.][^{}\n]{1,300})|/\*[ ]*(?P<mdx>[^\s*{}]{1,200})[ ]*\*/)\}[ \t]*$"
)
_ANCHOR = re.compile(r"#([^\s{}#.]+)")
_ROW_OPENS_WITH_BAR = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t]){0,400}\|")
_CLOSING_HASHES = re.compile(r"(?<=[ \t])#+$")
_NO_QUOTE_MARK = re.compile(r"[^\s>]")
_NO_SPACE = re.compile(r"\S")
_COMPONENT = re.compile(r"</?[A-Z]")
_CODE_KINDS = frozenset({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER})


class MarkdownReader(Reader):
    """Reads ``.md`` and its siblings."""

    name: ClassVar[str] = "markdown"
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown", ".mkd", ".mdown")
    mdx: ClassVar[bool] = False

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        yield from front_matter_drafts(text, front_matter_end(text))
        yield from _Blocks(text, mask_dialects(text, mdx=self.mdx), mdx=self.mdx).drafts()

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        return markdown_comments(text, mdx=self.mdx)


class MdxReader(MarkdownReader):
    """Reads ``.mdx``: Markdown with module lines, components and expressions, and without indented code."""

    name: ClassVar[str] = "mdx"
    suffixes: ClassVar[tuple[str, ...]] = (".mdx",)
    mdx: ClassVar[bool] = True


class _Blocks:
    """The blocks of one file, with their places: markdown-it gives the lines, the rest is found in them."""

    def __init__(self, text: str, masked: Masked, *, mdx: bool) -> None:
        self._text = text
        self._masked = masked
        self._lines: Sequence[tuple[int, int]] = ()
        self._parser = make_parser()
        if mdx:
            self._parser.disable("code")
        self._env: dict[str, Any] = {}
        self._inline = InlineReader(self._parser, text, masked, self._env)
        self._containers: list[str] = []
        self._heading = 0
        self._cells: list[Token] = []
        self._in_cell = False

    def drafts(self) -> Iterator[Draft]:
        own = {end for block in self._masked.blocks for _, end in block}
        main = [(end if end in own else start, end) for start, end in _line_spans(self._text)]
        # All blocks first: what links refer to may be defined in any of them.
        parsed = [(lines, self._parsed(lines)) for lines in ((*main,), *self._nested())]
        for self._lines, tokens in parsed:
            for token in tokens:
                yield from self._token(token)
        for extra in self._masked.extras:
            # The line around it is blanked, so its text comes from the file itself.
            content = MappedText(self._text)
            content.add(*extra.span)
            yield from self._draft(content, extra.kind, 0)

    def _nested(self) -> Iterator[tuple[tuple[int, int], ...]]:
        """The lines of each indented block, those of the blocks inside it blank."""
        inner: set[int] = set()
        blocks = []
        for block in reversed(self._masked.blocks):
            blocks.append(tuple((end if end in inner else start, end) for start, end in block))
            inner.update(end for _, end in block)
        return reversed(blocks)

    def _parsed(self, lines: Sequence[tuple[int, int]]) -> list[Token]:
        tokens: list[Token] = []
        source = "\n".join(self._masked.text[start:end] for start, end in lines)
        self._parser.block.parse(source, self._parser, self._env, tokens)
        return tokens

    def _token(self, token: Token) -> Iterator[Draft]:
        match token.type:
            case "list_item_open" | "blockquote_open":
                self._containers.append("list" if token.type == "list_item_open" else "quote")
            case "list_item_close" | "blockquote_close":
                self._containers.pop()
            case "heading_open":
                self._heading = int(token.tag[1])
            case "heading_close":
                self._heading = 0
            case "th_open" | "td_open":
                self._in_cell = True
            case "th_close" | "td_close":
                self._in_cell = False
            case "tr_close":
                yield from self._row()
            case "inline" if self._in_cell:
                self._cells.append(token)
            case "inline":
                yield from self._block(token)
            case "html_block":
                for part in html_parts(self._placed_lines(token)):
                    yield from self._draft(part.content, part.kind, part.level)
            case _:
                pass

    def _block(self, token: Token) -> Iterator[Draft]:
        if self._heading:
            content = self._placed_heading(token)
            anchors: list[str] = []
            if attributes := _HEADING_ATTRIBUTES.search(self._shown(content)):
                mdx = attributes["mdx"]
                anchors = [mdx.removeprefix("#")] if mdx else _ANCHOR.findall(attributes["attributes"])
                content = content.part(0, attributes.start())
            yield from self._draft(content, SegmentKind.HEADING, self._heading, anchors)
            return
        kind, level = SegmentKind.PARAGRAPH, 0
        if self._containers:
            innermost = self._containers[-1]
            kind = SegmentKind.LIST_ITEM if innermost == "list" else SegmentKind.QUOTE
            level = self._containers.count("list") if innermost == "list" else 0
        for part in self._parts(self._placed_lines(token)):
            yield from self._draft(part, kind, level)

    def _parts(self, content: MappedText) -> Iterator[MappedText]:
        """The paragraph, cut before lines that start with a component: each of those is a block of its own."""
        text = content.text
        start = 0
        for match in _LINE_BREAK.finditer(text):
            piece = next(content.pieces(match.end(), match.end() + 1), None)
            if piece and any(
                mask.start == piece.raw_start and _COMPONENT.match(mask.value)
                for mask in self._masked.masks_in(piece.raw_start, piece.raw_end)
            ):
                yield content.part(start, match.start())
                start = match.end()
        yield content.part(start, len(text)) if start else content

    def _draft(
        self,
        content: MappedText,
        kind: SegmentKind,
        level: int,
        anchors: Iterable[str] = (),
        edit: Editable | None = None,
    ) -> Iterator[Draft]:
        if not content.text.strip():
            return
        builder, ids = self._inline.read(content)
        is_heading = kind is SegmentKind.HEADING
        # A command on a line of its own is code; a heading of code still says where its section starts.
        if not is_heading and builder.only(_CODE_KINDS):
            return
        ids = [*anchors, *(ids if is_heading else ())]
        draft = builder.finish(kind, level, ids, edit=edit or self._edit(content))
        if draft:
            yield draft

    def _edit(self, content: MappedText) -> Editable:
        """The block as it stands in the file, without the marks of quotes and the indentation before its lines."""
        text = content.text
        start, end = content.raw_range(len(text) - len(text.lstrip()), len(text.rstrip()))
        before = self._text[line_start(self._text, start) : start]
        # A new line stands below the text of the first one, behind the same marks of quotes.
        if "quote" in self._containers:
            return editable_lines(self._text, start, end, r"[ \t>]*+", _NO_QUOTE_MARK.sub(" ", before))
        return editable_lines(self._text, start, end, r"[ \t]*+", _NO_SPACE.sub(" ", before))

    def _shown(self, content: MappedText) -> str:
        """The content as it stands in the file, masks undone."""
        return "".join(
            self._text[piece.raw_start : piece.raw_end] if piece.literal else "\n"
            for piece in content.pieces(0, len(content.text))
        )

    def _placed_lines(self, token: Token) -> MappedText:
        """The content of a block that runs to the end of each of its lines."""
        content = MappedText(self._masked.text)
        first = token.map[0] if token.map else 0
        for index, line in enumerate(token.content.split("\n")):
            wanted = line.strip()
            if not wanted:
                if token.type == "html_block" and index + first < len(self._lines):
                    end = self._lines[first + index][1]
                    content.add_line(end, end)
                continue
            start, end = self._lines[first + index]
            raw = self._masked.text[start:end].rstrip()
            # What precedes the content in its line are quote marks, list marks and indentation.
            place = start + len(raw) - len(wanted)
            if raw.endswith(wanted):
                content.add_line(place, place + len(wanted))
            else:
                content.add_line(start, end)
        return content

    def _placed_heading(self, token: Token) -> MappedText:
        first, last = token.map or [0, 1]
        if token.content.count("\n") or last - first > 1:
            return self._placed_lines(token)
        start, end = self._lines[first]
        line = self._masked.text[start:end]
        for candidate in (_CLOSING_HASHES.sub("", line.rstrip()).rstrip(), line.rstrip()):
            if candidate.endswith(token.content):
                content = MappedText(self._masked.text)
                content.add(start + len(candidate) - len(token.content), start + len(candidate))
                return content
        return self._placed_lines(token)

    def _row(self) -> Iterator[Draft]:
        """The cells of a table row, found between the bars of its line."""
        cells, self._cells = self._cells, []
        if not cells or not cells[0].map:
            return
        start, end = self._lines[cells[0].map[0]]
        columns = _columns(self._masked.text[start:end])
        skip = 1 if _ROW_OPENS_WITH_BAR.match(self._masked.text, start, end) else 0
        for token, (low, high) in zip(cells, columns[skip:], strict=False):
            wanted = token.content.strip()
            if not wanted:
                continue
            content = MappedText(self._masked.text)
            stripped = self._masked.text[start + low : start + high].rstrip()
            # A bar that is text is written "\|".
            length = len(wanted) + wanted.count("|")
            place = start + low + max(0, len(stripped) - length)
            _add_cell(content, self._masked.text, place, start + low + len(stripped))
            edit = Editable(content.over(self._text), lambda new: new.replace("|", r"\|"))
            yield from self._draft(content, SegmentKind.TABLE_CELL, 0, edit=edit)


def _add_cell(content: MappedText, text: str, start: int, end: int) -> None:
    """Add a cell without the backslashes before its bars."""
    position = start
    while (escaped := text.find("\\|", position, end)) >= 0:
        content.add(position, escaped)
        content.add_replaced("|", escaped, escaped + 2)
        position = escaped + 2
    content.add(position, end)


def _columns(line: str) -> list[tuple[int, int]]:
    """The ranges between the bars of a table row; a bar after a backslash separates nothing."""
    ranges = []
    start = 0
    for match in re.finditer(r"\|", line):
        position = match.start()
        if position and line[position - 1] == "\\":
            continue
        ranges.append((start, position))
        start = position + 1
    ranges.append((start, len(line)))
    return ranges


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for match in _LINE_BREAK.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return spans
