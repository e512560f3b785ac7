"""DOCX, WordprocessingML (ECMA-376): paragraphs, headings, lists, tables, text boxes, footnotes and endnotes.

Changes that are tracked are taken as accepted. Left out are headers and footers, comments, tables of contents,
formulas, hidden text and alternative texts. A file that holds macros is refused: as a ``.docx`` it may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from termcheck.corpus.readers.base import BrokenFileError
from termcheck.corpus.readers.office import CODE_STYLE, LINE_BREAK, OfficeReader, Paragraph
from termcheck.corpus.readers.xml_events import local_attributes
from termcheck.model import ProtectedKind, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from termcheck.corpus.readers.archive import Archive
    from termcheck.corpus.readers.xml_events import XmlEvent

_MAIN = "document.main+xml"
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "oMath", "oMathPara", "rt", "sdtPr"}
    | {"pPrChange", "rPrChange", "tblPr", "sectPr"}
)
_SHOWN = {"tab": "\t", "br": LINE_BREAK, "cr": LINE_BREAK, "noBreakHyphen": "\u2011"}
_HEADING = re.compile(r"heading ([1-9])")
_ADDRESS = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]{1,2000})"')
_NO = frozenset({"0", "false", "off"})
_BODY_LEVEL = 9
_MOST_BASES = 20


class DocxReader(OfficeReader):
    """Reads ``.docx``."""

    name: ClassVar[str] = "docx"
    suffixes: ClassVar[tuple[str, ...]] = (".docx",)

    def paragraphs(self, archive: Archive) -> Iterable[Paragraph]:
        if any(name.rpartition("/")[2] == "vbaProject.bin" for name in archive.names):
            raise BrokenFileError("it holds macros, which a .docx may not")
        main = _main_part(archive)
        folder, _, name = main.rpartition("/")
        styles = _styles(archive.xml(f"{folder}/styles.xml"))
        for part in (name, "footnotes.xml", "endnotes.xml"):
            targets = _targets(archive.xml(f"{folder}/_rels/{part}.rels"))
            yield from _Story(styles, targets).read(archive.xml(f"{folder}/{part}"))


class _Style(NamedTuple):
    kind: SegmentKind | None
    level: int
    is_code: bool


@dataclass(slots=True)
class _Field:
    """A field, of which the result is shown: what it was added to, and from where on."""

    code: list[str] = field(default_factory=list)
    start: int = -1


def _main_part(archive: Archive) -> str:
    for event in archive.xml("[Content_Types].xml"):
        found = local_attributes(event)
        if event.name == "Override" and found.get("ContentType", "").endswith(_MAIN):
            return found.get("PartName", "").lstrip("/")
    raise BrokenFileError("it holds no Word document")


def _targets(events: Sequence[XmlEvent]) -> dict[str, str]:
    """Where the links of a part lead, by their ids."""
    found = (local_attributes(event) for event in events if event.name == "Relationship")
    return {each.get("Id", ""): each.get("Target", "") for each in found}


def _styles(events: Sequence[XmlEvent]) -> dict[str, _Style]:
    names: dict[str, str] = {}
    levels: dict[str, int] = {}
    bases: dict[str, str] = {}
    listed: set[str] = set()
    current = ""
    for event in events:
        if event.kind != "start":
            continue
        found = local_attributes(event)
        value = found.get("val", "")
        if event.name == "style":
            current = found.get("styleId", "")
        elif event.name == "name":
            names.setdefault(current, value.lower())
        elif event.name == "basedOn":
            bases[current] = value
        elif event.name == "outlineLvl" and value.isdecimal():
            levels[current] = int(value)
        elif event.name == "numId":
            listed.add(current)
    return {style: _style(style, names, levels, bases, listed) for style in names}


def _style(
    style: str, names: Mapping[str, str], levels: Mapping[str, int], bases: Mapping[str, str], listed: Container[str]
) -> _Style:
    """What a style, or one that it is based on, says of the text in it."""
    for _ in range(_MOST_BASES):
        name = names.get(style, "")
        heading = _HEADING.match(name)
        if heading or levels.get(style, _BODY_LEVEL) < _BODY_LEVEL:
            return _Style(SegmentKind.HEADING, min(int(heading[1]) if heading else levels[style] + 1, 6), False)
        if name == "title":
            return _Style(SegmentKind.TITLE, 0, False)
        if name.startswith("toc ") or name == "table of figures":
            return _Style(None, 0, False)
        if CODE_STYLE.search(name):
            return _Style(None, 0, True)
        if name.endswith("quote") or name == "block text":
            return _Style(SegmentKind.QUOTE, 0, False)
        if style in listed:
            return _Style(SegmentKind.LIST_ITEM, int(name[-1]) if name[-1:].isdecimal() else 1, False)
        if style not in bases:
            break
        style = bases[style]
    return _Style(SegmentKind.PARAGRAPH, 0, False)


class _Story:
    """One pass over a part of the document."""

    def __init__(self, styles: Mapping[str, _Style], targets: Mapping[str, str]) -> None:
        self._styles = styles
        self._targets = targets
        self._open: list[Paragraph] = []
        self._done: list[Paragraph] = []
        self._around: list[str] = []
        self._links: list[tuple[int, str]] = []
        self._fields: list[_Field] = []
        self._run_start = 0
        self._run_is_code = self._run_is_hidden = False
        self._takes_text = False

    def read(self, events: Sequence[XmlEvent]) -> Iterator[Paragraph]:
        skipped = 0
        takes_code = False
        for event in events:
            if skipped:
                skipped += {"start": 1, "end": -1}.get(event.kind, 0)
                if takes_code and event.kind == "text" and self._fields and self._fields[-1].start < 0:
                    self._fields[-1].code.append(event.text)
            elif event.kind == "start":
                if event.name in _SKIPPED or self._is_separator(event):
                    skipped = 1
                    takes_code = event.name == "instrText"
                else:
                    self._start(event)
            elif event.kind == "end":
                self._end(event.name)
            elif self._takes_text and self._open and not self._run_is_hidden:
                self._open[-1].add(event.text)
            yield from self._done
            self._done.clear()

    @staticmethod
    def _is_separator(event: XmlEvent) -> bool:
        return event.name in ("footnote", "endnote") and "type" in local_attributes(event)

    def _start(self, event: XmlEvent) -> None:
        name, found = event.name, local_attributes(event)
        value = found.get("val", "")
        if name == "p":
            in_cell = next((each for each in reversed(self._around) if each != "p"), "") == "tc"
            self._open.append(Paragraph(SegmentKind.TABLE_CELL if in_cell else SegmentKind.PARAGRAPH))
            self._around.append(name)
            return
        if name in ("tc", "txbxContent"):
            self._around.append(name)
        if self._open and not self._property(self._open[-1], name, value):
            self._content(self._open[-1], name, found)

    def _property(self, paragraph: Paragraph, name: str, value: str) -> bool:
        """Note what an element says of the paragraph or of the run of characters that it is in; False if nothing."""
        match name:
            case "pStyle":
                self._apply(paragraph, value)
            case "outlineLvl":
                if value.isdecimal() and int(value) < _BODY_LEVEL:
                    paragraph.kind, paragraph.level = SegmentKind.HEADING, min(int(value) + 1, 6)
            case "ilvl":
                if value.isdecimal() and paragraph.kind is SegmentKind.PARAGRAPH:
                    paragraph.kind, paragraph.level = SegmentKind.LIST_ITEM, int(value[:2]) + 1
            case "numId":
                if value == "0" and paragraph.kind is SegmentKind.LIST_ITEM:
                    paragraph.kind, paragraph.level = SegmentKind.PARAGRAPH, 0
            case "r":
                self._run_start = paragraph.length
                self._run_is_code = self._run_is_hidden = False
            case "rStyle":
                self._run_is_code = value in self._styles and self._styles[value].is_code
            case "vanish":
                self._run_is_hidden = value not in _NO
            case _:
                return False
        return True

    def _content(self, paragraph: Paragraph, name: str, found: Mapping[str, str]) -> None:
        match name:
            case "t":
                self._takes_text = True
            case "hyperlink":
                anchor = found.get("anchor")
                target = self._targets.get(found.get("id", ""), "") + (f"#{anchor}" if anchor else "")
                self._links.append((paragraph.length, target))
            case "fldChar":
                self._field(paragraph, found.get("fldCharType", ""))
            case "fldSimple":
                self._fields.append(_Field([found.get("instr", "")], paragraph.length))
            case "footnoteReference" | "endnoteReference":
                paragraph.protect(ProtectedKind.PLACEHOLDER, paragraph.length, f"[{name.removesuffix('Reference')}]")
            case _ if name in _SHOWN and not self._run_is_hidden and "pos" not in found:
                paragraph.add(_SHOWN[name])

    def _end(self, name: str) -> None:
        if name in ("p", "tc", "txbxContent") and name in self._around:
            while self._around.pop() != name:
                pass
        if not self._open:
            return
        paragraph = self._open[-1]
        if name == "p":
            self._open.pop()
            if self._open:
                self._open[-1].inner.append(paragraph)
            else:
                self._done.append(paragraph)
        elif name == "t":
            self._takes_text = False
        elif name == "r" and self._run_is_code:
            paragraph.protect(ProtectedKind.CODE, min(self._run_start, paragraph.length))
        elif name == "hyperlink" and self._links:
            start, target = self._links.pop()
            paragraph.protect(ProtectedKind.LINK, min(start, paragraph.length), target)
        elif name == "fldSimple" and self._fields:
            self._close_field(paragraph)

    def _apply(self, paragraph: Paragraph, style_id: str) -> None:
        style = self._styles.get(style_id)
        if style is not None and (style.kind is not SegmentKind.PARAGRAPH) and paragraph.kind is not None:
            in_cell = paragraph.kind is SegmentKind.TABLE_CELL
            if style.kind is None or not in_cell:
                paragraph.kind, paragraph.level = style.kind, style.level

    def _field(self, paragraph: Paragraph, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].start = paragraph.length
        elif kind == "end" and self._fields:
            self._close_field(paragraph)

    def _close_field(self, paragraph: Paragraph) -> None:
        """Protect what a field shows: the text of a link, or what the program puts there."""
        closed = self._fields.pop()
        if not 0 <= closed.start < paragraph.length:
            return
        code = "".join(closed.code)
        if address := _ADDRESS.match(code):
            paragraph.protect(ProtectedKind.LINK, closed.start, address[1])
        elif words := code.split():
            paragraph.protect(ProtectedKind.PLACEHOLDER, closed.start, f"{{{words[0]}}}")
