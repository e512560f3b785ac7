"""What a row of an alignment rests on, as lines of plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.report.sanitize import sanitize
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termcheck.alignment.row_evidence import GapEvidence, PairEvidence, RowEvidence
    from termcheck.alignment.sentences import Sentence, SentenceGrid
    from termcheck.model import Alignment, Cell, Row, Span

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """A row of ``alignment``, its evidence and its sentence grids by two languages in tag order."""

    alignment: Alignment
    row: Row
    evidence: RowEvidence
    sentences: Mapping[tuple[str, str], SentenceGrid]


def explain_lines(explanation: RowExplanation) -> Iterator[str]:
    """The explanation, a line at a time, with nothing in it that acts on a terminal."""
    alignment, row, evidence = explanation.alignment, explanation.row, explanation.evidence
    yield f"Row {row.index + 1} of {len(alignment.rows)}"
    for lang in alignment.languages:
        yield f"  {_cell(alignment, row, lang)}"
    if evidence.pairs:
        yield ""
        yield "Pairs (margin = similarity - mean of the two backgrounds + structure)"
    for pair in evidence.pairs:
        yield f"  {_pair(pair)}"
    if evidence.triangles:
        yield ""
        yield f"Triangles of three versions: {evidence.closed} of {evidence.triangles} close"
    if evidence.gaps:
        yield ""
        yield "Gaps: the paragraph that comes nearest"
    for gap in evidence.gaps:
        yield f"  {_gap(alignment, gap)}"
    for (left, right), grid in explanation.sentences.items():
        yield ""
        yield f"Sentences of {_name(left)} and {_name(right)}"
        yield from (f"  {line}" for line in _grid(row, left, right, grid))


def _name(lang: str) -> str:
    return f"{display_name(lang)} ({lang})"


def _cell(alignment: Alignment, row: Row, lang: str) -> str:
    cell = row.cells[lang]
    sure = f"{cell.confidence:.0%} sure"
    if not cell:
        return f"{_name(lang)}: nothing, {sure}"
    place = cell.location()
    parts = [counted(len(cell.segments), "paragraph"), f"{sanitize(place.path)}:{place.start.line}", sure]
    if cell.moved:
        parts.append(_moved(alignment, lang, cell))
    return f"{_name(lang)}: {', '.join(parts)}: {_shortened(cell.text)}"


def _moved(alignment: Alignment, lang: str, cell: Cell) -> str:
    """Where the cell stands in its own version, by the row of the paragraph before it."""
    before = cell.segments[0].index - 1
    for row in alignment.rows:
        if any(segment.index == before for segment in row.cells[lang].segments):
            return f"moved: in its file it follows row {row.index + 1}"
    return "moved: it stands first in its file"


def _pair(pair: PairEvidence) -> str:
    linked = "linked" if pair.linked else "not linked by themselves"
    parts = [
        f"margin {pair.margin:.2f}",
        f"similarity {pair.similarity:.2f}",
        f"backgrounds {pair.left_background:.2f} and {pair.right_background:.2f}",
        f"structure {pair.structure:+.2f}{_structure(pair)}",
        f"{linked}, out of order" if pair.moved else linked,
    ]
    return f"{pair.left} - {pair.right}: {'; '.join(parts)}"


def _structure(pair: PairEvidence) -> str:
    reasons = [] if pair.same_kind else ["different kinds"]
    if pair.shared:
        reasons.append(f"both have {_shortened(', '.join(pair.shared))}")
    return f" ({', '.join(reasons)})" if reasons else ""


def _gap(alignment: Alignment, gap: GapEvidence) -> str:
    found = next(
        (row, segment)
        for row in alignment.rows
        for segment in row.cells[gap.lang].segments
        if segment.index == gap.segment
    )
    row, segment = found
    return (
        f"{_name(gap.lang)} to {gap.other}: similarity {gap.similarity:.2f} against a background of "
        f"{gap.background:.2f}, in row {row.index + 1}: {_shortened(segment.text)}"
    )


def _grid(row: Row, left: str, right: str, grid: SentenceGrid) -> Iterator[str]:
    ours, theirs = row.cells[left].text, row.cells[right].text
    worst = grid.worst
    for bead in grid.beads:
        notes = [f"{bead.similarity:.2f}"]
        notes += ["another order"] if bead.moved else []
        notes += ["the worst"] if bead == worst and len(grid.beads) > 1 else []
        yield f"{_numbers(bead.left)} - {_numbers(bead.right)} ({', '.join(notes)})"
        yield f"    {left}: {_texts(ours, [grid.left[index].span for index in bead.left])}"
        yield f"    {right}: {_texts(theirs, [grid.right[index].span for index in bead.right])}"
    yield from _absent(ours, left, right, grid.left, grid.missing)
    yield from _absent(theirs, right, left, grid.right, grid.extra)


def _absent(text: str, lang: str, other: str, side: Sequence[Sentence], indices: Sequence[int]) -> Iterator[str]:
    for index in indices:
        sentence = side[index]
        yield f"sentence {index + 1} of {_name(lang)} has no counterpart in {_name(other)} ({sentence.absent:.0%} sure)"
        yield f"    {lang}: {_texts(text, [sentence.span])}"


def _numbers(indices: Sequence[int]) -> str:
    return "+".join(str(index + 1) for index in indices)


def _texts(text: str, spans: Sequence[Span]) -> str:
    return _shortened(" ".join(text[span.start : span.end] for span in spans))


def _shortened(text: str) -> str:
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return sanitize(shown)
