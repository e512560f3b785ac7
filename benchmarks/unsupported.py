"""How well wrong words are found: planted ones in human translations, against plain ranking by the best match.

    python benchmarks/unsupported.py ntrex-dev.tsv --languages en,pl,tr,ko,id,de,it --half first

The file is that of ``benchmarks/meaning.py``. The first language is the source. For each of several sets of witnesses:
which share of the planted words is found at the price of so many marked words in 1,000 words of the untouched
translations, which are not free of errors themselves. The baseline ranks words by the mean best cosine of their tokens.
The last columns are for the default cut.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planting import Paragraph, read_paragraphs
from termcheck.config import default_cache_folder
from termcheck.embedding.encoder import load_encoder
from termcheck.meaning.centres import bundled_centres
from termcheck.meaning.detector import bundled_detector
from termcheck.meaning.phrases import PhraseSupport, phrase_support, read_phrases
from termcheck.meaning.row import RowMeaning, compare_row
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import PairSupport, Reading, pair_support, read_text
from termcheck.meaning.unsupported import bundled_model
from termcheck.meaning.word_features import FEATURES, CellWords, Habits, complete, markable, read_row
from wrong_words import KINDS, WordPlanter, WrongWords

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from termcheck.embedding.encoder import Encoder

PRICES = (1, 2, 4, 8)
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


def load(path: Path, langs: Sequence[str], half: str, limit: int) -> Bench:
    """The bench on every other document of the file, from the ``first`` or the ``second`` on."""
    paragraphs = read_paragraphs(path, langs)
    documents = list(dict.fromkeys(each.document for each in paragraphs))[half == "second" :: 2]
    kept = [each for each in paragraphs if each.document in documents][:limit]
    return Bench(kept, langs, load_encoder("bundled", default_cache_folder()))


def show(
    samples: Sequence[Sample], score: Callable[[NDArray[np.float32]], NDArray[np.floating]], cut: float | None = None
) -> None:
    """Recall of planted words at each price and at a cut; ``score`` takes features (n, f) and gives (n,)."""
    for setup in dict.fromkeys(sample.setup for sample in samples):
        chosen = [sample for sample in samples if sample.setup == setup]
        total = sum(sample.words for sample in chosen)
        clean = np.sort(np.concatenate([score(sample.clean) for sample in chosen]))[::-1]
        planted = np.concatenate([score(sample.planted) for sample in chosen])
        kinds = np.concatenate([sample.kinds for sample in chosen])
        cuts = [clean[total * price // 1000] for price in PRICES]
        found = "  ".join(f"@{price} {(planted > at).mean():.2f}" for price, at in zip(PRICES, cuts, strict=True))
        by_kind = "  ".join(f"{kind} {(planted[kinds == kind] > cuts[2]).mean():.2f}" for kind in KINDS)
        line = f"  {setup:<17} {found}   @4: {by_kind}"
        if cut is not None:
            marked = 1000 * (clean >= cut).sum() / total
            line += f"   default: {marked:.2f} marked of 1,000, {(planted >= cut).mean():.2f} found"
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the marking of wrong words.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--languages", default="en,pl,tr,ko,id,de,it")
    parser.add_argument("--half", choices=("first", "second"), default="first")
    parser.add_argument("--limit", type=int, default=70, help="paragraphs at most")
    arguments = parser.parse_args()
    samples = list(load(arguments.corpus, arguments.languages.split(","), arguments.half, arguments.limit).samples())
    words, planted = sum(sample.words for sample in samples), sum(len(sample.kinds) for sample in samples)
    print(f"{arguments.languages}, {arguments.half} half; over all sets {words} words, {planted} planted")
    print("best match of tokens")
    show(samples, lambda features: features[:, FEATURES.index("similarity")])
    print("model")
    show(samples, bundled_model().score, bundled_model().cut)


if __name__ == "__main__":
    main()
