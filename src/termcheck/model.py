"""The types that travel between the stages: documents, segments, rows, findings and the result of a run.

Standard library only. Everything is frozen: a stage makes new values and never changes what it was given.
Offsets count Unicode code points from 0 and exclude their end; lines and columns count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code point offsets, ``0 <= start <= end``."""

    start: int
    end: int


class Position(NamedTuple):
    """A place in a file: 1-based line and 1-based column in code points."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """One file in one language, decoded but otherwise as it is on disk (line endings included).

    ``path`` is POSIX and relative to the root of the corpus, ``lang`` a normalised BCP 47 tag, ``format`` the
    name of the reader, ``bom`` whether the file starts with a byte order mark (which ``text`` leaves out). ``encoding``
    is the name of Python's codec for the file; it is empty where ``text`` was extracted from a file that is no text.
    """

    path: str
    lang: str
    text: str = field(repr=False)
    format: str
    bom: bool = False
    encoding: str = "utf-8"

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        text = self.text
        index = 0
        # "\r\n" is one line break, and so are a lone "\r" and a lone "\n".
        for line in text.splitlines(keepends=True):
            index += len(line)
            if line[-1] in "\r\n":
                starts.append(index)
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of a code point offset, ``0 <= offset <= len(text)``."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """All language versions of one document.

    ``key`` names the document without its language (stable across machines), ``versions`` maps a language tag to
    the file's path relative to the root, in tag order, ``source`` is the language translated from, or None when
    no version is the original.
    """

    key: str
    versions: Mapping[str, str]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that was left out, and why. ``path`` is relative to the root."""

    path: str
    reason: str


class SegmentKind(StrEnum):
    """What a segment is in its document."""

    TITLE = "title"
    DESCRIPTION = "description"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"
    QUOTE = "quote"


class ProtectedKind(StrEnum):
    """Text inside a segment that a translator must not change."""

    CODE = "code"
    LINK = "link"
    IMAGE = "image"
    PLACEHOLDER = "placeholder"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Protected:
    """A protected part of a segment.

    ``span`` lies in the segment's text and is empty for something that shows no text there (an HTML tag, an
    image without alternative text); ``value`` is what has to stay the same (the code, the link's target, the
    placeholder).
    """

    kind: ProtectedKind
    span: Span
    value: str


