"""Documents of office programs: their paragraphs as lines of a text.

Such a file is an archive, and no text in it has a line or a column. In their place a paragraph is a line: line 3 is the
third paragraph that says something, and columns count its characters. Behind a unit separator, which no document can
hold, each line says what the paragraph is. The files can only be read.
"""

from __future__ import annotations

import json
import re
from abc import abstractmethod
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from termcheck.corpus.decode import Decoded, Undecodable
from termcheck.corpus.readers.archive import Archive
from termcheck.corpus.readers.base import BrokenFileError, Reader
from termcheck.corpus.segmentation import TextBuilder
from termcheck.model import ProtectedKind, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.segmentation import Draft

LINE_BREAK = "\u2028"
"""A line break within a paragraph, in place of one that would end the line."""

CODE_STYLE = re.compile(r"\b(?:code|preformatted|verbatim|source[ _]text|teletype)\b", re.IGNORECASE)
"""Names of styles that code is set in."""

_SEPARATOR = "\x1f"
_BREAKING = str.maketrans({"\n": " ", "\r": " ", "\t": "\t", _SEPARATOR: " ", "\0": " "})


@dataclass(slots=True)
class Paragraph:
    """A paragraph while it is read; `kind` and `level` are those of its segment, ``None`` as the kind leaves it out."""

    kind: SegmentKind | None = SegmentKind.PARAGRAPH
    level: int = 0
    text: str = ""
    marks: list[tuple[int, int, ProtectedKind, str]] = field(default_factory=list)
    inner: list[Paragraph] = field(default_factory=list)
    """The paragraphs of text boxes and notes that hang on it; they follow it."""
    _chunks: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def length(self) -> int:
        return self._length

    def add(self, text: str) -> None:
        text = text.translate(_BREAKING)
        self._chunks.append(text)
        self._length += len(text)

    def protect(self, kind: ProtectedKind, start: int, value: str = "") -> None:
        """Protect what was added since `length` was ``start``; as itself if there is no ``value``."""
        if value or start < self._length:
            self.marks.append((start, self._length, kind, value))

    def line(self) -> str | None:
        """The paragraph as a line; None for one that says nothing."""
        text = "".join(self._chunks)
        if self.kind is None or not text.strip():
            return None
        marks = [[start, end, kind.value, value or text[start:end]] for start, end, kind, value in self.marks]
        about = [self.kind.value, self.level, marks]
        return f"{text}{_SEPARATOR}{json.dumps(about, ensure_ascii=True)}"


class OfficeReader(Reader):
    """A reader of documents that are archives."""

    def decode(self, content: bytes, max_size: int) -> Decoded | Undecodable:
        try:
            lines = [line for each in _flat(self.paragraphs(Archive(content, max_size))) if (line := each.line())]
        except BrokenFileError as error:
            return Undecodable(error.reason)
        return Decoded("\n".join(lines), bom=False, encoding="")

    @abstractmethod
    def paragraphs(self, archive: Archive) -> Iterable[Paragraph]:
        """The paragraphs of a document in reading order. Raises `BrokenFileError`."""

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        start = 0
        for line in text.split("\n"):
            shown, _, about = line.partition(_SEPARATOR)
            kind, level, marks = json.loads(about) if about else (SegmentKind.PARAGRAPH.value, 0, [])
            builder = TextBuilder(text)
            builder.literal(start, start + len(shown))
            for first, last, protected, value in marks:
                builder.protect(ProtectedKind(protected), first, last, value)
            if not builder.only({ProtectedKind.CODE, ProtectedKind.PLACEHOLDER}):
                draft = builder.finish(SegmentKind(kind), level)
                if draft:
                    yield replace(draft, fixed="archives are not written")
            start += len(line) + 1


def _flat(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    for each in paragraphs:
        yield each
        yield from _flat(each.inner)
