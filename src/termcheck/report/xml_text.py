"""What XML 1.0 can hold."""

from __future__ import annotations

import re

# "Char" of XML 1.0, section 2.2: others cannot be written, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text, not yet escaped, with each character that XML cannot hold replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
