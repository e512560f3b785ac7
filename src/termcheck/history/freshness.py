"""Which translations are older than their source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from termcheck.corpus.reading import LARGEST
from termcheck.history.log import UNCOMMITTED, Commit, History
from termcheck.history.repository import Repository
from termcheck.languages import is_among

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from termcheck.corpus.readers.base import ParagraphMode
    from termcheck.model import Alignment, Cell, Segment
    from termcheck.progress import Progress


@dataclass(frozen=True, slots=True)
class OutdatedParagraph:
    """A translation whose source was touched later.

    ``source`` and ``target`` are the row's cells. ``source_commit`` and ``target_commit`` are the commits that wrote
    them; None for a source that is not committed yet.
    """

    lang: str
    source: Cell
    target: Cell
    source_commit: Commit | None
    target_commit: Commit


@dataclass(frozen=True, slots=True)
class DocumentFreshness:
    """One document. ``compared`` counts, by language, the rows in which both the source and the version have text.

    ``outdated`` are in tag order, then in the order of the rows.
    """

    key: str
    source: str
    paths: Mapping[str, str]
    compared: Mapping[str, int]
    outdated: tuple[OutdatedParagraph, ...]

    def count(self, lang: str) -> int:
        """How many paragraphs of a version are outdated."""
        return sum(paragraph.lang == lang for paragraph in self.outdated)


@dataclass(frozen=True, slots=True)
class Freshness:
    """All documents that have a source. ``shallow``: the history was fetched in part, so older edits are not seen."""

    documents: tuple[DocumentFreshness, ...]
    shallow: bool

    def only(self, paths: Collection[str], langs: Collection[str]) -> Freshness:
        """Limited to these files (or their sources) and languages; an empty collection sets no limit."""
        documents = []
        for document in self.documents:
            whole = not paths or document.paths[document.source] in paths
            wanted = {
                lang: count
                for lang, count in document.compared.items()
                if (whole or document.paths[lang] in paths) and (not langs or is_among(lang, langs))
            }
            if wanted:
                outdated = tuple(paragraph for paragraph in document.outdated if paragraph.lang in wanted)
                documents.append(replace(document, compared=wanted, outdated=outdated))
        return replace(self, documents=tuple(documents))


def judge_freshness(
    folder: Path,
    alignments: Sequence[Alignment],
    text_paragraphs: ParagraphMode,
    progress: Progress,
    max_size: int = LARGEST,
) -> Freshness:
    """Compare when the paragraphs of each row were last touched.

    A paragraph is outdated when the newest edit of its source is later than the newest of its own. ``folder`` is what
    paths are relative to. Raises ``InputError`` when it is in no git repository.
    """
    repository = Repository.at(folder)
    history = History.read(repository)
    progress.stage("Reading the history", len(alignments))
    documents = []
    for alignment in alignments:
        if alignment.source is not None and alignment.source in alignment.languages:
            documents.append(_document(repository, history, alignment, text_paragraphs, max_size))
        progress.advance()
    return Freshness(tuple(documents), history.shallow)


def _document(
    repository: Repository, history: History, alignment: Alignment, text_paragraphs: ParagraphMode, max_size: int
) -> DocumentFreshness:
    source = alignment.source or ""
    segments = {lang: _segments(alignment, lang) for lang in alignment.languages}
    paths = {lang: found[0].path for lang, found in segments.items()}
    touched = {
        lang: history.last_touched(repository, paths[lang], lang, found, text_paragraphs, max_size)
        for lang, found in segments.items()
    }

    def newest(cell: Cell, lang: str) -> int:
        return min(touched[lang][segment.index] for segment in cell.segments)

    compared = dict.fromkeys((lang for lang in alignment.languages if lang != source), 0)
    outdated = []
    for lang in compared:
        for row in alignment.rows:
            original, translation = row.cells[source], row.cells[lang]
            if not original or not translation:
                continue
            compared[lang] += 1
            then, now = newest(translation, lang), newest(original, source)
            if now < then:
                commit = None if now == UNCOMMITTED else history.commits[now]
                outdated.append(OutdatedParagraph(lang, original, translation, commit, history.commits[then]))
    return DocumentFreshness(alignment.key, source, paths, compared, tuple(outdated))


def _segments(alignment: Alignment, lang: str) -> list[Segment]:
    """All segments of a version, in the order of its file: each is in exactly one row."""
    found = [segment for row in alignment.rows for segment in row.cells[lang].segments]
    return sorted(found, key=lambda segment: segment.index)
