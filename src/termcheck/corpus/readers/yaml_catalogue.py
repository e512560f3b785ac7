"""YAML catalogues of messages: nested keys, with or without the language as their root (Rails)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import yaml

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader
from termcheck.corpus.readers.editable import Editable, same
from termcheck.corpus.readers.keys import plural_key
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.yaml_scalars import yaml_editable, yaml_text
from termcheck.languages import is_language_tag
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.segmentation import Draft

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 64
_MERGE = "<<"
_COMMENT = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*+(#[^\r\n]*)")
_NO_TEXT = re.compile(r"true|false|null|~|[-+.\d][\d_.:eE+-]*", re.IGNORECASE)


class _Scalar(NamedTuple):
    path: tuple[str, ...]
    value: str
    style: str
    start: int
    end: int


class YamlReader(Reader):
    """Reads ``.yml`` and ``.yaml``: every text under keys, lists counted from 0."""

    name: ClassVar[str] = "yaml"
    suffixes: ClassVar[tuple[str, ...]] = (".yml", ".yaml")
    kind: ClassVar[FileKind] = FileKind.DATA

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        scalars = _without_root(list(_scalars(text)))
        leaves = {scalar.path for scalar in scalars}
        for scalar in scalars:
            if scalar.style or not _NO_TEXT.fullmatch(scalar.value):
                span = Span(scalar.start, scalar.end)
                message = yaml_text(text, span, scalar.style, scalar.value)
                edit = yaml_editable(text, span, scalar.style, message)
                # A block is edited with its lines, a branch within it as the text that it is.
                branch = Editable(message, same) if scalar.style in ("|", ">") else None
                yield from message_drafts(message, plural_key(scalar.path, leaves), edit=edit, branch_edit=branch)

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        """Comments on lines of their own."""
        for match in _COMMENT.finditer(text):
            yield Span(*match.span(1)), match[1][1:]


def _without_root(scalars: list[_Scalar]) -> list[_Scalar]:
    """Without the language that all keys stand under, if there is one."""
    roots = {scalar.path[0] for scalar in scalars}
    if len(roots) == 1 and is_language_tag(next(iter(roots))) and all(len(scalar.path) > 1 for scalar in scalars):
        return [scalar._replace(path=scalar.path[1:]) for scalar in scalars]
    return scalars


@dataclass(slots=True)
class _Open:
    """A mapping or list being read; ``key`` is None where a mapping's next key is expected."""

    is_list: bool
    key: str | None = None
    count: int = 0

    def step(self) -> str:
        """Take a value; returns its key."""
        if self.is_list:
            self.count += 1
            return str(self.count - 1)
        key, self.key = self.key or "", None
        return key


def _scalars(text: str) -> Iterator[_Scalar]:
    """All texts of the file, in order; an alias stands for nothing. Raises `BrokenFileError`."""
    scanner = _Scanner()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            scalar = scanner.take(event)
            if scalar is not None:
                yield scalar
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BrokenFileError(f"it is no YAML: {error.problem}", mark.index if mark else 0) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", 0)
        reason = getattr(error, "reason", "it cannot be parsed")
        raise BrokenFileError(f"it is no YAML: {reason}", position if isinstance(position, int) else 0) from None


class _Scanner:
    """Follows the events of the parser with a stack of its own, so that nesting costs no recursion."""

    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._path: list[str] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> _Scalar | None:
        start, end = (mark.index if mark else 0 for mark in (event.start_mark, event.end_mark))
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise BrokenFileError("it holds several documents", start)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(isinstance(event, yaml.SequenceStartEvent), start)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._stack.pop()
            if self._path:
                self._path.pop()
        elif isinstance(event, yaml.ScalarEvent):
            key = self._step(event.value, start)
            if key is not None and key != _MERGE and event.value:
                return _Scalar((*self._path, key), event.value, event.style or "", start, end)
        elif isinstance(event, yaml.AliasEvent):
            self._step("", start)
        return None

    def _open(self, is_list: bool, start: int) -> None:
        if len(self._stack) >= _MAX_DEPTH:
            raise BrokenFileError(f"it is nested more than {_MAX_DEPTH} levels deep", start)
        if self._stack:
            self._path.append(self._stack[-1].step())
        elif is_list:
            raise BrokenFileError("it is no catalogue: the file is a list", start)
        self._stack.append(_Open(is_list))

    def _step(self, value: str, start: int) -> str | None:
        """Take a scalar; returns its key, None for one that is a key itself."""
        if not self._stack:
            raise BrokenFileError("it is no catalogue: the file holds no keys", start)
        innermost = self._stack[-1]
        if not innermost.is_list and innermost.key is None:
            innermost.key = value
            return None
        return innermost.step()
