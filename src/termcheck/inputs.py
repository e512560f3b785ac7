"""What a run starts from: the glossary, the documents and their segments."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from termcheck.errors import InputError, NothingToCheckError
from termcheck.languages import display_name, is_among
from termcheck.model import Document, DocumentSet, Location
from termcheck.shelf import Shelf
from termcheck.urls import shown
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.config import Config
    from termcheck.corpus.directives import Directives
    from termcheck.corpus.discover import Discovery
    from termcheck.corpus.reading import ReadProblem
    from termcheck.corpus.target import Target
    from termcheck.decisions_file import DecisionsFile
    from termcheck.embedding.encoder import Encoder
    from termcheck.glossary import Glossary
    from termcheck.model import Segment
    from termcheck.progress import Progress
    from termcheck.rules.facts import UnreadableFile


@dataclass(frozen=True, slots=True)
class ReadSet:
    """A document's readable versions and the problems of the others."""

    document: DocumentSet
    segments: Mapping[str, tuple[Segment, ...]]
    problems: tuple[UnreadableFile, ...] = ()
    directives: tuple[Directives, ...] = ()
    passed_over: tuple[tuple[Location, str], ...] = ()
    """What of its files is not read because no reader knows what it is: places and noun phrases."""

    def size(self) -> int:
        """Segments of all versions."""
        return sum(map(len, self.segments.values()))

    def vectors(self, encoder: Encoder) -> dict[str, NDArray[np.float32]]:
        """The unit vectors (n, d) of every version's segments."""
        return {lang: encoder.encode([segment.text for segment in found]) for lang, found in self.segments.items()}


def read_glossary(target: Target, config: Config) -> Glossary:
    """The configured glossary, or an empty one."""
    from termcheck.glossary import Glossary
    from termcheck.glossary_file import load_glossary

    if config.glossary is None:
        return Glossary()
    return load_glossary(config.glossary, shown_path(config.glossary, target))


def decisions_file(target: Target, config: Config) -> DecisionsFile:
    """The file in which decisions on this corpus are kept, whether it is there or not."""
    from termcheck.config import DECISIONS_NAME
    from termcheck.decisions_file import DecisionsFile

    # Decisions name files as findings do, so they belong where these paths begin.
    return DecisionsFile(config.decisions or target.base / DECISIONS_NAME)


def shown_path(path: Path, target: Target) -> str:
    """An absolute path as findings name it: relative to the base when it lies there."""
    try:
        return path.relative_to(target.base).as_posix()
    except ValueError:
        return path.as_posix()


def find_documents(target: Target, config: Config) -> Discovery:
    """As ``discover_documents``. Raises ``NothingToCheckError`` when no document has two versions."""
    found = discover_documents(target, config)
    if not found.sets:
        if target.url:
            raise NothingToCheckError(
                f"{shown(target.url)} holds no document with two or more language versions",
                "termcheck discover -v shows for a copy of it which files were found and why others were skipped",
            )
        where = "the files named belong to" if target.only else f"{target.root} holds"
        command = shlex.join(
            ["termcheck", "discover", "-v", *([] if target.root == Path.cwd() else [str(target.root)])]
        )
        raise NothingToCheckError(
            f"{where} no document with two or more language versions",
            f"{command} shows which files were found there and why others were skipped",
        )
    return found


def check_source(config: Config, discovery: Discovery) -> None:
    """Raise ``InputError`` for a source named on the command line that no file is in: it would be passed over.

    A configuration may hold for folders that lack the source, so its own is not checked.
    """
    from termcheck.config import NO_SOURCE, OriginKind

    given = config.origins.get("source")
    if given is None or given.kind is not OriginKind.COMMAND_LINE or config.source in (None, NO_SOURCE):
        return
    check_languages((config.source,), discovery)


def check_languages(langs: Sequence[str], discovery: Discovery) -> None:
    """Raise ``InputError`` for a language asked for that no file is in: its report would look clean."""
    for lang in langs:
        if not any(is_among(tag, (lang,)) for tag in discovery.languages):
            found = ", ".join(discovery.languages)
            raise InputError(f"no file is in {display_name(lang)} ({lang})", f"the languages found are {found}")


