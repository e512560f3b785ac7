"""HTML (``.html``, ``.htm``, ``.xhtml``), pages with templates and front matter in them included.

Segments are the texts between the tags of blocks: titles, headings, paragraphs, list items, table cells, quotes, the
texts of forms; and the attributes that readers get to see. Left out are scripts, styles, preformatted text, comments,
elements that are not to be translated, and text that says that it is in another language than the file.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from termcheck.corpus.readers.base import Reader, ReadOptions
from termcheck.corpus.readers.front_matter import front_matter_drafts, front_matter_end
from termcheck.corpus.readers.html_attributes import attribute_drafts
from termcheck.corpus.readers.html_cdata import without_cdata
from termcheck.corpus.readers.html_elements import BLOCKS, CONTROLS, INLINE, KINDS, LISTS, OPAQUE, RAW, VOID
from termcheck.corpus.readers.html_left_out import LeftOut
from termcheck.corpus.readers.html_text import HtmlText
from termcheck.corpus.readers.html_tokens import HtmlTokenKind, attributes, html_tokens
from termcheck.corpus.readers.masking import Masked, unmask
from termcheck.corpus.readers.templates import mask_templates
from termcheck.corpus.readers.xml_reader import xml_encoding
from termcheck.model import SegmentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.readers.html_tokens import HtmlToken
    from termcheck.corpus.segmentation import Draft

_FORMAT = re.compile(r"html \((?P<lang>[^)]+)\)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CHARSET = re.compile(r"<meta\s[^<>]{0,300}?\bcharset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META_REACH = 4096
# What browsers read under these names (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS = {
    **dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "chinese"), "gb18030"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-8"),
}
_IS_XML = re.compile(r"\s*<\?xml\b")
_IS_XHTML = re.compile(r"<html\s[^<>]{0,500}xmlns\s?=\s?[\"']http://www\.w3\.org/1999/xhtml[\"']")
# In XML these may close themselves; to HTML everything behind them would be their content.
_SELF_CLOSED = re.compile(r"<(?:script|style|title|textarea|iframe|noscript)(?=[\s/])[^<>]{0,2000}/>", re.IGNORECASE)
_HEADINGS = frozenset(name for name, kind in KINDS.items() if kind is SegmentKind.HEADING)
# Elements that say what the text in them is, or end what was left open in them.
_CONTAINERS = frozenset(
    {*KINDS, *LISTS, "title", "table", "address", "article", "aside", "details", "dialog", "div", "dl", "fieldset"}
    | {"figure", "footer", "form", "header", "main", "nav", "section", "svg"}
)
_BREAKING = BLOCKS | CONTROLS | OPAQUE | RAW


class HtmlReader(Reader):
    """Reads pages; the format names the language of the file, as in ``html (pl)``."""

    name: ClassVar[str] = "html"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")
    utf16: ClassVar[bool] = True

    def encoding(self, head: str) -> str | None:
        declared = xml_encoding(head)
        if declared is None and (match := _CHARSET.search(_COMMENT.sub("", head[:_META_REACH]))):
            declared = match[1]
        return declared and _LABELS.get(declared.lower(), declared)

    def format(self, text: str, options: ReadOptions) -> str:  # noqa: ARG002
        return f"{self.name} ({options.lang})" if options.lang else self.name

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        front = front_matter_end(text)
        yield from front_matter_drafts(text, front)
        told = _FORMAT.fullmatch(format)
        yield from _Page(text, _masked(text, front), told["lang"] if told else "").drafts()

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        masked = _masked(text, front_matter_end(text)).text
        for token in html_tokens(masked):
            if token.kind is HtmlTokenKind.COMMENT and masked.startswith("<!--", token.start):
                yield Span(token.start, token.end), unmask(token.value)


def _masked(text: str, front: int) -> Masked:
    masked = mask_templates(text, front)
    is_xml = _IS_XML.match(text) is not None
    if is_xml or _IS_XHTML.search(text, 0, _META_REACH):
        masked = without_cdata(masked)
    if not is_xml:
        return masked
    return Masked(_SELF_CLOSED.sub(lambda match: " " * len(match[0]), masked.text), masked.masks)


class _Container(NamedTuple):
    """An open element, and the kind and level of the text right in it."""

    name: str
    kind: SegmentKind
    level: int


class _Page:
    """One pass over the tokens of a page."""

    def __init__(self, text: str, masked: Masked, lang: str) -> None:
        self._masked = masked
        self._source = text
        self._text = HtmlText(text, masked)
        self._left_out = LeftOut(lang)
        self._ids: list[str] = []
        self._containers = [_Container("", SegmentKind.PARAGRAPH, 0)]
        self._counts: Counter[str] = Counter()

    def drafts(self) -> Iterator[Draft]:
        for token in html_tokens(self._masked.text):
            if self._left_out.covers(token):
                continue
            match token.kind:
                case HtmlTokenKind.TEXT:
                    self._text.show(token)
                case HtmlTokenKind.REFERENCE:
                    self._text.add(token.value, token.start, token.end)
                case HtmlTokenKind.START:
                    yield from self._start(token)
                case HtmlTokenKind.END:
                    yield from self._end(token)
                case _:
                    pass
        yield from self._flush()

    def _start(self, token: HtmlToken) -> Iterator[Draft]:
        name = token.value
        found = attributes(self._masked.text, token)
        if name in INLINE and self._text.has_text:
            # What a picture says amid a text would be a text within it.
            self._text.mark(token)
            self._left_out.begin(name)
            return
        is_breaking = name in _BREAKING
        if is_breaking or (name == "br" and self._text.is_second_break(token)):
            yield from self._flush()
            self._close_before(name)
        kept = self._left_out.keeps(name, found)
        if not self._text.has_text and kept is None:
            yield from attribute_drafts(self._source, self._masked, name, found)
        if name in OPAQUE or name in RAW or (kept is not None and is_breaking and name not in VOID):
            self._left_out.begin(name)
            return
        if identifier := found.get("id") or (found.get("name") if name == "a" else None):
            self._ids.append(unmask(identifier.value))
        if name in _CONTAINERS:
            self._counts[name] += 1
            self._containers.append(_Container(name, *self._kind(name)))
        elif not is_breaking:
            self._text.open(token, found, kept)

    def _end(self, token: HtmlToken) -> Iterator[Draft]:
        name = token.value
        if name not in _BREAKING:
            self._text.close(token)
            return
        yield from self._flush()
        self._ids = []
        last = self._containers[-1].name
        if name in _HEADINGS and last in _HEADINGS:
            name = last  # Any end of a heading ends any heading.
        if self._counts[name]:
            while self._pop() != name:
                pass

    def _close_before(self, name: str) -> None:
        """Close what the start tag of a block closes by itself."""
        last = self._containers[-1].name
        closes_cell = name in ("td", "th", "tr") and last in ("td", "th")
        if closes_cell or (name == last == "li") or (name in _HEADINGS and last in _HEADINGS):
            self._pop()

    def _pop(self) -> str:
        closed = self._containers.pop().name
        self._counts[closed] -= 1
        return closed

    def _flush(self) -> Iterator[Draft]:
        _, kind, level = self._containers[-1]
        draft = self._text.finish(kind, level, self._ids if kind is SegmentKind.HEADING else ())
        if draft:
            self._ids = []
            yield draft

    def _kind(self, name: str) -> tuple[SegmentKind, int]:
        """What the text right in the element is that was just opened, and its level."""
        if name == "title" and not self._counts["svg"]:
            return SegmentKind.TITLE, 0
        if name in LISTS or name == "li":
            return SegmentKind.LIST_ITEM, max(1, sum(self._counts[each] for each in LISTS))
        if name in _HEADINGS:
            return SegmentKind.HEADING, int(name[1])
        if name in KINDS:
            return KINDS[name], 0
        return self._containers[-1][1:]
