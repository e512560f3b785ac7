"""YAML read into plain data together with the line and column of every key and value.

The text is read event by event, never through a loader that builds objects: nothing in a file can run code, nest
without end or grow through aliases. Unquoted scalars follow the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/,
chapter 10.3), so ``no``, ``on`` and dates stay text, and keys are text always: ``no:`` is Norwegian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from termcheck.model import Position
from termcheck.positioned import (
    DataPath,
    Mistake,
    MistakesError,
    Positioned,
    decode_utf8,
    position_in,
    quoted,
)

MAX_DEPTH = 40
"""How deep lists and mappings may be nested."""

MAX_VALUES = 500_000
"""How many values a file may hold, those repeated by aliases counted each time."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The reader that is written in C, where there is one."""

_NULL = re.compile(r"(?:~|null|Null|NULL)?")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,40}|[0-9]{1,40}(?:\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,3})?")
# YAML 1.2 production c-printable, without the byte order mark inside a file.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_STRING_TAG = "tag:yaml.org,2002:str"

_PLAIN_WORDS = {
    "found character that cannot start any token": "this character cannot start a value here",
    "mapping values are not allowed in this context": "a ':' is not allowed here",
    "found unexpected end of stream": "the closing quote is missing",
    "did not find expected key": "a key followed by ':' is expected here",
    "did not find expected '-' indicator": "a list item starting with '-' is expected here",
    "did not find expected ',' or ']'": "a ',' or ']' is missing",
    "did not find expected ',' or '}'": "a ',' or '}' is missing",
    "could not find expected ':'": "a ':' is missing after the key",
}
_HINTS = {
    "found character that cannot start any token": "put the text in quotes",
    "mapping values are not allowed in this context": "put a text with ': ' in quotes, or check the indentation",
    "found unexpected end of stream": "close the quote",
    "did not find expected key": "check the indentation and the quotes",
    "did not find expected '-' indicator": "check the indentation",
    "could not find expected ':'": "check the indentation",
}


def parse_yaml(raw: bytes | str) -> Positioned:
    """Read one YAML document; an empty one is None.

    Raises ``MistakesError`` for anything that is not UTF-8 or not YAML, and for what is refused here: duplicate keys,
    keys that are not plain text, tags other than ``!!str``, several documents, and nesting or aliases beyond the
    limits above. Values repeated by an alias have the place of the alias.
    """
    text = raw if isinstance(raw, str) else decode_utf8(raw)
    bad = _UNPRINTABLE.search(text)
    if bad:
        message = f"the control character U+{ord(bad.group()):04X} is not allowed"
        raise MistakesError((Mistake(position_in(text, bad.start()), message, "remove it"),))
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise MistakesError((*builder.mistakes, _syntax_mistake(error, text))) from error
    if builder.mistakes:
        raise MistakesError(tuple(builder.mistakes))
    return Positioned(builder.root, builder.values, builder.keys)


def _syntax_mistake(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    mark = error.problem_mark or error.context_mark
    position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
    problem = error.problem or "not valid YAML"
    message = _PLAIN_WORDS.get(problem, problem)
    hint = _HINTS.get(problem, "")
    if mark and text[mark.index : mark.index + 1] == "\t":
        message, hint = "a tab cannot be used for indentation", "use spaces"
    elif problem == "found unexpected end of stream" and error.context_mark:
        # Where the quote was opened says more than the end of the file.
        position = Position(error.context_mark.line + 1, error.context_mark.column + 1)
    return Mistake(position, message, hint)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read; ``key`` is the pending key of a mapping, ``skip`` drops a duplicate."""

    data: list[Any] | dict[str, Any]
    path: DataPath
    anchor: str | None
    first_value: int
    key: str | None = None
    skip: bool = False


@dataclass(slots=True)
class _Builder:
    """Builds data and places from events, with a stack of its own in place of recursion."""

    root: Any = None
    values: dict[DataPath, Position] = field(default_factory=lambda: {(): Position(1, 1)})
    keys: dict[DataPath, Position] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)
    _anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    _documents: int = 0
    _count: int = 0

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse(position, "a second YAML document starts here", "keep everything in one document")
            case yaml.ScalarEvent():
                self._scalar(event, position)
            case yaml.AliasEvent():
                self._alias(event, position)
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._open(event, position)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                closed = self._stack.pop()
                if closed.anchor is not None:
                    self._anchors[closed.anchor] = (closed.data, self._count - closed.first_value + 1)

    def _scalar(self, event: yaml.ScalarEvent, position: Position) -> None:
        self._check_tag(event.tag, position)
        if self._expects_key():
            self._set_key(event.value, position)
            return
        plain = event.implicit[0] and event.tag is None
        value = _resolve(event.value) if plain else event.value
        self._add(value, position)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1)

    def _open(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent, position: Position) -> None:
        self._check_tag(event.tag, position)
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(position, f"lists and mappings are nested more than {MAX_DEPTH} deep")
        if self._expects_key():
            self._refuse(position, "a key must be text, not a list or mapping")
        data: list[Any] | dict[str, Any] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        path = self._add(data, position)
        self._stack.append(_Open(data, path, event.anchor, self._count))

    def _alias(self, event: yaml.AliasEvent, position: Position) -> None:
        name = event.anchor or ""
        if name not in self._anchors:
            self._refuse(position, f"the alias {quoted('*' + name)} names no anchor before it")
        if self._expects_key():
            self._refuse(position, "a key must be text, not an alias")
        value, size = self._anchors[name]
        self._add(value, position, size)

    def _expects_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].data, dict) and self._stack[-1].key is None

    def _set_key(self, key: str, position: Position) -> None:
        top = self._stack[-1]
        path = (*top.path, key)
        top.key = key
        top.skip = path in self.keys
        if top.skip:
            first = self.keys[path]
            what = f"the key {quoted(key)} is given twice"
            self.mistakes.append(Mistake(position, what, f"line {first.line} has it already"))
        else:
            self.keys[path] = position

    def _add(self, value: Any, position: Position, size: int = 1) -> DataPath:
        self._count += size
        if self._count > MAX_VALUES:
            self._refuse(position, f"there are more than {MAX_VALUES} values (repeated aliases counted)")
        path: DataPath
        if not self._stack:
            self.root, path = value, ()
        else:
            top = self._stack[-1]
            if isinstance(top.data, list):
                path = (*top.path, len(top.data))
                top.data.append(value)
            else:
                # The key is set: a mapping's events come as key, value, key, value.
                key = top.key or ""
                path = (*top.path, key)
                top.key = None
                if top.skip:
                    # A path of its own, so that what stands under the key is not taken for duplicates too.
                    return (*path, len(self.mistakes))
                top.data[key] = value
        self.values[path] = position
        return path

    def _check_tag(self, tag: str | None, position: Position) -> None:
        if tag not in (None, "!", _STRING_TAG):
            self._refuse(position, f"the tag {quoted(tag)} is not supported", "write the value without a tag")

    def _refuse(self, position: Position, message: str, hint: str = "") -> None:
        raise MistakesError((*self.mistakes, Mistake(position, message, hint)))


def _resolve(text: str) -> Any:
    """The value of an unquoted scalar."""
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text in ("true", "True", "TRUE")
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
