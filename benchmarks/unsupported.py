"""How well wrong words are found: planted ones in human translations, against plain ranking by the best match.

    python benchmarks/unsupported.py ntrex-dev.tsv

The file is that of ``benchmarks/meaning.py``; the first language is the source. In documents of which neither the word
head nor these parameters saw anything, every language is scored by parameters that are fitted without it. For each of
several sets of witnesses: which share of the planted words is found at the price of so many marked words in 1,000 words
of the untouched translations, which are not free of errors themselves. The baselines rank words by the mean best cosine
of their tokens, by the doubt of the trained head alone, and by parameters without that doubt.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from termcheck.meaning.unsupported import DOUBT
from termcheck.meaning.word_features import FEATURES
from train_words import fit
from word_bench import load
from wrong_words import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from word_bench import Sample

PRICES = (1, 2, 4, 8)
_DOUBT = FEATURES.index(DOUBT)
_NAMES = ("best match", "head alone", "without head", "with head")


def scores(sample: Sample, weights: Mapping[str, NDArray[np.float64]]) -> dict[str, tuple[NDArray[np.float64], ...]]:
    """The scores of the untouched and of the planted words, by ranking; ``weights`` end with the bias."""
    ranked: dict[str, tuple[NDArray[np.float64], ...]] = {
        "best match": tuple(part[:, 0].astype(np.float64) for part in (sample.clean, sample.planted)),
        "head alone": tuple(part[:, _DOUBT].astype(np.float64) for part in (sample.clean, sample.planted)),
    }
    for name, values in weights.items():
        ranked[name] = tuple(part @ values[:-1] + values[-1] for part in (sample.clean, sample.planted))
    return ranked


def show(samples: Sequence[Sample], weights: Mapping[str, Mapping[str, NDArray[np.float64]]]) -> None:
    """Recall of planted words at each price; ``weights`` by language and name."""
    for setup in dict.fromkeys(sample.setup for sample in samples):
        chosen = [sample for sample in samples if sample.setup == setup]
        total = sum(sample.words for sample in chosen)
        kinds = np.concatenate([sample.kinds for sample in chosen])
        clean, planted = defaultdict(list), defaultdict(list)
        for sample in chosen:
            for name, (untouched, wrong) in scores(sample, weights[sample.lang]).items():
                clean[name].append(untouched)
                planted[name].append(wrong)
        print(setup)
        for name in _NAMES:
            low, high = np.sort(np.concatenate(clean[name]))[::-1], np.concatenate(planted[name])
            cuts = [low[total * price // 1000] for price in PRICES]
            found = "  ".join(f"@{price} {(high > at).mean():.3f}" for price, at in zip(PRICES, cuts, strict=True))
            by_kind = "  ".join(f"{kind} {(high[kinds == kind] > cuts[2]).mean():.2f}" for kind in KINDS)
            print(f"  {name:<12} {found}   @4: {by_kind}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the marking of wrong words.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--languages", default="en,cs,fi,fr,uk,hu,nl")
    parser.add_argument("--limit", type=int, default=60, help="paragraphs at most, of each half")
    arguments = parser.parse_args()
    langs = arguments.languages.split(",")
    training = list(load(arguments.corpus, langs, "calibrate", arguments.limit).samples())
    samples = list(load(arguments.corpus, langs, "test", arguments.limit).samples())
    words, planted = sum(sample.words for sample in samples), sum(len(sample.kinds) for sample in samples)
    print(f"{arguments.languages}; over all sets of witnesses {words} words, {planted} planted")
    weights: dict[str, dict[str, NDArray[np.float64]]] = {}
    for lang in langs[1:]:
        others = [sample for sample in training if sample.lang != lang]
        weights[lang] = {}
        for name, head in (("without head", False), ("with head", True)):
            fitted, bias = fit(others, head=head)
            weights[lang][name] = np.array([*fitted.values(), bias])
    show(samples, weights)


if __name__ == "__main__":
    main()
