"""Recognising catalogues of messages: files with keys, in which the versions of a text have the same key.

A file that any program may read (JSON, YAML, XML) counts only where its place says that it holds messages, so that no
configuration is taken for a translation. What might be one is left out and said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.decode import Undecodable
from termcheck.corpus.layouts import Style, file_slots, folder_slots, without_suffix
from termcheck.corpus.readers import kind_of, reader_for, suffix_of
from termcheck.corpus.readers.base import FileKind
from termcheck.corpus.reading import read_bytes
from termcheck.corpus.recognition import ASSUMED, CONTAINERS, Recognised, Version
from termcheck.languages import LanguageTagError, is_language_tag, normalise
from termcheck.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

_LANG = "{lang}"
_MESSAGE_FOLDERS = CONTAINERS | {"_locales", "messages", "strings", "intl"}
_DATA_FOLDERS = frozenset({"data", "_data"})
_MESSAGE_NAMES = frozenset(
    {
        "messages",
        "message",
        "strings",
        "string",
        "translation",
        "translations",
        "locale",
        "lang",
        "i18n",
        "l10n",
        "intl",
    }
)
_SETTINGS = re.compile(
    r"package(?:-lock)?\.json|[tj]sconfig.*\.json|mkdocs\.ya?ml|composer\.json|pubspec\.ya?ml|pyproject\.toml|cargo\.toml"
    r"|_?config\..*|crowdin\.ya?ml|manifest\.json|.*[.-]lock\..*|.*\.config\..*|\..*",
    re.IGNORECASE,
)
_ANDROID = re.compile(
    r"(?P<before>(?:.*/)?)values(?:-(?P<qualifier>[A-Za-z0-9+-]+))?/(?P<name>[^/]*(?:string|plural|array)[^/]*\.xml)",
    re.IGNORECASE,
)
_ANDROID_LANGUAGE = re.compile(r"(?P<lang>[a-z]{2,3})(?:-r(?P<region>[A-Z]{2}|\d{3}))?|b\+(?P<tag>[A-Za-z0-9+]+)")
_APPLE = re.compile(r"(?P<before>(?:.*/)?)(?P<lang>[^/]+)\.lproj/(?P<name>[^/]+)")
_APPLE_BASE = "Base"
_TEMPLATE_FOLDERS = frozenset({"gettext", "pot", "pots", "template", "templates"})


class _Candidate(NamedTuple):
    """One reading of a path: the path with ``{lang}`` in place of its language, which is the document's key."""

    template: str
    lang: str
    bases: tuple[str, ...] = ()
    """Where the version without a language would be."""
    platform: bool = False


class _Inside(NamedTuple):
    """What a file says itself: how many characters it has, the languages it names, and why it cannot be read."""

    length: int = 0
    langs: tuple[str, ...] = ()
    trouble: str = ""


