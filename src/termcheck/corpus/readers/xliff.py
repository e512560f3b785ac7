"""XLIFF 1.2 and 2.x (OASIS, https://docs.oasis-open.org/xliff/): a source text and its translation in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from termcheck.corpus.readers.base import BrokenFileError, FileKind, ReadOptions
from termcheck.corpus.readers.editable import Editable
from termcheck.corpus.readers.messages import Literal, message_drafts
from termcheck.corpus.readers.xml_events import closing, element_text, xml_escape, xml_events
from termcheck.corpus.readers.xml_reader import XmlReader
from termcheck.languages import LanguageTagError, normalise
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termcheck.corpus.readers.xml_events import XmlEvent
    from termcheck.corpus.segmentation import Draft

_SOURCE_LANGUAGE = re.compile(r"\s(?:source-language|srcLang)\s{0,9}=\s{0,9}[\"']([^\"']{1,40})[\"']")
_TARGET_LANGUAGE = re.compile(r"\s(?:target-language|trgLang)\s{0,9}=\s{0,9}[\"']([^\"']{1,40})[\"']")
_HEAD = 65_536
# Texts of other files, sent to a translator (exchange/worklist.py): to check them here too would tell everything twice.
_WORKLIST = re.compile(r"<unit\s[^<>]{0,200}\bid=[\"']s[0-9]{1,9}-[0-9a-f]{16}[\"']")
# Native codes of 1.2 and placeholders: what they hold is no text.
_CODES = frozenset({"bpt", "ept", "it", "ph", "x", "bx", "ex", "sc", "ec", "cp"})
_UNFINISHED = frozenset({"new", "needs-translation", "initial"})
_ASIDE = frozenset({"alt-trans", "note", "notes", "originalData", "matches", "glossary", "metadata", "ignorable"})


class XliffReader(XmlReader):
    """Reads ``.xlf`` and ``.xliff``: the format is ``xliff (source)`` or ``xliff (target)``."""

    name: ClassVar[str] = "xliff"
    suffixes: ClassVar[tuple[str, ...]] = (".xlf", ".xliff")
    kind: ClassVar[FileKind] = FileKind.BILINGUAL

    def format(self, text: str, options: ReadOptions) -> str:
        source, target = (_language(pattern, text) for pattern in (_SOURCE_LANGUAGE, _TARGET_LANGUAGE))
        is_target = options.lang != source and (options.lang == target or options.lang in options.named)
        return "xliff (target)" if is_target else "xliff (source)"

    def languages(self, text: str) -> tuple[str, ...]:
        if _WORKLIST.search(text, 0, _HEAD):
            return ()
        found = tuple(_language(pattern, text) for pattern in (_SOURCE_LANGUAGE, _TARGET_LANGUAGE))
        return found if all(found) else ()

    def sides(self, text: str) -> tuple[str, ...]:  # noqa: ARG002
        return ("xliff (source)", "xliff (target)")

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        events = xml_events(text)
        if not events or events[0].name != "xliff":
            raise BrokenFileError("it is no XLIFF", events[0].start if events else 0)
        side = "source" if format.endswith("(source)") else "target"
        for message in _messages(events, side):
            content, codes = element_text(text, events, message.start, message.end, _CODES)
            edit = Editable(content, xml_escape(text, events, message.start, message.end))
            literals = tuple(Literal(*each, ProtectedKind.HTML) for each in codes)
            yield from message_drafts(content, message.key, literals=literals, edit=edit)


class _Message(NamedTuple):
    """A key and the indices of the tags around a text."""

    key: str
    start: int
    end: int


def _messages(events: Sequence[XmlEvent], side: str) -> Iterator[_Message]:
    files = sum(event.kind == "start" and event.name == "file" for event in events)
    prefix = unit = ""
    segments = 0
    state = ""
    is_fixed = False
    index = 0
    while index < len(events):
        event = events[index]
        index += 1
        if event.kind != "start":
            continue
        attributes = event.attributes
        if event.name == "file" and files > 1:
            prefix = (attributes.get("original") or attributes.get("id", "")) + "#"
        elif event.name in ("trans-unit", "unit"):
            unit, segments, state = attributes.get("id", ""), 0, ""
            is_fixed = attributes.get("translate") == "no"
        elif event.name == "segment":
            segments += 1
            state = attributes.get("state", "")
        elif event.name in _ASIDE or event.name == "seg-source":
            index = closing(events, index - 1) + 1
        elif event.name in ("source", "target"):
            end = closing(events, index - 1)
            unfinished = side == "target" and attributes.get("state", state) in _UNFINISHED
            if event.name == side and not is_fixed and not unfinished:
                suffix = f".{segments}" if segments > 1 else ""
                yield _Message(f"{prefix}{unit}{suffix}", index - 1, end)
            index = end + 1


def _language(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text, 0, _HEAD)
    try:
        return normalise(match[1]) if match else ""
    except LanguageTagError:
        return ""
