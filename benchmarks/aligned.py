"""Two or more versions of a text whose true alignment is known, for measuring what the alignment stage finds.

The sentences of a parallel corpus are deleted, joined with their neighbours and moved, in every version by itself. A
joined segment is encoded as the text that it is.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from planting import join
from termcheck.alignment.version import Version, centre, make_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from termcheck.embedding.encoder import Encoder

#: Neighbouring segments that are moved together.
MOVED_RUN = 3
#: A move by fewer segments is hardly one.
SHORTEST_MOVE = 8


@dataclass(frozen=True, slots=True)
class Changes:
    """What is done to a version: shares of its sentences, and how many sentences a joined segment has at most."""

    deleted: float = 0.0
    joined: float = 0.0
    moved: float = 0.0
    longest: int = 2


@dataclass(frozen=True, slots=True)
class Planted:
    """Segments as groups of sentence numbers in the order of the version; ``moved`` are the sentences moved."""

    groups: tuple[tuple[int, ...], ...]
    moved: frozenset[int] = frozenset()


def plant(count: int, changes: Changes, rng: random.Random, apart: frozenset[int] = frozenset()) -> Planted:
    """Change a version of ``count`` sentences; those in ``apart`` are not joined with the next one."""
    dropped = set(rng.sample(range(count), int(changes.deleted * count)))
    groups: list[tuple[int, ...]] = [(number,) for number in range(count) if number not in dropped]
    for _ in range(int(changes.joined * len(groups))):
        groups = _joined(groups, rng.randint(2, changes.longest), rng, apart)
    moved: set[int] = set()
    for _ in range(round(changes.moved * len(groups) / MOVED_RUN)):
        start = rng.randrange(len(groups) - MOVED_RUN)
        run, rest = groups[start : start + MOVED_RUN], groups[:start] + groups[start + MOVED_RUN :]
        place = rng.randrange(len(rest))
        inside = {number for group in run for number in group}
        if abs(place - start) >= SHORTEST_MOVE and not inside & moved:
            groups = rest[:place] + run + rest[place:]
            moved |= inside
    return Planted(tuple(groups), frozenset(moved))


def plant_pair(count: int, left: Changes, right: Changes, rng: random.Random) -> tuple[Planted, Planted]:
    """Change two versions; what a move took apart in one is not joined in the other, so that true rows are runs."""
    changed = plant(count, right, rng)
    place = {number: index for index, group in enumerate(changed.groups) for number in group}
    apart = frozenset(
        number for number in place if number + 1 in place and not 0 <= place[number + 1] - place[number] <= 1
    )
    return plant(count, left, rng, apart), changed


def _joined(
    groups: list[tuple[int, ...]], size: int, rng: random.Random, apart: frozenset[int]
) -> list[tuple[int, ...]]:
    """Join ``size`` neighbours that nothing was done to, if there are such at the place drawn."""
    start = rng.randrange(max(len(groups) - size, 1))
    chosen = groups[start : start + size]
    numbers = [number for group in chosen for number in group]
    if len(numbers) != size or numbers[-1] - numbers[0] != size - 1 or not apart.isdisjoint(numbers[:-1]):
        return groups
    return [*groups[:start], tuple(numbers), *groups[start + size :]]


def true_rows(versions: Mapping[str, Planted]) -> list[dict[str, tuple[int, ...]]]:
    """Segments that share sentences, over all versions: per row and version the segments' indices."""
    root: dict[int, int] = {}

    def find(number: int) -> int:
        while root.setdefault(number, number) != number:
            number = root[number]
        return number

    for planted in versions.values():
        for group in planted.groups:
            for number in group[1:]:
                root[find(number)] = find(group[0])
    rows: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)
    for lang, planted in versions.items():
        for index, group in enumerate(planted.groups):
            rows[find(group[0])].setdefault(lang, []).append(index)
    return [{lang: tuple(found) for lang, found in row.items()} for _, row in sorted(rows.items())]


