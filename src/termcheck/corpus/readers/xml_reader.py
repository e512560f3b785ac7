"""What all formats have in common that are XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import Reader
from termcheck.corpus.readers.xml_events import xml_comments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.model import Span

_DECLARATION = re.compile(r"\s*<\?xml\s[^<>]{0,200}?\bencoding\s{0,9}=\s{0,9}[\"']([^\"']{1,40})[\"']")


def xml_encoding(head: str) -> str | None:
    """The encoding in the declaration at the beginning of an XML file."""
    declared = _DECLARATION.match(head)
    return declared[1] if declared else None


class XmlReader(Reader):
    """A reader of XML, which says its encoding in its first line."""

    utf16: ClassVar[bool] = True

    def encoding(self, head: str) -> str | None:
        return xml_encoding(head)

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        return xml_comments(text)
