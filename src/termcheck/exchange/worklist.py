"""What is open in one language, as a list of texts to correct with a translator's own tools.

A text is a segment of a file. Its id says which one it is and what it said: ``s12-0123456789abcdef`` is the thirteenth
of its file, with the first digits of a SHA-256 over what a person edits of it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.writing import editable_texts
from termcheck.model import DecisionKind, Role
from termcheck.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termcheck.model import Alignment, Cell, Document, Excerpt, Finding, Position, Row, RunResult, Segment, Severity

_ID_LENGTH = 16


class Remark(NamedTuple):
    """What a finding says of a text; ``rule`` is ``TC303 numbers-differ``."""

    rule: str
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A text with findings that nobody settled.

    ``path`` is relative to the base of the corpus, ``line`` where the text starts. ``source`` is the text in the source
    language, empty where that has none; ``target`` what a person edits of the text, markup in it.
    """

    id: str
    path: str
    line: int
    source: str
    target: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Worklist:
    """The texts to correct in ``lang``, by path and place, beside those of ``source``.

    ``without_text`` counts findings that are about no text that could be corrected here: a missing paragraph, a whole
    file, a text that can only be read.
    """

    lang: str
    source: str
    items: tuple[WorkItem, ...]
    without_text: int


class Correction(NamedTuple):
    """A text that came back. ``where`` is its place in the file that brought it."""

    id: str
    path: str
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a file of corrections holds; ``lang`` is empty where it does not say so."""

    lang: str
    items: tuple[Correction, ...]


def worklist(result: RunResult, lang: str, source: str = "") -> Worklist:
    """What is open in ``lang``; ``source`` stands in where documents have no source language.

    Findings that are to be fixed later are open, too.
    """
    cells = {
        (cell.segments[0].path, cell.segments[0].location().start): (cell, row, table)
        for table in result.tables
        for row in table.rows
        for cell in [row.cells.get(lang)]
        if cell
    }
    sources = [table.source for table in result.tables if table.source is not None and lang in table.languages]
    base = source or (max(sorted(set(sources)), key=sources.count) if sources else _other_language(result, lang))
    remarks: defaultdict[tuple[str, int], list[Remark]] = defaultdict(list)
    found: dict[tuple[str, int], tuple[Segment, Row, Alignment]] = {}
    without_text = 0
    for finding in result.findings:
        if finding.lang != lang or _is_settled(finding):
            continue
        places = list(_places(finding, cells))
        without_text += not places
        for segment, row, table, remark in places:
            key = (segment.path, segment.index)
            found[key] = (segment, row, table)
            if remark not in remarks[key]:
                remarks[key].append(remark)
    texts, items = _Texts(), []
    for key in sorted(found):
        segment, row, table = found[key]
        target = texts.of(segment)
        if target is None:
            without_text += len(remarks[key])
            continue
        text = texts.of_row(row, base) if table.source in (None, base) else ""
        line = segment.location().start.line
        items.append(WorkItem(segment_id(segment.index, target), segment.path, line, text, target, tuple(remarks[key])))
    return Worklist(lang, base, tuple(items), without_text)


def segment_id(index: int, text: str) -> str:
    """The id of the text of a segment; ``text`` is what a person edits of it."""
    return f"s{index}-{text_digits(text)}"


def text_digits(text: str) -> str:
    """What tells in an id whether the text is still the same, to the last blank."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def _is_settled(finding: Finding) -> bool:
    return finding.decision is not None and finding.decision.kind.settles


def _places(
    finding: Finding, cells: Mapping[tuple[str, Position], tuple[Cell, Row, Alignment]]
) -> Iterator[tuple[Segment, Row, Alignment, Remark]]:
    for excerpt in finding.excerpts:
        place = cells.get((excerpt.location.path, excerpt.location.start))
        if excerpt.role is Role.TARGET and place is not None:
            cell, row, table = place
            for segment in cell.segments:
                yield segment, row, table, _remark(finding, excerpt)


def _remark(finding: Finding, excerpt: Excerpt) -> Remark:
    # Where most of a text is marked, nobody needs to be told what to look at.
    marked = sum(mark.end - mark.start for mark in excerpt.marks) <= len(excerpt.text) / 2
    words = list(dict.fromkeys(excerpt.text[mark.start : mark.end] for mark in excerpt.marks)) if marked else []
    text = finding.message
    if words and not all(word in text for word in words):
        text += f" Look at {quoted(words)}."
    if finding.decision is not None and finding.decision.reason:
        text += f" {'Note' if finding.decision.kind is DecisionKind.NOTE else 'Decided'}: {finding.decision.reason}"
    return Remark(f"{finding.code} {finding.name}", finding.severity, text)


class _Texts:
    """What a person edits of segments; each document is taken apart once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[Document, tuple[str | None, ...]]] = {}

    def of(self, segment: Segment) -> str | None:
        document = segment.document
        key = (document.path, document.lang)
        if key not in self._known or self._known[key][0] is not document:
            self._known[key] = (document, editable_texts(document))
        texts = self._known[key][1]
        return texts[segment.index] if segment.index < len(texts) else None

    def of_row(self, row: Row, lang: str) -> str:
        """What the row says in a language, as a person would edit it; empty where it says nothing."""
        cell = row.cells.get(lang)
        return "\n".join(self.of(segment) or segment.text for segment in cell.segments) if cell else ""


def _other_language(result: RunResult, lang: str) -> str:
    """English where there is some, else the first other language, to stand beside texts that have no source."""
    others = {other for table in result.tables for other in table.languages if other != lang}
    return "en" if "en" in others else min(others, default="und")
