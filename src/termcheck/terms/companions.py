"""Concepts that are but a part of a phrase: the word that they always stand beside, as "code" in "code of conduct"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from termcheck.terms.tokenizer import grammar_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.terms.evidence import StoredCell
    from termcheck.terms.index import LanguageIndex

# How far away the companion may be ("of" stands between), and in what share of all occurrences it has to be there.
_NEAR = 2
_ALWAYS = 0.8
_LEAST_OCCURRENCES = 3


def find_companion(concept: str, cells: Sequence[StoredCell], index: LanguageIndex) -> str:
    """The word that stands beside nearly every occurrence of a concept; empty where there is none.

    ``cells`` are those of one language in which a word for the concept stands.
    """
    grammar = grammar_words(index.lang)
    beside: Counter[str] = Counter()
    forms: Counter[tuple[str, str]] = Counter()
    occurrences = 0
    for cell in cells:
        starts = {hit.start for name, hits in cell.hits if name == concept for hit in hits}
        for place, start in enumerate(cell.offsets[::2]):
            if start not in starts:
                continue
            occurrences += 1
            near = {*cell.forms[max(0, place - _NEAR) : place], *cell.forms[place + 1 : place + 1 + _NEAR]} - grammar
            keyed = {(index.key_of(form) or form, form) for form in near - {cell.forms[place]}}
            beside.update({key for key, _ in keyed})
            forms.update(keyed)
    key, count = max(beside.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if occurrences < _LEAST_OCCURRENCES or count < _ALWAYS * occurrences:
        return ""
    return max((number, form) for (its_key, form), number in forms.items() if its_key == key)[1]
