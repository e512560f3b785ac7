"""JSON catalogues of messages (RFC 8259): nested keys, i18next, ARB, Docusaurus and browser extensions."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader
from termcheck.corpus.readers.editable import Editable, json_escaped
from termcheck.corpus.readers.escapes import HEXADECIMAL, add_escaped, hexadecimal
from termcheck.corpus.readers.keys import plural_key
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.source_map import MappedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.segmentation import Draft

_TOKEN = re.compile(r'"(?P<string>[^"\\]*(?:\\.[^"\\]*)*)"|[\[\]{}:,]')
_ESCAPE = re.compile(rf"{HEXADECIMAL}|\\.|\r\n?")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_MAX_DEPTH = 64


class JsonValue(NamedTuple):
    """A text in a file: the keys that lead to it and the place between its quotes."""

    path: tuple[str, ...]
    start: int
    end: int


class JsonReader(Reader):
    """Reads ``.json``: every text that stands under keys, lists counted from 0."""

    name: ClassVar[str] = "json"
    suffixes: ClassVar[tuple[str, ...]] = (".json",)
    kind: ClassVar[FileKind] = FileKind.DATA

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        values = list(json_values(text))
        described = _described(values)
        leaves = {value.path for value in values}
        for value in values:
            path = value.path
            if path[:-1] in described and len(path) > 1:
                if path[-1] != "message":
                    continue
                path = path[:-1]
            if _is_note(path):
                continue
            message = MappedText(text)
            add_escaped(message, value.start, value.end, _ESCAPE, _unescaped)
            yield from message_drafts(message, plural_key(path, leaves), edit=Editable(message, json_escaped))


class ArbReader(JsonReader):
    """Reads ``.arb``, Flutter's JSON: entries that start with ``@`` describe others and are left out."""

    name: ClassVar[str] = "arb"
    suffixes: ClassVar[tuple[str, ...]] = (".arb",)
    kind: ClassVar[FileKind] = FileKind.CATALOGUE


def json_values(text: str) -> Iterator[JsonValue]:
    """All texts of a JSON file, in order. Raises `BrokenFileError`."""
    try:
        root = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise BrokenFileError(f"it is no JSON: {error.msg}", error.pos) from None
    except (RecursionError, ValueError):
        raise BrokenFileError("it is no JSON that can be read: nested too deeply, or a number too long") from None
    if not isinstance(root, dict):
        raise BrokenFileError("it is no catalogue: the file is not one object with keys")
    # Known to be well-formed, so the tokens need no checking.
    keys: list[str | int] = []
    pending: list[bool] = []
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in ("{", "["):
            if len(keys) >= _MAX_DEPTH:
                raise BrokenFileError(f"it is nested more than {_MAX_DEPTH} levels deep", token.start())
            keys.append("" if mark == "{" else 0)
            pending.append(mark == "{")
        elif mark in ("}", "]"):
            keys.pop()
            pending.pop()
        elif mark == ",":
            last = keys[-1]
            pending[-1] = isinstance(last, str)
            if isinstance(last, int):
                keys[-1] = last + 1
        elif mark == ":":
            pending[-1] = False
        elif pending[-1]:
            keys[-1] = _plain(token["string"])
        else:
            yield JsonValue(tuple(map(str, keys)), *token.span("string"))


def _plain(string: str) -> str:
    return _ESCAPE.sub(lambda match: _unescaped(match[0]), string)


def _unescaped(escape: str) -> str:
    if escape[0] == "\r":
        return "\n"
    if len(escape) > 2:
        return hexadecimal(escape)
    return _NAMED.get(escape[1], "\ufffd" if escape[1] == "u" else escape[1])


def _described(values: Iterable[JsonValue]) -> set[tuple[str, ...]]:
    """The entries that hold a message beside notes on it: ``{"message": ..., "description": ...}``."""
    fields: dict[tuple[str, ...], set[str]] = {}
    for value in values:
        fields.setdefault(value.path[:-1], set()).add(value.path[-1])
    described = {path for path, names in fields.items() if "message" in names and names <= {"message", "description"}}
    return described if all(path for path in described) else set()


def _is_note(path: tuple[str, ...]) -> bool:
    return any(part.startswith("@") for part in path)
