"""The words of human translations and wrong words planted in them, as the marking of single words sees them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from planting import Paragraph, read_paragraphs
from splits import paragraphs_of
from termcheck.config import default_cache_folder
from termcheck.embedding.encoder import load_encoder
from termcheck.meaning.centres import bundled_centres
from termcheck.meaning.detector import bundled_detector
from termcheck.meaning.phrases import PhraseSupport, phrase_support, read_phrases
from termcheck.meaning.row import RowMeaning, compare_row
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import PairSupport, Reading, pair_support, read_text
from termcheck.meaning.word_features import FEATURES, CellWords, Habits, complete, markable, read_row
from wrong_words import WordPlanter, WrongWords

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from termcheck.embedding.encoder import Encoder

_ROW, _AGREEMENT = FEATURES.index("row"), FEATURES.index("agreement")


@dataclass(frozen=True, slots=True)
class Sample:
    """The words of one language measured with one set of witnesses.

    ``clean`` is float32 (n, features) for the words that may be marked, of ``words`` in all; ``planted`` the same for
    the wrong words, with ``kinds``.
    """

    lang: str
    setup: str
    words: int
    clean: NDArray[np.float32]
    planted: NDArray[np.float32]
    kinds: tuple[str, ...]


class Bench:
    """Encoded paragraphs, the comparisons of their versions, and versions with wrong words."""

    def __init__(self, paragraphs: Sequence[Paragraph], langs: Sequence[str], encoder: Encoder) -> None:
        self.langs, self.source = tuple(langs), langs[0]
        self._encoder = encoder
        self._head = bundled_detector().head
        self._texts = {lang: [each.text(lang) for each in paragraphs] for lang in langs}
        readings = {lang: self._read(lang, texts) for lang, texts in self._texts.items()}
        self._rows = [
            compare_row(
                {lang: self._texts[lang][number] for lang in langs},
                {lang: readings[lang][number] for lang in langs},
                self._head,
            )
            for number in range(len(paragraphs))
        ]
        self._statistics = PairStatistics()
        for row in self._rows:
            for (left, right), pair in row.pairs.items():
                self._statistics.add(left, right, pair)
                self._statistics.add_phrases(left, right, row.phrases[left, right])
        self._wrong = {lang: list(self._plant(lang, readings)) for lang in langs[1:]}

    def _read(self, lang: str, texts: Sequence[str]) -> list[Reading]:
        centres = bundled_centres()
        return [
            read_text(text, lang, found.sentence, found.vectors, found.offsets, centres, self._head)
            for text, found in zip(texts, self._encoder.encode_tokens(texts), strict=True)
        ]

    def _plant(self, lang: str, readings: Mapping[str, Sequence[Reading]]) -> Iterator[tuple[WrongWords, RowMeaning]]:
        wrong = list(WordPlanter(self._texts[lang], readings[lang], lang).plant())
        for item, reading in zip(wrong, self._read(lang, [each.text for each in wrong]), strict=True):
            row = self._rows[item.paragraph]
            pairs: dict[tuple[str, str], PairSupport] = dict(row.pairs)
            phrases: dict[tuple[str, str], PhraseSupport] = dict(row.phrases)
            whole = read_phrases(reading)
            for other in self.langs:
                if other != lang:
                    theirs = readings[other][item.paragraph]
                    pair, phrase = (
                        pair_support(reading, theirs, self._head),
                        phrase_support(whole, read_phrases(theirs)),
                    )
                    key = (min(lang, other), max(lang, other))
                    pairs[key] = pair if lang < other else pair.swapped()
                    phrases[key] = phrase if lang < other else phrase.swapped()
            yield item, RowMeaning({**row.texts, lang: item.text}, pairs, phrases=phrases)

    def samples(self) -> Iterator[Sample]:
        """Every language but the source, with witnesses chosen by chance but the same ones in every run."""
        rng = random.Random(1)  # noqa: S311
        for lang in self.langs[1:]:
            others = [other for other in self.langs[1:] if other != lang]
            for count in (1, 2, 3, len(others) + 1):
                yield self._sample(lang, [self.source, *rng.sample(others, count - 1)], self.source)
            for count in (1, 3):
                yield self._sample(lang, rng.sample(others, count), None)

    def _sample(self, lang: str, witnesses: Sequence[str], source: str | None) -> Sample:
        langs = {lang, *witnesses}
        habits = Habits()
        rows = [read_row(_only(row, langs), number, self._statistics, source) for number, row in enumerate(self._rows)]
        for cells in rows:
            _count(habits, cells)
        clean = [complete(cells, lang, habits) for cells in rows]
        allowed = [markable(cells, lang, habits) for cells in rows]
        planted, kinds = [], []
        for item, row in self._wrong[lang]:
            cells = read_row(_only(row, langs), item.paragraph, self._statistics, source)
            _count(habits, rows[item.paragraph], -1)
            _count(habits, cells)
            features = complete(cells, lang, habits)
            _count(habits, cells, -1)
            _count(habits, rows[item.paragraph])
            # Several words are planted in a paragraph; what they do to the row as a whole is not to help each other.
            features[:, _ROW] = clean[item.paragraph][:, _ROW].mean()
            features[:, _AGREEMENT] = clean[item.paragraph][0, _AGREEMENT]
            for place, (start, end) in enumerate(cells[lang].spans.tolist()):
                kind = next((kind for span, kind in item.wrong.items() if start <= span.start < end), None)
                if kind is not None:
                    planted.append(features[place])
                    kinds.append(kind)
        setup = f"{len(witnesses)} {'with' if source else 'without'} source"
        return Sample(
            lang,
            setup,
            sum(map(len, clean)),
            np.concatenate([each[mask] for each, mask in zip(clean, allowed, strict=True)]),
            np.array(planted),
            tuple(kinds),
        )


def _only(row: RowMeaning, langs: Collection[str]) -> RowMeaning:
    kept = [pair for pair in combinations(sorted(langs), 2) if pair in row.pairs]
    return RowMeaning(
        {lang: text for lang, text in row.texts.items() if lang in langs},
        {pair: row.pairs[pair] for pair in kept},
        phrases={pair: row.phrases[pair] for pair in kept},
    )


def _count(habits: Habits, cells: Mapping[str, CellWords], times: int = 1) -> None:
    for cell in cells.values():
        habits.add(cell, times)


def load(path: Path, langs: Sequence[str], role: str, limit: int) -> Bench:
    """The bench on the documents of a role; ``splits.py`` says which these are."""
    paragraphs = read_paragraphs(path, langs)
    kept = [paragraphs[number] for number in paragraphs_of(paragraphs)[role]][:limit]
    return Bench(kept, langs, load_encoder("bundled", default_cache_folder()))
