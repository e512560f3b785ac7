"""Inflection of languages without rules, learned from the corpus: endings that take each other's place.

When many beginnings are found with both of two endings, these are forms of one paradigm ("-a" and "-u" behind
*klient-*, *katalog-*, *system-*). A word that differs from a term by such a pair of endings is taken for a form of it.
That is less sure than rules: derivations change endings as regularly.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from termcheck.terms.inflection import has_rules
from termcheck.terms.inflection.orthography import fold, primary_language
from termcheck.terms.matcher import Certainty
from termcheck.terms.tokenizer import SPACELESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.terms.matcher import TermHit

LONGEST_ENDING = 6
_SHORTEST_BEGINNING = 4
# Chosen on Polish and Turkish words, as if these languages had no rules.
_LEAST_BEGINNINGS = 5
_LEAST_SHARE = 0.05
# Beyond so many endings a beginning is a frequent prefix, and its pairs say nothing.
_MOST_ENDINGS = 200
_WORD = re.compile(r"[^\W_]+")


def is_learned(lang: str) -> bool:
    """Whether the inflection of a language has to be learned: it has no rules, and writes spaces between words."""
    return not has_rules(lang) and primary_language(lang) not in SPACELESS


class Endings:
    """The pairs of endings of one language that take each other's place in at least five words of a corpus."""

    def __init__(self, lang: str, forms: Iterable[str]) -> None:
        self._lang = lang
        endings: dict[str, set[str]] = defaultdict(set)
        for form in {fold(form, lang) for form in forms}:
            if form.isalpha():
                for cut in range(max(_SHORTEST_BEGINNING, len(form) - LONGEST_ENDING), len(form) + 1):
                    endings[form[:cut]].add(form[cut:])
        single: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for found in endings.values():
            single.update(found)
            if len(found) <= _MOST_ENDINGS:
                # Endings that begin alike are counted behind the longer beginning.
                pairs.update(pair for pair in combinations(sorted(found), 2) if pair[0][:1] != pair[1][0])
        self._pairs = frozenset(
            pair
            for pair, count in pairs.items()
            if count >= _LEAST_BEGINNINGS and count >= _LEAST_SHARE * min(single[pair[0]], single[pair[1]])
        )

    def are_forms(self, first: str, second: str) -> bool:
        """Whether two texts of equally many words differ, word by word, in nothing but such endings."""
        ours, theirs = (_WORD.findall(fold(text, self._lang)) for text in (first, second))
        return len(ours) == len(theirs) and all(map(self._is_form, ours, theirs))

    def settle(self, hit: TermHit) -> TermHit:
        """The hit, a match instead of unsure where the endings speak for it."""
        if hit.certainty is Certainty.UNSURE and not hit.compound and self.are_forms(hit.term, hit.surface):
            return hit._replace(certainty=Certainty.MATCH)
        return hit

    def _is_form(self, first: str, second: str) -> bool:
        if first == second:
            return True
        shared = 0
        while first[shared : shared + 1] == second[shared : shared + 1] != "":
            shared += 1
        pair = sorted((first[shared:], second[shared:]))
        return shared >= _SHORTEST_BEGINNING and (pair[0], pair[1]) in self._pairs
