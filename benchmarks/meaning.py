"""What the meaning stage finds: planted errors in human translations, against plain cosine and margin scoring.

    python benchmarks/meaning.py ntrex-dev.tsv --languages en,pl,tr,ko,id --source en

The file has one sentence a line and one column per language, the document's name in the first column; NTREX-128
(https://github.com/MicrosoftTranslator/NTREX) can be brought into this form. The default thresholds were chosen on en,
pl, tr, ko and id of its first half; other languages are held out.

For every kind of error: the area under the ROC curve against clean paragraphs, for the strength of the evidence, the
cosine with the source (without one, the mean cosine with the other versions) and that cosine less its neighbourhood
(margin); and the share that is remarked at the default thresholds. A paragraph of the corpus may have an error of its
own, so "remarked" among clean paragraphs is more than false alarms.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planting import Paragraph, Planted, Planter, read_paragraphs
from termcheck.config import default_cache_folder
from termcheck.embedding.encoder import load_encoder
from termcheck.meaning.centres import bundled_centres
from termcheck.meaning.judge import judge_row
from termcheck.meaning.row import RowMeaning
from termcheck.meaning.statistics import PairStatistics
from termcheck.meaning.support import PairSupport, Reading, pair_support, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.embedding.encoder import Encoder

CLEAN = "(clean)"
_NEIGHBOURS = 4


@dataclass(frozen=True, slots=True)
class Score:
    """One cell: the higher, the more suspicious."""

    evidence: float
    cosine: float
    margin: float
    remarked: bool


class Bench:
    """The encoded corpus and what is usual in it."""

    def __init__(self, paragraphs: Sequence[Paragraph], langs: Sequence[str], encoder: Encoder, source: str | None):
        self.paragraphs, self.langs, self.source = paragraphs, langs, source
        self._encoder = encoder
        self.readings = {lang: self.read(lang, [each.text(lang) for each in paragraphs]) for lang in langs}
        self.rows = [self._row(number) for number in range(len(paragraphs))]
        self.documents: dict[str, PairStatistics] = {}
        self.statistics = PairStatistics()
        for paragraph, row in zip(paragraphs, self.rows, strict=True):
            own = self.documents.setdefault(paragraph.document, PairStatistics())
            for (left, right), pair in row.pairs.items():
                self.statistics.add(left, right, pair)
                own.add(left, right, pair)

    def read(self, lang: str, texts: list[str]) -> list[Reading]:
        centres = bundled_centres()
        return [
            read_text(text, lang, found.sentence, found.vectors, found.offsets, centres)
            for text, found in zip(texts, self._encoder.encode_tokens(texts), strict=True)
        ]

    def _row(self, number: int) -> RowMeaning:
        texts = {lang: self.paragraphs[number].text(lang) for lang in self.langs}
        pairs = {
            (a, b): pair_support(self.readings[a][number], self.readings[b][number])
            for a, b in combinations(sorted(self.langs), 2)
        }
        return RowMeaning(texts, pairs)

    def changed(self, number: int, lang: str, text: str, reading: Reading) -> RowMeaning:
        """The row with another text in one version."""
        pairs: dict[tuple[str, str], PairSupport] = dict(self.rows[number].pairs)
        for other in self.langs:
            if other != lang:
                pair = pair_support(reading, self.readings[other][number])
                pairs[min(lang, other), max(lang, other)] = pair if lang < other else pair.swapped()
        return RowMeaning({**self.rows[number].texts, lang: text}, pairs)

    def score(self, number: int, lang: str, row: RowMeaning, reading: Reading, statistics: PairStatistics) -> Score:
        judgement = next(item for item in judge_row(row, statistics, self.source) if item.lang == lang)
        against = [self.source] if self.source else [other for other in self.langs if other != lang]
        cosines, margins = zip(*(self._baselines(number, other, reading) for other in against), strict=True)
        return Score(
            judgement.strength, -float(np.mean(cosines)), -float(np.mean(margins)), judgement.difference is not None
        )

    def _baselines(self, number: int, other: str, reading: Reading) -> tuple[float, float]:
        vectors = np.array([each.sentence for each in self.readings[other]])
        cosines = vectors @ reading.sentence
        nearest = np.sort(np.delete(cosines, number))[-_NEIGHBOURS:]
        return float(cosines[number]), float(cosines[number] - nearest.mean())


def auc(clean: Iterable[float], planted: Iterable[float]) -> float:
    """The probability that a planted error scores higher than a clean paragraph, ties counting half."""
    low, high = np.sort(np.fromiter(clean, float)), np.fromiter(planted, float)
    below = np.searchsorted(low, high, side="left") + np.searchsorted(low, high, side="right")
    return float(below.mean() / (2 * len(low)))


def run(bench: Bench, targets: Sequence[str], *, small: bool) -> dict[str, list[Score]]:
    """The scores of all clean and planted cells; ``small``: what is usual is learned from the one document alone."""
    found: dict[str, list[Score]] = defaultdict(list)

    def statistics(number: int) -> PairStatistics:
        return bench.documents[bench.paragraphs[number].document] if small else bench.statistics

    for lang in targets:
        for number, row in enumerate(bench.rows):
            reading = bench.readings[lang][number]
            found[CLEAN].append(bench.score(number, lang, row, reading, statistics(number)))
        planted: list[Planted] = list(Planter(bench.paragraphs, lang).plant())
        for item, reading in zip(planted, bench.read(lang, [each.text for each in planted]), strict=True):
            row = bench.changed(item.paragraph, lang, item.text, reading)
            found[item.kind].append(bench.score(item.paragraph, lang, row, reading, statistics(item.paragraph)))
    return found


def show(found: Mapping[str, Sequence[Score]]) -> None:
    clean = found[CLEAN]
    print(f"{'kind':<18} {'n':>5}  {'AUC':>6} {'cosine':>7} {'margin':>7}  {'remarked':>8}")
    for kind in sorted(found):
        scores = found[kind]
        remarked = 100 * sum(score.remarked for score in scores) / len(scores)
        if kind == CLEAN:
            print(f"{kind:<18} {len(scores):>5}  {'':>6} {'':>7} {'':>7}  {remarked:>7.2f}%")
            continue
        areas = [
            auc((getattr(score, name) for score in clean), (getattr(score, name) for score in scores))
            for name in ("evidence", "cosine", "margin")
        ]
        print(f"{kind:<18} {len(scores):>5}  {areas[0]:>6.3f} {areas[1]:>7.3f} {areas[2]:>7.3f}  {remarked:>7.2f}%")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the meaning stage on planted errors.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--languages", default="en,pl,tr,ko,id")
    parser.add_argument("--source", help="the language translated from; default: none")
    parser.add_argument("--small", action="store_true", help="learn what is usual from each document alone")
    parser.add_argument("--documents", type=int, help="only the first so many documents")
    arguments = parser.parse_args()
    langs = arguments.languages.split(",")
    paragraphs = read_paragraphs(arguments.corpus, langs)
    if arguments.documents:
        kept = list(dict.fromkeys(each.document for each in paragraphs))[: arguments.documents]
        paragraphs = [each for each in paragraphs if each.document in kept]
    start = time.perf_counter()
    bench = Bench(paragraphs, langs, load_encoder("bundled", default_cache_folder()), arguments.source)
    targets = [lang for lang in langs if lang != arguments.source]
    found = run(bench, targets, small=arguments.small)
    seconds = time.perf_counter() - start
    print(f"{len(paragraphs)} paragraphs in {', '.join(langs)}; source: {arguments.source or 'none'}; {seconds:.0f} s")
    show(found)


if __name__ == "__main__":
    main()
