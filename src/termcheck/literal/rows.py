"""The literal checks on aligned documents: numbers, untranslated text, wrong language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termcheck.literal.masking import mask
from termcheck.literal.numbers import compare
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.literal.language_id import Identification
    from termcheck.literal.numbers import NumberDifference
    from termcheck.literal.untranslated import Untranslated
    from termcheck.model import Alignment, Cell, Row

Cells = tuple[int, str]
"""A row's index and a language."""


@dataclass(frozen=True, slots=True)
class LiteralFacts:
    """What the literal checks found in a document, by row and language."""

    untranslated: dict[Cells, Untranslated] = field(default_factory=dict)
    wrong_language: dict[Cells, Identification] = field(default_factory=dict)
    numbers: dict[Cells, NumberDifference] = field(default_factory=dict)


def check_literally(alignment: Alignment) -> LiteralFacts:
    """Look at every cell of a document; the source is taken to be right."""
    facts = LiteralFacts()
    for row in alignment.rows:
        _check_numbers(row, alignment.source, facts)
    return facts


def _check_numbers(row: Row, source: str | None, facts: LiteralFacts) -> None:
    texts = {lang: _without_code(cell) for lang, cell in row.cells.items() if cell}
    for lang in texts:
        if lang == source or not any(character.isdigit() for text in texts.values() for character in text):
            continue
        others = {other: text for other, text in texts.items() if other != lang}
        difference = compare(texts[lang], lang, others, source) if others else None
        if difference is not None:
            facts.numbers[row.index, lang] = difference


def _without_code(cell: Cell) -> str:
    shut = [part.span for part in cell.protected() if part.kind in (ProtectedKind.CODE, ProtectedKind.PLACEHOLDER)]
    return mask(cell.text, shut)
