"""The text of one block of HTML while it is put together: what stands in it, and the elements within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.readers.editable import editable_lines
from termcheck.corpus.readers.html_elements import CODE, VOID
from termcheck.corpus.readers.html_entities import add_html
from termcheck.corpus.readers.masking import unmask
from termcheck.corpus.segmentation import TextBuilder
from termcheck.model import ProtectedKind, SegmentKind, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.corpus.readers.html_tokens import Attribute, HtmlToken
    from termcheck.corpus.readers.masking import Masked
    from termcheck.corpus.segmentation import Draft

_NO_TEXT = frozenset({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER, ProtectedKind.HTML})
# More elements than this are not open at once in any text; it bounds the work at the end of each block.
_MOST_OPEN = 20


class _Open(NamedTuple):
    """An open element: what its text is protected as, if at all, from ``start`` in the text on.

    An empty ``value`` stands for the text itself.
    """

    name: str
    start: int
    kind: ProtectedKind | None = None
    value: str = ""


class HtmlText:
    """Collects the text of one block after the other of the file ``source``."""

    def __init__(self, source: str, masked: Masked) -> None:
        self._source = source
        self._masked = masked
        self._builder = TextBuilder(masked.text)
        self._open: list[_Open] = []
        self._last_break = -1
        self._place: Span | None = None
        self.has_text = False

    def show(self, token: HtmlToken) -> None:
        """Add the text of a token."""
        start, end = token.start, token.end
        raw = self._masked.text[start:end]
        if raw.replace("\r\n", "\n").replace("\r", "\n") == token.value:
            self._show(start, end)
        elif raw.startswith(token.value):
            # An unfinished tag at the end of the file.
            self._show(start, start + len(token.value))
        else:
            self.add(unmask(token.value), start, end)

    def add(self, shown: str, start: int, end: int) -> None:
        """Add ``shown``, which the file expresses by ``[start, end)``."""
        self._builder.replaced(shown, start, end)
        if not shown.isspace():
            self.has_text = True
            self._reach(start, end)

    def is_second_break(self, token: HtmlToken) -> bool:
        """Whether a ``<br>`` ends a paragraph, as it follows another one."""
        between = self._masked.text[self._last_break : token.start]
        return self._last_break >= 0 and (not between or between.isspace())

    def open(self, token: HtmlToken, found: Mapping[str, Attribute], kept: ProtectedKind | None) -> None:
        """Add the start tag of an element within the text; ``kept`` is what its text is protected as, if at all."""
        name, at = token.value, self._builder.length
        kind, value = None, ""
        self._reach(token.start, token.end)
        if name == "br":
            self._builder.replaced("\n", token.start, token.end)
            self._last_break = token.end
        if name == "img":
            self._image(found)
        elif kept is not None:
            kind, value = kept, self._source[token.start : token.end] if kept is ProtectedKind.HTML else ""
        elif name in CODE:
            kind = ProtectedKind.CODE
        elif name == "a" and "href" in found:
            # A link within another one ends that.
            self._end(next((index for index, each in enumerate(self._open) if each.name == "a"), None))
            kind, value = ProtectedKind.LINK, unmask(found["href"].value)
        else:
            self.mark(token)
        if name not in VOID and len(self._open) < _MOST_OPEN:
            self._open.append(_Open(name, at, kind, value))

    def close(self, token: HtmlToken) -> None:
        """Add the end tag of an element within the text."""
        self._reach(token.start, token.end)
        index = next((i for i in reversed(range(len(self._open))) if self._open[i].name == token.value), None)
        if index is None or self._open[index].kind is None:
            self.mark(token)
        self._end(index)

    def finish(self, kind: SegmentKind, level: int, anchors: Sequence[str]) -> Draft | None:
        """The segment, or None without any text, and begin the next one.

        Links stay open, as one may hold several blocks; so do elements whose text is protected and that hold none yet.
        """
        length = self._builder.length
        for each in self._open:
            self._protect(each)
        self._open = [
            each._replace(start=0)
            for each in self._open
            if each.kind is ProtectedKind.LINK or (each.kind is not None and each.start == length)
        ]
        builder, place = self._builder, self._place if self.has_text else None
        self._builder, self._place, self.has_text, self._last_break = TextBuilder(self._masked.text), None, False, -1
        if place is None or (kind is not SegmentKind.HEADING and builder.only(_NO_TEXT)):
            return None
        return builder.finish(kind, level, anchors, edit=editable_lines(self._source, *place))

    def _image(self, found: Mapping[str, Attribute]) -> None:
        before = self._builder.length
        if alt := found.get("alt"):
            self._show(alt.start, alt.end, markup=True)
        source = found.get("src")
        target = unmask(source.value) if source else ""
        self._builder.protect(ProtectedKind.IMAGE, before, self._builder.length, target)

    def _show(self, start: int, end: int, *, markup: bool = False) -> None:
        place(self._builder, self._source, self._masked, start, end, markup=markup)
        text = self._masked.text[start:end]
        if text and not text.isspace():
            self.has_text = True
            lead = len(text) - len(text.lstrip())
            self._reach(start + lead, start + len(text.rstrip()))

    def _reach(self, start: int, end: int) -> None:
        """Note that ``[start, end)`` belongs to the block."""
        self._place = Span(self._place.start if self._place else start, end)

    def mark(self, token: HtmlToken) -> None:
        """Note a tag that shows nothing."""
        at = self._builder.length
        self._builder.protect(ProtectedKind.HTML, at, at, self._source[token.start : token.end])

    def _end(self, index: int | None) -> None:
        if index is not None:
            self._protect(self._open.pop(index))

    def _protect(self, element: _Open) -> None:
        length = self._builder.length
        if element.kind is not None and element.start < length:
            value = element.value or self._builder.text_from(element.start)
            self._builder.protect(element.kind, element.start, length, value)


def place(builder: TextBuilder, source: str, masked: Masked, start: int, end: int, *, markup: bool) -> None:
    """Add what stands at ``[start, end)`` of the masked text, with those of the hidden parts that readers see.

    ``builder`` builds from the masked text; ``markup``: character references are resolved.
    """
    position = start
    for mask in masked.masks_in(start, end):
        _literal(builder, masked.text, position, mask.start, markup)
        before = builder.length
        if mask.visible:
            builder.replaced(source[mask.start : mask.end], mask.start, mask.end)
        if mask.kind is not None:
            builder.protect(mask.kind, before, builder.length, mask.value)
        position = mask.end
    _literal(builder, masked.text, position, end, markup)


def _literal(builder: TextBuilder, text: str, start: int, end: int, markup: bool) -> None:
    if markup:
        add_html(builder, text, start, end)
    else:
        builder.literal(start, end)
