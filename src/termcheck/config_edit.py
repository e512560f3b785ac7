"""Setting one threshold in the text of a YAML configuration, which otherwise stays as it is, byte by byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from termcheck.config_file import display_path
from termcheck.errors import ConfigError
from termcheck.positioned import MistakesError, read_bytes
from termcheck.yaml_source import LOADER, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_SECTION: Final = "thresholds"
_BY_HAND: Final = "set it by hand"
_BYTE_ORDER_MARK: Final = "\ufeff"


def set_threshold(path: Path, name: str, value: float, *, dry_run: bool = False) -> None:
    """Set a threshold in the YAML file at ``path``, which is made when it is not there.

    A dry run only finds out whether that can be done.

    Raises ``ConfigError`` when the file is not YAML or cannot be edited in place, ``OutputError`` when it cannot be
    written.
    """
    from termcheck.atomic_file import write_atomically

    shown = display_path(path.absolute())
    if path.suffix == ".toml":
        raise ConfigError(
            f"{shown}: only YAML configurations can be edited",
            f"--dry-run prints the number, to be set as {name} in [tool.termcheck.{_SECTION}]",
        )
    text = read_bytes(path, shown, ConfigError).decode("utf-8", "replace") if path.exists() else ""
    mark = _BYTE_ORDER_MARK if text.startswith(_BYTE_ORDER_MARK) else ""
    edited = mark + with_threshold(text.removeprefix(mark), name, value, shown)
    if not dry_run:
        write_atomically(path, edited)


def with_threshold(text: str, name: str, value: float, shown: str) -> str:
    """The text with ``thresholds: {name: value}`` set.

    ``name`` is a plain YAML key. Raises ``ConfigError``, with ``shown`` for the file, when the text is no YAML mapping
    or written in a way that cannot be edited in place.
    """
    before = _plain(text, shown)
    number = f"{value:g}"
    newline = "\r\n" if "\r\n" in text else "\n"
    edited = _edited(text, name, number, newline, shown)
    wanted = {**before, _SECTION: {**(before.get(_SECTION) or {}), name: float(number)}}
    if _plain(edited, shown) != wanted:
        raise ConfigError(f"{shown}: the thresholds are written in a way that cannot be edited", _hint(name, number))
    return edited


def _edited(text: str, name: str, number: str, newline: str, shown: str) -> str:
    root = yaml.compose(text, Loader=LOADER)
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise ConfigError(f"{shown}: the file is no mapping", _hint(name, number))
    section = _value(root, _SECTION) if root is not None else None
    if section is None:
        if root is not None and root.flow_style:
            return _into_flow(text, root, f"{_SECTION}: {{{name}: {number}}}")
        ending = "" if not text or text.endswith("\n") else newline
        return f"{text}{ending}{_SECTION}:{newline}  {name}: {number}{newline}"
    if not isinstance(section, yaml.MappingNode):
        # Nothing but the key: the first threshold goes on a line of its own behind it.
        at = section.start_mark.index
        gap = "" if text[:at].endswith(" ") else " "
        return f"{text[:at]}{gap}{{{name}: {number}}}{text[section.end_mark.index :]}"
    old = _value(section, name)
    if old is not None:
        return text[: old.start_mark.index] + number + text[old.end_mark.index :]
    if section.flow_style:
        return _into_flow(text, section, f"{name}: {number}")
    first = section.start_mark
    return f"{text[: first.index]}{name}: {number}{newline}{' ' * first.column}{text[first.index :]}"


def _into_flow(text: str, node: Any, entry: str) -> str:
    at = node.start_mark.index + 1
    return f"{text[:at]}{entry}{', ' if node.value else ''}{text[at:]}"


def _value(node: Any, name: str) -> Any:
    return next((value for key, value in node.value if key.value == name), None)


def _plain(text: str, shown: str) -> Mapping[str, Any]:
    try:
        data = parse_yaml(text.encode()).data
    except MistakesError as error:
        raise ConfigError(f"{shown}: the file is no valid YAML any more", "check it with: termcheck config") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ConfigError(f"{shown}: the file is no mapping", "check it with: termcheck config")
    return data


def _hint(name: str, number: str) -> str:
    return f"{_BY_HAND}: {_SECTION}: {{{name}: {number}}}"
