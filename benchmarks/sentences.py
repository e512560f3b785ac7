"""What the sentence grid finds: sentences left out, added and swapped inside paragraphs of human translations.

    python benchmarks/sentences.py ntrex-dev.tsv --languages fr,ja,cs,fi --half 1

The file has one sentence a line and one column per language, the document's name in the first column. Paragraphs of two
to five lines are made of it; in a copy of each one line is left out, one of the same document put in, or two neighbours
swapped, and the copy is compared with the paragraph in every other language. The weights of the grid were fitted
(``--fit``) on en, pl, tr, ko and id of the first half of the documents.

Peers in the same run: "cosine" encodes every sentence by itself and takes the best cosine in the other text, "token
means" takes the mean of a sentence's token vectors from the paragraph's own pass. A score says how surely a sentence
has no counterpart. Shown are the area under the ROC curve, the share of planted sentences found where one in a hundred
others is flagged, and the share of sentences put beside the right ones.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planting import join
from termcheck.alignment.sentences import LIKELY, SentenceTokens, absence_features, align_sentences
from termcheck.config import default_cache_folder
from termcheck.corpus.sentences import split_sentences
from termcheck.embedding.encoder import load_encoder
from termcheck.meaning.centres import bundled_centres
from termcheck.meaning.sentences import sentence_tokens
from termcheck.meaning.support import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from termcheck.embedding.encoder import Encoder

CLEAN = "clean"
ENGINES = ("grid", "cosine", "token means")
SHORTEST = 15
"""Characters of a sentence that is judged: shorter ones are mostly cut wrongly."""


@dataclass(frozen=True, slots=True)
class Version:
    """A paragraph, clean or changed: lines of the corpus in order."""

    paragraph: int
    kind: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A version in one language. ``lines`` are those each sentence comes from; ``vectors`` are the peers', (s, d)."""

    tokens: SentenceTokens
    lines: tuple[frozenset[int], ...]
    vectors: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence beside another text: whether its counterpart was taken out, each engine's score, its grid features."""

    kind: str
    langs: tuple[str, str]
    absent: bool
    scores: dict[str, float]
    features: tuple[float, float]
    flagged: bool


def plant(documents: Sequence[str], paragraphs: int, seed: int = 7) -> list[Version]:
    """Paragraphs and their changed copies."""
    rng = random.Random(seed)  # noqa: S311
    runs: list[tuple[int, ...]] = []
    start = 0
    while start < len(documents):
        end = start + rng.choice([2, 3, 3, 4, 5])
        run = tuple(line for line in range(start, min(end, len(documents))) if documents[line] == documents[start])
        runs += [run] if len(run) > 1 else []
        start = run[-1] + 1
    found = []
    for number, run in enumerate(rng.sample(runs, min(paragraphs, len(runs)))):
        out, swapped, place = rng.randrange(len(run)), rng.randrange(len(run) - 1), rng.randrange(len(run) + 1)
        others = [line for line, name in enumerate(documents) if name == documents[run[0]] and line not in run]
        versions = {
            CLEAN: run,
            "left out": run[:out] + run[out + 1 :],
            "added": (*run[:place], rng.choice(others or [run[0]]), *run[place:]),
            "swapped": (*run[:swapped], run[swapped + 1], run[swapped], *run[swapped + 2 :]),
        }
        found += [Version(number, kind, lines) for kind, lines in versions.items() if kind != "added" or others]
    return found


def read_texts(versions: Sequence[Version], lines: Sequence[str], lang: str, encoder: Encoder) -> list[Text]:
    """The versions in one language, encoded."""
    texts = [join([lines[line] for line in version.lines], lang) for version in versions]
    spans = [split_sentences(text, lang) for text in texts]
    alone = encoder.encode([text[a:b] for text, found in zip(texts, spans, strict=True) for a, b in found])
    alone = alone - bundled_centres().sentence(lang, alone.shape[1])
    result, at = [], 0
    for version, text, found, read in zip(versions, texts, spans, encoder.encode_tokens(texts), strict=True):
        reading = read_text(text, lang, read.sentence, read.vectors, read.offsets, bundled_centres())
        tokens = sentence_tokens(reading, found)
        means = np.stack([_mean(tokens, index) for index in range(len(found))])
        peers = {"cosine": _unit(alone[at : at + len(found)]), "token means": _unit(means)}
        result.append(Text(tokens, tuple(_origins(version, lines, lang, found)), peers))
        at += len(found)
    return result


def _mean(tokens: SentenceTokens, index: int) -> NDArray[np.float32]:
    total: NDArray[np.float32] = tokens.vectors[tokens.owner == index].sum(axis=0)
    return total


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled


def _origins(
    version: Version, lines: Sequence[str], lang: str, spans: Sequence[tuple[int, int]]
) -> Iterator[frozenset[int]]:
    ends: list[tuple[int, int]] = []
    at = 0
    for line in version.lines:
        ends.append((at, at + len(lines[line])))
        at += len(join([lines[line], ""], lang))
    for start, end in spans:
        yield frozenset(
            line for line, (a, b) in zip(version.lines, ends, strict=True) if min(b, end) - max(a, start) > 3
        )


