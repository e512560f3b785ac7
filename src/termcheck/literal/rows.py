"""The literal checks on aligned documents, row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from termcheck.literal.brackets import leaves_single_quotation, unpaired
from termcheck.literal.cell_languages import LanguageChecks
from termcheck.literal.emoji import emoji_items
from termcheck.literal.items import ItemKind, compare_items, without_variants
from termcheck.literal.language_id import Identification
from termcheck.literal.lengths import LengthRatios
from termcheck.literal.links import email_items, is_localised, link_items
from termcheck.literal.markup import code_items, is_translated_code, tag_items, worth_telling
from termcheck.literal.masking import mask
from termcheck.literal.names import NameUse
from termcheck.literal.numbers import compare
from termcheck.literal.placeholders import placeholder_items
from termcheck.literal.plural_forms import PluralForms, without_the_number
from termcheck.literal.repetition import find_repetitions
from termcheck.literal.sentence_marks import SentenceMark, compare_marks
from termcheck.literal.unit_differences import compare_units
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.literal.brackets import Unpaired
    from termcheck.literal.cell_languages import At
    from termcheck.literal.items import Item, ItemDifference
    from termcheck.literal.lengths import LengthDifference
    from termcheck.literal.names import MissingName
    from termcheck.literal.numbers import NumberDifference
    from termcheck.literal.repetition import Repetition
    from termcheck.literal.sentence_language import ForeignSentence
    from termcheck.literal.sentence_marks import MarkDifference
    from termcheck.literal.unit_differences import UnitDifference
    from termcheck.literal.untranslated import Untranslated
    from termcheck.model import Alignment, Cell, Row


_VARIANTS = {ItemKind.CODE: is_translated_code, ItemKind.LINK: is_localised}


@dataclass(frozen=True, slots=True)
class LiteralFacts:
    """What the literal checks found in a document, by row and language; only where there is something to say."""

    untranslated: dict[At, Untranslated] = field(default_factory=dict)
    wrong_language: dict[At, Identification] = field(default_factory=dict)
    sentences: dict[At, tuple[ForeignSentence, ...]] = field(default_factory=dict)
    bilingual: set[At] = field(default_factory=set)
    """Cells that stand in two languages on purpose."""
    numbers: dict[At, NumberDifference] = field(default_factory=dict)
    units: dict[At, tuple[UnitDifference, ...]] = field(default_factory=dict)
    items: dict[tuple[ItemKind, int, str], ItemDifference] = field(default_factory=dict)
    names: dict[At, tuple[MissingName, ...]] = field(default_factory=dict)
    repetitions: dict[At, tuple[Repetition, ...]] = field(default_factory=dict)
    lengths: dict[At, LengthDifference] = field(default_factory=dict)
    marks: dict[tuple[SentenceMark, int, str], MarkDifference] = field(default_factory=dict)
    unpaired: dict[At, tuple[Unpaired, ...]] = field(default_factory=dict)
    other_forms: dict[int, int] = field(default_factory=dict)
    """For rows of plural forms in which something was found, the row with the form that versions without it have."""

    def busy_rows(self) -> set[int]:
        """The rows in which something was found by comparing them."""
        places = (*self.numbers, *self.units, *self.names, *self.repetitions, *self.lengths, *self.unpaired)
        return {row for row, _ in places} | {row for _, row, _ in (*self.items, *self.marks)}


class LiteralStage:
    """Runs the checks. ``learn`` from all documents first: what is usual in the corpus decides some of them.

    ``keep`` are texts that are left in their language on purpose.
    """

    def __init__(self, candidates: Sequence[str], store: Store, keep: Sequence[str] = ()) -> None:
        self._languages = LanguageChecks(candidates, store, keep)
        #: What is usual in the documents learned from; a worker is given what the leader learned.
        self.rows = RowChecks()

    def learn(self, alignment: Alignment) -> None:
        """Take in what is usual in a document."""
        self.rows.learn(alignment)

    def check(self, alignment: Alignment, busy: Collection[int] | None = None) -> LiteralFacts:
        """Look at every cell of a document; what the source has is taken to be right.

        What is compared row by row is looked at in ``busy`` rows only, where these are known.
        """
        languages = self._languages.check(alignment)
        facts = LiteralFacts(sentences=languages.sentences, bilingual=languages.bilingual)
        for at, found in languages.whole.items():
            # A text in the language that was translated from was not translated; one in a third was misplaced.
            if found.copied or found.lang == alignment.source:
                facts.untranslated[at] = found
            else:
                facts.wrong_language[at] = Identification(found.lang, found.confidence)
        self.rows.check(alignment, facts, busy)
        return facts


class RowChecks:
    """The checks that compare what stands in the texts of a row, whatever language they are in."""

    def __init__(self) -> None:
        self._lengths = LengthRatios()
        self._names = NameUse()

    def learn(self, alignment: Alignment) -> None:
        """Take in the lengths and names of a document."""
        for row in alignment.rows:
            texts = _texts(row)
            if len(texts) > 1:
                self._lengths.add(texts)
                self._names.add({lang: _plain(row.cells[lang]) for lang in texts}, texts, alignment.source)

    def check(self, alignment: Alignment, facts: LiteralFacts, busy: Collection[int] | None = None) -> None:
        """Add what is found in a document, or its ``busy`` rows, to ``facts``; what the source has is right."""
        rows = alignment.rows if busy is None else [alignment.rows[index] for index in sorted(busy)]
        _check_brackets(alignment, rows, facts)
        forms = PluralForms(alignment)
        for row in rows:
            _check_numbers(row, alignment.source, facts)
            _check_items(row, alignment.source, forms, facts)
            if len(row.present()) > 1:
                self._check_texts(row, alignment.source, facts)

    def _check_texts(self, row: Row, source: str | None, facts: LiteralFacts) -> None:
        """What concerns the running text of a row alone."""
        full, plain = _texts(row), {lang: _plain(row.cells[lang]) for lang in row.present()}
        for lang, names in self._names.missing(plain, full, source).items():
            facts.names[row.index, lang] = names
        for lang, text in plain.items():
            at = (row.index, lang)
            others = {other: its for other, its in plain.items() if other != lang}
            if repeated := find_repetitions(text, lang, others):
                facts.repetitions[at] = repeated
            if lang == source:
                continue
            if units := compare_units(text, lang, others, source):
                facts.units[at] = units
            if length := self._lengths.unusual(full, lang, source):
                facts.lengths[at] = length
            for mark in SentenceMark:
                if difference := compare_marks(text, lang, others, source, mark):
                    facts.marks[mark, *at] = difference


def _texts(row: Row) -> dict[str, str]:
    return {lang: row.cells[lang].text for lang in row.present()}


def _plain(cell: Cell) -> str:
    """A cell's text with code, placeholders and addresses blanked out."""
    shut = [
        part.span
        for part in cell.protected()
        if part.kind in (ProtectedKind.CODE, ProtectedKind.PLACEHOLDER)
        or (part.kind is ProtectedKind.LINK and part.value == cell.text[slice(*part.span)])
    ]
    return mask(cell.text, shut)


