"""The layout of Docusaurus sites (https://docusaurus.io/docs/i18n/introduction), which keeps originals elsewhere.

Translations stand in ``i18n/<lang>/docusaurus-plugin-content-docs/current/x.md``, the original of that one in
``docs/x.md``. The folders of originals can be named otherwise in the site's settings, which are a program; of the usual
ones, that is taken which holds most of the translated files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from termcheck.config_file import exists
from termcheck.corpus.layouts import without_suffix
from termcheck.corpus.recognition import ASSUMED, Recognised, Version
from termcheck.languages import LanguageTagError, normalise
from termcheck.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_TRANSLATED = re.compile(
    r"(?P<site>(?:.*/)?)i18n/(?P<tag>[^/]+)/"
    r"(?P<section>docusaurus-plugin-content-(?:"
    r"docs(?:-(?P<docs>[^/]+))?/(?:current|(?P<version>version-[^/]+))|blog(?:-(?P<blog>[^/]+))?|(?P<pages>pages)))"
    r"/(?P<rest>.+)",
    re.DOTALL,
)


class _File(NamedTuple):
    """A translated file, without its ending in its section."""

    path: str
    lang: str
    rest: str


def recognise_docusaurus(paths: Sequence[str], source: str | None) -> tuple[Recognised, list[str]]:
    """What stands in the places of Docusaurus, and the paths that do not; ``source`` is what the user told."""
    result = Recognised()
    sections: dict[tuple[str, str], list[_File]] = defaultdict(list)
    origins: dict[tuple[str, str], list[str]] = {}
    rest = []
    for path in paths:
        match = _TRANSLATED.fullmatch(path)
        if match is None:
            rest.append(path)
            continue
        try:
            lang = normalise(match["tag"])
        except LanguageTagError:
            result.skipped.append(Skipped(path, f'"{match["tag"]}" is no language tag'))
            continue
        section = (match["site"], match["section"])
        sections[section].append(_File(path, lang, without_suffix(match["rest"])))
        origins[section] = list(_origins(match))
    stems = {without_suffix(path) for path in rest}
    folders: dict[str, str] = {}
    for section, files in sorted(sections.items()):
        lang = source or ASSUMED
        folder = ""
        if all(file.lang != lang for file in files):
            names = {file.rest for file in files}
            counts = {origin: sum(origin + name in stems for name in names) for origin in origins[section]}
            folder = max(counts, key=lambda origin: counts[origin])
            folder = folder if counts[folder] else ""
        if folder:
            folders[folder] = lang
        site, name = section
        key = folder or f"{site}i18n/{name}/"
        result.versions += [Version(key + file.rest, file.lang, file.path) for file in files]
        result.patterns.append(f"{site}i18n/{{lang}}/{name}/{{path}}")
    others = []
    for path in rest:
        # The longest folder is the closest one.
        home = max((folder for folder in folders if path.startswith(folder)), key=len, default="")
        if home:
            result.versions.append(Version(without_suffix(path), folders[home], path, untagged=True))
            result.assumed = None if source else folders[home]
        else:
            others.append(path)
    return result, others


def site_of(folder: Path) -> Path | None:
    """The folder that holds the site whose originals or translations are in ``folder``, None if there is none."""
    for place in (folder, *folder.parents):
        if any(place.glob("i18n/*/docusaurus-plugin-content-*")):
            beside = not (place / "docs").is_dir() and (place.parent / "docs").is_dir()
            return place.parent if beside else place
        if exists(place / ".git"):
            break
    return None


def _origins(match: re.Match[str]) -> Iterator[str]:
    """The folders in which the originals of a section may stand, the usual one first."""
    site = match["site"]
    if match["pages"]:
        yield f"{site}src/pages/"
        return
    name = match["docs"] or match["blog"]
    if match["version"]:
        prefix = f"{name}_" if name else ""
        yield f"{site}{prefix}versioned_docs/{match['version']}/"
        return
    usual = "docs" if "-content-docs" in match["section"] else "blog"
    parent = site.rstrip("/").rpartition("/")[0]
    # A site in a folder of its own often takes its documents from beside it.
    for place in (site, f"{parent}/" if parent else "") if site else ("",):
        if name:
            yield f"{place}{name}/"
            yield f"{place}{usual}-{name}/"
            yield f"{place}{usual}/{name}/"
        else:
            yield f"{place}{usual}/"
