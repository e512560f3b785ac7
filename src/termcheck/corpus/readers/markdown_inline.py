"""The inside of a Markdown paragraph: markup away, visible text and protected parts with their places.

markdown-it gives lines for blocks and no places at all for what stands in them. Its inline parser works step by step,
though, each step consuming a stretch of the source; noting that stretch for every token gives exact places without a
second parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from termcheck.corpus.readers.masking import unmask
from termcheck.corpus.segmentation import TextBuilder
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence
    from typing import Any

    from markdown_it.token import Token
    from markdown_it.utils import EnvType

    from termcheck.corpus.readers.masking import Masked
    from termcheck.corpus.readers.source_map import MappedText

# Deeper nesting than this is not writing; it bounds the recursion of the parser.
MAX_NESTING = 60

_PLACE = "place"
_CJK = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
_FOOTNOTE_REF = re.compile(r"\[\^([^\]\s]{1,200})\]")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)")
_MDX_SPACES = frozenset({"{' '}", '{" "}'})
_QUOTED = re.compile(r"""\{\s{0,9}(?P<quote>["'`])(?P<text>[^\\$]{1,4000})(?P=quote)\s{0,9}\}""", re.DOTALL)
_CODE_TAGS = frozenset({"code", "samp", "kbd", "tt"})
_TAG_ID = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class _CjkFriendlyState(StateInline):
    """Lets emphasis end before, and start after, a letter of a script without spaces or with particles.

    By CommonMark's rule ``**"word"**는`` is no emphasis, as the mark stands between a quote mark and a letter. Writers
    of Chinese, Japanese and Korean mean it as one, and their renderers show it so.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        scanned = super().scanDelims(start, canSplitWord)
        if self.src[start] == "_":
            return scanned
        before = self.src[start - 1] if start > 0 else " "
        end = start + scanned.length
        after = self.src[end] if end < self.posMax else " "
        return Scanned(
            scanned.can_open or (_is_cjk(before) and not after.isspace()),
            scanned.can_close or (_is_cjk(after) and not before.isspace()),
            scanned.length,
        )


def _is_cjk(char: str) -> bool:
    return _CJK.match(char) is not None


class _PlacedInline(ParserInline):
    """An inline parser whose tokens know the stretch of the source that they came from."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _CjkFriendlyState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        rules = self.ruler.getRules("")
        end = state.posMax
        max_nesting = state.md.options["maxNesting"]
        while state.pos < end:
            start = state.pos
            count = len(state.tokens)
            matched = state.level < max_nesting and any(rule(state, False) for rule in rules)
            if not matched:
                state.pending += state.src[state.pos]
                state.pos += 1
            if state.pending:
                state.pushPending()
            _note_places(state.tokens[count:], start, state.pos)


def _note_places(tokens: Sequence[Token], start: int, end: int) -> None:
    """Give the new tokens of one step their places; tokens inside a link have theirs already."""
    fresh = [token for token in tokens if _PLACE not in token.meta]
    lengths = [len(token.content) for token in fresh]
    if len(fresh) > 1 and sum(lengths) == end - start and all(token.type == "text" for token in fresh):
        # A row of emphasis marks: a token for each.
        for token, length in zip(fresh, lengths, strict=True):
            token.meta[_PLACE] = (start, start + length)
            start += length
        return
    for token in fresh:
        token.meta[_PLACE] = (start, end)


def _footnote_ref(state: StateInline, silent: bool) -> bool:
    """``[^label]`` of a defined footnote; unlike the plugin's own rule it looks ahead only a little."""
    match = _FOOTNOTE_REF.match(state.src, state.pos, state.posMax)
    if match is None or ":" + match[1] not in state.env.get("footnotes", {}).get("refs", {}):
        return False
    if not silent:
        state.push("footnote_ref", "", 0)
    state.pos = match.end()
    return True


def make_parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough and footnotes, whose inline tokens have places.

    Each call makes its own: a parser keeps state while it works.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    inline = _PlacedInline()
    parser.inline = inline
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin)
    parser.use(deflist_plugin)
    parser.disable(["footnote_inline", "fragments_join", "linkify"])
    inline.ruler.at("footnote_ref", _footnote_ref)
    # Targets have to come out as they stand in the file.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


class InlineReader:
    """Turns the inline content of one block into the pieces of a segment."""

    def __init__(self, parser: MarkdownIt, source: str, masked: Masked, env: MutableMapping[str, Any]) -> None:
        self._parser = parser
        self._source = source
        self._masked = masked
        self._env = env

    def read(self, content: MappedText) -> tuple[TextBuilder, list[str]]:
        """The visible text and protected parts of ``content``, and the ids of its HTML elements."""
        run = _Pass(self._source, self._masked, content)
        tokens = self._parser.inline.parse(content.text, self._parser, self._env, [])
        run.emit(tokens, 0)
        return run.builder, run.ids


class _Pass:
    """One run over the tokens of one block."""

    def __init__(self, source: str, masked: Masked, content: MappedText) -> None:
        self.builder = TextBuilder(source)
        self.ids: list[str] = []
        self._source = source
        self._masked = masked
        self._content = content
        self._text = content.text
        self._links: list[tuple[int, str]] = []
        self._code_tags: list[int] = []

    def emit(self, tokens: Sequence[Token], base: int) -> None:
        """Add what the tokens show; their places count from ``base`` in the block's content."""
        for token in tokens:
            start, end = token.meta[_PLACE]
            self._emit(token, base + start, base + end)

    def _emit(self, token: Token, start: int, end: int) -> None:
        match token.type:
            case "text" | "text_special":
                if token.content:
                    self._text_token(token, start, end)
            case "softbreak" | "hardbreak":
                self.builder.replaced("\n", *self._content.raw_range(start, end))
            case "code_inline":
                marks = len(token.markup)
                before = self.builder.length
                self._literal(start + marks, end - marks)
                self.builder.protect(ProtectedKind.CODE, before, self.builder.length, unmask(token.content))
            case "link_open":
                self._links.append((self.builder.length, unmask(str(token.attrGet("href") or ""))))
            case "link_close":
                opened, target = self._links.pop()
                self.builder.protect(ProtectedKind.LINK, opened, self.builder.length, target)
            case "image":
                before = self.builder.length
                self.emit(token.children or [], start + len("!["))
                target = unmask(str(token.attrGet("src") or ""))
                self.builder.protect(ProtectedKind.IMAGE, before, self.builder.length, target)
            case "html_inline":
                self._tag(unmask(token.content), *self._content.raw_range(start, end))
            case "footnote_ref":
                place = self.builder.length
                self.builder.protect(ProtectedKind.PLACEHOLDER, place, place, self._text[start:end])
            case _:
                pass  # Emphasis shows nothing of its own.

    def _text_token(self, token: Token, start: int, end: int) -> None:
        if token.content == self._text[start:end]:
            self._literal(start, end)
        elif token.content == self._text[start + 1 : end - 1] and self._text[start] == "<":
            self._literal(start + 1, end - 1)
        else:
            # An escape or an entity.
            self.builder.replaced(unmask(token.content), *self._content.raw_range(start, end))

    def _literal(self, start: int, end: int) -> None:
        """Add the file's own text, with what was hidden in it."""
        for piece in self._content.pieces(start, end):
            if not piece.literal or self._text[piece.start] == "\n":
                self.builder.replaced(self._text[piece.start : piece.end], piece.raw_start, piece.raw_end)
                continue
            position = piece.raw_start
            for mask in self._masked.masks_in(piece.raw_start, piece.raw_end):
                self.builder.literal(position, mask.start)
                before = self.builder.length
                if mask.visible and self._code_tags and (quoted := _QUOTED.fullmatch(mask.value)):
                    # A text in braces, which is how MDX writes what is no markup; the code tag protects it.
                    self.builder.literal(mask.start + quoted.start("text"), mask.start + quoted.end("text"))
                    position = mask.end
                    continue
                if mask.visible:
                    self.builder.literal(mask.start, mask.end)
                if mask.kind is ProtectedKind.HTML:
                    self._tag(mask.value, mask.start, mask.end)
                elif mask.value in _MDX_SPACES:
                    self.builder.replaced(" ", mask.start, mask.end)
                elif mask.kind is not None:
                    self.builder.protect(mask.kind, before, self.builder.length, mask.value)
                position = mask.end
            self.builder.literal(position, piece.raw_end)

    def _tag(self, tag: str, raw_start: int, raw_end: int) -> None:
        """An HTML or component tag; anything else that starts with ``<`` is a comment or the like."""
        match = _TAG.match(tag)
        if match is None:
            return
        name = match["name"].lower()
        if name == "br":
            self.builder.replaced("\n", raw_start, raw_end)
        place = self.builder.length
        if name in _CODE_TAGS:
            if not match["close"]:
                self._code_tags.append(place)
            elif self._code_tags:
                start = self._code_tags.pop()
                self.builder.protect(ProtectedKind.CODE, start, place, self.builder.text_from(start))
        self.builder.protect(ProtectedKind.HTML, place, place, tag)
        if identifier := _TAG_ID.search(tag):
            self.ids.append(identifier[1] or identifier[2] or "")
