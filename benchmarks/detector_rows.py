"""Rows of aligned versions with and without errors, as the detector sees them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Protocol

import numpy as np

from termcheck.meaning.features import features
from termcheck.meaning.measures import RowView
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import pair_support, read_text
from termcheck.meaning.weights import witness_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from planting import Paragraph, Planted
    from termcheck.embedding.encoder import TokenVectors
    from termcheck.meaning.centres import Centres
    from termcheck.meaning.head import WordHead
    from termcheck.meaning.support import PairSupport, Reading


@dataclass(frozen=True, slots=True)
class Setting:
    """A version to judge, its witnesses, and which of them is the source."""

    lang: str
    witnesses: tuple[str, ...]
    source: str | None

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted((self.lang, *self.witnesses)))


@dataclass(frozen=True, slots=True)
class Case:
    """One version of one paragraph; ``kind`` is empty for a clean one. ``reading`` is of ``text``."""

    number: int
    kind: str
    text: str
    reading: Reading


class Encoded(Protocol):
    """Paragraphs and planted texts with their vectors."""

    @property
    def paragraphs(self) -> Sequence[Paragraph]: ...
    @property
    def centres(self) -> Centres: ...
    @property
    def vectors(self) -> Mapping[str, Sequence[TokenVectors]]: ...
    @property
    def planted(self) -> Mapping[str, Sequence[Planted]]: ...
    @property
    def planted_vectors(self) -> Mapping[str, Sequence[TokenVectors]]: ...


class Rows:
    """The rows of some paragraphs in one setting, clean and with errors in one version."""

    def __init__(self, encoded: Encoded, setting: Setting, numbers: Sequence[int], head: WordHead | None) -> None:
        self.setting = setting
        self._encoded = encoded
        self._head = head
        self.numbers = numbers
        self.readings = {
            lang: {
                number: self._read(lang, encoded.paragraphs[number].text(lang), encoded.vectors[lang][number])
                for number in numbers
            }
            for lang in setting.languages
        }
        self.clean = {number: self._row(number) for number in numbers}
        self.statistics = PairStatistics()
        for row in self.clean.values():
            for (left, right), pair in row.pairs.items():
                self.statistics.add(left, right, pair)

    def cases(self) -> Iterator[Case]:
        """The clean versions, the planted ones, and other paragraphs of the document in their place."""
        lang, encoded = self.setting.lang, self._encoded
        for number in self.numbers:
            yield Case(number, "", encoded.paragraphs[number].text(lang), self.readings[lang][number])
        chosen = set(self.numbers)
        for item, vectors in zip(encoded.planted[lang], encoded.planted_vectors[lang], strict=True):
            if item.paragraph in chosen:
                yield Case(item.paragraph, item.kind, item.text, self._read(lang, item.text, vectors))
        for kind, number, other in swaps(encoded.paragraphs, self.numbers, lang):
            yield Case(number, kind, encoded.paragraphs[other].text(lang), self.readings[lang][other])

    def row(self, case: Case) -> RowMeaning:
        """The row with the case's text in the version that is judged."""
        if not case.kind:
            return self.clean[case.number]
        lang, clean = self.setting.lang, self.clean[case.number]
        pairs: dict[tuple[str, str], PairSupport] = dict(clean.pairs)
        for other in self.setting.witnesses:
            pair = pair_support(case.reading, self.readings[other][case.number], self._head)
            pairs[min(lang, other), max(lang, other)] = pair if lang < other else pair.swapped()
        return RowMeaning({**clean.texts, lang: case.text}, pairs)

    def features(self, row: RowMeaning) -> NDArray[np.float64]:
        """What the detector sees of the version that is judged in one of these rows, (features,)."""
        weights = witness_weights(self.setting.witnesses, self.setting.source)
        return features(RowView(row, self.statistics), self.setting.lang, weights)

    def _row(self, number: int) -> RowMeaning:
        langs = self.setting.languages
        pairs = {
            (a, b): pair_support(self.readings[a][number], self.readings[b][number], self._head)
            for a, b in combinations(langs, 2)
        }
        return RowMeaning({lang: self._encoded.paragraphs[number].text(lang) for lang in langs}, pairs)

    def _read(self, lang: str, text: str, found: TokenVectors) -> Reading:
        return read_text(text, lang, found.sentence, found.vectors, found.offsets, self._encoded.centres, self._head)


def swaps(paragraphs: Sequence[Paragraph], numbers: Sequence[int], lang: str) -> Iterator[tuple[str, int, int]]:
    """Kind, paragraph, and the paragraph of the same document whose text stands in its place."""
    rng = random.Random(f"swaps {lang}")  # noqa: S311
    members: dict[str, list[int]] = {}
    for number in numbers:
        members.setdefault(paragraphs[number].document, []).append(number)
    for number in numbers:
        others = [other for other in members[paragraphs[number].document] if other != number]
        if others:
            yield "paragraph swapped", number, rng.choice(others)
        if number + 1 in others:
            yield "off by one", number, number + 1


def features_of(encoded: Encoded, setting: Setting, numbers: Sequence[int], head: WordHead) -> NDArray[np.float64]:
    """The features of all cases of a setting, (cases, features)."""
    rows = Rows(encoded, setting, numbers, head)
    return np.array([rows.features(rows.row(case)) for case in rows.cases()])


def labels_of(encoded: Encoded, setting: Setting, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """Document and kind of the same cases."""
    chosen = set(numbers)
    found = [(number, "") for number in numbers]
    found += [(item.paragraph, item.kind) for item in encoded.planted[setting.lang] if item.paragraph in chosen]
    found += [(number, kind) for kind, number, _ in swaps(encoded.paragraphs, numbers, setting.lang)]
    return [(encoded.paragraphs[number].document, kind) for number, kind in found]
