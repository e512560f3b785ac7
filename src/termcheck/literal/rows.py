"""The literal checks on aligned documents: numbers, untranslated text, wrong language."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING

from termcheck.literal.language_id import Identification, LanguageIdentifier
from termcheck.literal.masking import mask
from termcheck.literal.numbers import compare
from termcheck.literal.untranslated import Untranslated, untranslated
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.cache import Store
    from termcheck.literal.numbers import NumberDifference
    from termcheck.model import Alignment, Cell, Row

SPACE = "languages"
_VERSION = 1

At = tuple[int, str]
"""A row's index and a language."""


@dataclass(frozen=True, slots=True)
class LiteralFacts:
    """What the literal checks found in a document, by row and language."""

    untranslated: dict[At, Untranslated] = field(default_factory=dict)
    wrong_language: dict[At, Identification] = field(default_factory=dict)
    numbers: dict[At, NumberDifference] = field(default_factory=dict)


class LiteralStage:
    """Runs the checks. What language a cell is in depends on the row's texts alone, so it is cached by them."""

    def __init__(self, candidates: Sequence[str], store: Store) -> None:
        self._identifier = LanguageIdentifier(candidates)
        self._store = store

    def check(self, alignment: Alignment) -> LiteralFacts:
        """Look at every cell of a document; the numbers of the source are taken to be right."""
        facts = LiteralFacts()
        for at, found in self._foreign(alignment).items():
            # A text in the language that was translated from was not translated; one in a third was misplaced.
            if found.copied or found.lang == alignment.source:
                facts.untranslated[at] = found
            else:
                facts.wrong_language[at] = Identification(found.lang, found.confidence)
        for row in alignment.rows:
            _check_numbers(row, alignment.source, facts)
        return facts

    def _foreign(self, alignment: Alignment) -> dict[At, Untranslated]:
        """The cells that are not in their language."""
        places = [(row, lang) for row in alignment.rows for lang in row.present()]
        keys = [self._key(row, lang) for row, lang in places]
        stored = self._store.get_many(SPACE, keys)
        fresh: dict[bytes, bytes] = {}
        result: dict[At, Untranslated] = {}
        for (row, lang), key in zip(places, keys, strict=True):
            blob = stored.get(key)
            if blob is None:
                found = self._look(row, lang)
                blob = fresh[key] = json.dumps(astuple(found) if found else None).encode()
            known = json.loads(blob)
            if known is not None:
                result[row.index, lang] = Untranslated(*known)
        if fresh:
            self._store.put_many(SPACE, fresh)
        return result

    def _look(self, row: Row, lang: str) -> Untranslated | None:
        cell = row.cells[lang]
        others = {other: row.cells[other].text for other in row.present() if other != lang}
        spans = [part.span for part in cell.protected()]
        return untranslated(cell.text, lang, others, spans, identifier=self._identifier)

    def _key(self, row: Row, lang: str) -> bytes:
        texts = [(other, row.cells[other].text) for other in row.present()]
        spans = [part.span for part in row.cells[lang].protected()]
        content = json.dumps([_VERSION, self._identifier.candidates, lang, spans, texts])
        return hashlib.sha256(content.encode()).digest()


def _check_numbers(row: Row, source: str | None, facts: LiteralFacts) -> None:
    texts = {lang: _without_code(cell) for lang, cell in row.cells.items() if cell}
    if not any(character.isdigit() for text in texts.values() for character in text):
        return
    for lang, text in texts.items():
        others = {other: words for other, words in texts.items() if other != lang}
        if lang == source or not others:
            continue
        difference = compare(text, lang, others, source)
        if difference is not None:
            facts.numbers[row.index, lang] = difference


def _without_code(cell: Cell) -> str:
    shut = [part.span for part in cell.protected() if part.kind in (ProtectedKind.CODE, ProtectedKind.PLACEHOLDER)]
    return mask(cell.text, shut)
