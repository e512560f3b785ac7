"""Which files of a folder are language versions of each other."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termcheck.corpus.catalogues import CatalogueFinder
from termcheck.corpus.docusaurus import recognise_docusaurus, site_of
from termcheck.corpus.layouts import (
    Pattern,
    Style,
    compile_patterns,
    file_slots,
    folder_slots,
    match_patterns,
    without_suffix,
)
from termcheck.corpus.readers import kind_of, reader_for, suffix_of
from termcheck.corpus.readers.base import FileKind
from termcheck.corpus.reading import LARGEST
from termcheck.corpus.recognition import Recognised, Version, recognise
from termcheck.corpus.walk import walk
from termcheck.errors import InputError
from termcheck.languages import is_language_tag, normalise
from termcheck.model import DocumentSet, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_DEFAULT_SOURCE = "en"
_SHOWN_PATTERNS = 6


@dataclass(frozen=True, slots=True)
class Discovery:
    """What a folder holds.

    ``sets`` are the documents with at least two versions and ``orphans`` those with one, both in key order;
    ``languages`` are the languages of all of them, sorted; ``source`` is the language translated from, if known;
    ``layout`` says in words how the languages were told apart.
    """

    root: Path
    sets: tuple[DocumentSet, ...]
    orphans: tuple[DocumentSet, ...]
    skipped: tuple[Skipped, ...]
    languages: tuple[str, ...]
    source: str | None
    layout: str


def discover(
    root: Path,
    *,
    languages: Sequence[str] = (),
    source: str | None = None,
    layout: Sequence[str] = (),
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    only: Sequence[str] = (),
    max_size: int = LARGEST,
) -> Discovery:
    """Find the documents below the folder ``root`` and the versions of each.

    ``languages`` limits the versions to these languages and ``source`` names the one translated from. ``layout`` are
    patterns such as ``content/{lang}/{path}`` that replace the recognition of the layout; a pattern without ``{lang}``
    is where the source language's files are. ``include`` and ``exclude`` are globs (see `Globs`). ``only`` are POSIX
    paths relative to ``root``: documents without a version among them are left out. Files that may say their languages
    themselves are asked if they have at most ``max_size`` bytes, and unpack to no more.

    Without ``source``, it is the language of the files that carry no tag beside others that do, else English where
    there is English, else unknown. Raises `InputError` if ``root`` is no folder, `ConfigError` for a wrong pattern,
    and `LanguageTagError` for a wrong tag.
    """
    if not root.is_dir():
        reason = "is not a folder" if root.exists() else "does not exist"
        raise InputError(f"{root} {reason}", "give the folder that holds the language versions")
    told = frozenset(normalise(tag) for tag in languages)
    source = None if source is None else normalise(source)
    paths, skipped = walk(root, include, exclude)
    catalogues = CatalogueFinder(root, told, source, max_size)
    if layout:
        found = _by_patterns(paths, layout, source)
    else:
        found, texts = recognise_docusaurus([path for path in paths if kind_of(path) is FileKind.TEXT], source)
        found.add(recognise(texts, told, source))
        found.add(recognise([path for path in paths if kind_of(path) is FileKind.SUBTITLES], told, source))
        catalogues.recognise([path for path in paths if kind_of(path) not in (FileKind.TEXT, FileKind.SUBTITLES)])
    found = catalogues.complete(found)
    skipped += found.skipped
    versions = found.versions
    if told:
        allowed = told | ({source} if source else set())
        skipped += [
            Skipped(version.path, f"{version.lang} is not among the languages to check")
            for version in versions
            if version.lang not in allowed
        ]
        versions = [version for version in versions if version.lang in allowed]
    documents = _documents(versions, skipped)
    if source is None:
        source = _likely_source(versions)
    return _discovery(root, documents, skipped, source, _describe(found), only)


def discover_pairs(versions: Mapping[str, Path]) -> Discovery:
    """Pair up separate places: for each language tag a file, or for each a folder with the same files below it.

    Raises `InputError` if they are not all files or all folders, or fewer than two.
    """
    places = {normalise(tag): path for tag, path in versions.items()}
    if len(places) < 2:
        raise InputError("two language versions are needed", "name them as in: en=docs/en pl=docs/pl")
    for path in places.values():
        if not path.exists():
            raise InputError(f"{path} does not exist")
    absolute = {lang: path.absolute() for lang, path in sorted(places.items())}
    skipped: list[Skipped] = []
    found: list[Version] = []
    if all(path.is_dir() for path in absolute.values()):
        root = Path(os.path.commonpath(list(absolute.values())))
        for lang, folder in absolute.items():
            paths, left_out = walk(folder, (), ())
            prefix = folder.relative_to(root).as_posix()
            join = "" if prefix == "." else f"{prefix}/"
            found += [Version(without_suffix(path), lang, join + path) for path in paths]
            skipped += [Skipped(join + item.path, item.reason) for item in left_out]
    elif all(path.is_file() for path in absolute.values()):
        root = Path(os.path.commonpath([path.parent for path in absolute.values()]))
        names = sorted({_bare_name(path.name) for path in absolute.values()})
        for lang, path in absolute.items():
            if reader_for(path.name) is None:
                raise InputError(f"{path} is of a kind that no reader knows")
            found.append(Version(names[0], lang, path.relative_to(root).as_posix()))
    else:
        raise InputError("some of the versions are files and some are folders", "give all files or all folders")
    documents = _documents(found, skipped)
    layout = "; ".join(f"{lang} in {path}" for lang, path in sorted(places.items()))
    return _discovery(root, documents, skipped, _likely_source(found), layout, ())


def language_of(path: Path) -> str | None:
    """The language that a single file's path tells, None if it tells none; unlike `discover` without further evidence.

    ``x.pl.md`` is the clearest, then the nearest folder named by a language, then ``x-pl.md`` and ``pl.md``.
    """
    names = list(file_slots(path.name))
    folders = list(folder_slots(path.absolute().as_posix()))
    dotted = [slot for slot in names if slot.style is Style.DOTTED_FILE]
    for slot in (*dotted, *reversed(folders), *names):
        return slot.lang
    return None


def corpus_root(path: Path) -> Path:
    """The folder to discover when the user names ``path``: the one above the language folders that it lies in.

    A language folder is known by its name and by a neighbour that is one as well.
    """
    folder = path.absolute() if path.is_dir() else path.absolute().parent
    site = site_of(folder)
    if site is not None:
        return site
    best = folder
    for candidate in (folder, *folder.parents):
        name = candidate.name
        if is_language_tag(name) or any(folder_slots(f"{name}/x")):
            parent = candidate.parent
            if _has_other_language(parent, name):
                best = parent
    return best


def _has_other_language(folder: Path, name: str) -> bool:
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return False
    dotted = name.rpartition(".")[0]
    for other in names:
        if other == name:
            continue
        if dotted and (other == dotted or other.rpartition(".")[0] == dotted):
            return True
        if not dotted and is_language_tag(other):
            return True
    return False


def _bare_name(name: str) -> str:
    suffix = suffix_of(name)
    return name if suffix is None else name[: -len(suffix)]


def _by_patterns(paths: Iterable[str], layout: Sequence[str], source: str | None) -> Recognised:
    patterns = compile_patterns(layout, source)
    result = Recognised(patterns=list(layout))
    for path in paths:
        match = match_patterns(path, _naming(path, patterns), source)
        if isinstance(match, str):
            result.skipped.append(Skipped(path, match))
        else:
            key, lang, pattern = match
            result.versions.append(Version(key, lang, path, untagged=not pattern.has_lang))
    return result


def _naming(path: str, patterns: Sequence[Pattern]) -> list[Pattern]:
    """The patterns that a file can match: data is only text where a pattern ends like it, as in ``{lang}.json``."""
    if kind_of(path) is not FileKind.DATA:
        return list(patterns)
    return [pattern for pattern in patterns if suffix_of(path) == suffix_of(pattern.text.rpartition("/")[2])]


def _documents(versions: Iterable[Version], skipped: list[Skipped]) -> dict[str, dict[str, str]]:
    """Key -> language -> path. Two files for one language are told apart by their endings or left out."""
    groups: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        groups[version.key].append(version)
    documents = {}
    for key, members in groups.items():
        if _is_unique(members) and len({kind_of(member.path) for member in members}) == 1:
            documents[key] = {member.lang: member.path for member in members}
            continue
        by_suffix: dict[str, list[Version]] = defaultdict(list)
        for member in members:
            by_suffix[(suffix_of(member.path) or "").lower()].append(member)
        for suffix, part in by_suffix.items():
            by_lang: dict[str, list[Version]] = defaultdict(list)
            for member in part:
                by_lang[member.lang].append(member)
            unique = {lang: same[0].path for lang, same in by_lang.items() if len(same) == 1}
            if unique:
                documents[key + suffix] = unique
            for lang, same in by_lang.items():
                for index, member in enumerate(same if len(same) > 1 else ()):
                    other = same[1 if index == 0 else 0].path
                    skipped.append(Skipped(member.path, f"{other} is the same document in {lang} as well"))
    return documents


def _is_unique(members: Sequence[Version]) -> bool:
    return len({member.lang for member in members}) == len(members)


def _likely_source(versions: Iterable[Version]) -> str | None:
    langs = set()
    for version in versions:
        if version.untagged:
            return version.lang
        langs.add(version.lang)
    # A regional English is the original where there is no other English beside it.
    english = sorted(lang for lang in langs if lang.partition("-")[0] == _DEFAULT_SOURCE)
    chosen = [lang for lang in (_DEFAULT_SOURCE, "en-US") if lang in english]
    return (chosen or english)[0] if len(english) == 1 or chosen else None


def _describe(found: Recognised) -> str:
    if not found.patterns:
        return "no language versions recognised"
    text = ", ".join(found.patterns[:_SHOWN_PATTERNS])
    if len(found.patterns) > _SHOWN_PATTERNS:
        text += f" and {len(found.patterns) - _SHOWN_PATTERNS} more"
    untagged = sorted({version.lang for version in found.versions if version.untagged})
    if found.assumed:
        text += f"; files without a tag beside them are taken for {found.assumed} (set source if they are not)"
    elif untagged:
        text += f"; files without a tag are {', '.join(untagged)}"
    return text


def _discovery(
    root: Path,
    documents: Mapping[str, Mapping[str, str]],
    skipped: Iterable[Skipped],
    source: str | None,
    layout: str,
    only: Sequence[str],
) -> Discovery:
    wanted = frozenset(only)
    sets: list[DocumentSet] = []
    orphans: list[DocumentSet] = []
    languages: set[str] = set()
    for key, versions in sorted(documents.items()):
        if wanted and wanted.isdisjoint(versions.values()):
            continue
        languages.update(versions)
        ordered = dict(sorted(versions.items()))
        document = DocumentSet(key, ordered, source if source in ordered else None)
        (sets if len(ordered) > 1 else orphans).append(document)
    return Discovery(
        root=root,
        sets=tuple(sets),
        orphans=tuple(orphans),
        skipped=tuple(sorted(skipped, key=lambda item: (item.path, item.reason))),
        languages=tuple(sorted(languages)),
        source=source,
        layout=layout,
    )