class Corpus:
    """Sentences of a parallel corpus by language, and the versions made of them, encoded."""

    def __init__(self, sentences: Mapping[str, Sequence[str]], documents: Sequence[str], encoder: Encoder) -> None:
        self.sentences = sentences
        self.documents = documents
        self._encoder = encoder

    def with_repeated_lines(self, every: int, kinds: int) -> Corpus:
        """The corpus with one of its ``kinds`` shortest sentences after every ``every`` others, as in a manual."""
        lang = min(self.sentences)
        shortest = sorted(range(len(self.documents)), key=lambda number: (len(self.sentences[lang][number]), number))
        order: list[int] = []
        for number in range(len(self.documents)):
            order.append(number)
            if number % every == every - 1:
                order.append(shortest[number // every % kinds])
        sentences = {each: [texts[number] for number in order] for each, texts in self.sentences.items()}
        return Corpus(sentences, [self.documents[number] for number in order], self._encoder)

    def with_dialogue(self, lines: Mapping[str, Sequence[str]], seed: int) -> Corpus:
        """The corpus with one to four short ``lines`` (by language, row by row the same) after every eighth sentence.

        The first two lines, yes and no, come again and again, as in a novel.
        """
        rng = random.Random(seed)  # noqa: S311
        count = min(len(each) for each in lines.values())
        usual = [0, 0, 0, 1, 1, 1, *range(2, count)]
        order: list[tuple[int, int | None]] = []
        for number in range(len(self.documents)):
            order.append((number, None))
            if rng.random() < 1 / 8:
                order.extend((number, rng.choice(usual)) for _ in range(rng.randint(1, 4)))
        sentences = {
            lang: [texts[number] if line is None else lines[lang][line] for number, line in order]
            for lang, texts in self.sentences.items()
        }
        return Corpus(sentences, [self.documents[number] for number, _ in order], self._encoder)

    def texts(self, lang: str, start: int, planted: Planted) -> list[str]:
        """The segments' texts; sentence 0 of ``planted`` is number ``start`` of the corpus."""
        return [join([self.sentences[lang][start + number] for number in group], lang) for group in planted.groups]

    def version(self, texts: Sequence[str]) -> Version:
        return make_version(centre(self.vectors(texts)), [len(text) for text in texts])

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode(texts)

    def stretches(self, smallest: int, largest: int) -> list[tuple[int, int]]:
        """The documents as half-open ranges of sentence numbers, those of a fitting size."""
        starts = [0, *(i for i in range(1, len(self.documents)) if self.documents[i] != self.documents[i - 1])]
        ends = [*starts[1:], len(self.documents)]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if smallest <= end - start <= largest]


def read_corpus(path: Path, langs: Iterable[str], encoder: Encoder, half: int) -> Corpus:
    """The first (0) or second (1) half of the documents of a TSV with a document column and one per language."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    header = lines[0].split("\t")
    cells = [line.split("\t") for line in lines[1:]]
    names = list(dict.fromkeys(row[0] for row in cells))
    wanted = set(names[: len(names) // 2] if half == 0 else names[len(names) // 2 :])
    chosen = [row for row in cells if row[0] in wanted]
    sentences = {lang: [row[header.index(lang)] for row in chosen] for lang in langs}
    return Corpus(sentences, [row[0] for row in chosen], encoder)


def read_dialogue() -> dict[str, list[str]]:
    """Short lines of dialogue by language."""
    lines = (Path(__file__).parent / "data" / "dialogue.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    columns = zip(*(line.split("\t") for line in lines), strict=True)
    return {lang: list(texts) for lang, *texts in columns}


def random_versions(count: int, seed: int, changes: Changes, dimension: int = 384) -> tuple[Version, Version, Planted]:
    """Two versions of ``count`` segments made of random vectors, for timing: as close as good translations are."""
    rng = np.random.default_rng(seed)
    planted = plant_long(count, changes, random.Random(seed))  # noqa: S311
    meaning = rng.standard_normal((count, dimension), dtype=np.float32)
    order = np.array([group[0] for group in planted.groups])
    left = meaning + 0.9 * rng.standard_normal((count, dimension), dtype=np.float32)
    right = meaning[order] + 0.9 * rng.standard_normal((len(order), dimension), dtype=np.float32)
    lengths = rng.integers(40, 240, count).astype(np.float64)
    return make_version(centre(left), lengths), make_version(centre(right), lengths[order]), planted


def plant_long(count: int, changes: Changes, rng: random.Random) -> Planted:
    """As :func:`plant` without joined segments, in linear time."""
    kept = [number for number in range(count) if rng.random() >= changes.deleted]
    order = list(kept)
    moved: set[int] = set()
    for start in range(0, len(order) - 40, max(int(MOVED_RUN / max(changes.moved, 1e-6)), 40)):
        if changes.moved:
            part = order[start : start + 20]
            order[start : start + 20] = part[MOVED_RUN:] + part[:MOVED_RUN]
            moved.update(part[:MOVED_RUN])
    return Planted(tuple((number,) for number in order), frozenset(moved))
