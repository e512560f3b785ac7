"""Measures verdicts on pairs of concepts, and the words that are found to render a concept, against a reader's.

The judgements are in ``data/verdicts.yaml`` and ``data/renderings.yaml``; the corpora are opensource.guide and tldr, in
the folder that the argument names. The glossary gives the English words alone, so that every other word has to be
learned. Constants were chosen on the languages called tuned there and not on the others. ``verdicts-second.yaml`` and
``renderings-second.yaml`` were judged later and hold other words.

The baseline is plain association: of the words, as they are spelt, that stand in the rows in which English has the
concept's word (or its plural), the one whose rows overlap most with these (Dice); two concepts are collapsed when that
word is the same.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from termcheck.aligning import align, embed
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.corpus_terms import collect_terms, judge_terms
from termcheck.embedding.cached import load_cached_encoder
from termcheck.evidence import check_literally, foreign_cells
from termcheck.glossary import Concept, DistinctGroup, Glossary, LanguageTerms, Term
from termcheck.inputs import find_documents, read_sets
from termcheck.pipeline import open_store
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.model import Alignment
    from termcheck.terms.collect import CellRecord
    from termcheck.terms.verdicts import TermReport

DATA = Path(__file__).with_name("data")
VERDICTS = ("collapsed", "mixed", "distinct", "unknown")
PARTS = ("tuned", "held out", "second set")


@dataclass(frozen=True, slots=True)
class Judged:
    """A reader's verdict; ``also`` is another one that would do, ``words`` begin what must be named."""

    part: str
    corpus: str
    concepts: tuple[str, str]
    lang: str
    verdict: str
    also: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What is said about one of them: a verdict and the words that collapse it."""

    verdict: str
    words: tuple[str, ...]

    def agrees(self, judged: Judged) -> bool:
        """Whether a reader would accept it; a collapse has to name the word."""
        if self.verdict not in (judged.verdict, judged.also):
            return False
        return self.verdict != "collapsed" or not judged.words or any(map(begins(judged.words), self.words))


class begins:  # noqa: N801
    """Tells whether a text holds a word that begins with one of these (or holds it, where words have no spaces)."""

    def __init__(self, beginnings: Iterable[str]) -> None:
        self._wanted = [text.casefold() for text in beginnings]

    def __call__(self, text: str) -> bool:
        words = text.replace("İ", "i").casefold().split()
        return any(
            word.startswith(wanted) or (wanted[0] > "\u3000" and wanted[0] < "\uac00" and word in wanted)
            for word in words
            for wanted in self._wanted
        )


class Corpus:
    """An aligned corpus with the words of every row."""

    def __init__(self, folder: Path, concepts: Iterable[str], pairs: Iterable[tuple[str, str]]) -> None:
        self.concepts = tuple(dict.fromkeys(concepts))
        self.glossary = Glossary(
            "glossary.yaml",
            tuple(Concept(name, MappingProxyType({"en": LanguageTerms((Term(name),))})) for name in self.concepts),
            tuple(DistinctGroup(pair) for pair in dict.fromkeys(pairs)),
        )
        target = find_target((str(folder),))
        config = load_config(target.root, None, {"source": "en"})
        discovery = find_documents(target, config)
        sets = read_sets(target, discovery, config, NoProgress())
        with open_store(config, use_cache=True) as store:
            encoder = load_cached_encoder(config, store)
            means = embed(sets, encoder, NoProgress())
            self.alignments = align(sets, means, encoder, NoProgress())
            self.read(store, discovery.languages)

    def read(self, store: Store, languages: Sequence[str]) -> None:
        """Find the words of every row, and the cells that are not in their language."""
        self.records = collect_terms(self.alignments, self.glossary, store, NoProgress())
        self.foreign = foreign_cells(check_literally(self.alignments, languages, store, NoProgress()))

    def report(self) -> TermReport:
        return judge_terms(self.alignments, self.records, self.glossary, self.foreign)


class Baseline:
    """Plain association of exact strings."""

    def __init__(self, alignments: Sequence[Alignment], records: Mapping[str, Sequence[Mapping[str, CellRecord]]]):
        self._english: list[str] = []
        self._words: dict[str, dict[int, set[str]]] = defaultdict(dict)
        for alignment in alignments:
            for row, cells in zip(alignment.rows, records[alignment.key], strict=True):
                english = row.cells.get("en")
                if not english:
                    continue
                for lang, record in cells.items():
                    self._words[lang][len(self._english)] = {word.surface.casefold() for word in record.words}
                self._english.append(english.text)

    def rendering(self, concept: str, lang: str) -> str | None:
        """The word with the highest Dice coefficient; None with less than three rows."""
        pattern = re.compile(rf"\b{re.escape(concept)}s?\b", re.IGNORECASE)
        rows = [row for row in self._words[lang] if pattern.search(self._english[row])]
        if len(rows) < 3:
            return None
        totals = Counter(word for words in self._words[lang].values() for word in words)
        inside = Counter(word for row in rows for word in self._words[lang][row])
        return max(sorted(inside), key=lambda word: 2 * inside[word] / (len(rows) + totals[word]))

    def verdict(self, concepts: tuple[str, str], lang: str) -> Seen:
        first, second = (self.rendering(concept, lang) for concept in concepts)
        if first is None or second is None:
            return Seen("unknown", ())
        return Seen("collapsed", (first,)) if first == second else Seen("distinct", ())


class Asked(NamedTuple):
    """The beginnings of the words that render a concept, in a corpus and language."""

    part: str
    corpus: str
    concept: str
    lang: str
    accepted: tuple[str, ...]


def part_of(data: Mapping[str, Any], lang: str) -> str:
    """To which part of the judgements a language of a file belongs."""
    if "tuned" not in data:
        return "second set"
    return "tuned" if lang in data["tuned"] else "held out"


def judged_renderings(data: Mapping[str, Any]) -> list[Asked]:
    """The reader's renderings, in the order of the file."""
    return [
        Asked(part_of(data, lang), corpus, concept, lang, tuple(accepted))
        for corpus, concepts in data["renderings"].items()
        for concept, by_lang in concepts.items()
        for lang, accepted in by_lang.items()
    ]


