"""Finds and reads the configuration file: ``termcheck.yaml`` or the table ``[tool.termcheck]`` of pyproject.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from termcheck.errors import ConfigError
from termcheck.positioned import MistakesError, Positioned, mistakes_error, read_bytes
from termcheck.schema import validate
from termcheck.toml_source import parse_toml_table
from termcheck.yaml_source import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.positioned import Mistake

YAML_NAMES = ("termcheck.yaml", "termcheck.yml")
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "termcheck")
_SCHEMA = "config.v1"


def display_path(path: Path) -> str:
    """How messages name a file: relative to the working directory when it lies there, with forward slashes."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def folders_above(start: Path) -> Iterator[Path]:
    """``start`` (absolute) and the folders above it, up to the root of the repository or of the file system."""
    for folder in (start, *start.parents):
        yield folder
        if exists(folder / ".git"):
            return


def exists(path: Path, *, file: bool = False) -> bool:
    """Whether the path (a file, when ``file``) is there; False also where looking is not permitted."""
    try:
        return path.is_file() if file else path.exists()
    except OSError:
        return False


def find_config(start: Path) -> Path | None:
    """The configuration file nearest to the absolute folder ``start``, or None.

    Raises ``ConfigError`` when one folder holds two, or when a pyproject.toml on the way cannot be read.
    """
    for folder in folders_above(start):
        found = [folder / name for name in YAML_NAMES if exists(folder / name, file=True)]
        pyproject = folder / PYPROJECT
        if exists(pyproject, file=True) and _read_table(pyproject) is not None:
            found.append(pyproject)
        if len(found) > 1:
            names = " and ".join(
                f"[tool.termcheck] in {PYPROJECT}" if path == pyproject else path.name for path in found
            )
            raise ConfigError(f"{display_path(folder)} holds two configurations: {names}", "keep one of them")
        if found:
            return found[0]
    return None


def read_config(path: Path) -> tuple[Positioned, list[Mistake]]:
    """The content of a configuration file and what in it does not fit the schema; an empty file sets nothing.

    Raises ``ConfigError`` when it cannot be read or parsed, or when a TOML file has no table ``[tool.termcheck]``.
    """
    shown = display_path(path)
    if path.suffix == ".toml":
        source = _read_table(path, must_parse=True)
        if source is None:
            raise ConfigError(f"{shown}: there is no table [tool.termcheck]", "add it, or name another file")
        mistakes = [replace(each, message=f"[tool.termcheck] {each.message}") for each in validate(source, _SCHEMA)]
        return source, mistakes
    raw = read_bytes(path, shown, ConfigError)
    try:
        source = parse_yaml(raw)
    except MistakesError as error:
        raise mistakes_error(ConfigError, shown, error.mistakes) from error
    if source.data is None:
        source = Positioned({}, source.values, source.keys)
    return source, validate(source, _SCHEMA)


def _read_table(path: Path, *, must_parse: bool = False) -> Positioned | None:
    shown = display_path(path)
    raw = read_bytes(path, shown, ConfigError)
    if not must_parse and b"termcheck" not in raw:
        # Most pyproject files are not about us; what is wrong in them is not ours to say.
        return None
    try:
        return parse_toml_table(raw, TABLE)
    except MistakesError as error:
        raise mistakes_error(ConfigError, shown, error.mistakes) from error