class CatalogueFinder:
    """Finds the versions among catalogues; ``languages`` and ``source`` are what the user told.

    No file of more than ``max_size`` bytes is looked into.
    """

    def __init__(self, root: Path, languages: Collection[str], source: str | None, max_size: int) -> None:
        self._root = root
        self._max_size = max_size
        self._languages = frozenset(languages)
        self._source = source
        self._result = Recognised()
        self._insides: dict[str, _Inside] = {}
        self._originals: dict[str, str] = {}

    def recognise(self, paths: Sequence[str]) -> None:
        """Find the language and the document of each path."""
        known = set(paths)
        candidates = {path: list(_candidates(path)) for path in paths}
        langs: dict[str, set[str]] = defaultdict(set)
        for found in candidates.values():
            for each in found:
                langs[each.template].add(each.lang)
        untagged: dict[str, str] = {}
        rest = []
        alone = []
        for path in paths:
            accepted = [each for each in candidates[path] if self._is_version(path, each, langs[each.template], known)]
            most = max((len(langs[each.template]) for each in accepted), default=0)
            best = [each for each in accepted if len(langs[each.template]) == most]
            if len({each.lang for each in best}) > 1:
                named = ", ".join(sorted({each.lang for each in best}))
                self._skip(path, f"its path names several languages: {named}")
            elif best and (doubt := _doubt(path, best[0])):
                self._skip(path, doubt)
            elif best:
                self._add(Version(best[0].template, best[0].lang, path))
                for base in best[0].bases:
                    untagged.setdefault(base, best[0].template)
            elif any(not _doubt(path, each) for each in candidates[path]) and kind_of(path) is FileKind.DATA:
                alone.append(path)
            else:
                rest.append(path)
        for path in rest:
            self._without_language(path, untagged, langs)
        for path in alone:
            self._skip(path, f"its path may say {candidates[path][0].lang}, but there is no version beside it")

    def complete(self, texts: Recognised) -> Recognised:
        """What was found, behind the running texts, with the versions that stand in files of another language."""
        texts.add(self._result)
        groups: dict[str, list[Version]] = defaultdict(list)
        for version in texts.versions:
            if kind_of(version.path) is FileKind.BILINGUAL:
                groups[version.key].append(version)
        for key, members in groups.items():
            source = self._source_of(members)
            if all(member.lang != source for member in members):
                # The longest holds the most messages.
                path = max((self._inside(member.path).length, member.path) for member in members)[1]
                texts.versions.append(Version(key, source, path, untagged=True))
        return texts

    def _is_version(self, path: str, candidate: _Candidate, langs: Collection[str], known: Collection[str]) -> bool:
        kind = kind_of(path)
        if candidate.platform or len(langs) > 1 or candidate.lang in self._languages:
            return True
        if kind is FileKind.BILINGUAL:
            return True
        return kind is FileKind.CATALOGUE and any(base in known for base in candidate.bases)

    def _without_language(self, path: str, untagged: dict[str, str], langs: dict[str, set[str]]) -> None:
        template = untagged.get(path) or self._template_of_pot(path)
        if template is not None:
            lang = self._source or ASSUMED
            if lang in langs[template]:
                self._skip(path, f"there is a version in {lang} beside it")
            elif template in self._originals:
                self._skip(path, f"{self._originals[template]} is the original already")
            else:
                self._originals[template] = path
                if self._source is None:
                    self._result.assumed = lang
                self._add(Version(template, lang, path, untagged=True))
            return
        kind = kind_of(path)
        inside = self._inside(path) if kind in (FileKind.BILINGUAL, FileKind.MULTILINGUAL) else _Inside()
        if kind is FileKind.MULTILINGUAL and len(inside.langs) > 1:
            for lang in inside.langs:
                self._add(Version(path, lang, path))
        elif kind is FileKind.BILINGUAL and inside.langs and not path.lower().endswith(".pot"):
            self._add(Version(path, inside.langs[-1], path))
        else:
            self._skip(path, _reason(path) + inside.trouble)

    def _template_of_pot(self, path: str) -> str | None:
        """The document whose PO files were made from this template: the only one there, or the one of its name."""
        if not path.lower().endswith(".pot"):
            return None
        folder, slash, name = path.rpartition("/")
        parent, _, own = folder.rpartition("/")
        if own.lower() in _TEMPLATE_FOLDERS:
            folder, slash = parent, "/" if parent else ""
        found = {
            version.key
            for version in self._result.versions
            if version.key.lower().endswith(".po") and version.key.startswith(folder + slash + _LANG)
        }
        stem = without_suffix(name)
        named = {key for key in found if without_suffix(key.rpartition("/")[2]) == stem}
        chosen = named or {key for key in found if key == f"{folder}{slash}{_LANG}.po"}
        return chosen.pop() if len(chosen) == 1 else None

    def _source_of(self, members: Sequence[Version]) -> str:
        if self._source is not None:
            return self._source
        for member in members:
            if member.untagged:
                return member.lang
        for member in members:
            found = self._inside(member.path).langs
            if len(found) > 1:
                return found[0]
        return ASSUMED

    def _inside(self, path: str) -> _Inside:
        if path not in self._insides:
            self._insides[path] = self._look_into(path)
        return self._insides[path]

    def _look_into(self, path: str) -> _Inside:
        reader = reader_for(path.rpartition("/")[2])
        if reader is None:
            return _Inside()
        content = read_bytes(self._root, path, self._max_size)
        if isinstance(content, str):
            return _Inside(trouble=f", and {content}")
        decoded = reader.decode(content, self._max_size)
        if isinstance(decoded, Undecodable):
            return _Inside(trouble=f", and {decoded.reason}")
        return _Inside(len(decoded.text), tuple(_tags(reader.languages(decoded.text))))

    def _add(self, version: Version) -> None:
        self._result.versions.append(version)
        if version.key not in self._result.patterns:
            self._result.patterns.append(version.key)

    def _skip(self, path: str, reason: str) -> None:
        self._result.skipped.append(Skipped(path, reason))


