"""Lines of the files that findings are in, read when a format needs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.corpus.decode import Decoded
from termcheck.corpus.readers import reader_for
from termcheck.corpus.reading import LARGEST, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

_LINE_BREAK = re.compile("\r\n|\r|\n")


class SourceLines:
    """A ``LineText`` for the files in a folder.

    Findings come file by file, so only the file asked for last is kept. A byte order mark counts. Of a file that cannot
    be decoded, bytes that are not UTF-8 become lone surrogates (``surrogateescape``), which encode to the same bytes.
    A file that has more than ``max_size`` bytes, or unpacks to more, has no lines, and neither has what is no regular
    file in the folder.
    """

    def __init__(self, root: Path, max_size: int = LARGEST) -> None:
        self._root = root
        self._max_size = max_size
        self._path: str | None = None
        self._lines: list[str] = []

    def __call__(self, path: str, line: int) -> str | None:
        if path != self._path:
            self._path, self._lines = path, self._read(path)
        return self._lines[line - 1] if 1 <= line <= len(self._lines) else None

    def _read(self, path: str) -> list[str]:
        # A glossary may lie outside of the folder, and is named by its whole path.
        place = self._root / path
        folder, name = (place.parent, place.name) if place.is_relative_to(path) else (self._root, path)
        data = read_bytes(folder, name, self._max_size)
        if isinstance(data, str):
            return []
        reader = reader_for(path.rpartition("/")[2])
        decoded = reader.decode(data, self._max_size) if reader else None
        if not isinstance(decoded, Decoded):
            return _LINE_BREAK.split(data.decode("utf-8", "surrogateescape"))
        return _LINE_BREAK.split(("\ufeff" if decoded.bom else "") + decoded.text)
