"""Plural forms of messages: which form of the others a form is compared with, and where the number may be left out.

Languages have different plural categories (CLDR). A form that the source does not have is held to its ``other`` form,
which every language has. In the forms for one number the number itself may be said in words, or not at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termcheck.literal.items import Item, ItemDifference
    from termcheck.model import Alignment, Cell, Row

# What follows the category are branches of arguments inside it.
_FORM = re.compile(r"\[(?P<category>zero|one|two|few|many|=\d{1,9})\](?P<inside>(?:\[[^\[\]]{1,60}\])*)\Z")
_SEVERAL = frozenset({"few", "many"})
_NUMBER = re.compile(
    r"\#|%(?:\d{1,2}\$)?[\d.#0+\- ]{0,9}l{0,2}[diu@]|%\((?:count|n|num|number|total)\)[dius]"
    r"|[%$]?\{{1,2}\s?\$?(?:\d|count|n|num|number|total)\s?\}{1,2}",
    re.IGNORECASE,
)


class PluralForms:
    """The rows of an alignment that are plural forms, and what they are compared with."""

    def __init__(self, alignment: Alignment) -> None:
        self._rows: dict[int, Row] = {}
        forms = {row.index: found for row in alignment.rows if (found := _FORM.search(row.key))}
        if not forms:
            return
        by_key = {row.key: row for row in alignment.rows}
        for row in alignment.rows:
            found = forms.get(row.index)
            if found is not None:
                other = by_key.get(f"{row.key[: found.start()]}[other]{found['inside']}")
                if other is not None:
                    self._rows[row.index] = other

    def other(self, row: Row) -> Row | None:
        """The row with the ``other`` form of a message, for one with a form that some version may lack."""
        return self._rows.get(row.index)

    def cells(self, row: Row) -> Mapping[str, Cell]:
        """What to compare in a row: its texts, and those of the ``other`` form in versions without this form."""
        other = self.other(row)
        found = {} if other is None else {lang: cell for lang, cell in other.cells.items() if cell}
        return found | {lang: row.cells[lang] for lang in row.present()}


def without_the_number(row: Row, difference: ItemDifference, others: Iterable[Item]) -> ItemDifference | None:
    """The difference without the number in a form for one number; ``others`` are the items of the ``other`` forms."""
    found = _FORM.search(row.key)
    if found is None or found["category"] in _SEVERAL:
        return difference
    known = {item.key for item in others}
    left = replace(
        difference,
        added=tuple(item for item in difference.added if item.key not in known or not _NUMBER.fullmatch(item.text)),
        missing={
            lang: kept
            for lang, items in difference.missing.items()
            if (kept := tuple(item for item in items if not _NUMBER.fullmatch(item.text)))
        },
    )
    return left if left.added or left.missing else None
