"""Apple's ``.strings`` (old-style property lists of pairs) and ``.stringsdict`` (plurals in an XML property list)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader
from termcheck.corpus.readers.editable import Editable, c_escaped
from termcheck.corpus.readers.escapes import HEXADECIMAL, add_escaped, hexadecimal, visible
from termcheck.corpus.readers.keys import PLURAL_CATEGORIES
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.source_map import MappedText
from termcheck.corpus.readers.xml_events import closing, element_text, xml_escape, xml_events
from termcheck.corpus.readers.xml_reader import XmlReader
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termcheck.corpus.readers.xml_events import XmlEvent
    from termcheck.corpus.segmentation import Draft

_STRING = r'"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+"'
_TOKEN = re.compile(
    rf"""
    \s*+ (?:
        (?P<comment> /\*(?:[^*]|\*(?!/))*+\*/ | //[^\r\n]*+ )
      | (?P<key> {_STRING} | [\w.$/-]++ ) \s*+ (?: = \s*+ (?P<value> {_STRING} ) \s*+ )? ;
      | (?P<end> \Z )
    )
    """,
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*+")
_ESCAPE = re.compile(rf"{HEXADECIMAL.replace('u', '[uU]')}|\\[0-7]{{1,3}}|\\[\s\S]|\r\n?")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
_FORMAT = "NSStringLocalizedFormatKey"


class StringsReader(Reader):
    """Reads ``.strings``."""

    name: ClassVar[str] = "strings"
    suffixes: ClassVar[tuple[str, ...]] = (".strings",)
    kind: ClassVar[FileKind] = FileKind.CATALOGUE
    utf16: ClassVar[bool] = True

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        for token in _tokens(text):
            key = token["key"]
            if key is None or token["value"] is None:
                continue
            if key[0] == '"':
                key = _ESCAPE.sub(lambda match: _unescaped(match[0]), key[1:-1])
            message = MappedText(text)
            add_escaped(message, token.start("value") + 1, token.end("value") - 1, _ESCAPE, _unescaped)
            yield from message_drafts(message, key, icu=False, edit=Editable(message, c_escaped))

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        try:
            for token in _tokens(text):
                if token["comment"]:
                    body = token["comment"]
                    yield Span(*token.span("comment")), body[2:-2] if body[1] == "*" else body[2:]
        except BrokenFileError:
            return


class StringsdictReader(XmlReader):
    """Reads ``.stringsdict``: the forms of every plural."""

    name: ClassVar[str] = "stringsdict"
    suffixes: ClassVar[tuple[str, ...]] = (".stringsdict",)
    kind: ClassVar[FileKind] = FileKind.CATALOGUE

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        events = xml_events(text)
        if not events or events[0].name != "plist":
            raise BrokenFileError("it is no property list", events[0].start if events else 0)
        for path, start, end in _entries(events):
            *parents, last = path
            if last in PLURAL_CATEGORIES and parents:
                key = f"{'.'.join(parents)}[{last}]"
            elif last == _FORMAT:
                key = ".".join(parents)
            else:
                continue
            message, _ = element_text(text, events, start, end)
            edit = Editable(message, xml_escape(text, events, start, end))
            if "%#@" not in message.text or last != _FORMAT:
                yield from message_drafts(message, key, icu=False, edit=edit)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            space = _SPACE.match(text, position)
            place = space.end() if space else position
            raise BrokenFileError('here a comment or a pair such as "key" = "text"; is expected', place)
        yield token
        position = token.end()


def _entries(events: Sequence[XmlEvent]) -> Iterator[tuple[list[str], int, int]]:
    """The keys that lead to every text, and the indices of the tags around it."""
    path: list[str] = []
    key = ""
    for index, event in enumerate(events):
        if event.name == "dict":
            if event.kind == "start":
                path.append(key)
            elif path:
                path.pop()
        elif event.kind == "start" and event.name in ("key", "string"):
            end = closing(events, index)
            if event.name == "key":
                key = "".join(part.text for part in events[index:end])
            elif path:
                yield [*path[1:], key], index, end


def _unescaped(escape: str) -> str:
    if escape[0] == "\r":
        return "\n"
    if len(escape) > 2 and escape[1] in "uU":
        return hexadecimal(escape)
    if escape[1] in "01234567":
        return visible(int(escape[1:], 8))
    return _NAMED.get(escape[1], "\ufffd" if escape[1] in "uU" else escape[1])
