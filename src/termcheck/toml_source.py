"""One table of a TOML file with the places of its keys, as far as a scan of the lines can find them."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from termcheck.model import Position
from termcheck.positioned import DataPath, Mistake, MistakesError, Positioned, decode_utf8, position_in

_NAME = r"""(?:[A-Za-z0-9_-]{1,100}|"[^"\\]{0,100}"|'[^']{0,100}')"""
_DOTTED = rf"{_NAME}(?:[ \t]{{0,8}}\.[ \t]{{0,8}}{_NAME}){{0,8}}"
_HEADER = re.compile(rf"[ \t]{{0,40}}\[[ \t]{{0,8}}({_DOTTED})[ \t]{{0,8}}\]")
_KEY = re.compile(rf"[ \t]{{0,40}}({_DOTTED})[ \t]{{0,8}}=[ \t]{{0,8}}")
_PART = re.compile(_NAME)
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def parse_toml_table(raw: bytes, table: tuple[str, ...]) -> Positioned | None:
    """The table named by its path, such as ``("tool", "termcheck")``; None when the file has no such table.

    Values inside an array or an inline table have the place of the key that holds them. Raises ``MistakesError``
    for anything that is not UTF-8 or not TOML.
    """
    text = decode_utf8(raw)
    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MistakesError((_syntax_mistake(error, text),)) from error
    except (RecursionError, ValueError) as error:
        # ValueError: an integer with more digits than Python converts.
        raise MistakesError(
            (Mistake(Position(1, 1), "the file is nested too deeply or holds a number too long"),)
        ) from error
    for name in table:
        data = data.get(name) if isinstance(data, dict) else None
    if data is None:
        return None
    values, keys = _scan(text, table, data)
    return Positioned(data, values, keys)


def _syntax_mistake(error: tomllib.TOMLDecodeError, text: str) -> Mistake:
    found = _PLACE.fullmatch(str(error))
    if not found:
        return Mistake(Position(1, 1), str(error))
    message = found.group(1)
    if found.group(2) is None:
        return Mistake(position_in(text, len(text)), message)
    return Mistake(Position(int(found.group(2)), int(found.group(3))), message)


def _scan(text: str, table: tuple[str, ...], data: Any) -> tuple[dict[DataPath, Position], dict[DataPath, Position]]:
    values: dict[DataPath, Position] = {}
    keys: dict[DataPath, Position] = {}
    prefix: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("[["):
            prefix = ("",)  # An array of tables: none of ours.
            continue
        header = _HEADER.match(line)
        if header:
            prefix = _parts(header.group(1))
            end = header.end(1)
            found, start = prefix, header.start(1)
        else:
            key = _KEY.match(line)
            if not key:
                continue
            found, start, end = (*prefix, *_parts(key.group(1))), key.start(1), key.end()
        if found[: len(table)] != table:
            continue
        path: DataPath = found[len(table) :]
        # A line of a multi-line text can look like a key: only what the parser read counts, and the first one.
        if path in values or not _holds(data, path):
            continue
        keys[path] = Position(number, start + 1)
        values[path] = keys[path] if header else Position(number, end + 1)
    values.setdefault((), min(values.values(), default=Position(1, 1)))
    return values, keys


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _holds(data: Any, path: DataPath) -> bool:
    for name in path:
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return True
