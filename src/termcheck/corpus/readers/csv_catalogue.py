"""Tables of messages with a column for every language (RFC 4180), separated by commas, semicolons or tabs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader, ReadOptions
from termcheck.corpus.readers.editable import Editable, Requoting, same
from termcheck.corpus.readers.escapes import add_escaped
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.source_map import MappedText
from termcheck.languages import is_language_tag, normalise
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.segmentation import Draft

_HEADER = re.compile(r"[^\r\n]{0,10000}")
_QUOTE = re.compile(r'""|\r\n?')
# Columns that may stand among the languages.
_NOTES = frozenset({"comment", "comments", "context", "description", "note", "notes", "type", "max length", "status"})


class _Field(NamedTuple):
    """One field of a row: its place, inside the quotes where it has some."""

    start: int
    end: int
    quoted: bool


class CsvReader(Reader):
    """Reads ``.csv`` and ``.tsv``: the format is ``csv`` with the language, as in ``csv (pl)``."""

    name: ClassVar[str] = "csv"
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv")
    kind: ClassVar[FileKind] = FileKind.MULTILINGUAL
    utf16: ClassVar[bool] = True

    def format(self, text: str, options: ReadOptions) -> str:  # noqa: ARG002
        return f"{self.name} ({options.lang})"

    def languages(self, text: str) -> tuple[str, ...]:
        """The languages of the header, if its first column is a key and all others are languages or notes on them."""
        header = _HEADER.match(text)
        names = [_plain(name) for name in header[0].split(_separator(text))] if header else []
        found = tuple(name for name in names[1:] if is_language_tag(name))
        others = {name.lower() for name in names[1:]} - {name.lower() for name in found}
        return found if len(set(found)) == len(found) > 1 and others <= _NOTES else ()

    def sides(self, text: str) -> tuple[str, ...]:
        return tuple(f"{self.name} ({normalise(tag)})" for tag in self.languages(text))

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        lang = format.partition("(")[2].rstrip(")")
        rows = _rows(text, _separator(text))
        header = [_plain(text[field.start : field.end]) for field in next(rows, [])]
        columns = [index for index, name in enumerate(header) if index and _is_in(name, lang)]
        if len(columns) != 1:
            raise BrokenFileError(f'its header has no column "{lang}", or several')
        counts: Counter[str] = Counter()
        for row in rows:
            key = text[row[0].start : row[0].end].replace('""', '"')
            counts[key] += 1
            if len(row) <= columns[0]:
                continue
            if counts[key] > 1:
                key = f"{key} ({counts[key]})"
            field = row[columns[0]]
            message = MappedText(text)
            if field.quoted:
                add_escaped(message, field.start, field.end, _QUOTE, lambda found: '"' if found == '""' else "\n")
                edit = Editable(message, _doubled)
            else:
                message.add(field.start, field.end)
                edit = Editable(message, same, Requoting(Span(field.start, field.end), _quoted))
            yield from message_drafts(message, key, edit=edit)


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _quoted(text: str) -> str:
    return f'"{_doubled(text)}"'


def _separator(text: str) -> str:
    """The first of the separators in the header."""
    header = _HEADER.match(text)
    found = re.search(r"[,;\t]", header[0]) if header else None
    return found[0] if found else ","


def _rows(text: str, separator: str) -> Iterator[list[_Field]]:
    """The rows that are not empty. Raises `BrokenFileError` for quotes that do not match."""
    token = re.compile(
        rf'(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|(?P<plain>[^"{separator}\r\n][^{separator}\r\n]*+)?+)'
        rf"(?P<end>{separator}|\r\n?|\n|\Z)"
    )
    row: list[_Field] = []
    position = 0
    while position < len(text) or row:
        field = token.match(text, position)
        if field is None:
            raise BrokenFileError("this quotation mark is not closed, or text follows behind it", position)
        is_quoted = field["quoted"] is not None
        kind = "quoted" if is_quoted else "plain"
        start, end = field.span(kind) if field[kind] is not None else (position, position)
        row.append(_Field(start, end, is_quoted))
        position = field.end()
        if field["end"] != separator:
            if any(each.start < each.end for each in row):
                yield row
            row = []
            if not field["end"]:
                return


def _plain(name: str) -> str:
    return name.strip().removeprefix('"').removesuffix('"').strip()


def _is_in(name: str, lang: str) -> bool:
    return is_language_tag(name) and normalise(name) == lang
