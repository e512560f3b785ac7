"""Building a segment's text from pieces of a file, with the map from every piece back to its place.

A reader adds pieces in file order; :meth:`TextBuilder.finish` folds white space, composes to NFC and moves the
map and the protected spans along. All steps are linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.placeholders import find_literals
from termcheck.model import Document, Protected, ProtectedKind, Segment, SegmentKind, Span, TextRun

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from termcheck.corpus.readers.editable import Editable

# What folds to one space. No-break and other typographic spaces stay: they belong to numbers and punctuation.
_FOLDED = re.compile("[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_LINE_BREAK = re.compile("[\n\r]")
# Scripts written without spaces, so that a hard-wrapped line break between two of them is no space either.
_UNSPACED = re.compile(
    "[\u3001-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff9f\U00020000-\U0003ffff]"
)

_WORD_CHARACTER = re.compile(r"[^\W_]")
_LONG_TEXT = 5000
_LONG_CLUSTER = 64


@dataclass(frozen=True, slots=True)
class Draft:
    """A segment that does not know its document and index yet; the fields are those of `Segment`."""

    kind: SegmentKind
    level: int
    text: str
    span: Span
    runs: tuple[TextRun, ...] = field(repr=False)
    protected: tuple[Protected, ...] = ()
    anchors: tuple[str, ...] = ()
    key: str = ""
    edit: Editable | None = field(default=None, repr=False, compare=False)
    """How the segment is changed in its file; None where it cannot be."""
    fixed: str = field(default="", repr=False, compare=False)
    """Why it cannot be changed there, as a clause."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


class _Mark(NamedTuple):
    kind: ProtectedKind
    start: int
    end: int
    value: str


def number(document: Document, drafts: Iterable[Draft]) -> tuple[Segment, ...]:
    """The segments of a document in file order, counted from 0. Of several with one key the last counts."""
    return tuple(
        Segment(
            document=document,
            index=index,
            kind=draft.kind,
            level=draft.level,
            text=draft.text,
            span=draft.span,
            runs=draft.runs,
            protected=draft.protected,
            anchors=draft.anchors,
            key=draft.key,
        )
        for index, draft in enumerate(in_order(drafts))
    )


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts that become segments, in file order."""
    ordered = sorted(drafts, key=lambda draft: draft.span)
    last = {draft.key: place for place, draft in enumerate(ordered)}
    return [draft for place, draft in enumerate(ordered) if not draft.key or last[draft.key] == place]


class TextBuilder:
    """Collects the visible text of one segment of ``source``, the text of the file."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._chunks: list[str] = []
        self._pieces: list[TextRun] = []
        self._marks: list[_Mark] = []
        self._length = 0

    @property
    def length(self) -> int:
        """How many code points were added; the offset of the next piece, for `protect`."""
        return self._length

    def text_from(self, start: int) -> str:
        """What was added since `length` was ``start``."""
        index = bisect_right(self._pieces, start, key=lambda piece: piece.text_start) - 1
        if index < 0:
            return ""
        return "".join(self._chunks[index:])[start - self._pieces[index].text_start :]

    def literal(self, raw_start: int, raw_end: int) -> None:
        """Add what stands at ``[raw_start, raw_end)`` of the file as it is."""
        if raw_start < raw_end:
            self._add(self._source[raw_start:raw_end], raw_start, raw_end)

    def replaced(self, text: str, raw_start: int, raw_end: int) -> None:
        """Add ``text``, which the file expresses by ``[raw_start, raw_end)`` (an entity, a line break)."""
        if text:
            self._add(text, raw_start, raw_end)

    def only(self, kinds: Container[ProtectedKind]) -> bool:
        """Whether all words and numbers added so far are protected as one of ``kinds``."""
        before = "".join(self._chunks)
        position = 0
        for mark in sorted((mark for mark in self._marks if mark.kind in kinds), key=lambda mark: mark.start):
            if _WORD_CHARACTER.search(before, position, max(position, mark.start)):
                return False
            position = max(position, mark.end)
        return not _WORD_CHARACTER.search(before, position)

    def protect(self, kind: ProtectedKind, start: int, end: int, value: str) -> None:
        """Protect what was added between two values of `length`."""
        self._marks.append(_Mark(kind, start, end, value))

    def finish(
        self,
        kind: SegmentKind,
        level: int = 0,
        anchors: Sequence[str] = (),
        key: str = "",
        edit: Editable | None = None,
    ) -> Draft | None:
        """The segment, or None if it shows no word and no number."""
        before = "".join(self._chunks)
        if not _WORD_CHARACTER.search(before):
            return None
        edits = _widened(before, _edits(before), self._pieces)
        text, runs, sections = _apply(before, self._pieces, edits)
        protected = [
            Protected(mark.kind, _moved_span(sections, mark.start, mark.end), mark.value) for mark in self._marks
        ]
        protected += find_literals(text, protected)
        protected.sort(key=lambda item: (item.span.start, -item.span.end))
        span = Span(runs[0].raw_start, runs[-1].raw_end)
        return Draft(kind, level, text, span, runs, tuple(protected), tuple(anchors), key, edit)

    def _add(self, text: str, raw_start: int, raw_end: int) -> None:
        start = self._length
        self._length += len(text)
        self._chunks.append(text)
        self._pieces.append(TextRun(start, self._length, raw_start, raw_end))


