"""Plain data that remembers where in its file each value stands, and the mistakes found in it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from termcheck.model import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from termcheck.errors import TermcheckError

DataPath = tuple[str | int, ...]
"""The way to a value: mapping keys and list indices (from 0) from the outermost value inwards."""

MAX_BYTES = 8 * 2**20
"""The largest configuration or glossary file that is read."""

MAX_REPORTED = 50
"""How many mistakes one error lists before it only counts the rest."""

_MAX_QUOTED = 60
_MAX_SUGGESTED = 80


@dataclass(frozen=True, slots=True)
class Positioned:
    """``data`` as ``json.load`` would give it (keys are text), with the place of each value and each key.

    ``values`` and ``keys`` may leave out places that are not known; ``values`` always holds the root, ``()``.
    """

    data: Any
    values: Mapping[DataPath, Position]
    keys: Mapping[DataPath, Position]

    def at(self, path: DataPath) -> Position:
        """Where the value stands, or the nearest value around it whose place is known."""
        while path not in self.values:
            path = path[:-1]
        return self.values[path]

    def key_at(self, path: DataPath) -> Position:
        """Where the last key of ``path`` stands, or its value when the key's place is not known."""
        return self.keys[path] if path in self.keys else self.at(path)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong at one place of a file, and what to do about it (may be empty). ``path`` leads to the value."""

    position: Position
    message: str
    hint: str = ""
    path: DataPath = field(default=(), compare=False)

    def __str__(self) -> str:
        """``what; suggestion``."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


class MistakesError(ValueError):
    """A file's text cannot be turned into data. ``mistakes`` is not empty."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(mistakes[0].message)
        self.mistakes = mistakes


def mistakes_error(kind: type[TermcheckError], display_path: str, mistakes: Iterable[Mistake]) -> TermcheckError:
    """One error of the given kind that lists all mistakes in file order, each on a line of its own."""
    ordered = sorted(set(mistakes), key=lambda mistake: (mistake.position, mistake.message))
    lines = [
        f"{display_path}:{mistake.position.line}:{mistake.position.column}: {mistake}"
        for mistake in ordered[:MAX_REPORTED]
    ]
    if len(ordered) > MAX_REPORTED:
        lines.append(f"{display_path}: {len(ordered) - MAX_REPORTED} more mistakes are not shown")
    return kind("\n".join(lines))


def read_bytes(path: Path, display_path: str, kind: type[TermcheckError]) -> bytes:
    """The file's content; raises ``kind`` when it cannot be read or is larger than ``MAX_BYTES``."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise kind(f"{display_path}: cannot be read: {error.strerror or type(error).__name__}") from error
    if len(raw) > MAX_BYTES:
        raise kind(f"{display_path}: is larger than {MAX_BYTES // 2**20} MiB", "split it or remove what is not used")
    return raw


def decode_utf8(raw: bytes) -> str:
    """Decode UTF-8 with or without a byte order mark; raises ``MistakesError`` at the first bad byte."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", errors="replace")
        what = "the file is not UTF-8"
        if error.object[:2] in (b"\xff\xfe", b"\xfe\xff"):
            what += " but UTF-16"
        mistake = Mistake(position_in(before, len(before)), what, "save it in the encoding UTF-8")
        raise MistakesError((mistake,)) from error


def position_in(text: str, offset: int) -> Position:
    """The line and column of a code point offset in ``text``, ``0 <= offset <= len(text)``."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(text.count("\n", 0, offset) + 1, offset - line_start + 1)


def quoted(value: object) -> str:
    """A value from a file as it may stand in a message: quoted, on one line, shortened."""
    text = str(value)
    text = text if len(text) <= _MAX_QUOTED else text[: _MAX_QUOTED - 1] + "…"
    return "'" + "".join(char if char.isprintable() else repr(char)[1:-1] for char in text) + "'"


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """``did you mean 'x'?`` for the known name most like ``wrong``, or an empty text when none is like it."""
    if len(wrong) > _MAX_SUGGESTED:
        return ""
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(wrong.casefold().replace("-", "_"), folded, n=1, cutoff=0.6)
    close = close or difflib.get_close_matches(wrong.casefold(), folded, n=1, cutoff=0.6)
    return f"did you mean {quoted(folded[close[0]])}?" if close else ""
