"""Translation memories: TMX 1.4b (LISA OSCAR, 2005), all languages in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import BrokenFileError, FileKind, ReadOptions
from termcheck.corpus.readers.editable import Editable
from termcheck.corpus.readers.messages import Literal, message_drafts
from termcheck.corpus.readers.xml_events import closing, element_text, xml_escape, xml_events
from termcheck.corpus.readers.xml_reader import XmlReader
from termcheck.languages import LanguageTagError, is_language_tag, normalise
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termcheck.corpus.readers.xml_events import XmlEvent
    from termcheck.corpus.segmentation import Draft

_VARIANT = re.compile(r"<tuv\s[^<>]{0,500}?\b(?:xml:)?lang\s{0,9}=\s{0,9}[\"']([^\"']{1,40})[\"']", re.IGNORECASE)
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})


class TmxReader(XmlReader):
    """Reads ``.tmx``: the format is ``tmx`` with the language, as in ``tmx (pl)``."""

    name: ClassVar[str] = "tmx"
    suffixes: ClassVar[tuple[str, ...]] = (".tmx",)
    kind: ClassVar[FileKind] = FileKind.MULTILINGUAL

    def format(self, text: str, options: ReadOptions) -> str:  # noqa: ARG002
        return f"{self.name} ({options.lang})"

    def languages(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match[1] for match in _VARIANT.finditer(text)))

    def sides(self, text: str) -> tuple[str, ...]:
        tags = (tag for tag in self.languages(text) if is_language_tag(tag))
        return tuple(f"{self.name} ({normalise(tag)})" for tag in tags)

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        events = xml_events(text)
        if not events or events[0].name != "tmx":
            raise BrokenFileError("it is no TMX", events[0].start if events else 0)
        lang = format.partition("(")[2].rstrip(")")
        for key, start, end in _segments(events, lang):
            content, codes = element_text(text, events, start, end, _CODES)
            edit = Editable(content, xml_escape(text, events, start, end))
            literals = tuple(Literal(*each, ProtectedKind.HTML) for each in codes)
            yield from message_drafts(content, key, icu=False, literals=literals, edit=edit)


def _segments(events: Sequence[XmlEvent], lang: str) -> Iterator[tuple[str, int, int]]:
    """The key of every text in a language, and the indices of the tags around it."""
    units = 0
    key = variant = ""
    for index, event in enumerate(events):
        if event.kind != "start":
            continue
        if event.name == "tu":
            units += 1
            key = event.attributes.get("tuid") or f"#{units}"
        elif event.name == "tuv":
            variant = _language(event.attributes)
        elif event.name == "seg" and variant == lang:
            yield key, index, closing(events, index)


def _language(attributes: Mapping[str, str]) -> str:
    try:
        return normalise(attributes.get("xml:lang") or attributes.get("lang", ""))
    except LanguageTagError:
        return ""
