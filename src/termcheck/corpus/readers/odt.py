"""ODT, OpenDocument text (ISO/IEC 26300): paragraphs, headings, lists, tables, text boxes, notes.

Changes that are tracked are taken as accepted. Left out are headers and footers, comments, tables of contents and other
indexes, formulas and alternative texts. A file that holds macros is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import BrokenFileError
from termcheck.corpus.readers.office import CODE_STYLE, LINE_BREAK, OfficeReader, Paragraph
from termcheck.corpus.readers.xml_events import local_attributes
from termcheck.model import ProtectedKind, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from termcheck.corpus.readers.archive import Archive
    from termcheck.corpus.readers.xml_events import XmlEvent

_MACROS = ("Basic/", "Scripts/")
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "note-citation", "ruby-text", "title", "desc", "forms", "event-listeners"}
    | {"table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index"}
    | {"bibliography", "hidden-text", "math", "sequence-decls", "variable-decls", "user-field-decls"}
)
# What a program puts into the text.
_FIELDS = frozenset(
    {"page-number", "page-count", "date", "time", "file-name", "chapter", "sequence", "sequence-ref", "bookmark-ref"}
    | {"reference-ref", "note-ref", "variable-get", "user-field-get", "creator", "author-name", "creation-date"}
)
_FIXED_FONT = re.compile(r"\bmono(?:space)?\b|courier|consolas|menlo|monaco|fixed|sans mono", re.IGNORECASE)
_QUOTES = frozenset({"quotations", "quotation", "quote"})
_MOST_SPACES = 100


class OdtReader(OfficeReader):
    """Reads ``.odt``."""

    name: ClassVar[str] = "odt"
    suffixes: ClassVar[tuple[str, ...]] = (".odt",)

    def paragraphs(self, archive: Archive) -> Iterable[Paragraph]:
        if any(event.name == "encryption-data" for event in archive.xml("META-INF/manifest.xml")):
            raise BrokenFileError("it is protected with a password")
        if any(name.startswith(_MACROS) and not name.endswith("/") for name in archive.names):
            raise BrokenFileError("it holds macros")
        events = archive.xml("content.xml")
        if not any(event.name == "text" and event.kind == "start" for event in events):
            raise BrokenFileError("it holds no text document")
        return _Story(_parents(events), _in_fixed_fonts(events)).read(events)


def _in_fixed_fonts(events: Sequence[XmlEvent]) -> frozenset[str]:
    """The automatic styles that set a font of fixed width, which is what code looks like where no style says so.

    None where half of the paragraphs or more have one: there it is the look of the text.
    """
    fonts: set[str] = set()
    styles: set[str] = set()
    paragraphs: list[str] = []
    style = ""
    for event in events:
        if event.kind != "start":
            continue
        found = local_attributes(event)
        if event.name == "font-face" and (found.get("font-pitch") == "fixed" or _is_fixed(found)):
            fonts.add(found.get("name", ""))
        elif event.name == "style":
            style = found.get("name", "")
        elif event.name == "text-properties" and (found.get("font-name") in fonts or _is_fixed(found)):
            styles.add(style)
        elif event.name in ("p", "h"):
            paragraphs.append(found.get("style-name", ""))
    fixed = sum(name in styles for name in paragraphs)
    return frozenset(styles if fixed * 2 < len(paragraphs) else ())


def _is_fixed(font: Mapping[str, str]) -> bool:
    return _FIXED_FONT.search(font.get("font-family", "")) is not None


def _parents(events: Sequence[XmlEvent]) -> dict[str, str]:
    """The style that each automatic style was made from."""
    found = (local_attributes(event) for event in events if event.name == "style" and event.kind == "start")
    return {each.get("name", ""): each.get("parent-style-name", "") for each in found}


class _Story:
    """One pass over the content."""

    def __init__(self, parents: dict[str, str], fixed: Collection[str]) -> None:
        self._parents = parents
        self._fixed = fixed
        self._open: list[Paragraph] = []
        self._done: list[Paragraph] = []
        self._around: list[str] = []
        self._marks: list[tuple[str, int, ProtectedKind | None, str]] = []

    def read(self, events: Sequence[XmlEvent]) -> Iterator[Paragraph]:
        skipped = 0
        for event in events:
            if skipped:
                skipped += {"start": 1, "end": -1}.get(event.kind, 0)
            elif event.kind == "start":
                if event.name in _SKIPPED:
                    skipped = 1
                else:
                    self._start(event)
            elif event.kind == "end":
                self._end(event.name)
            elif self._open and self._around[-1:] == ["p"]:
                # Line breaks of the file are white space.
                self._open[-1].add(event.text)
            yield from self._done
            self._done.clear()

    def _start(self, event: XmlEvent) -> None:
        name, found = event.name, local_attributes(event)
        if name in ("p", "h"):
            self._open.append(self._paragraph(name, found.get("style-name", ""), found.get("outline-level", "")))
            self._around.append("p")
        elif name in ("list", "table-cell", "text-box", "note-body", "frame", "note"):
            self._around.append(name)
        elif self._open:
            self._within(name, found)

    def _within(self, name: str, found: dict[str, str]) -> None:
        paragraph = self._open[-1]
        if name == "s":
            count = found.get("c", "1")
            paragraph.add(" " * min(int(count) if count.isdecimal() and len(count) < 4 else 1, _MOST_SPACES))
        elif name == "tab":
            paragraph.add("\t")
        elif name == "line-break":
            paragraph.add(LINE_BREAK)
        elif name == "a":
            self._marks.append((name, paragraph.length, ProtectedKind.LINK, found.get("href", "")))
        elif name in _FIELDS:
            self._marks.append((name, paragraph.length, ProtectedKind.PLACEHOLDER, f"{{{name}}}"))
        elif name == "span":
            is_code = self._is_code(found.get("style-name", ""))
            self._marks.append((name, paragraph.length, ProtectedKind.CODE if is_code else None, ""))

    def _end(self, name: str) -> None:
        around = "p" if name == "h" else name
        if around in ("p", "list", "table-cell", "text-box", "note-body", "frame", "note") and around in self._around:
            while self._around.pop() != around:
                pass
        if not self._open:
            return
        paragraph = self._open[-1]
        if around == "p":
            self._open.pop()
            (self._open[-1].inner if self._open else self._done).append(paragraph)
        elif name == "note":
            paragraph.protect(ProtectedKind.PLACEHOLDER, paragraph.length, "[note]")
        elif self._marks and self._marks[-1][0] == name:
            _, start, kind, value = self._marks.pop()
            if kind is not None:
                paragraph.protect(kind, min(start, paragraph.length), value)

    def _paragraph(self, name: str, style: str, level: str) -> Paragraph:
        base = self._base(style)
        nearest = next((each for each in reversed(self._around) if each not in ("p", "frame", "note")), "")
        if self._is_code(style):
            return Paragraph(None)
        if name == "h":
            return Paragraph(SegmentKind.HEADING, max(1, min(int(level) if level.isdecimal() else 1, 6)))
        if nearest == "table-cell":
            return Paragraph(SegmentKind.TABLE_CELL)
        if nearest == "list":
            return Paragraph(SegmentKind.LIST_ITEM, self._around.count("list"))
        if base == "title":
            return Paragraph(SegmentKind.TITLE)
        return Paragraph(SegmentKind.QUOTE if base in _QUOTES else SegmentKind.PARAGRAPH)

    def _is_code(self, style: str) -> bool:
        return style in self._fixed or CODE_STYLE.search(self._base(style)) is not None

    def _base(self, style: str) -> str:
        """The name of the style that people see, in lower case."""
        name = self._parents.get(style) or style
        return name.replace("_20_", " ").lower()