class TextRun(NamedTuple):
    """A piece of the map from a segment's text to the raw file.

    When the two lengths are equal the characters correspond one to one; otherwise (an entity, a folded line
    break, a character composed by NFC) the piece only maps as a whole.
    """

    text_start: int
    text_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph-sized unit of text.

    ``index`` counts from 0 in the document. ``level`` is the heading level (1 to 6), the nesting depth of a list
    item (from 1), or 0. ``text`` is what is embedded and shown: markup gone, white space folded, NFC. ``span`` is
    the place in the raw file, from the first to the last character that ``text`` shows. ``runs`` map ``text`` to
    the raw file in order. ``anchors`` are explicit ids such as ``{#install}``. ``key`` identifies the text in a
    catalogue of messages, where versions are aligned by it; it is empty in running text.
    """

    document: Document = field(repr=False, compare=False)
    index: int
    kind: SegmentKind
    level: int
    text: str
    span: Span
    runs: tuple[TextRun, ...] = field(repr=False)
    protected: tuple[Protected, ...] = ()
    anchors: tuple[str, ...] = ()
    key: str = ""

    @property
    def lang(self) -> str:
        return self.document.lang

    @property
    def path(self) -> str:
        return self.document.path

    def raw_span(self, start: int, end: int) -> Span:
        """The raw file's span of ``text[start:end]``, for ``0 <= start <= end <= len(text)``."""
        first = self._raw(start, at_end=False)
        # Between two pieces of the map an empty span has two places; it must not run backwards.
        return Span(first, max(first, self._raw(end, at_end=True)))

    def _raw(self, offset: int, *, at_end: bool) -> int:
        for run in self.runs:
            if offset < run.text_end or (at_end and offset == run.text_end):
                if offset <= run.text_start:
                    return run.raw_start
                if run.text_end - run.text_start == run.raw_end - run.raw_start:
                    return run.raw_start + offset - run.text_start
                return run.raw_end if at_end else run.raw_start
        return self.span.end

    def location(self, start: int = 0, end: int | None = None) -> Location:
        """Where ``text[start:end]`` stands in the file."""
        stop = len(self.text) if end is None else end
        span = self.span if (start, end) == (0, None) else self.raw_span(start, stop)
        return Location(self.path, self.lang, self.document.position(span.start), self.document.position(span.end))


@dataclass(frozen=True, slots=True)
class Cell:
    """One language's part of a row.

    ``segments`` holds no segment (a gap), one, or several neighbours in document order (the version splits what
    others keep together). ``confidence`` in [0, 1] says how sure the alignment is that this cell belongs to
    this row. ``moved`` means that the version has it at another place than the other versions do.
    """

    segments: tuple[Segment, ...] = ()
    confidence: float = 1.0
    moved: bool = False

    @property
    def text(self) -> str:
        """The segments' texts, joined by a line break."""
        return "\n".join(segment.text for segment in self.segments)

    def protected(self) -> tuple[Protected, ...]:
        """The segments' protected parts, with spans in ``text``."""
        moved = []
        for start, segment in self._starts():
            for part in segment.protected:
                span = Span(part.span.start + start, part.span.end + start)
                moved.append(Protected(part.kind, span, part.value))
        return tuple(moved)

    def location(self, span: Span | None = None) -> Location:
        """Where the cell, or the span of ``text``, stands in its file. Raises ValueError on an empty cell."""
        if not self.segments:
            raise ValueError("an empty cell has no location")
        if span is None:
            first, last = self.segments[0].location(), self.segments[-1].location()
            return Location(first.path, first.lang, first.start, last.end)
        place = self._locate(span.start, at_end=False)
        end = self._locate(span.end, at_end=True)
        return Location(place.path, place.lang, place.start, max(place.start, end.end))

    def _starts(self) -> Iterator[tuple[int, Segment]]:
        start = 0
        for segment in self.segments:
            yield start, segment
            start += len(segment.text) + 1

    def _locate(self, offset: int, *, at_end: bool) -> Location:
        place = self.segments[-1].location(len(self.segments[-1].text))
        for start, segment in self._starts():
            inside = offset - start
            if inside < len(segment.text) or (at_end and inside == len(segment.text)):
                # An end is that of the character before it; markup that follows is not part of it.
                return segment.location(max(inside - at_end, 0), max(inside, 0))
        return place

    def __bool__(self) -> bool:
        return bool(self.segments)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the multiway table: a cell for every aligned language, in tag order."""

    index: int
    cells: Mapping[str, Cell]

    @property
    def key(self) -> str:
        """The key of a message, empty in running text."""
        return next((cell.segments[0].key for cell in self.cells.values() if cell), "")

    def present(self) -> tuple[str, ...]:
        """The languages that have text in this row, in tag order."""
        return tuple(lang for lang, cell in self.cells.items() if cell)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A version that was left out of an alignment. ``score`` in [0, 1]: how much of it matches the others."""

    lang: str
    path: str
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The multiway table of a document: every segment of every aligned version is in exactly one row.

    ``coverage`` per language in [0, 1]: the share of its segments that stand beside a segment of another version.
    """

    key: str
    source: str | None
    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    excluded: tuple[Exclusion, ...] = ()

    def size(self) -> int:
        """Segments of all versions."""
        return sum(len(cell.segments) for row in self.rows for cell in row.cells.values())

    def coverage(self, lang: str) -> float:
        total = matched = 0
        for row in self.rows:
            count = len(row.cells[lang].segments)
            total += count
            if len(row.present()) > 1:
                matched += count
        return matched / total if total else 0.0


class Severity(StrEnum):
    """How much a finding matters; ``ERROR`` outranks ``WARNING`` outranks ``NOTE``."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return {"note": 0, "warning": 1, "error": 2}[self.value]


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file, ``end`` exclusive. ``lang`` is None for a file in no language (the glossary)."""

    path: str
    lang: str | None
    start: Position
    end: Position


class Role(StrEnum):
    """What an excerpt is to its finding."""

    TARGET = "target"
    SOURCE = "source"
    WITNESS = "witness"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text that a reader needs to judge a finding, with the words to mark in it.

    ``marks`` are sorted, disjoint spans of ``text``.
    """

    role: Role
    location: Location
    text: str
    marks: tuple[Span, ...] = ()


class DecisionKind(StrEnum):
    """What a reader decided about a finding."""

    FALSE_ALARM = "false-alarm"
    ACCEPTED = "accepted"
    LATER = "later"
    NOTE = "note"

    @property
    def settles(self) -> bool:
        """Whether the finding is not to be shown any more."""
        return self in (DecisionKind.FALSE_ALARM, DecisionKind.ACCEPTED)

    @property
    def words(self) -> str:
        """The decision in plain words."""
        return {"false-alarm": "false alarm", "later": "to be fixed later"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a finding; it holds as long as there is a finding with that ``fingerprint``.

    The rest says what the finding was: ``code`` is its rule's, ``path``, ``lang``, ``concepts`` and ``message`` are
    its own. ``texts`` maps the languages of the texts involved to their hashes (see ``decisions.text_hash``), which
    tells later which of them was changed; it is empty for a finding about the whole corpus. ``reason`` may be empty
    except for what is accepted, ``by`` when nobody is named. ``position`` is where the decision stands in its file.
    """

    fingerprint: str
    kind: DecisionKind
    code: str
    path: str
    message: str
    lang: str | None = None
    concepts: tuple[str, ...] = ()
    by: str = ""
    reason: str = ""
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    position: Position = field(default=Position(1, 1), compare=False)

    def sort_key(self) -> tuple[str, str]:
        return (self.path, self.fingerprint)

    def __str__(self) -> str:
        """The decision and its reason in words."""
        return f"{self.kind.words}: {self.reason}" if self.reason else self.kind.words


@dataclass(frozen=True, slots=True)
class ExpiredDecision:
    """A decision that does not hold any more, ``why`` as a part of a sentence.

    ``successor`` is the fingerprint of the finding that the rule makes on the changed texts; empty for none.
    """

    decision: Decision
    why: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    ``code`` is the rule's (TC101), ``name`` its slug, ``confidence`` in [0, 1]. ``message`` is one plain sentence.
    ``excerpts`` start with the text that is to be changed. ``why`` are further plain sentences on the evidence.
    ``evidence`` holds the measured values under stable names, JSON values only. ``document`` is the document set's
    key, or empty for a finding about the corpus. ``concepts`` are the glossary ids concerned. ``fingerprint``
    identifies the finding across runs as long as the texts involved stay the same. ``decision`` is what somebody
    decided about it, None when it is open.
    """

    code: str
    name: str
    severity: Severity
    confidence: float
    message: str
    location: Location
    document: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    why: tuple[str, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    fingerprint: str = ""
    decision: Decision | None = None

    @property
    def lang(self) -> str | None:
        return self.location.lang

    def sort_key(self) -> tuple[Any, ...]:
        place = self.location
        return (place.path, place.start, self.code, self.concepts, place.end, self.message)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that the project decided not to show, and by which decision."""

    finding: Finding
    reason: str

    @property
    def group(self) -> str:
        """The reason without what was said about this finding only, to count findings by."""
        decision = self.finding.decision
        if decision is None or not decision.kind.settles:
            return self.reason
        return "decided to be false alarms" if decision.kind is DecisionKind.FALSE_ALARM else "accepted"


class Verdict(StrEnum):
    """What the corpus shows about concepts that must stay apart in one language."""

    DISTINCT = "distinct"
    COLLAPSED = "collapsed"
    MIXED = "mixed"
    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A word that renders a concept, and in how many rows it does."""

    word: str
    rows: int


@dataclass(frozen=True, slots=True)
class ConceptUse:
    """How one language renders one concept.

    ``rows`` counts the rows in which the witnesses (the source, or else the other languages) show the concept;
    ``renderings`` are ordered by count, then word; ``induced`` tells that the glossary gives no word for this
    language and the words were learned from the alignment.
    """

    concept: str
    lang: str
    verdict: Verdict
    rows: int
    renderings: tuple[Rendering, ...]
    induced: bool = False


@dataclass(frozen=True, slots=True)
class GroupVerdict:
    """The verdict on one ``distinct`` group in one language; ``shared`` are the words that collapse it."""

    group: tuple[str, ...]
    lang: str
    verdict: Verdict
    shared: tuple[str, ...]
    uses: tuple[ConceptUse, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One version's line in the overview; ``excluded`` as no translation of the others.

    ``outdated`` counts the paragraphs whose source was edited later; None when the history was not looked at, for the
    source itself, and without a source.
    """

    lang: str
    path: str
    segments: int
    coverage: float
    excluded: bool = False
    outdated: int | None = None


@dataclass(frozen=True, slots=True)
class SetSummary:
    """One document's overview. ``missing`` lists languages of the corpus that have no version of it."""

    key: str
    source: str | None
    rows: int
    versions: tuple[VersionSummary, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunResult:
    """Everything a report needs, in a fixed order that does not depend on the machine.

    ``tables`` are the alignments behind ``sets``, for reports that show whole documents. Of a large corpus most of them
    are read from a temporary file whenever they are asked for; documents with nothing to align have none. ``decisions``
    are those on the files checked, whether they still hold or not, and ``expired`` those of them that do not.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    sets: tuple[SetSummary, ...] = ()
    verdicts: tuple[GroupVerdict, ...] = ()
    model: str = ""
    tables: Sequence[Alignment] = field(default=(), repr=False)
    decisions: tuple[Decision, ...] = ()
    expired: tuple[ExpiredDecision, ...] = ()
