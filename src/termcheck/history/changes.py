"""What a change touches: texts, glossary entries and settings, compared with the commit that it starts from."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from termcheck.config import Config, OriginKind, load_config
from termcheck.config_file import read_config
from termcheck.errors import TermcheckError
from termcheck.glossary_file import load_glossary
from termcheck.history.comparison import VersionChange, compare
from termcheck.history.earlier import earlier_segments
from termcheck.history.reference import change_base
from termcheck.history.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from termcheck.glossary import Concept, Glossary
    from termcheck.model import Segment

_T = TypeVar("_T")

EVERY_LANGUAGE = ""
"""In place of a language: the entry concerns them all."""

_EVIDENCE = (
    *("languages", "source", "layout", "include", "exclude", "model", "glossary", "thresholds", "text_paragraphs"),
    "max_file_size",
)
"""Settings that decide what is looked at and how; the others only sort what was found."""


class Version(NamedTuple):
    """A file of the corpus as it is now: its path relative to the base, its language and its segments."""

    path: str
    lang: str
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the commit ``base``.

    ``files`` are all files that are not the same, in the corpus or beside it; ``versions`` has those with other texts,
    by path and language.
    ``concepts`` are the glossary ids whose words, group or exception changed, each with the language or
    ``EVERY_LANGUAGE``. ``former`` is the configuration as it was when its file changed; ``everything`` says that
    settings changed on which all findings depend.
    """

    base: str
    files: frozenset[str] = frozenset()
    versions: Mapping[tuple[str, str], VersionChange] = field(default_factory=dict)
    concepts: frozenset[tuple[str, str]] = frozenset()
    former: Config | None = None
    everything: bool = False


def find_changes(
    reference: str, folder: Path, versions: Sequence[Version], glossary: Glossary, config: Config
) -> Changes:
    """Compare everything with the commit at which the current branch left ``reference``.

    ``folder`` is what paths are relative to. Raises ``InputError`` when it is in no git repository or the commit is
    not there.
    """
    repository = Repository.at(folder)
    base = change_base(repository, reference)
    before = {change.path: change.before for change in repository.changes_since(base)}
    touched = [version for version in versions if version.path in before]
    edited = [version for version in touched if before[version.path] is not None]
    contents = repository.read(base, [before[version.path] or "" for version in edited])
    found = {(version.path, version.lang): _all_of(version) for version in touched}
    for version, content in zip(edited, contents, strict=True):
        old = earlier_segments(content, version.path, version.lang, config.text_paragraphs, config.max_file_size)
        if old is not None:
            found[version.path, version.lang] = compare(old, version.segments)
    former, everything = _former_config(repository, base, before, config)
    return Changes(
        base=base,
        files=frozenset(before),
        versions={place: change for place, change in found.items() if change},
        concepts=_changed_concepts(repository, base, before, glossary, config),
        former=former,
        everything=everything,
    )


def _all_of(version: Version) -> VersionChange:
    return VersionChange(frozenset(range(len(version.segments))))


def _changed_concepts(
    repository: Repository, base: str, before: Mapping[str, str | None], glossary: Glossary, config: Config
) -> frozenset[tuple[str, str]]:
    """The concepts whose words are others, per language, and those of groups and exceptions that are."""
    path = _relative(config.glossary, repository.folder)
    if path is None or path not in before:
        return frozenset()
    old = _earlier_file(repository, base, before[path], lambda file: load_glossary(file, path))
    if old is None:
        return frozenset((concept.id, EVERY_LANGUAGE) for concept in glossary.concepts)
    entries = {concept.id: concept for concept in old.concepts}
    changed = {
        (concept.id, lang)
        for concept in glossary.concepts
        for lang in _changed_languages(entries.get(concept.id), concept)
    }
    # Positions in the file do not count when two of these are compared.
    for group in set(glossary.distinct) - set(old.distinct):
        changed.update((concept, EVERY_LANGUAGE) for concept in group.concepts)
    for exception in set(glossary.acknowledgements) ^ set(old.acknowledgements):
        changed.update((concept, lang) for concept in exception.concepts for lang in exception.languages)
    return frozenset(changed)


def _changed_languages(old: Concept | None, new: Concept) -> tuple[str, ...]:
    if old is None or old.paths != new.paths:
        return (EVERY_LANGUAGE,)
    return tuple(lang for lang in {*old.terms, *new.terms} if old.terms.get(lang) != new.terms.get(lang))


def _former_config(
    repository: Repository, base: str, before: Mapping[str, str | None], config: Config
) -> tuple[Config | None, bool]:
    """The configuration as it was, None when it is the same, and whether all findings depend on the difference."""
    path = _relative(config.file, repository.folder)
    if path is None or config.file is None or path not in before:
        return None, False
    now = read_config(config.file)[0].data
    if before[path] is None:
        old: dict[str, object] = {}
        former: Config | None = Config()
    else:
        read = _earlier_file(repository, base, before[path], lambda file: (read_config(file)[0].data, _load(file)))
        if read is None:
            return None, True
        old, former = read
    if any(now.get(name) != old.get(name) for name in _EVIDENCE):
        return None, True
    given = {name for name, origin in config.origins.items() if origin.kind is OriginKind.COMMAND_LINE}
    kept = {name: getattr(config, name) for name in ("select", "ignore", "severity") if name in given}
    return (None if former is None else replace(former, **kept)), False


def _load(file: Path) -> Config:
    return load_config(file.parent, file, environ={})


def _earlier_file(repository: Repository, base: str, path: str | None, load: Callable[[Path], _T]) -> _T | None:
    """What a file's earlier content says, None when there was none or it cannot be understood."""
    if path is None:
        return None
    (content,) = repository.read(base, [path])
    if content is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / Path(path).name
        file.write_bytes(content)
        try:
            return load(file)
        except TermcheckError:
            return None


def _relative(path: Path | None, folder: Path) -> str | None:
    if path is None or not path.is_relative_to(folder):
        return None
    return path.relative_to(folder).as_posix()
