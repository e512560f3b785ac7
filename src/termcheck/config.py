"""The effective configuration of a run, and where each value came from.

The command line wins over the environment, the environment over the configuration file, the file over the defaults.
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from termcheck.config_file import display_path, exists, find_config, folders_above, read_config
from termcheck.errors import ConfigError, InputError
from termcheck.languages import LanguageTagError, normalise
from termcheck.model import Position
from termcheck.positioned import Mistake, Positioned, mistakes_error, quoted
from termcheck.schema import validate
from termcheck.urls import is_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.positioned import DataPath

NO_SOURCE = "none"
"""The value of ``Config.source`` that says that no version is the original."""

BUNDLED_MODEL = "bundled"
"""The value of ``Config.model`` that stands for the model that comes with termcheck's dependencies."""

CACHE_VARIABLE = "TERMCHECK_CACHE_DIR"
"""The environment variable that names the cache folder, or the URL of a cache that machines share."""

GLOSSARY_NAMES = ("glossary.yaml", "glossary.yml")
"""The names under which a glossary is found without being configured."""

DECISIONS_NAME = "termcheck-decisions.yaml"
"""The name under which decisions are kept beside the configuration, without being configured."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}?")

_PATHS = ("glossary", "cache", "baseline", "decisions")
_LISTS = ("layout", "include", "exclude", "select", "ignore", "keep")


class OriginKind(StrEnum):
    """What decided a value."""

    DEFAULT = "default"
    DISCOVERED = "found by its name"
    FILE = "configuration file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from; ``path`` (as messages name it) and ``position`` only for ``OriginKind.FILE``."""

    kind: OriginKind = OriginKind.DEFAULT
    path: str = ""
    position: Position | None = None

    def __str__(self) -> str:
        if self.position is not None:
            return f"{self.path}:{self.position.line}"
        if self.kind is OriginKind.ENVIRONMENT:
            return f"environment variable {CACHE_VARIABLE}"
        return self.kind.value


@dataclass(frozen=True, slots=True)
class Exemption:
    """Findings to leave alone, and why.

    ``rules`` are selectors as in ``Config.select``. Empty ``concepts``, ``paths`` (globs over paths as findings name
    them) or ``languages`` set no limit. ``position`` is where the exemption stands in the configuration file.
    """

    rules: tuple[str, ...]
    reason: str
    concepts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    position: Position = field(default=Position(1, 1), compare=False)

    def __str__(self) -> str:
        limits = (*self.concepts, *self.paths, *self.languages)
        return " ".join(self.rules) + (f" ({' '.join(limits)})" if limits else "")


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of a run, checked. Paths are absolute, language tags normalised.

    An empty ``languages``, ``layout``, ``include`` or ``select`` sets no limit. ``source`` is a tag, ``NO_SOURCE``, or
    None to decide from the files. ``model`` is ``BUNDLED_MODEL``, a hub id or an absolute folder, ``device`` where it
    runs: auto, or the name of a torch device; ``jobs`` counts processes. ``select``, ``ignore`` and the keys of
    ``severity`` are rule codes, beginnings of codes, rule names or ALL; the values of ``severity`` are error, warning,
    note or off. ``fail_on`` is error, warning, note or never. ``keep`` are texts left untranslated on purpose.
    ``text_paragraphs`` is auto, line or blank-line; ``max_file_size`` counts bytes. ``file`` is the configuration file,
    None without one. ``origins`` holds one entry for each setting, by its name.
    """

    languages: tuple[str, ...] = ()
    source: str | None = None
    layout: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    model: str = BUNDLED_MODEL
    device: str = "auto"
    jobs: int = 1
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    fail_on: str = "error"
    keep: tuple[str, ...] = ()
    glossary: Path | None = None
    cache: Path = field(default_factory=lambda: default_cache_folder())
    baseline: Path | None = None
    decisions: Path | None = None
    exempt: tuple[Exemption, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    text_paragraphs: Literal["auto", "line", "blank-line"] = "auto"
    max_file_size: int = 10 * 2**20
    file: Path | None = None
    origins: Mapping[str, Origin] = field(default_factory=lambda: MappingProxyType({}), repr=False)


SETTINGS = tuple(each.name for each in fields(Config) if each.name not in ("file", "origins"))
"""The names of all settings, in the order in which they are documented."""


def default_cache_folder() -> Path:
    """The platform's folder for data of this program that can be made again."""
    import platformdirs

    return platformdirs.user_cache_path("termcheck", appauthor=False)


