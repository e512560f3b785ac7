"""Bytes to text: UTF-8, or the encoding that the file declares, or a clear reason why not."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

from termcheck.model import Position

_START = Position(1, 1)
# The longer marks first: the UTF-32 one starts with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32", ""),
    (codecs.BOM_UTF32_BE, "UTF-32", ""),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16-be"),
    (codecs.BOM_UTF8, "UTF-8", "utf-8"),
)
MARKS = {codec: mark for mark, _, codec in _MARKS if codec}
"""The byte order mark of each encoding that has one."""

# What texts are written in. Codecs of Python that are no encodings of text, or that no program reads by themselves
# (UTF-7), are not among them.
_KNOWN = frozenset(
    [
        "utf-8",
        *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))),
        *(f"cp{page}" for page in (874, 932, 949, 950, *range(1250, 1259))),
        *("koi8-r", "koi8-u", "euc_jp", "euc_kr", "shift_jis", "gb2312", "gbk", "gb18030", "big5", "big5hkscs"),
        *("mac-roman", "mac-cyrillic", "tis-620", "ptcp154", "iso2022_jp"),
    ]
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte order mark; ``bom`` says whether there was one.

    ``encoding`` is the codec that makes the file of the text again, empty for a file that is more than its text.
    """

    text: str = field(repr=False)
    bom: bool
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why a file is no text that can be read, and the first place where that shows."""

    reason: str
    position: Position = _START


def decode(data: bytes, declared: str | None = None, *, utf16: bool = False) -> Decoded | Undecodable:
    """Decode a whole file: by its byte order mark, else as ``declared``, else as UTF-8.

    Nothing is guessed: without a declaration, other encodings are refused, and so is a NUL character, which no text
    holds. ``utf16``: whether programs read the format in UTF-16 as well, when there is a byte order mark.
    """
    encoding, said, bom = "utf-8", "UTF-8", 0
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            if not codec or (name == "UTF-16" and not utf16):
                return Undecodable(f"the file is {name}; only UTF-8 is read")
            encoding, said, bom = codec, name, len(mark)
            break
    if declared and not bom:
        found = _codec(declared)
        if declared.strip().lower().startswith("utf-16"):
            return Undecodable("it declares the encoding UTF-16, but it has no byte order mark")
        if found is None:
            return Undecodable(f"it declares the encoding {declared!r}, which is not known")
        if found != encoding:
            encoding, said = found, f"{declared}, as it declares"
    body = data[bom:]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, "ignore")
        return Undecodable(f"the file is not valid {said}: byte 0x{body[error.start]:02X}", _end_of(before))
    nul = text.find("\0")
    if nul >= 0:
        return Undecodable("the file contains a NUL character, so it is no text", _end_of(text[:nul]))
    return Decoded(text, bom > 0, encoding)


def _codec(declared: str) -> str | None:
    """The codec for a name of an encoding; None for one that texts are not read in."""
    name = declared.strip()
    try:
        found = codecs.lookup(name).name if name.isascii() and len(name) <= 40 else ""
    except (LookupError, ValueError):
        return None
    if found in ("ascii", "utf-8-sig"):
        return "utf-8"
    return found if found in _KNOWN else None


def _end_of(text: str) -> Position:
    """The position right after ``text``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Position(text.count("\n") + 1, len(text) - text.rfind("\n"))
