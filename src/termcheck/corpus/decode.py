"""Bytes to text: UTF-8 or a clear reason why not."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from termcheck.model import Position

# The longer marks first: the UTF-32 one starts with the UTF-16 one.
_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte order mark; ``bom`` says whether there was one."""

    text: str = field(repr=False)
    bom: bool


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why a file is no text that can be read, and the first place where that shows."""

    reason: str
    position: Position


def decode(data: bytes) -> Decoded | Undecodable:
    """Decode a whole file as UTF-8, with or without a byte order mark.

    Nothing is guessed: another encoding and a NUL character, which no text holds, are refused.
    """
    for mark, encoding in _FOREIGN_MARKS:
        if data.startswith(mark):
            return Undecodable(f"the file is {encoding}; only UTF-8 is read", Position(1, 1))
    bom = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if bom else data
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        byte = body[error.start]
        return Undecodable(f"the file is not valid UTF-8: byte 0x{byte:02X}", _end_of(before))
    nul = text.find("\0")
    if nul >= 0:
        return Undecodable("the file contains a NUL character, so it is no text", _end_of(text[:nul]))
    return Decoded(text, bom)


def _end_of(text: str) -> Position:
    """The position right after ``text``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Position(text.count("\n") + 1, len(text) - text.rfind("\n"))
