"""Inflection from tables: dictionary endings, the endings they change to, and the stem changes these bring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from termcheck.terms.inflection.base import Fit, RestTest, Stem, first_of, one_of

StemChange = Callable[[str], Iterable[str]]


class Rule(NamedTuple):
    """One paradigm: for words that ``match`` (searched), ``cut`` letters off and the endings that follow the stem.

    ``endings`` is a space-separated list. ``-`` is the empty ending. ``name`` in braces stands for each ending of
    that group. A first character that is a key of the language's stem changes asks for the changed stem before
    the rest of the ending (``'e``: palatalised stem and ``e``).
    """

    match: str
    cut: int
    endings: str


def expand(endings: str, groups: Mapping[str, str]) -> tuple[str, ...]:
    """The single endings of a list, with its groups written out."""
    result: list[str] = []
    for item in endings.split():
        head, brace, name = item.partition("{")
        if brace:
            parts = groups[name.rstrip("}")].split()
            result.extend(head + ("" if part == "-" else part) for part in parts)
        else:
            result.append("" if item == "-" else item)
    return tuple(dict.fromkeys(result))


class ParadigmInflection:
    """Stems and endings by table.

    ``variants`` gives further stems that take the same plain endings (fleeting vowels); ``changes`` maps a
    marker to the stems it stands for; ``compound`` judges a rest that no ending explains; ``tail`` is the fit of
    a word that ends in the term (None in languages without such compounds); ``strip`` and ``canonical`` make the
    grouping key: the longest of ``strip`` that leaves three letters is cut, then ``canonical`` undoes stem changes.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        *,
        strip: str,
        canonical: Callable[[str], str] = lambda stem: stem,
        groups: Mapping[str, str] | None = None,
        variants: StemChange = lambda _stem: (),
        changes: Mapping[str, StemChange] | None = None,
        compound: RestTest | None = None,
        tail: Fit | None = None,
    ) -> None:
        self._rules = [(re.compile(rule.match), rule.cut, expand(rule.endings, groups or {})) for rule in rules]
        self._variants = variants
        self._changes = dict(changes or {})
        self._compound = compound
        self._tail = tail
        self._strip = sorted(expand(strip, groups or {}), key=lambda ending: (-len(ending), ending))
        self._canonical = canonical

    def stems(self, word: str) -> Sequence[Stem]:
        """See `Inflection.stems`."""
        endings: dict[str, set[str]] = {word: {""}}
        for pattern, cut, forms in self._rules:
            # A long ending identifies its paradigm by itself: tenir, tiens.
            if len(word) - cut < (1 if cut >= 4 else 2) or not pattern.search(word):
                continue
            stem = word[: len(word) - cut]
            plain = {form for form in forms if form[:1] not in self._changes}
            endings.setdefault(stem, set()).update(plain)
            for variant in self._variants(stem):
                endings.setdefault(variant, set()).update(plain - {""})
            for form in forms:
                change = self._changes.get(form[:1])
                if change is not None:
                    for changed in change(stem):
                        endings.setdefault(changed, set()).add(form[1:].removeprefix("-"))
        return tuple(
            Stem(text, self._test(frozenset(accepted), is_word=text == word), tail=self._tail)
            for text, accepted in sorted(endings.items())
        )

    def _test(self, endings: frozenset[str], *, is_word: bool) -> RestTest:
        test = one_of(endings)
        return first_of(test, self._compound) if self._compound is not None and is_word else test

    def key(self, word: str) -> str:
        """See `Inflection.key`."""
        for ending in self._strip:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return self._canonical(word[: len(word) - len(ending)])
        return self._canonical(word)