def _candidates(path: str) -> Iterator[_Candidate]:
    suffix = (suffix_of(path.rpartition("/")[2]) or "").lower()
    if suffix == ".xml":
        yield from _android(path)
        return
    if match := _APPLE.fullmatch(path):
        before, name = match["before"], match["name"]
        if is_language_tag(match["lang"]):
            base = f"{before}{_APPLE_BASE}.lproj/{name}"
            yield _Candidate(f"{before}{_LANG}.lproj/{name}", normalise(match["lang"]), (base,), platform=True)
        return
    folders = list(folder_slots(path))
    files = list(file_slots(path))
    for slot in folders:
        rest = path[len(slot.before) :].partition("/")[2] if slot.style is Style.FOLDER else slot.rest + suffix
        yield _Candidate(f"{slot.template}/{rest}", slot.lang)
        for file in files:
            if file.lang == slot.lang and file.style is not Style.BARE_FILE:
                # The name repeats the folder: pl/messages.pl.xlf.
                own = file.before.rpartition("/")[2]
                yield _Candidate(f"{slot.template}/{own}.{_LANG}{suffix}", slot.lang, (f"{slot.before}{own}{suffix}",))
    for slot in files:
        bases = () if slot.style is Style.BARE_FILE else (slot.before + suffix, slot.before + ".pot")
        yield _Candidate(slot.template + suffix, slot.lang, bases)


def _android(path: str) -> Iterator[_Candidate]:
    match = _ANDROID.fullmatch(path)
    language = _ANDROID_LANGUAGE.fullmatch((match["qualifier"] or "") if match else "")
    if match is None or language is None:
        return
    tag = (language["tag"] or "").replace("+", "-") or "-".join(
        part for part in (language["lang"], language["region"]) if part
    )
    if is_language_tag(tag):
        before, name = match["before"], match["name"]
        template = f"{before}values-{_LANG}/{name}"
        yield _Candidate(template, normalise(tag), (f"{before}values/{name}",), platform=True)


def _doubt(path: str, candidate: _Candidate) -> str:
    """Why a file that any program may read is not taken for messages; empty when it is."""
    if kind_of(path) is not FileKind.DATA or candidate.platform:
        return ""
    name = path.rpartition("/")[2]
    if _SETTINGS.fullmatch(name):
        return "it has the name of a configuration file"
    folders = candidate.template.lower().split("/")[:-1]
    stems = re.split(r"[.\-_]", without_suffix(name).lower())
    before_lang = candidate.template.partition(_LANG)[0].rstrip("/").rpartition("/")[2].lower()
    if _MESSAGE_FOLDERS.isdisjoint(folders) and _MESSAGE_NAMES.isdisjoint(stems) and before_lang not in _DATA_FOLDERS:
        return f'nothing says that it holds messages; if it does, add "{candidate.template}" to the layout'
    return ""


def _reason(path: str) -> str:
    if kind_of(path) is FileKind.DATA:
        return "nothing in its path says that it holds messages in a language"
    if path.lower().endswith(".pot"):
        return "a template without translations beside it"
    return "nothing in its path says its language"


def _tags(tags: Iterable[str]) -> list[str]:
    """The tags that are some, normalised, in order and once each."""
    found = []
    for tag in tags:
        try:
            found.append(normalise(tag))
        except LanguageTagError:
            continue
    return list(dict.fromkeys(found))