def _check_numbers(row: Row, source: str | None, facts: LiteralFacts) -> None:
    texts = {lang: _without_code(cell) for lang, cell in row.cells.items() if cell}
    if not any(any(map(str.isdigit, text)) for text in texts.values()):
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


def _check_brackets(alignment: Alignment, rows: Iterable[Row], facts: LiteralFacts) -> None:
    """Unpaired signs that no counterpart leaves unpaired, and no neighbour: quotations go on in the next paragraph."""
    looked_at: dict[int, dict[str, tuple[Unpaired, ...]]] = {}

    def odd(number: int) -> dict[str, tuple[Unpaired, ...]]:
        if number not in looked_at:
            cells = alignment.rows[number].cells if 0 <= number < len(alignment.rows) else {}
            looked_at[number] = {lang: unpaired(_plain(cell)) for lang, cell in cells.items() if cell}
        return looked_at[number]

    for row in rows:
        here = odd(row.index)
        for lang, found in here.items():
            deciding = [alignment.source] if alignment.source in here and alignment.source != lang else list(here)
            known = {each.sign for other in deciding if other != lang for each in here[other or ""]}
            if any(leaves_single_quotation(row.cells[other or ""].text) for other in deciding if other != lang):
                known.add('"')
            for near in (row.index - 1, row.index + 1):
                known |= {each.sign for each in odd(near).get(lang, ())}
            if left := tuple(each for each in found if each.sign not in known):
                facts.unpaired[row.index, lang] = left


def _check_items(row: Row, source: str | None, forms: PluralForms, facts: LiteralFacts) -> None:
    cells = forms.cells(row)
    if len(cells) < 2:
        return
    items = {lang: _items(cell) for lang, cell in cells.items()}
    texts = {lang: cell.text.casefold() for lang, cell in cells.items()}
    other = forms.other(row)
    usual = [] if other is None else [_items(cell)[ItemKind.PLACEHOLDER] for cell in other.cells.values() if cell]

    def mentioned(lang: str, item: Item) -> bool:
        """Whether a text has a piece of code without its markup."""
        pattern = rf"(?<!\w){re.escape(item.text.strip().casefold())}(?!\w)"
        # Korean and Japanese write particles right behind a word.
        return re.search(pattern, texts[lang], re.ASCII if item.text.isascii() else 0) is not None

    for kind in ItemKind:
        found = {lang: each[kind] for lang, each in items.items()}
        if not any(found.values()):
            continue
        for lang in row.present():
            if lang == source:
                continue
            difference = compare_items(found, lang, source, mentioned if kind is ItemKind.CODE else None)
            if difference is not None and (variant := _VARIANTS.get(kind)) is not None:
                difference = without_variants(difference, variant)
            if difference is not None and kind is ItemKind.CODE:
                difference = worth_telling(
                    difference, [item for other in found if other != lang for item in found[other]]
                )
            if difference is not None and kind is ItemKind.PLACEHOLDER:
                difference = without_the_number(row, difference, chain.from_iterable(usual))
            if difference is not None and (difference.added or difference.missing):
                facts.items[kind, row.index, lang] = difference
                if other is not None:
                    facts.other_forms[row.index] = other.index


def _items(cell: Cell) -> Mapping[ItemKind, Sequence[Item]]:
    protected = cell.protected()
    plain = _plain(cell)
    return {
        ItemKind.PLACEHOLDER: placeholder_items(cell.text, protected),
        ItemKind.CODE: code_items(protected),
        ItemKind.TAG: tag_items(protected),
        ItemKind.LINK: link_items(protected),
        ItemKind.EMAIL: email_items(plain, protected),
        ItemKind.EMOJI: emoji_items(plain),
    }
