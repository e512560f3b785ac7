"""What the earlier stages found out, as the rules get to see it. Plain data and lookups; nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from termcheck.literal.rows import LiteralFacts
from termcheck.model import Excerpt, Location, Role, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.corpus.directives import DirectiveProblem, Directives
    from termcheck.glossary import Glossary
    from termcheck.history.comparison import VersionChange
    from termcheck.meaning.judge import CellJudgement
    from termcheck.meaning.unsupported import Unsupported
    from termcheck.model import Alignment, Cell, ConceptUse, GroupVerdict, SetSummary
    from termcheck.terms.choices import WordChoice
    from termcheck.terms.matcher import TermHit
    from termcheck.terms.qualifiers import Unqualified
    from termcheck.terms.verdicts import CollapseEvidence, PairVerdict, Wandering


class Place(NamedTuple):
    """A cell of a document's table."""

    row: int
    lang: str


class UnreadableFile(NamedTuple):
    """A version that could not be read as text."""

    location: Location
    reason: str


@dataclass(frozen=True)
class DocumentFacts:
    """One aligned document. All mappings hold only the places about which there is something to say."""

    alignment: Alignment
    openings: Mapping[str, Excerpt]
    """The first text of every version, the excluded ones included, to show what a file is about."""
    literal: LiteralFacts = field(default_factory=LiteralFacts)
    judgements: Mapping[Place, CellJudgement] = field(default_factory=dict)
    unsupported: Mapping[Place, Sequence[Unsupported]] = field(default_factory=dict)
    hits: Mapping[Place, Sequence[TermHit]] = field(default_factory=dict)
    changes: Mapping[str, VersionChange] = field(default_factory=dict)
    """How versions differ from an earlier state, by language, when the run compares with one."""

    @property
    def key(self) -> str:
        return self.alignment.key

    @property
    def source(self) -> str | None:
        return self.alignment.source

    def cell(self, place: Place) -> Cell:
        return self.alignment.rows[place.row].cells[place.lang]

    def is_foreign(self, place: Place) -> bool:
        """Whether the cell is not in its language, so that comparing its meaning or words makes no sense."""
        return place in self.literal.untranslated or place in self.literal.wrong_language

    def term_marks(self, row: int, concept: str, *, certain: bool = False) -> dict[str, tuple[Span, ...]]:
        """Where each version names a concept in a row; versions that do not are left out."""
        found: dict[str, tuple[Span, ...]] = {}
        for lang in self.alignment.rows[row].present():
            spans = tuple(
                Span(hit.start, hit.end)
                for hit in self.hits.get(Place(row, lang), ())
                if hit.concept == concept and (not certain or (hit.certainty == "match" and not hit.compound))
            )
            if spans:
                found[lang] = spans
        return found

    def insertion_point(self, place: Place) -> Location:
        """Where a text missing at ``place`` would go: before what follows it in that version, or at its end."""
        for row in self.alignment.rows[place.row + 1 :]:
            cell = row.cells[place.lang]
            if cell and not cell.moved:
                start = cell.location()
                return Location(start.path, start.lang, start.start, start.start)
        cells = [cell for row in self.alignment.rows if (cell := row.cells[place.lang])]
        # What was moved to the front, say, stands at the end of the table.
        last = ([cell for cell in cells if not cell.moved] or cells)[-1].location()
        return Location(last.path, last.lang, last.end, last.end)

    def excerpts(self, place: Place, marks: Mapping[str, Iterable[Span]] | None = None) -> tuple[Excerpt, ...]:
        """The row's texts: the cell at ``place`` first, then the source, then the other versions in tag order.

        Versions without a plural form of a message show the one that it was compared with.
        """
        row = self.alignment.rows[place.row]
        other = self.literal.other_forms.get(place.row)
        cells = {} if other is None else {lang: cell for lang, cell in self.alignment.rows[other].cells.items() if cell}
        cells |= {lang: row.cells[lang] for lang in row.present()}
        others = sorted((lang for lang in cells if lang != place.lang), key=lambda x: (x != self.source, x))
        langs = ([place.lang] if row.cells[place.lang] else []) + others
        return tuple(self._excerpt(cells[lang], lang, place.lang, (marks or {}).get(lang, ())) for lang in langs)

    def _excerpt(self, cell: Cell, lang: str, target: str, marks: Iterable[Span]) -> Excerpt:
        role = Role.TARGET if lang == target else Role.SOURCE if lang == self.source else Role.WITNESS
        return Excerpt(role, cell.location(), cell.text, tuple(sorted(marks)))


@dataclass(frozen=True)
class CorpusFacts:
    """The whole corpus, after all documents were aligned."""

    glossary: Glossary
    documents: Mapping[str, DocumentFacts] = field(default_factory=dict)
    """Of a large corpus not all are in memory: whoever goes through them has to do so once, document by document."""
    alignments: Sequence[Alignment] = ()
    directives: Sequence[Directives] = ()
    summaries: Sequence[SetSummary] = ()
    unreadable: Sequence[UnreadableFile] = ()
    directive_problems: Sequence[DirectiveProblem] = ()
    verdicts: Sequence[GroupVerdict] = ()
    collapses: Sequence[CollapseEvidence] = ()
    choices: Sequence[WordChoice] = ()
    uses: Sequence[ConceptUse] = ()
    pairs: Sequence[PairVerdict] = ()
    wanderings: Sequence[Wandering] = ()
    unqualified: Sequence[Unqualified] = ()
