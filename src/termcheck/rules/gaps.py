"""Which gaps of a table are worth a finding, for the rules on missing and on extra paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.model import Cell, Row
    from termcheck.rules.facts import DocumentFacts

SURE_GAP = 0.5
"""Least confidence of a gap that is reported: below, most versions do see a counterpart somewhere."""

_LONGEST_KEY = 60
_CONTEXT = "\x04"
"""Stands between the context of a message and its id in the keys of gettext."""


def missing_in(facts: DocumentFacts, row: Row) -> tuple[str, ...]:
    """The languages that lack a row which they should have.

    With a source that has the row, all that lack it. Without one, the minority that lacks it: at least two versions
    and more than half of all have it. A row that the source lacks is nobody's gap.
    """
    if not any(_says_something(cell) for cell in row.cells.values()):
        return ()
    present = row.present()
    if facts.source in row.cells:
        expected = facts.source in present
    else:
        expected = len(present) >= 2 and len(present) * 2 > len(row.cells)
    if not expected:
        return ()
    return tuple(lang for lang, cell in row.cells.items() if not cell and cell.confidence >= SURE_GAP)


def extra_in(facts: DocumentFacts, row: Row) -> tuple[str, ...]:
    """The languages that have a row which they should not have: the source, or else most versions, lack it."""
    present = row.present()
    if len(row.cells) < 2:
        return ()
    if facts.source is not None and facts.source in row.cells:
        unexpected = facts.source not in present and row.cells[facts.source].confidence >= SURE_GAP
    else:
        # An unsure gap may hide the paragraph.
        having = sum(bool(cell) or cell.confidence < SURE_GAP for cell in row.cells.values())
        unexpected = having == 1 or having * 2 < len(row.cells)
    if not unexpected:
        return ()
    return tuple(lang for lang in present if _says_something(row.cells[lang]) and not _is_title(row.cells[lang]))


def _says_something(cell: Cell) -> bool:
    """Whether there is a word in it; a row of dashes or a version number is no paragraph to miss."""
    letters = sum(character.isalpha() for segment in cell.segments for character in segment.text)
    return letters >= 3 and any(segment.kind is not SegmentKind.DESCRIPTION for segment in cell.segments)


def _is_title(cell: Cell) -> bool:
    """Whether it is only the title in the front matter, which a site may ask for where the original has none."""
    return all(segment.kind is SegmentKind.TITLE for segment in cell.segments)


def named(row: Row) -> str:
    """What a row is, in a sentence: ``message “cart.empty”``, or ``paragraph`` without a key."""
    # Dots inside a name are doubled only to tell them from those between names.
    key = " | ".join(row.key.split(_CONTEXT)).replace("..", ".")
    key = " ".join(key.split())
    if len(key) > _LONGEST_KEY:
        key = key[: _LONGEST_KEY - 1] + "…"
    return f"message “{key}”" if key else "paragraph"


def runs(rows: Iterable[int]) -> Iterator[list[int]]:
    """Groups of consecutive numbers, for ascending input."""
    group: list[int] = []
    for row in rows:
        if group and row != group[-1] + 1:
            yield group
            group = []
        group.append(row)
    if group:
        yield group
