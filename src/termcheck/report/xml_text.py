"""Text as XML 1.0 can hold it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

# "Char" of XML 1.0, section 2.2: others cannot be written, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text, not yet escaped, with each character that XML cannot hold replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def add_text(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    """Put an element with this text into ``parent``; none when the text is empty."""
    if text:
        ElementTree.SubElement(parent, name, attributes).text = xml_text(text)