class Bench:
    """The encoded versions by language."""

    def __init__(self, versions: Sequence[Version], texts: dict[str, list[Text]]) -> None:
        self._versions = versions
        self._texts = texts
        self._clean = {version.paragraph: n for n, version in enumerate(versions) if version.kind == CLEAN}

    def run(self) -> tuple[list[Judged], dict[str, list[float]]]:
        """Every sentence judged, and per engine for each sentence that has a counterpart whether it was found."""
        judged: list[Judged] = []
        linked: dict[str, list[float]] = defaultdict(list)
        for left, right in permutations(self._texts, 2):
            for number, version in enumerate(self._versions):
                ours, theirs = self._texts[left][self._clean[version.paragraph]], self._texts[right][number]
                judged += self._judge(version.kind, (left, right), ours, theirs, linked)
                if version.kind != CLEAN:
                    judged += self._judge(version.kind, (left, right), theirs, ours, linked)
        return judged, linked

    def _judge(
        self, kind: str, langs: tuple[str, str], ours: Text, theirs: Text, linked: dict[str, list[float]]
    ) -> Iterator[Judged]:
        grid = align_sentences(ours.tokens, theirs.tokens)
        features, _ = absence_features(ours.tokens, theirs.tokens)
        beside = {index: bead.right for bead in grid.beads for index in bead.left}
        there = frozenset().union(*theirs.lines)
        cosines = {name: ours.vectors[name] @ theirs.vectors[name].T for name in ours.vectors}
        for index, (sentence, lines) in enumerate(zip(grid.left, ours.lines, strict=True)):
            partly = bool(lines & there) and not lines <= there
            if partly or not lines or sentence.span.end - sentence.span.start < SHORTEST:
                continue
            scores = {"grid": sentence.absent, **{name: -float(table[index].max()) for name, table in cosines.items()}}
            absent = not lines & there
            yield Judged(
                kind, langs, absent, scores, (features[index, 0], features[index, 1]), sentence.absent >= LIKELY
            )
            if not absent:
                true = {other for other, theirs_lines in enumerate(theirs.lines) if lines & theirs_lines}
                linked["grid"].append(bool(true & set(beside.get(index, ()))))
                for name, table in cosines.items():
                    linked[name].append(int(table[index].argmax()) in true)


def auc(low: Sequence[float], high: Sequence[float]) -> float:
    """The probability that one of ``high`` exceeds one of ``low``, ties counting half."""
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, side="left") + np.searchsorted(ordered, high, side="right")
    return float(below.mean() / (2 * len(ordered)))


def show(judged: Sequence[Judged], linked: dict[str, list[float]]) -> None:
    present = [item for item in judged if not item.absent]
    absent = [item for item in judged if item.absent]
    print(f"{len(absent)} sentences without counterpart, {len(present)} others")
    print(f"{'':<12} {'AUC':>6} {'found at 1 %':>13} {'linked':>7}")
    for name in ENGINES:
        low, high = [item.scores[name] for item in present], [item.scores[name] for item in absent]
        found = np.mean(np.array(high) > np.quantile(low, 0.99))
        print(f"{name:<12} {auc(low, high):>6.3f} {100 * found:>12.1f}% {100 * np.mean(linked[name]):>6.1f}%")
    print(f"\nat the default cut\n{'':<10} {'sentences':>9} {'found':>7} {'flagged in vain':>16}")
    _rows(judged, lambda item: item.kind)
    print("\nby the language that may lack the sentence")
    _rows(judged, lambda item: item.langs[1])


def _rows(judged: Sequence[Judged], key: Callable[[Judged], str]) -> None:
    for name in sorted({key(item) for item in judged}):
        chosen = [item for item in judged if key(item) == name]
        shares = [
            f"{100 * np.mean(flags):.1f}%" if (flags := [i.flagged for i in chosen if i.absent is absent]) else "-"
            for absent in (True, False)
        ]
        print(f"{name:<10} {len(chosen):>9} {shares[0]:>7} {shares[1]:>16}")


def fit(judged: Sequence[Judged], rounds: int = 50) -> NDArray[np.float64]:
    """Weights of claim, linked share and bias by logistic regression (Newton's method, slightly damped)."""
    rows = np.array([[*item.features, 1.0] for item in judged])
    absent = np.array([item.absent for item in judged], dtype=np.float64)
    weights = np.zeros(3)
    for _ in range(rounds):
        expected = 1 / (1 + np.exp(-rows @ weights))
        curvature = (rows * (expected * (1 - expected))[:, None]).T @ rows + 1e-2 * np.eye(3)
        weights += np.linalg.solve(curvature, rows.T @ (absent - expected) - 1e-2 * weights)
    # One sentence in forty is without counterpart, rather than as many as were planted.
    planted = absent.mean()
    weights[2] += np.log((1 / 39) / (planted / (1 - planted)))
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the sentence grid on planted changes.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--languages", default="fr,ja,cs,fi")
    parser.add_argument("--half", type=int, choices=[0, 1], default=1, help="which half of the documents")
    parser.add_argument("--paragraphs", type=int, default=24)
    parser.add_argument("--fit", action="store_true", help="print weights fitted on these data")
    arguments = parser.parse_args()
    lines = [line.split("\t") for line in arguments.corpus.read_text(encoding="utf-8").rstrip("\n").split("\n")]
    names = list(dict.fromkeys(line[0] for line in lines[1:]))
    middle = len(names) // 2
    wanted = set(names[middle:] if arguments.half else names[:middle])
    rows = [line for line in lines[1:] if line[0] in wanted]
    versions = plant([row[0] for row in rows], arguments.paragraphs)
    encoder = load_encoder("bundled", default_cache_folder())
    texts = {}
    for lang in arguments.languages.split(","):
        column = lines[0].index(lang)
        texts[lang] = read_texts(versions, [row[column].strip() for row in rows], lang, encoder)
    judged, linked = Bench(versions, texts).run()
    print(f"{arguments.languages}, half {arguments.half} of the documents, {arguments.paragraphs} paragraphs")
    if arguments.fit:
        print("claim, linked share, bias:", *(f"{value:.1f}" for value in fit(judged)))
    show(judged, linked)


if __name__ == "__main__":
    main()
