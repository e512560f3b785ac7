"""The formats that can be read, by file name ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.corpus.readers.android import AndroidReader
from termcheck.corpus.readers.apple import StringsdictReader, StringsReader
from termcheck.corpus.readers.csv_catalogue import CsvReader
from termcheck.corpus.readers.docx import DocxReader
from termcheck.corpus.readers.fluent import FluentReader
from termcheck.corpus.readers.html import HtmlReader
from termcheck.corpus.readers.json_catalogue import ArbReader, JsonReader
from termcheck.corpus.readers.markdown import MarkdownReader, MdxReader
from termcheck.corpus.readers.odt import OdtReader
from termcheck.corpus.readers.po import PoReader
from termcheck.corpus.readers.properties import PropertiesReader
from termcheck.corpus.readers.rst import RstReader
from termcheck.corpus.readers.subtitles import SrtReader, VttReader
from termcheck.corpus.readers.text import TextReader
from termcheck.corpus.readers.tmx import TmxReader
from termcheck.corpus.readers.toml_catalogue import TomlReader
from termcheck.corpus.readers.xliff import XliffReader
from termcheck.corpus.readers.yaml_catalogue import YamlReader

if TYPE_CHECKING:
    from termcheck.corpus.readers.base import FileKind, Reader

READERS: tuple[Reader, ...] = (
    MarkdownReader(),
    MdxReader(),
    HtmlReader(),
    RstReader(),
    DocxReader(),
    OdtReader(),
    TextReader(),
    SrtReader(),
    VttReader(),
    PoReader(),
    JsonReader(),
    ArbReader(),
    YamlReader(),
    PropertiesReader(),
    TomlReader(),
    FluentReader(),
    StringsReader(),
    StringsdictReader(),
    AndroidReader(),
    XliffReader(),
    TmxReader(),
    CsvReader(),
)

_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}
_BY_NAME = {reader.name: reader for reader in READERS}


def suffix_of(name: str) -> str | None:
    """The ending of a file name that a reader knows, as it is written there, or None."""
    dot = name.rfind(".")
    if dot > 0 and name[dot:].lower() in _BY_SUFFIX:
        return name[dot:]
    return None


def reader_for(name: str) -> Reader | None:
    """The reader for a file of that name, or None if no reader knows its ending."""
    suffix = suffix_of(name)
    return None if suffix is None else _BY_SUFFIX[suffix.lower()]


def kind_of(path: str) -> FileKind | None:
    """What the file of that path is, by its name's ending; None if no reader knows it."""
    reader = reader_for(path.rpartition("/")[2])
    return None if reader is None else reader.kind


def reader_of(document_format: str) -> Reader:
    """The reader that produced a `Document.format`; raises `KeyError` for a format of no reader."""
    return _BY_NAME[document_format.partition(" ")[0]]