def _edits(text: str) -> list[_Edit]:
    """What changes in ``text``: ends trimmed, white space folded, NFC; sorted and disjoint."""
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    edits = [_Edit(0, first, "")] if first else []
    folded = (match for match in _FOLDED.finditer(text, first, last) if match[0] != " ")
    edits += [_Edit(*match.span(), _fold(text, match)) for match in folded]
    if not _is_composed(text):
        edits += _compositions(text, first, last)
        edits.sort()
    if last < len(text):
        edits.append(_Edit(last, len(text), ""))
    return edits


def _widened(text: str, edits: list[_Edit], pieces: Sequence[TextRun]) -> list[_Edit]:
    """The edits, none of which changes only a part of a piece that maps as a whole."""
    indivisible = [
        _Edit(piece.text_start, piece.text_end, "")
        for piece in pieces
        if 1 < piece.text_end - piece.text_start != piece.raw_end - piece.raw_start
    ]
    if not indivisible or not edits:
        return edits
    widened: list[_Edit] = []
    inside: list[_Edit] = []
    start = end = 0

    def close() -> None:
        if inside:
            widened.append(_Edit(start, end, _edited(text, start, end, inside)))

    tagged = [(each, True) for each in edits] + [(each, False) for each in indivisible]
    for each, is_edit in sorted(tagged):
        if each.start >= end:
            close()
            inside = []
            start, end = each.start, each.end
        end = max(end, each.end)
        if is_edit:
            inside.append(each)
    close()
    return widened


def _edited(text: str, start: int, end: int, edits: Iterable[_Edit]) -> str:
    chunks = []
    for edit in edits:
        chunks += [text[start : edit.start], edit.text]
        start = edit.end
    return "".join(chunks) + text[start:end]


def _fold(text: str, match: re.Match[str]) -> str:
    around = text[match.start() - 1], text[match.end()]
    if _LINE_BREAK.search(match[0]) and all(_UNSPACED.match(char) for char in around):
        return ""
    return " "


def _is_composed(text: str) -> bool:
    if text.isascii():
        return True
    # Ordering a run of marks takes time quadratic in its length, so long texts go cluster by cluster at once.
    return len(text) <= _LONG_TEXT and unicodedata.is_normalized("NFC", text)


def _compositions(text: str, first: int, last: int) -> list[_Edit]:
    edits = []
    start = first
    while start < last:
        end = start + 1
        # White space starts nothing that NFC composes, so a folded space and a composition never overlap.
        if not _FOLDED.match(text[start]):
            while end < last and _continues(text[end]):
                end += 1
        cluster = text[start:end]
        composed = _composed(cluster)
        if composed != cluster:
            edits.append(_Edit(start, end, composed))
        start = end
    return edits


def _composed(cluster: str) -> str:
    if len(cluster) > _LONG_CLUSTER:
        # In canonical order already, the cluster takes `normalize` linear time.
        decomposed = "".join(unicodedata.normalize("NFD", char) for char in cluster)
        groups = groupby(decomposed, key=lambda char: unicodedata.combining(char) > 0)
        cluster = "".join(
            "".join(sorted(marks, key=unicodedata.combining) if is_mark else marks) for is_mark, marks in groups
        )
    return unicodedata.normalize("NFC", cluster)


