"""TOML catalogues of messages: nested keys, as in Hugo and go-i18n."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader
from termcheck.corpus.readers.editable import Editable, Requoting, json_escaped, line_break
from termcheck.corpus.readers.escapes import add_escaped, visible
from termcheck.corpus.readers.keys import PLURAL_CATEGORIES, join_key
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.source_map import MappedText
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.segmentation import Draft

_PART = r'(?:[A-Za-z0-9_-]++|"[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+"|\'[^\'\r\n]*+\')'
_KEY = rf"{_PART}(?:[ \t]*+\.[ \t]*+{_PART})*+"
_STATEMENT = re.compile(
    rf"[ \t]*+(?:(?P<comment>\#[^\r\n]*+)|\[(?P<list>\[)?[ \t]*+(?P<table>{_KEY})[ \t]*+\]{{1,2}}"
    rf"|(?P<key>{_KEY})[ \t]*+=[ \t]*+)?"
)
_VALUE = re.compile(
    r'"""(?:\r\n|\n)?(?P<long>(?:[^"\\]|\\[\s\S]|"{1,2}(?!"))*+"{0,2})"""'
    r"|'''(?:\r\n|\n)?(?P<raw>(?:[^']|'{1,2}(?!'))*+'{0,2})'''"
    r'|"(?P<short>[^"\\\r\n]*+(?:\\.[^"\\\r\n]*+)*+)"'
    r"|'(?P<plain>[^'\r\n]*+)'"
)
_PARTS = re.compile(_PART)
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[ \t]*+(?:\r\n|\n)[ \t\r\n]*+|\\.|\r\n")
_CARRIAGE_RETURN = re.compile(r"\r\n")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_MAX_DEPTH = 64
# The parser takes quadratic time for a key of many parts.
_DEEP = re.compile(rf"(?:^[ \t\[]*+|[{{,][ \t]*+){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_MAX_DEPTH}}}", re.MULTILINE)
_LINE_END = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
_NOTES = frozenset({"description", "hash", "comment"})


class TomlText(NamedTuple):
    """A text in a file: the keys that lead to it, the place between its quotes and with them, and what quotes."""

    path: tuple[str, ...]
    start: int
    end: int
    whole: Span
    kind: str

    def mapped(self, source: str) -> tuple[MappedText, Editable]:
        """What the text says, and how it is changed."""
        message = MappedText(source)
        if self.kind in ("long", "short"):
            add_escaped(message, self.start, self.end, _ESCAPE, _unescaped)
        else:
            add_escaped(message, self.start, self.end, _CARRIAGE_RETURN, _unescaped)
        requoting = Requoting(self.whole, lambda new: f'"{json_escaped(new)}"')
        if self.kind == "short":
            return message, Editable(message, json_escaped, requoting)
        newline = line_break(source)
        if self.kind == "long":
            return message, Editable(message, lambda new: json_escaped(new).replace(r"\n", newline), requoting)
        return message, Editable(message, lambda new: new.replace("\n", newline), requoting)


class TomlReader(Reader):
    """Reads ``.toml``: texts that stand right behind a key; those in lists and inline tables are left out."""

    name: ClassVar[str] = "toml"
    suffixes: ClassVar[tuple[str, ...]] = (".toml",)
    kind: ClassVar[FileKind] = FileKind.DATA

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        data = _loaded(text)
        values = [value for value in toml_texts(text) if isinstance(_at(data, value.path), str)]
        leaves = {value.path for value in values}
        for value in values:
            *parents, last = value.path
            plural = bool(parents) and (*parents, "other") in leaves
            if plural and last in _NOTES:
                continue
            message, edit = value.mapped(text)
            is_form = plural and last in PLURAL_CATEGORIES
            key = f"{join_key(parents)}[{last}]" if is_form else join_key(value.path)
            yield from message_drafts(message, key, edit=edit)

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        """Comments on lines of their own."""
        for statement in _statements(text):
            if statement["comment"]:
                yield Span(*statement.span("comment")), statement["comment"][1:]


def _loaded(text: str) -> dict[str, Any]:
    deep = _DEEP.search(text)
    if deep:
        raise BrokenFileError(f"a key has more than {_MAX_DEPTH} parts", deep.start())
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        offset = _offset(text, int(place[1]), int(place[2])) if place else len(text)
        raise BrokenFileError(f"it is no TOML: {str(error).partition(' (at ')[0]}", offset) from None
    except RecursionError:
        raise BrokenFileError("it is nested too deeply") from None


def _offset(text: str, line: int, column: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1


def _statements(text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
    """The beginning of every statement of a file that is well-formed."""
    position = start
    while position < (len(text) if stop is None else stop):
        statement = _STATEMENT.match(text, position)
        if statement is None:
            return
        yield statement
        position = statement.end()
        if statement["key"]:
            value = _VALUE.match(text, position)
            position = value.end() if value else _behind_value(text, position)
        rest = _LINE_END.match(text, position)
        position = rest.end() if rest else len(text)


def toml_texts(text: str, start: int = 0, stop: int | None = None) -> Iterator[TomlText]:
    """The texts that stand right behind a key between two places of a file, well-formed there, in order."""
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    for statement in _statements(text, start, stop):
        if statement["table"]:
            table = _path(statement["table"])
            if statement["list"]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
        elif statement["key"] and (value := _VALUE.match(text, statement.end())):
            kind = value.lastgroup or ""
            start, end = value.span(kind)
            yield TomlText((*table, *_path(statement["key"])), start, end, Span(*value.span()), kind)


def _behind_value(text: str, position: int) -> int:
    """Behind a list or an inline table, which may span lines; a plain value ends with its line."""
    depth = 0
    token = re.compile(rf"{_VALUE.pattern}|\#[^\r\n]*+|[\[\]{{}}]|[\r\n]|[^\[\]{{}}\r\n\"'\#]++")
    for match in token.finditer(text, position):
        if match[0] in ("[", "{"):
            depth += 1
        elif match[0] in ("]", "}"):
            depth -= 1
        if depth == 0 and match[0] in ("]", "}", "\n", "\r"):
            return match.end() if match[0] in ("]", "}") else match.start()
    return len(text)


def _path(key: str) -> tuple[str, ...]:
    parts = []
    for part in _PARTS.findall(key):
        if part[0] == '"':
            part = _ESCAPE.sub(lambda match: _unescaped(match[0]), part[1:-1])
        elif part[0] == "'":
            part = part[1:-1]
        parts.append(part)
    return tuple(parts)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


def _unescaped(escape: str) -> str:
    if escape[0] == "\r":
        return "\n"
    if escape[1] in "uU" and len(escape) > 2:
        return visible(int(escape[2:], 16))
    if escape[1] in " \t\r\n":
        return ""
    return _NAMED.get(escape[1], escape[1])
