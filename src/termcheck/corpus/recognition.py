"""Recognising how a corpus is laid out: which of the possible language slots are real.

A name that could be a language tag is often none (``id``, ``it``, ``is``), so a slot counts only with evidence:
several languages in the same slot, or a version without a tag beside it. What stays doubtful is left out and said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.layouts import Slot, Style, file_slots, folder_slots, without_suffix
from termcheck.languages import display_name
from termcheck.model import Skipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

# Folders whose only purpose is to hold translations: the original may stand beside them.
CONTAINERS = frozenset(
    {"lang", "langs", "language", "languages", "locale", "locales", "i18n", "l10n", "translation", "translations",
     "translated", "_i18n"}
)  # fmt: skip
# Where translations of a README stand whose original is in the folder above.
_DOCUMENT_FOLDERS = frozenset({"doc", "docs"})
# A page of this name is in so many folders that it shows no kinship.
_COMMON_NAMES = frozenset({"index", "readme", "_index"})
ASSUMED = "en"
"""The language of files that do not say theirs, beside others that do."""
_LEAST_SHARED = 0.1


class Version(NamedTuple):
    """One file: which document it is, in which language; ``untagged`` if its path does not say the language."""

    key: str
    lang: str
    path: str
    untagged: bool = False


@dataclass
class Recognised:
    """What was made of the paths. ``patterns`` describes the layout, ``assumed`` the language given to untagged files
    without being told."""

    versions: list[Version] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)
    assumed: str | None = None

    def add(self, other: Recognised) -> None:
        """Take in what was made of other paths."""
        self.versions += other.versions
        self.skipped += other.skipped
        self.patterns += [pattern for pattern in other.patterns if pattern not in self.patterns]
        self.assumed = self.assumed or other.assumed


def recognise(paths: Sequence[str], languages: Collection[str], source: str | None) -> Recognised:
    """Find the language and the document of each path; ``languages`` and ``source`` are what the user told."""
    return _Recognition(paths, languages, source).run()


class _Base(NamedTuple):
    """Where the untagged versions of a folder layout stand, and their language."""

    folder: str
    lang: str


@dataclass
class _FileGroup:
    """The files of one template, known by one of their slots."""

    slot: Slot
    langs: set[str] = field(default_factory=set)
    in_language_folder: bool = False


class _Recognition:
    def __init__(self, paths: Sequence[str], languages: Collection[str], source: str | None) -> None:
        self._languages = frozenset(languages)
        self._source = source
        self._result = Recognised()
        self._paths = paths
        self._folders = {path: list(folder_slots(path)) for path in paths}
        self._names = {path: list(file_slots(path)) for path in paths}
        self._stems = {without_suffix(path) for path in paths}

    def run(self) -> Recognised:
        by_template = _group(slot for slots in self._folders.values() for slot in slots)
        doubtful: dict[str, str] = {}
        accepted = set()
        for template, slots in sorted(by_template.items()):
            verdict = self._folder_verdict(slots)
            if verdict is None:
                accepted.add(template)
            elif verdict:
                doubtful[template] = verdict
        bases = self._bases(by_template, accepted)
        file_templates = self._accepted_files(accepted)
        rest = []
        for path in self._paths:
            chosen = [slot for slot in self._folders[path] if slot.template in accepted]
            named = [
                slot
                for slot in self._names[path]
                if slot.template in file_templates or (slot.style is Style.DOTTED_FILE and _repeats(slot, chosen))
            ]
            if chosen:
                self._in_folder(path, chosen, named, bases)
            elif named:
                self._add(Version(self._home(named[0]).rstrip("/") or ".", named[0].lang, path), named[0])
            else:
                rest.append(path)
        self._untagged(rest, file_templates, bases, doubtful)
        return self._result

    def _folder_verdict(self, slots: Sequence[Slot]) -> str | None:
        """None if the folders are language folders, a reason if that is doubtful, "" if they are not."""
        langs = {slot.lang for slot in slots}
        if len(langs) > 1 or langs & self._languages:
            return None
        shared = self._shared(slots, self._candidate_bases(slots[0])) if slots else set()
        if not shared or len(shared) * 2 < len(slots):
            return ""
        container = slots[0].before.rstrip("/").rpartition("/")[2] in CONTAINERS
        telling = any(rest.rpartition("/")[2].lower() not in _COMMON_NAMES for rest in shared)
        if container or telling or slots[0].style is Style.DOTTED_FOLDER:
            return None
        lang = next(iter(langs))
        return f"its folder may stand for {display_name(lang)}; if it does, add {lang} to the languages"

    @staticmethod
    def _candidate_bases(slot: Slot) -> list[str]:
        """The folders in which the untagged versions of a slot's files may stand."""
        bases = [slot.before]
        parent, _, name = slot.before.rstrip("/").rpartition("/")
        if slot.style is Style.FOLDER and name in CONTAINERS:
            bases.append(f"{parent}/" if parent else "")
        return bases

    def _shared(self, slots: Iterable[Slot], bases: Sequence[str]) -> set[str]:
        return {slot.rest for slot in slots if any(base + slot.rest in self._stems for base in bases)}

    def _bases(self, by_template: Mapping[str, Sequence[Slot]], accepted: Collection[str]) -> dict[str, _Base]:
        """The untagged versions' place for each template that has them."""
        bases = {}
        for template in sorted(accepted):
            slots = by_template[template]
            lang = self._untagged_language({slot.lang for slot in slots})
            distinct = len({slot.rest for slot in slots})
            best, most = "", 0
            for folder in self._candidate_bases(slots[0]):
                shared = len(self._shared(slots, [folder]))
                if shared > most:
                    best, most = folder, shared
            if lang and most and most >= distinct * _LEAST_SHARED:
                bases[template] = _Base(best, lang)
        return bases

    def _untagged_language(self, tagged: Collection[str]) -> str | None:
        """The language of untagged files beside versions in the languages ``tagged``; None if it cannot be known."""
        lang = self._source or ASSUMED
        return None if lang in tagged else lang

    def _accepted_files(self, folders: Collection[str]) -> set[str]:
        """The templates of file names that carry a language, given the accepted templates of folders."""
        groups: dict[str, _FileGroup] = {}
        siblings: dict[str, int] = defaultdict(int)
        known = set(self._languages)
        for path in self._paths:
            if without_suffix(path).rpartition("/")[2].lower() not in _COMMON_NAMES:
                siblings[path.rpartition("/")[0]] += 1
            outer = [slot.lang for slot in self._folders[path] if slot.template in folders]
            known.update(outer)
            for slot in self._names[path]:
                group = groups.setdefault(slot.template, _FileGroup(slot))
                group.langs.add(slot.lang)
                group.in_language_folder |= bool(outer)
        accepted = set()
        # The second round is for single files in a language that the first round found elsewhere.
        for _ in range(2):
            for template, group in sorted(groups.items()):
                if self._is_file_slot(group, known, siblings):
                    accepted.add(template)
            for template in accepted:
                known |= groups[template].langs
        return accepted

    def _is_file_slot(self, group: _FileGroup, known: Collection[str], siblings: Mapping[str, int]) -> bool:
        before = self._home(group.slot)
        several = len(group.langs) > 1
        beside = before in self._stems
        familiar = group.langs <= set(known)
        match group.slot.style:
            case Style.DOTTED_FILE:
                return several or beside or (familiar and not group.in_language_folder)
            case Style.DASHED_FILE:
                is_shouted = before.rpartition("/")[2].isupper()
                return not group.in_language_folder and (several or (beside and (familiar or is_shouted)))
            case _:
                # Files named by nothing but a language: all of the folder must be.
                alone = siblings[group.slot.before.rstrip("/")] == len(group.langs)
                return several and alone and not group.in_language_folder

    def _home(self, slot: Slot) -> str:
        """The document that a file is a version of: the one beside it or, where translations of such documents have a
        folder of their own, the one above."""
        before = slot.before
        folder, _, name = before.rpartition("/")
        parent, _, own = folder.rpartition("/")
        kept_apart = own.lower() in CONTAINERS or (own.lower() in _DOCUMENT_FOLDERS and name.isupper())
        above = f"{parent}/{name}" if parent else name
        if not name or not kept_apart or before in self._stems or above not in self._stems:
            return before
        taken = any((other.before, other.lang) == (above, slot.lang) for each in self._names.values() for other in each)
        return before if taken else above

    def _in_folder(self, path: str, chosen: Sequence[Slot], named: Sequence[Slot], bases: Mapping[str, _Base]) -> None:
        slot = chosen[0]
        langs = sorted({slot.lang for slot in (*chosen, *named)})
        if len(langs) > 1:
            self._skip(path, f"its path names several languages: {', '.join(langs)}")
            return
        base = bases.get(slot.template)
        rest = slot.rest
        if named:
            # The file repeats the language of its folder; the document's name is without it.
            rest = rest[: len(rest) - (len(without_suffix(path)) - len(named[0].before))]
        self._add(Version((base.folder if base else slot.before) + rest, slot.lang, path), slot)

    def _untagged(
        self,
        paths: Iterable[str],
        file_templates: Collection[str],
        bases: Mapping[str, _Base],
        doubtful: Mapping[str, str],
    ) -> None:
        tagged: dict[str, set[str]] = defaultdict(set)
        for slots in self._names.values():
            for slot in slots:
                if slot.template in file_templates and slot.style is not Style.BARE_FILE:
                    tagged[self._home(slot)].add(slot.lang)
        folders = sorted({*bases.values()}, key=lambda base: -len(base.folder))
        for path in paths:
            stem = without_suffix(path)
            doubt = next((doubtful[slot.template] for slot in self._folders[path] if slot.template in doubtful), None)
            lang = None
            if stem in tagged:
                lang = self._untagged_language(tagged[stem])
            elif doubt is None and not (doubt := self._dashed_doubt(path)):
                lang = next((base.lang for base in folders if path.startswith(base.folder)), None)
            if lang:
                if self._source is None:
                    self._result.assumed = lang
                self._result.versions.append(Version(stem, lang, path, untagged=True))
            else:
                self._skip(path, doubt or "nothing in its path says its language")

    def _dashed_doubt(self, path: str) -> str | None:
        for slot in self._names[path]:
            if slot.style is Style.DASHED_FILE and slot.before in self._stems:
                other = slot.before.rpartition("/")[2]
                return (
                    f'it may be the {display_name(slot.lang)} version of "{other}"; '
                    f"if it is, add {slot.lang} to the languages"
                )
        return None

    def _add(self, version: Version, slot: Slot) -> None:
        self._result.versions.append(version)
        match slot.style:
            case Style.FOLDER | Style.DOTTED_FOLDER:
                pattern = f"{slot.template}/{{path}}"
            case Style.BARE_FILE:
                pattern = slot.template
            case _:
                folder, slash, name = slot.template.rpartition("/")
                pattern = f"{folder}{slash}*{name[len(slot.before.rpartition('/')[2]) :]}"
        if pattern not in self._result.patterns:
            self._result.patterns.append(pattern)

    def _skip(self, path: str, reason: str) -> None:
        self._result.skipped.append(Skipped(path, reason))


def _repeats(slot: Slot, folders: Sequence[Slot]) -> bool:
    """Whether a file's name says the language of its folder once more: ``pl/x.pl.md``."""
    return any(folder.lang == slot.lang for folder in folders)


def _group(slots: Iterable[Slot]) -> dict[str, list[Slot]]:
    groups: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        groups[slot.template].append(slot)
    return groups
