"""Names in Latin script that the versions keep, and rows where one version drops one.

Which names a language keeps is learned from the corpus: a language that transliterates a name, translates it or
inflects it beyond recognition does so in most places, and is not asked about it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.literal.masking import mask_addresses
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_ROWS = 5
"""Rows in which a version was expected to have a name before it is asked about one."""

KEPT = 0.8
"""Share of the other such rows in which the version has it."""

WITNESSES = 0.75
"""Share of the counterparts beside the source that must have the name."""

LONGEST = 20_000
"""Characters of a text that are looked at."""

_NAME = re.compile(r"(?<![\w.@/#-])[A-Z][A-Za-z0-9]{1,39}(?:[.-][A-Za-z0-9]{1,20})?(?![\w@/])")
# A name by its looks, wherever it stands: capitals inside, digits, or all capitals.
_MARKED = re.compile(r"(?=.*[a-z].*[A-Z])|(?=.*\d)|[A-Z]{3,}$")
_STEM = 3


@dataclass(frozen=True, slots=True)
class MissingName:
    """A name that a version lacks: its places in the counterparts, and how many of how many other rows have it."""

    name: str
    places: Mapping[str, tuple[Span, ...]]
    kept: int
    rows: int


class NameUse:
    """Which names each language keeps; fed with all rows first, asked afterwards."""

    def __init__(self) -> None:
        self._expected: Counter[tuple[str, str]] = Counter()
        self._kept: Counter[tuple[str, str]] = Counter()

    def add(self, texts: Mapping[str, str], full: Mapping[str, str], source: str | None) -> None:
        """Learn from one row: its texts by language without code and the like, and its ``full`` texts."""
        row = _Row(texts, full)
        for lang in texts:
            for name in row.expected(lang, source):
                self._expected[lang, name] += 1
                self._kept[lang, name] += row.has(lang, name)

    def missing(
        self, texts: Mapping[str, str], full: Mapping[str, str], source: str | None
    ) -> dict[str, tuple[MissingName, ...]]:
        """By language, the names of a row that was added before which a version lacks, in its code as well."""
        row = _Row(texts, full)
        found: dict[str, tuple[MissingName, ...]] = {}
        for lang in texts:
            if lang == source:
                continue
            names = [self._judge(row, lang, name, source) for name in row.expected(lang, source)]
            if lacking := tuple(name for name in names if name is not None):
                found[lang] = lacking
        return found

    def _judge(self, row: _Row, lang: str, name: str, source: str | None) -> MissingName | None:
        rows, kept = self._expected[lang, name] - 1, self._kept[lang, name]
        if row.has(lang, name) or rows < LEAST_ROWS or kept < KEPT * rows:
            return None
        shown = [source] if source is not None and source in row.texts else [each for each in row.texts if each != lang]
        places = {each: row.places(each, name) for each in shown}
        return MissingName(name, {each: spans for each, spans in places.items() if spans}, kept, rows)


class _Row:
    """The texts of a row and the names in them."""

    def __init__(self, texts: Mapping[str, str], full: Mapping[str, str]) -> None:
        self.texts = {lang: mask_addresses(text[:LONGEST]) for lang, text in texts.items()}
        self._folded = {lang: mask_addresses(full[lang][:LONGEST]).casefold() for lang in texts}
        self._names = {lang: _names(text) for lang, text in self.texts.items()}

    def expected(self, lang: str, source: str | None) -> list[str]:
        """The names that ``lang`` should have, since the source and nearly all others do."""
        others = [other for other in self.texts if other not in (lang, source)]
        if source in self.texts and source != lang:
            candidates = self._names[source or ""]
            if len(others) < 2:
                # A word in capitals may be one that is translated; without witnesses its looks must tell.
                candidates = [name for name in candidates if _MARKED.match(name)]
        elif len(others) >= 2:
            candidates = sorted({name for other in others for name in self._names[other]})
        else:
            return []
        least = WITNESSES * len(others)
        return [name for name in candidates if sum(self.has(other, name) for other in others) >= least]

    def has(self, lang: str, name: str) -> bool:
        """Whether a text has a name, perhaps with another ending."""
        stem = name.casefold()
        return (stem if len(stem) <= _STEM + 1 else stem[: max(_STEM, len(stem) - 1)]) in self._folded[lang]

    def places(self, lang: str, name: str) -> tuple[Span, ...]:
        return tuple(Span(*match.span()) for match in re.finditer(re.escape(name), self.texts[lang]))


def _names(text: str) -> list[str]:
    """The words of a text that look like names, in order; one that opens a sentence must look like one by itself."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        before = (
            text[: match.start()].rstrip()[-1:]
            if match.start() < 200
            else text[match.start() - 2 : match.start()].strip()[-1:]
        )
        opens = before in ("", ".", "!", "?", ":", "\n", "…", "。", "“", '"', "*", "-", "–", "—", "•")
        if len(match[0]) > 2 and (_MARKED.match(match[0]) or not opens):
            found[match[0]] = None
    return list(found)