def load_config(
    start: Path,
    config_file: Path | None = None,
    overrides: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
) -> Config:
    """The configuration for checking the file or folder ``start``.

    The configuration file is ``config_file``, or else the nearest one in ``start`` and the folders above, up to the
    root of the repository. Relative paths in it are relative to its folder. ``overrides`` come from the command line,
    under the names of the settings; None means not given, and relative paths are relative to the working directory.
    ``environ`` stands in for ``os.environ``.

    Raises ``ConfigError`` that lists every mistake of the file, or of the command line; ``InputError`` when ``start``
    does not exist.
    """
    folder = _folder(start)
    path = find_config(folder) if config_file is None else Path(os.path.normpath(Path.cwd() / config_file))
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {name: Origin() for name in SETTINGS}
    if path is not None:
        shown = display_path(path)
        source, mistakes = read_config(path)
        reader = _Reader(source, path.parent, mistakes)
        values.update(reader.values())
        if reader.mistakes:
            raise mistakes_error(ConfigError, shown, reader.mistakes)
        for name in values:
            origins[name] = Origin(OriginKind.FILE, shown, source.key_at((name,)))
    cache = (os.environ if environ is None else environ).get(CACHE_VARIABLE, "")
    # A URL is that of a cache which machines share, behind the folder of this one.
    if cache and not is_url(cache):
        values["cache"] = Path(os.path.normpath(Path.cwd() / cache))
        origins["cache"] = Origin(OriginKind.ENVIRONMENT)
    for name, value in _command_line(overrides or {}).items():
        values[name] = value
        origins[name] = Origin(OriginKind.COMMAND_LINE)
    if "glossary" not in values:
        found = _find_glossary(folder, path)
        if found is not None:
            values["glossary"] = found
            origins["glossary"] = Origin(OriginKind.DISCOVERED)
    return Config(**values, file=path, origins=MappingProxyType(origins))


def _folder(start: Path) -> Path:
    # Not resolved: folders above it are those of the path that the user sees, also through a symbolic link.
    absolute = Path(os.path.normpath(Path.cwd() / start))
    if exists(absolute):
        return absolute.parent if exists(absolute, file=True) else absolute
    raise InputError(f"{start}: there is no such file or folder")


def _find_glossary(folder: Path, config_file: Path | None) -> Path | None:
    beside: tuple[Path, ...] = () if config_file is None else (config_file.parent,)
    for place in (*beside, *folders_above(folder)):
        for name in GLOSSARY_NAMES:
            if exists(place / name, file=True):
                return place / name
    return None


def _command_line(overrides: Mapping[str, object]) -> dict[str, Any]:
    given = {name: _plain(value) for name, value in overrides.items() if value is not None}
    source = Positioned(given, {(): Position(1, 1)}, {})
    reader = _Reader(source, Path.cwd(), validate(source, "config.v1"))
    values = reader.values()
    if reader.mistakes:
        raise ConfigError("\n".join(sorted({f"command line: {mistake}" for mistake in reader.mistakes})))
    return values


