"""The parts of a file that is a ZIP archive, read with limits and without writing anything.

Only the parts asked for by name are unpacked, into memory, so what other names say does not matter.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from termcheck.corpus.decode import Undecodable, decode
from termcheck.corpus.readers.base import BrokenFileError
from termcheck.corpus.readers.xml_events import xml_events
from termcheck.corpus.readers.xml_reader import xml_encoding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.corpus.readers.xml_events import XmlEvent

_MOST_PARTS = 10_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_HEAD = 200


class Archive:
    """The file with this content; all parts read from it together may have ``max_size`` bytes at most.

    Raises `BrokenFileError`, as its methods do.
    """

    def __init__(self, content: bytes, max_size: int) -> None:
        if content.startswith(_OLD_OFFICE):
            raise BrokenFileError("it is protected with a password, or in the format of Office 97")
        try:
            self._file = zipfile.ZipFile(BytesIO(content))
            self._parts = {info.filename: info for info in self._file.infolist()}
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise BrokenFileError(f"it is no ZIP archive that can be read: {_reason(error)}") from None
        if len(self._parts) > _MOST_PARTS:
            raise BrokenFileError(f"it is an archive of more than {_MOST_PARTS:,} parts")
        self._left = self._most = max_size

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._parts)

    def xml(self, name: str) -> Sequence[XmlEvent]:
        """The tags and texts of a part; none if there is no such part."""
        data = self._read(name)
        if data is None:
            return ()
        decoded = decode(data, xml_encoding(data[:_HEAD].decode("latin-1")), utf16=True)
        if isinstance(decoded, Undecodable):
            raise BrokenFileError(f"in {name}: {decoded.reason}")
        try:
            return xml_events(decoded.text)
        except BrokenFileError as error:
            raise BrokenFileError(f"in {name}: {error.reason}") from None

    def _read(self, name: str) -> bytes | None:
        info = self._parts.get(name)
        if info is None:
            return None
        if info.flag_bits & _ENCRYPTED:
            raise BrokenFileError("it is protected with a password")
        too_large = BrokenFileError(f"it unpacks to more than {self._most:,} bytes")
        # What an archive says of a size may not be true; no more than the limit is unpacked either way.
        if info.file_size > self._left:
            raise too_large
        try:
            with self._file.open(info) as part:
                data = part.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
            raise BrokenFileError(f"{name} in it cannot be unpacked: {_reason(error)}") from None
        if len(data) > self._left:
            raise too_large
        self._left -= len(data)
        return data


def _reason(error: Exception) -> str:
    return str(error).split("\n")[0][:200] or type(error).__name__