def _continues(char: str) -> bool:
    """Whether NFC may join ``char`` to what stands before it: marks and the later letters of a Hangul syllable."""
    if char.isascii():
        return False
    return unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"


class _Section(NamedTuple):
    """A stretch of the text before the edits and after them."""

    start: int
    end: int
    new_start: int
    new_end: int


class _Application:
    """Walks pieces and edits side by side, once."""

    def __init__(self, text: str, pieces: Sequence[TextRun]) -> None:
        self.text = text
        self.pieces = pieces
        self.index = 0
        self.chunks: list[str] = []
        self.length = 0
        self.runs: list[TextRun] = []
        self.joinable = False
        self.sections: list[_Section] = []

    def keep(self, start: int, end: int) -> None:
        if start >= end:
            return
        new_start = self.length
        for piece in self._pieces_in(start, end):
            low, high = max(start, piece.text_start), min(end, piece.text_end)
            raw = self._raw_of(piece, low, high)
            self._run(TextRun(new_start + low - start, new_start + high - start, *raw))
        self._append(start, end, self.text[start:end])

    def replace(self, edit: _Edit) -> None:
        pieces = self._pieces_in(edit.start, edit.end)
        if edit.text:
            raw_start = self._raw_of(pieces[0], max(edit.start, pieces[0].text_start), pieces[0].text_end)[0]
            raw_end = self._raw_of(pieces[-1], pieces[-1].text_start, min(edit.end, pieces[-1].text_end))[1]
            self.runs.append(TextRun(self.length, self.length + len(edit.text), raw_start, raw_end))
            self.joinable = False
        self._append(edit.start, edit.end, edit.text)

    def _append(self, start: int, end: int, text: str) -> None:
        self.chunks.append(text)
        self.sections.append(_Section(start, end, self.length, self.length + len(text)))
        self.length += len(text)

    def _pieces_in(self, start: int, end: int) -> list[TextRun]:
        found = []
        while self.pieces[self.index].text_end <= start:
            self.index += 1
        index = self.index
        while index < len(self.pieces) and self.pieces[index].text_start < end:
            found.append(self.pieces[index])
            index += 1
        return found

    @staticmethod
    def _raw_of(piece: TextRun, start: int, end: int) -> tuple[int, int]:
        if piece.text_end - piece.text_start != piece.raw_end - piece.raw_start:
            return piece.raw_start, piece.raw_end
        return piece.raw_start + start - piece.text_start, piece.raw_start + end - piece.text_start

    def _run(self, run: TextRun) -> None:
        literal = run.text_end - run.text_start == run.raw_end - run.raw_start
        if literal and self.joinable and self.runs[-1].raw_end == run.raw_start:
            last = self.runs[-1]
            self.runs[-1] = TextRun(last.text_start, run.text_end, last.raw_start, run.raw_end)
        else:
            self.runs.append(run)
        self.joinable = literal


def _apply(
    text: str, pieces: Sequence[TextRun], edits: Sequence[_Edit]
) -> tuple[str, tuple[TextRun, ...], list[_Section]]:
    walk = _Application(text, pieces)
    position = 0
    for edit in edits:
        walk.keep(position, edit.start)
        walk.replace(edit)
        position = edit.end
    walk.keep(position, len(text))
    return "".join(walk.chunks), tuple(walk.runs), walk.sections


def _moved_span(sections: Sequence[_Section], start: int, end: int) -> Span:
    if start == end:
        place = _moved(sections, start, at_end=False)
        return Span(place, place)
    new_start, new_end = _moved(sections, start, at_end=False), _moved(sections, end, at_end=True)
    return Span(new_start, max(new_start, new_end))


def _moved(sections: Sequence[_Section], offset: int, *, at_end: bool) -> int:
    """Where an offset before the edits lies after them; ``at_end`` takes it as the end of a range."""
    index = bisect_right(sections, offset - 1 if at_end else offset, key=lambda section: section.start) - 1
    section = sections[max(index, 0)]
    if section.end - section.start == section.new_end - section.new_start:
        return section.new_start + min(offset, section.end) - section.start
    if offset <= section.start:
        return section.new_start
    return section.new_end if at_end or offset >= section.end else section.new_start