def judged_pairs(data: Mapping[str, Any]) -> list[Judged]:
    """The reader's verdicts, in the order of the file."""
    return [
        Judged(
            part_of(data, lang),
            pair["corpus"],
            (pair["concepts"][0], pair["concepts"][1]),
            lang,
            found["verdict"],
            found.get("also", ""),
            tuple(found.get("words", ())),
            found["reason"],
        )
        for pair in data["pairs"]
        for lang, found in pair["languages"].items()
    ]


def print_verdicts(judged: Sequence[Judged], seen: Mapping[str, Sequence[Seen]]) -> None:
    """Accuracy per part and engine, then a confusion table of ours."""
    print(f"{'Verdicts':<12}{'pairs':>8}" + "".join(f"{name:>22}" for name in seen))
    for part in PARTS:
        chosen = [i for i, item in enumerate(judged) if item.part == part]
        line = f"{part:<12}{len(chosen):>8}"
        for found in seen.values():
            right = sum(found[i].agrees(judged[i]) for i in chosen)
            strict = sum(found[i].verdict == judged[i].verdict for i in chosen)
            line += f"{right / len(chosen):>12.1%} ({strict / len(chosen):>5.1%})"
        print(line)
    print("In brackets: the reader's first verdict alone.\n")
    table = Counter((item.verdict, found.verdict) for item, found in zip(judged, seen["termcheck"], strict=True))
    print(f"{'reader':<12}" + "".join(f"{verdict:>11}" for verdict in VERDICTS))
    for row in VERDICTS:
        print(f"{row:<12}" + "".join(f"{table[row, column]:>11}" for column in VERDICTS))


def _read(name: str) -> list[Any]:
    files = (DATA / f"{name}.yaml", DATA / f"{name}-second.yaml")
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="folder that holds opensource.guide/ and tldr/")
    parser.add_argument("--wrong", action="store_true", help="list what the reader would not accept")
    options = parser.parse_args()
    judged = [item for data in _read("verdicts") for item in judged_pairs(data)]
    asked = [item for data in _read("renderings") for item in judged_renderings(data)]
    seen: dict[str, dict[int, Seen]] = {"termcheck": {}, "plain association": {}}
    words: dict[str, list[tuple[str, bool]]] = {"termcheck": [], "all its words": [], "plain association": []}
    wrong = []
    for name in dict.fromkeys(item.corpus for item in judged):
        here = [(number, item) for number, item in enumerate(judged) if item.corpus == name]
        renderings = [item for item in asked if item.corpus == name]
        concepts = [concept for _, item in here for concept in item.concepts]
        concepts += [item.concept for item in renderings]
        corpus = Corpus(options.data / name, concepts, (item.concepts for _, item in here))
        report = corpus.report()
        baseline = Baseline(corpus.alignments, corpus.records)
        by_place = {(found.group, found.lang): found for found in report.verdicts}
        for number, item in here:
            found = by_place[item.concepts, item.lang]
            ours = Seen(found.verdict.value, found.shared)
            seen["termcheck"][number] = ours
            seen["plain association"][number] = baseline.verdict(item.concepts, item.lang)
            if not ours.agrees(item):
                wrong.append(
                    f"{item.part}: {item.concepts} {item.lang}: {ours.verdict}, not {item.verdict} ({item.reason}): "
                    f"{found.explanation}"
                )
        uses = {(use.concept, use.lang): use for use in report.uses}
        for question in renderings:
            is_right = begins(question.accepted)
            said = [rendering.word for rendering in uses[question.concept, question.lang].renderings]
            words["termcheck"].append((question.part, bool(said) and is_right(said[0])))
            words["all its words"].extend((question.part, is_right(word)) for word in said)
            baseline_word = baseline.rendering(question.concept, question.lang) or ""
            words["plain association"].append((question.part, is_right(baseline_word)))
            if not said or not all(map(is_right, said)):
                counted = [(use.word, use.rows) for use in uses[question.concept, question.lang].renderings]
                wrong.append(f"{question.part}: {question.concept} {question.lang}: {counted}, not {question.accepted}")
    print_verdicts(judged, {engine: [found[i] for i in range(len(judged))] for engine, found in seen.items()})
    print(f"\n{'Renderings':<20}" + "".join(f"{part:>18}" for part in PARTS))
    for engine, found_words in words.items():
        line = f"{engine:<20}"
        for part in PARTS:
            chosen = [right for its_part, right in found_words if its_part == part]
            line += f"{sum(chosen):>6} of {len(chosen):>3} {sum(chosen) / max(len(chosen), 1):>6.1%}"
        print(line)
    if options.wrong:
        print("\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
