"""Where a path can say its language: slots in folder and file names, and patterns from the configuration."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.globs import translate
from termcheck.corpus.readers import suffix_of
from termcheck.errors import ConfigError
from termcheck.languages import LanguageTagError, is_language_tag, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TAG = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}"
_DOTTED = re.compile(rf"(?P<name>.+)\.(?P<tag>{_TAG})")
_PLACEHOLDER = re.compile(r"\{(lang|path)\}")


class Style(StrEnum):
    """How a path carries its language."""

    FOLDER = "folder"  # pl/x.md
    DOTTED_FOLDER = "dotted folder"  # pages.pl/x.md
    DOTTED_FILE = "dotted file"  # x.pl.md
    DASHED_FILE = "dashed file"  # README-pl.md
    BARE_FILE = "bare file"  # pl.md


class Slot(NamedTuple):
    """One place in a path that may name a language.

    ``template`` is the path up to the slot with ``{lang}`` in it, for a file without its ending; ``before`` the
    template without the slot; ``rest`` what follows a folder, without the file's ending.
    """

    style: Style
    template: str
    before: str
    rest: str
    lang: str


def without_suffix(path: str) -> str:
    """The path without the ending that its reader goes by."""
    suffix = suffix_of(path.rpartition("/")[2])
    return path if suffix is None else path[: -len(suffix)]


def folder_slots(path: str) -> Iterator[Slot]:
    """The folders of ``path`` that may name its language, from the root on."""
    parts = without_suffix(path).split("/")
    for index, part in enumerate(parts[:-1]):
        prefix = "".join(f"{parent}/" for parent in parts[:index])
        rest = "/".join(parts[index + 1 :])
        if is_language_tag(part):
            yield Slot(Style.FOLDER, f"{prefix}{{lang}}", prefix, rest, normalise(part))
        elif (match := _DOTTED.fullmatch(part)) and is_language_tag(match["tag"]):
            before = f"{prefix}{match['name']}/"
            yield Slot(Style.DOTTED_FOLDER, f"{before[:-1]}.{{lang}}", before, rest, normalise(match["tag"]))


def file_slots(path: str) -> Iterator[Slot]:
    """The ways in which the file's own name may say its language, the clearest first."""
    folder, slash, name = without_suffix(path).rpartition("/")
    prefix = folder + slash
    if (match := _DOTTED.fullmatch(name)) and is_language_tag(match["tag"]):
        before = prefix + match["name"]
        yield Slot(Style.DOTTED_FILE, f"{before}.{{lang}}", before, "", normalise(match["tag"]))
        return
    for start in [match.start() for match in re.finditer("[-_]", name)][-3:]:
        tag = name[start + 1 :]
        if start and re.fullmatch(_TAG, tag) and is_language_tag(tag):
            before = prefix + name[:start]
            yield Slot(Style.DASHED_FILE, f"{before}-{{lang}}", before, "", normalise(tag))
            break
    if is_language_tag(name):
        yield Slot(Style.BARE_FILE, f"{prefix}{{lang}}", prefix, "", normalise(name))


def named_languages(path: str) -> frozenset[str]:
    """The languages that some part of a path may stand for."""
    return frozenset(slot.lang for slots in (folder_slots(path), file_slots(path)) for slot in slots)


class Pattern(NamedTuple):
    """A layout pattern from the configuration: ``content/{lang}/{path}``."""

    text: str
    regex: re.Pattern[str]
    has_lang: bool


def compile_patterns(patterns: Sequence[str], source: str | None) -> list[Pattern]:
    """The patterns, checked. One without ``{lang}`` says where the files of the source language are."""
    compiled = []
    for text in patterns:
        names = _PLACEHOLDER.findall(text)
        if text.count("{") != len(names) or names.count("lang") > 1 or names.count("path") > 1:
            raise ConfigError(
                f'the layout "{text}" has placeholders other than one {{lang}} and one {{path}}',
                'write a pattern such as "content/{lang}/{path}"',
            )
        if "lang" not in names and source is None:
            raise ConfigError(
                f'the layout "{text}" does not say where the language stands',
                "add {lang}, or name the source language if these are its files",
            )
        parts = _PLACEHOLDER.split(text.removeprefix("./"))
        regex = "".join(
            {"lang": r"(?P<lang>[A-Za-z0-9_-]{1,35})", "path": "(?P<path>.+)"}[part] if index % 2 else translate(part)
            for index, part in enumerate(parts)
        )
        compiled.append(Pattern(text, re.compile(regex, re.DOTALL), "lang" in names))
    return compiled


def match_patterns(path: str, patterns: Sequence[Pattern], source: str | None) -> tuple[str, str, Pattern] | str:
    """The document's key, the language and the pattern of a file, or why it has none."""
    reason = "no layout pattern matches"
    for pattern in patterns:
        match = pattern.regex.fullmatch(path) or pattern.regex.fullmatch(without_suffix(path))
        if match is None:
            continue
        groups = match.groupdict()
        lang = source
        if pattern.has_lang:
            try:
                lang = normalise(groups["lang"])
            except LanguageTagError:
                reason = f'"{groups["lang"]}" is no language tag, where the layout "{pattern.text}" has {{lang}}'
                continue
        key = groups.get("path")
        if key is None:
            key = path
            if pattern.has_lang:
                key = path[: match.start("lang")].rstrip(".-_/") + path[match.end("lang") :]
        return without_suffix(key.lstrip("/")), lang or "", pattern
    return reason