def discover_documents(target: Target, config: Config) -> Discovery:
    """The documents below the root, with paths relative to the base."""
    from termcheck.config import NO_SOURCE
    from termcheck.corpus.discover import discover

    no_source = config.source == NO_SOURCE
    # Nobody takes them for content, and a report that always mentions skipped files hides the ones that matter.
    own_files = {config.file, config.glossary, config.baseline, decisions_file(target, config).path}
    found = discover(
        target.root,
        languages=config.languages,
        source=None if no_source else config.source,
        layout=config.layout,
        include=config.include,
        exclude=config.exclude,
        only=[path.relative_to(target.root).as_posix() for path in target.only],
        max_size=config.max_file_size,
    )

    def based(document: DocumentSet) -> DocumentSet:
        versions = {lang: target.prefix + path for lang, path in document.versions.items()}
        return replace(document, versions=versions, source=None if no_source else document.source)

    return replace(
        found,
        sets=tuple(based(document) for document in found.sets),
        orphans=tuple(based(document) for document in found.orphans),
        skipped=tuple(
            replace(item, path=target.prefix + item.path)
            for item in found.skipped
            if target.root / item.path not in own_files
        ),
        source=None if no_source else found.source,
    )


def read_sets(target: Target, discovery: Discovery, config: Config, progress: Progress) -> Shelf[ReadSet]:
    """All versions of all documents as segments."""
    progress.stage("Reading", len(discovery.sets))

    def one_by_one() -> Iterator[ReadSet]:
        for document in discovery.sets:
            yield read_set(target, document, config)
            progress.advance()

    return Shelf(one_by_one(), ReadSet.size)


def note_passed_over(sets: Iterable[ReadSet], progress: Progress) -> None:
    """Say once for each kind of content that no reader knows how often it was left out, and where first."""
    places: dict[str, list[Location]] = {}
    for each in sets:
        for place, what in each.passed_over:
            places.setdefault(what, []).append(place)
    for what, found in sorted(places.items()):
        first = min(found, key=lambda place: (place.path, place.start))
        progress.note("Not read", f"{what}, {counted(len(found), 'time')}, first in {first.path}:{first.start.line}")


def read_set(
    target: Target, document: DocumentSet, config: Config, contents: Mapping[str, bytes] | None = None
) -> ReadSet:
    """All versions of a document as segments; ``contents``, by path, take the place of what files hold."""
    from termcheck.corpus.directives import find_directives
    from termcheck.corpus.reading import parse_document, passed_over, read_document, segment_or_problem
    from termcheck.rules.facts import UnreadableFile

    segments: dict[str, tuple[Segment, ...]] = {}
    problems: dict[str, UnreadableFile] = {}
    directives: dict[str, Directives] = {}
    unknown: list[tuple[Location, str]] = []
    # The source comes last, so that of a file that holds it beside its translation, the translation's comments count.
    for lang, path in sorted(document.versions.items(), key=lambda version: version[0] == document.source):
        content = (contents or {}).get(path)
        read = (
            read_document(
                target.base, path, lang, max_size=config.max_file_size, text_paragraphs=config.text_paragraphs
            )
            if content is None
            else parse_document(
                content, path, lang, text_paragraphs=config.text_paragraphs, max_size=config.max_file_size
            )
        )
        found = segment_or_problem(read) if isinstance(read, Document) else read
        if not isinstance(read, Document) or not isinstance(found, tuple):
            problem = cast("ReadProblem", found)
            place = Location(path, lang, problem.position, problem.position)
            problems.setdefault(path, UnreadableFile(place, problem.reason))
            continue
        if path not in directives:
            directives[path] = find_directives(read, found)
            unknown += [(Location(path, lang, place, place), what) for place, what in passed_over(read)]
        if found:
            segments[lang] = found
        else:
            start = read.position(0)
            problems.setdefault(path, UnreadableFile(Location(path, lang, start, start), "it holds no text"))
    ordered = {lang: segments[lang] for lang in document.versions if lang in segments}
    return ReadSet(document, ordered, tuple(problems.values()), tuple(directives.values()), tuple(unknown))
