"""Java ``.properties`` files (java.util.Properties)."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import FileKind, Reader
from termcheck.corpus.readers.editable import Editable, Requoting
from termcheck.corpus.readers.escapes import HEXADECIMAL, add_escaped, hexadecimal
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.source_map import MappedText
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.corpus.segmentation import Draft

_ENTRY = re.compile(
    r"""
    [ \t\f\r\n]*+ (?:
        (?P<comment> [#!] [^\r\n]*+ )
      | (?P<key> (?: [^\\\s=:] | \\(?:\r\n|[\s\S]) )*+ )
        [ \t\f]*+ (?:[=:] [ \t\f]*+ )?+
        (?P<value> (?: [^\\\r\n] | \\(?:\r\n|[\s\S]) )*+ )
    )
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(rf"{HEXADECIMAL}|\\(?:\r\n|\r|\n)[ \t\f]*|\\[\s\S]|''")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_ARGUMENT = re.compile(r"\{\d{1,2}(?:,[^{}]{1,80})?\}")


class PropertiesReader(Reader):
    """Reads ``.properties`` in UTF-8, Unicode escapes included."""

    name: ClassVar[str] = "properties"
    suffixes: ClassVar[tuple[str, ...]] = (".properties",)
    kind: ClassVar[FileKind] = FileKind.CATALOGUE

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        for entry in _ENTRY.finditer(text):
            if not entry["key"]:
                continue
            start, end = entry.span("value")
            value = text[start:end]
            message = MappedText(text)
            # java.text.MessageFormat, used where there are arguments, writes an apostrophe as two.
            unescape = _unescaped_in_format if _ARGUMENT.search(value) else _unescaped
            add_escaped(message, start, end, _ESCAPE, unescape)
            key = _ESCAPE.sub(lambda match: _unescaped(match[0]), entry["key"])
            edit = _editable(message, Span(start, end), in_format=unescape is _unescaped_in_format)
            yield from message_drafts(message, key, edit=edit)

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        for entry in _ENTRY.finditer(text):
            if entry["comment"]:
                yield Span(*entry.span("comment")), entry["comment"][1:]


def _editable(message: MappedText, span: Span, *, in_format: bool) -> Editable:
    def fits(new: str) -> bool:
        return new[0] not in " \t" and bool(_ARGUMENT.search(new)) is in_format

    return Editable(message, partial(_escaped, in_format=in_format), Requoting(span, _written), fits)


def _escaped(text: str, in_format: bool) -> str:
    text = text.replace("\\", "\\\\").replace("\t", r"\t").replace("\r", r"\r").replace("\f", r"\f")
    return (text.replace("'", "''") if in_format else text).replace("\n", r"\n")


def _written(text: str) -> str:
    """The whole value."""
    escaped = _escaped(text, in_format=bool(_ARGUMENT.search(text)))
    # White space in front would belong to the separator.
    return f"\\{escaped}" if escaped.startswith(" ") else escaped


def _unescaped(escape: str) -> str:
    if escape == "''":
        return escape
    if len(escape) > 2 and escape[1] == "u":
        return hexadecimal(escape)
    if escape[1] in "\r\n":
        return ""
    return _NAMED.get(escape[1], escape[1])


def _unescaped_in_format(escape: str) -> str:
    return "'" if escape == "''" else _unescaped(escape)
