"""Fits the parameters with which unsupported words are scored, and writes them where the package reads them.

    python benchmarks/train_words.py ntrex-dev.tsv

A logistic regression of planted wrong words against the words of the untouched translations. Only the most suspicious
words matter at the cut, so it is refitted on the most suspicious third of the untouched ones and what scores like them;
then scaled to log-odds for one wrong word in 250, with the concentration of the witnesses as the only other term.
Twice: with
the doubt of the trained head, and without it for other embedding models. The documents are some that the head was not
trained on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from termcheck.meaning.unsupported import DOUBT
from termcheck.meaning.word_features import FEATURES
from word_bench import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from word_bench import Sample

PRIOR = 1 / 250
_TAIL, _END = 0.3, 0.1
_ROUNDS = 3
_TARGET = Path(__file__).parent.parent / "src/termcheck/meaning/unsupported.json"


def fit(samples: Sequence[Sample], *, head: bool) -> tuple[dict[str, float], float]:
    """Weights by feature, and the bias; with or without the trained head's doubt."""
    from sklearn.linear_model import LogisticRegression

    concentration = FEATURES.index("concentration")
    unused = {concentration} if head else {concentration, FEATURES.index(DOUBT)}
    used = [place for place in range(len(FEATURES)) if place not in unused]
    clean = np.concatenate([sample.clean for sample in samples]).astype(np.float64)
    planted = np.concatenate([sample.planted for sample in samples]).astype(np.float64)
    features = np.concatenate([clean, planted])
    wrong = np.arange(len(features)) >= len(clean)
    mean, scale = features[:, used].mean(axis=0), features[:, used].std(axis=0)
    scaled = (features[:, used] - mean) / scale
    kept = np.ones(len(features), dtype=bool)
    for _ in range(_ROUNDS):
        model = LogisticRegression(class_weight="balanced", max_iter=2000).fit(scaled[kept], wrong[kept])
        scores = model.decision_function(scaled)
        kept = scores > np.quantile(scores[~wrong], 1 - _TAIL)
    end = scores > np.quantile(scores[~wrong], 1 - _END)
    weight = np.where(wrong, PRIOR / wrong.sum(), (1 - PRIOR) / (~wrong).sum()) * len(wrong)
    terms = np.stack([scores, features[:, concentration]], axis=1)
    calibrated = LogisticRegression(C=1e6).fit(terms[end], wrong[end], sample_weight=weight[end])
    slope, by_concentration = calibrated.coef_[0]
    weights = np.zeros(len(FEATURES))
    weights[used] = slope * model.coef_[0] / scale
    weights[concentration] = by_concentration
    bias = slope * (model.intercept_[0] - (model.coef_[0] * mean / scale).sum()) + calibrated.intercept_[0]
    return {name: round(float(value), 4) for name, value in zip(FEATURES, weights, strict=True)}, round(float(bias), 4)


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the parameters of the marking of words.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--languages", default="en,cs,fi,fr,uk,hu,nl")
    parser.add_argument("--limit", type=int, default=60, help="paragraphs at most")
    parser.add_argument("--least", type=float, default=0.2, help="probability from which on a word is shown")
    arguments = parser.parse_args()
    bench = load(arguments.corpus, arguments.languages.split(","), "calibrate", arguments.limit)
    samples = list(bench.samples())
    parameters: dict[str, object] = {"least": arguments.least}
    for name, head in (("with_head", True), ("without_head", False)):
        weights, bias = fit(samples, head=head)
        parameters[name] = {"weights": weights, "bias": bias}
    _TARGET.write_text(json.dumps(parameters, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(parameters, indent=2))


if __name__ == "__main__":
    main()
