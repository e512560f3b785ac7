"""XML with the place of everything: tags and text in file order, without anything that could reach out of the file.

The parser is expat. A document type may be named but not written out, so there are no entities beyond XML's own five,
and nothing is ever fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers import expat
from xml.sax import saxutils

from termcheck.corpus.readers.base import BrokenFileError
from termcheck.corpus.readers.editable import same
from termcheck.corpus.readers.source_map import MappedText
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

_MAX_DEPTH = 100
_CDATA = "<![CDATA["
_TAG = re.compile(r"<[^<>]{0,2000}>")
_COMMENT = re.compile(r"<!--((?:[^-]|-(?!->))*+)-->")


class XmlEvent(NamedTuple):
    """A tag or a piece of text and where it stands.

    ``kind`` is "start", "end" or "text"; ``name`` the element's without its prefix; ``text`` what text shows.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    text: str = ""
    attributes: Mapping[str, str] = {}


def xml_events(text: str) -> list[XmlEvent]:
    """All tags and texts of a file. Raises `BrokenFileError`."""
    return _Scanner(text).scan()


def local_attributes(event: XmlEvent) -> dict[str, str]:
    """The attributes of a start tag, by their names without prefixes."""
    return {name.rpartition(":")[2]: value for name, value in event.attributes.items()}


def xml_comments(text: str) -> Iterator[tuple[Span, str]]:
    """The place and the content of every comment."""
    for match in _COMMENT.finditer(text):
        yield Span(*match.span()), match[1]


def closing(events: Sequence[XmlEvent], start: int) -> int:
    """The index of the end tag of the element that starts at index ``start``."""
    depth = 0
    for index in range(start, len(events)):
        depth += {"start": 1, "end": -1}.get(events[index].kind, 0)
        if depth == 0:
            return index
    return len(events) - 1


def element_text(
    source: str, events: Sequence[XmlEvent], start: int, end: int, codes: Collection[str] = ()
) -> tuple[MappedText, list[tuple[int, int]]]:
    """What stands between two tags, inline tags as they are written, and the ranges of elements named in ``codes``."""
    message = MappedText(source)
    found: list[tuple[int, int]] = []
    length = depth = 0
    code_start = 0
    for event in events[start + 1 : end]:
        is_code = event.name in codes
        if event.kind == "start" and is_code:
            if depth == 0:
                code_start = length
            depth += 1
        if event.kind == "text":
            if source[event.start : event.end] == event.text:
                message.add(event.start, event.end)
            else:
                message.add_replaced(event.text, event.start, event.end)
            length += len(event.text)
        elif event.start < event.end:
            message.add(event.start, event.end)
            length += event.end - event.start
        if event.kind == "end" and is_code:
            depth -= 1
            if depth == 0 and code_start < length:
                found.append((code_start, length))
    return message, found


def xml_escape(
    source: str, events: Sequence[XmlEvent], start: int, end: int, escape: Callable[[str], str] = same
) -> Callable[[str], str]:
    """How a text is written between two tags; ``escape`` is what the format asks for besides.

    The inline tags that stand there stay tags, and so do those of its own that a text may hold; every other one is
    text. Inside a CDATA section nothing is escaped but its end.
    """
    inside = source[events[start].end : events[end].start]
    if inside.lstrip().startswith(_CDATA):
        return lambda new: _by_tags(new, escape, lambda text: text.replace("]]>", f"]]]]>{_CDATA}>"), ())
    tags = frozenset(source[each.start : each.end] for each in events[start + 1 : end] if each.kind != "text")
    return lambda new: _by_tags(new, escape, saxutils.escape, tags)


def _by_tags(new: str, escape: Callable[[str], str], quote: Callable[[str], str], tags: Collection[str]) -> str:
    """``new`` between tags through ``escape`` and ``quote``, foreign tags through ``quote``, and those of ``tags``."""
    parts = []
    position = 0
    for match in _TAG.finditer(new):
        parts.append(quote(escape(new[position : match.start()])))
        parts.append(match[0] if match[0] in tags else quote(match[0]))
        position = match.end()
    parts.append(quote(escape(new[position:])))
    return "".join(parts)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._data = text.encode("utf-8")
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = False
        self._events: list[XmlEvent] = []
        self._depth = 0
        self._byte = 0
        self._offset = 0
        self._ascii = len(self._data) == len(text)

    def scan(self) -> list[XmlEvent]:
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        # What shows nothing must be seen all the same: an event ends where the next begins.
        parser.StartCdataSectionHandler = lambda: self._other("")
        parser.EndCdataSectionHandler = lambda: self._other("")
        parser.CommentHandler = self._other
        parser.ProcessingInstructionHandler = lambda *_: self._other("")
        parser.DefaultHandler = self._other
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or "it cannot be parsed"
            raise BrokenFileError(f"it is no XML: {reason}", self._place(parser.ErrorByteIndex)) from None
        self._close(len(self._text))
        return [event for event in self._events if event.kind != "other"]

    def _place(self, byte: int) -> int:
        """The offset of a byte; asked for in ascending order."""
        if self._ascii:
            return max(byte, 0)
        if byte <= self._byte:
            return self._offset
        self._offset += len(self._data[self._byte : byte].decode("utf-8", "ignore"))
        self._byte = byte
        return self._offset

    def _here(self) -> int:
        place = self._place(self._parser.CurrentByteIndex)
        self._close(place)
        return place

    def _close(self, end: int) -> None:
        if self._events and self._events[-1].end < 0:
            self._events[-1] = self._events[-1]._replace(end=end)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        place = self._here()
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise BrokenFileError(f"it is nested more than {_MAX_DEPTH} levels deep", place)
        self._events.append(XmlEvent("start", place, -1, name.rpartition(":")[2], attributes=attributes))

    def _end(self, name: str) -> None:
        place = self._here()
        self._depth -= 1
        self._events.append(XmlEvent("end", place, -1, name.rpartition(":")[2]))

    def _characters(self, text: str) -> None:
        self._events.append(XmlEvent("text", self._here(), -1, text=text))

    def _other(self, _: str) -> None:
        self._events.append(XmlEvent("other", self._here(), -1))

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
        if has_subset:
            raise BrokenFileError("it defines entities or elements of its own, which is not read", self._here())