def _plain(value: object) -> object:
    """An option's value as a configuration file would give it."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


class _Reader:
    """Turns plain data into settings and collects what no schema can see; what breaks the schema is passed over."""

    def __init__(self, source: Positioned, base: Path, mistakes: list[Mistake]) -> None:
        self._source = source
        self._base = base
        self.mistakes = mistakes

    def values(self) -> dict[str, Any]:
        data: dict[str, Any] = self._source.data if isinstance(self._source.data, dict) else {}
        values: dict[str, Any] = {}
        for name in SETTINGS:
            if name in data and not self._is_wrong(name):
                values[name] = self._value(name, data[name])
        languages, source = values.get("languages"), values.get("source")
        if languages and source not in (None, "", NO_SOURCE, *languages):
            listed = ", ".join(languages)
            self._mistake(
                ("source",), f"the source language {source} is not one of the languages", f"they are {listed}"
            )
        return values

    def _is_wrong(self, name: str) -> bool:
        """Whether the schema already found a mistake in this setting."""
        return any(mistake.path[:1] == (name,) for mistake in self.mistakes)

    def _value(self, name: str, value: Any) -> object:
        match name:
            case "languages":
                return self._languages(value, ("languages",))
            case "source":
                return self._source_language(value)
            case "layout":
                self._check_layout(value)
            case "model":
                return self._model(value)
            case "exempt":
                return tuple(self._exemption(item, index) for index, item in enumerate(value))
            case "thresholds":
                self._check_thresholds(value)
        if name in _LISTS:
            return tuple(value)
        if name in _PATHS:
            return self._path(value)
        if name in ("severity", "thresholds"):
            return MappingProxyType(dict(sorted(value.items())))
        return int(value) if name in ("max_file_size", "jobs") else value

    def _mistake(self, path: DataPath, message: str, hint: str = "") -> None:
        self.mistakes.append(Mistake(self._source.at(path), message, hint, path))

    def _source_language(self, value: str | None) -> str | None:
        if value is None or value.strip().lower() == NO_SOURCE:
            return None if value is None else NO_SOURCE
        return self._language(value, ("source",))

    def _check_thresholds(self, values: Mapping[str, float]) -> None:
        for key, number in values.items():
            if isinstance(number, float) and not math.isfinite(number):
                self._mistake(("thresholds", key), f"{quoted(key)} must be a finite number, not {number}")

    def _check_layout(self, patterns: list[str]) -> None:
        if patterns and not any("{lang}" in pattern for pattern in patterns):
            self._mistake(("layout",), "no pattern in 'layout' holds {lang}", "for example {lang}/{path}.md")
        for index, pattern in enumerate(patterns):
            for placeholder in _PLACEHOLDER.findall(pattern):
                if placeholder not in ("{lang}", "{path}"):
                    what = f"the pattern {quoted(pattern)} holds the unknown placeholder {quoted(placeholder)}"
                    self._mistake(("layout", index), what, "the placeholders are {lang} and {path}")

    def _exemption(self, item: Mapping[str, Any], index: int) -> Exemption:
        return Exemption(
            rules=tuple(item["rules"]),
            reason=" ".join(item["reason"].split()),
            concepts=tuple(item.get("concepts", ())),
            paths=tuple(item.get("paths", ())),
            languages=self._languages(item.get("languages", []), ("exempt", index, "languages")),
            position=self._source.at(("exempt", index)),
        )

    def _languages(self, tags: list[str], path: DataPath) -> tuple[str, ...]:
        found: list[str] = []
        for index, tag in enumerate(tags):
            lang = self._language(tag, (*path, index))
            if lang and lang in found:
                self._mistake((*path, index), f"the language {lang} is listed twice", "remove one")
            elif lang:
                found.append(lang)
        return tuple(found)

    def _language(self, tag: str, path: DataPath) -> str:
        try:
            return normalise(tag)
        except LanguageTagError as error:
            self._mistake(path, error.message, error.hint)
            return ""

    def _path(self, value: str) -> Path:
        try:
            path = Path(value).expanduser()
        except RuntimeError:
            path = Path(value)
        return Path(os.path.normpath(self._base / path))

    def _model(self, value: str) -> str:
        """A folder becomes absolute; anything else may be a hub id, which looks like a relative path."""
        local = value.startswith((".", "~")) or Path(value).is_absolute()
        if local or (value != BUNDLED_MODEL and exists(self._base / value)):
            return str(self._path(value))
        return value
