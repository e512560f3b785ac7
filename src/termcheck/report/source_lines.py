"""Lines of the files that findings are in, read when a format needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.corpus.decode import Decoded
from termcheck.corpus.readers import reader_for
from termcheck.corpus.reading import LARGEST_UNPACKED

if TYPE_CHECKING:
    from pathlib import Path

_LINE_BREAK = re.compile("\r\n|\r|\n")


class SourceLines:
    """A ``LineText`` for the files in a folder.

    Findings come file by file, so only the file asked for last is kept. A byte order mark counts. Of a file that cannot
    be decoded, bytes that are not UTF-8 become lone surrogates (``surrogateescape``), which encode to the same bytes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path: str | None = None
        self._lines: list[str] = []

    def __call__(self, path: str, line: int) -> str | None:
        if path != self._path:
            self._path, self._lines = path, self._read(path)
        return self._lines[line - 1] if 1 <= line <= len(self._lines) else None

    def _read(self, path: str) -> list[str]:
        try:
            data = (self._root / path).read_bytes()
        except (OSError, ValueError):  # Gone since it was checked, or a name that no file can have.
            return []
        reader = reader_for(path.rpartition("/")[2])
        decoded = reader.decode(data, LARGEST_UNPACKED) if reader else None
        if not isinstance(decoded, Decoded):
            return _LINE_BREAK.split(data.decode("utf-8", "surrogateescape"))
        return _LINE_BREAK.split(("\ufeff" if decoded.bom else "") + decoded.text)
