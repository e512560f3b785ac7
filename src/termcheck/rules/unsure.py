"""Findings on texts that the alignment is not sure to have put into the right row.

What differs there differs, it may be, because the texts do not belong together. Such findings become notes, with the
confidence of the cell. Rules that compare no texts, or weigh the confidence of cells themselves, are left alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from termcheck.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.model import Cell, Finding, Location
    from termcheck.rules.facts import DocumentFacts

SURE = 0.5
"""Confidence of a cell from which on findings about it keep their severity: half of the versions see it there."""

COMPARING = ("TC2", "TC3")
ALONE = ("TC302", "TC313", "TC317")
"""What is found in a text by itself: its language, its repetitions, its brackets."""


def weakened(findings: Iterable[Finding], facts: DocumentFacts) -> Iterator[Finding]:
    """The findings of a document, those on unsure cells as notes."""
    unsure: dict[str, list[Cell]] = {}
    for row in facts.alignment.rows:
        for lang, cell in row.cells.items():
            if cell and cell.confidence < SURE:
                unsure.setdefault(lang, []).append(cell)
    for finding in findings:
        cells = unsure.get(finding.location.lang or "", ())
        around = next((cell for cell in cells if _is_in(finding.location, cell)), None)
        if around is None or not finding.code.startswith(COMPARING) or finding.code in ALONE:
            yield finding
            continue
        doubt = f"The alignment is not sure that this text belongs beside the others ({around.confidence:.2f})."
        yield replace(
            finding,
            severity=Severity.NOTE,
            confidence=min(finding.confidence, around.confidence),
            why=(*finding.why, doubt),
        )


def _is_in(location: Location, cell: Cell) -> bool:
    return any(
        (whole := segment.location()).path == location.path and whole.start <= location.start <= whole.end
        for segment in cell.segments
    )
