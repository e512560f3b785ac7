"""How well versions are aligned: this project's engine beside two others, on the same segments and vectors.

    python benchmarks/alignment.py ../shared/data/ntrex-dev.tsv [--seeds 4] [--scale 1000,10000]

The file has one sentence a line and one column per language, the document's name in the first column; NTREX-128
(https://github.com/MicrosoftTranslator/NTREX) can be brought into this form. Sentences are deleted, joined and moved,
so the true alignment is known; joined segments are encoded as the texts that they are, and the vectors are kept in the
cache. Thresholds were fitted on the tuning pairs in the first half of the documents; the held-out pairs share neither
language nor document with them, but were looked at while thresholds were chosen. The confirmation pairs had a language
in them that nothing had been measured on; the fresh pairs are languages put together for the first time, German and
French in documents they were never measured in.

The peers are optional: Gale-Church from ``galechurch`` (lengths alone), vecalign's algorithm from ``sentweave`` or
``sentalign``. vecalign wants a vector of every run of segments: it gets the unit length-weighted sums that this
project's engine works with, once of the encoder's own vectors and once of the centred ones. ``--encode-runs`` encodes
the joined texts for the former instead, which takes far longer.

Strict: a bead counts when both sides are exactly right; lax: when both sides overlap with a true bead's. Segments left
alone are no beads. False links: deleted segments' counterparts that are linked to something nevertheless.
"""

from __future__ import annotations

import argparse
import importlib
import math
import random
import time
import tracemalloc
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from aligned import Changes, Corpus, Planted, plant, plant_pair, random_versions, read_corpus, read_dialogue, true_rows
from planting import join
from termcheck.alignment.gate import SMALLEST, are_translations
from termcheck.alignment.moves import align_pair
from termcheck.alignment.multiway import align_versions
from termcheck.alignment.similarity import spans
from termcheck.alignment.version import Version, make_version
from termcheck.cache import Cache
from termcheck.config import default_cache_folder
from termcheck.embedding.cached import CachedEncoder
from termcheck.embedding.encoder import load_encoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from termcheck.embedding.encoder import Encoder

TUNING = (("pl", "tr"), ("en", "ko"), ("ko", "tr"), ("en", "de"), ("id", "fr"))
HELD_OUT = (("es", "ja"), ("ru", "zh"), ("cs", "fi"), ("hu", "uk"), ("ar", "vi"))
FRESH = (("de", "fr"), ("es", "it"), ("fi", "nl"), ("uk", "ja"), ("cs", "vi"), ("ar", "hu"))
CONFIRMATION = (("it", "nl"), ("nl", "zh"), ("it", "tr"), ("it", "ko"), ("nl", "hu"))

#: Name, what happens to the left and to the right version, segments per document.
TASKS = (
    ("nothing changed", Changes(), Changes(), 120),
    ("5 % deleted", Changes(), Changes(deleted=0.05), 120),
    ("20 % deleted", Changes(), Changes(deleted=0.2), 120),
    ("10 % deleted, 10 % joined, 5 % moved", Changes(joined=0.05), Changes(0.1, 0.05, 0.05), 120),
    ("the same, 400 segments", Changes(joined=0.05), Changes(0.1, 0.05, 0.05), 400),
    ("the same, runs of up to 8 joined", Changes(joined=0.02, longest=8), Changes(0.1, 0.02, 0.05, 8), 120),
    ("10 % deleted on either side", Changes(deleted=0.1), Changes(deleted=0.1), 120),
    ("runs of up to 4 joined, 1 % deleted", Changes(joined=0.12, longest=4), Changes(0.01, 0.12, 0, 4), 120),
)
REPEATED = (
    ("every 4th line one of 4, 5 % deleted", Changes(), Changes(deleted=0.05), 120),
    ("the same, 10 % deleted on either side", Changes(deleted=0.1), Changes(deleted=0.1), 120),
)
#: Free, literary translation: a fifth of the sentences of either version joined, some missing in each.
NOVEL = (
    (
        "a novel: dialogue, a fifth joined on both sides, 2 % deleted",
        Changes(0.02, 0.1, 0, 3),
        Changes(0.02, 0.1, 0, 3),
        120,
    ),
)
NWAY = Changes(deleted=0.05, joined=0.03)
OVERLAPS = 4

Pair = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """Two versions to align: languages, texts, the encoder's vectors, what the engine takes, and the truth."""

    langs: tuple[str, str]
    texts: tuple[list[str], list[str]]
    versions: tuple[Version, Version]
    planted: tuple[Planted, Planted]

    def truth(self) -> tuple[set[Pair], set[int], set[Pair]]:
        """True beads, left segments without counterpart, and the beads of moved segments."""
        rows = true_rows({"left": self.planted[0], "right": self.planted[1]})
        beads = {(row["left"], row["right"]) for row in rows if len(row) == 2}
        orphans = {index for row in rows if "right" not in row for index in row["left"]}
        right = self.planted[1]
        return beads, orphans, {pair for pair in beads if right.moved & set(right.groups[pair[1][0]])}


class Engine(Protocol):
    """Beads of a case, and those of them that are called moved (None: the engine knows no moves)."""

    def __call__(self, case: Case) -> tuple[set[Pair], set[Pair] | None]: ...


def ours(case: Case) -> tuple[set[Pair], set[Pair] | None]:
    beads = align_pair(*case.versions)
    pairs = {
        (tuple(range(bead.left_start, bead.left_end)), tuple(range(bead.right_start, bead.right_end))): bead.moved
        for bead in beads
    }
    return set(pairs), {pair for pair, moved in pairs.items() if moved}


def gale_church() -> Engine:
    align = importlib.import_module("galechurch.core").align

    def run(case: Case) -> tuple[set[Pair], set[Pair] | None]:
        found = align(*case.texts, max_block_size=10**9).beads
        pairs = {
            (tuple(range(each.source_start, each.source_end)), tuple(range(each.target_start, each.target_end)))
            for each in found
        }
        return {pair for pair in pairs if pair[0] and pair[1]}, None

    return run


def vecalign(runs: Callable[[Case, int], Sequence[NDArray[np.float32]]]) -> Engine:
    """``runs`` gives, for side 0 or 1, the vectors (n, d) of the runs of 1, 2, ... segments that end at each."""
    align = _vecalign_function()

    def run(case: Case) -> tuple[set[Pair], set[Pair] | None]:
        waiting = iter([vectors for side in (0, 1) for vectors in runs(case, side)])
        # It asks for the vectors of all runs of one segment, then of two, and so on, left before right.
        texts = [[f"{side} {index}" for index in range(len(case.texts[side]))] for side in (0, 1)]
        found = align(*texts, lambda _: next(waiting), alignment_max_size=OVERLAPS).alignments
        pairs = {(tuple(each.src_indices), tuple(each.tgt_indices)) for each in found}
        return {(left, right) for left, right in pairs if left and right}, None

    return run


def _vecalign_function() -> Callable[..., Any]:
    try:
        return importlib.import_module("sentweave").align  # type: ignore[no-any-return]
    except ImportError:
        return importlib.import_module("sentalign").sentalign  # type: ignore[no-any-return]


def summed_runs(vectors: NDArray[np.float32], lengths: NDArray[np.float64]) -> list[NDArray[np.float32]]:
    """Vectors of runs that end at each segment; where a run would begin before the text, zeros."""
    version = make_version(vectors, lengths)
    result = []
    for size in range(1, OVERLAPS + 1):
        found = spans(version, size)
        result.append(np.concatenate([np.zeros((len(version) - len(found), vectors.shape[1]), np.float32), found]))
    return result


def engines(encoder: Encoder, *, encode_runs: bool) -> tuple[dict[str, Engine], list[str]]:
    """What is installed, by name, and the names of what is not."""

    def encoded(case: Case, side: int) -> list[NDArray[np.float32]]:
        texts, version = case.texts[side], case.versions[side]
        if not encode_runs:
            return summed_runs(encoder.encode(texts), version.lengths)
        zeros = np.zeros((OVERLAPS, encoder.dimension), np.float32)
        return [
            np.concatenate(
                [
                    zeros[: size - 1],
                    encoder.encode(
                        [join(texts[at : at + size], case.langs[side]) for at in range(len(texts) - size + 1)]
                    ),
                ]
            )
            for size in range(1, OVERLAPS + 1)
        ]

    def centred(case: Case, side: int) -> list[NDArray[np.float32]]:
        return summed_runs(case.versions[side].vectors, case.versions[side].lengths)

    makers: dict[str, Callable[[], Engine]] = {
        "Gale-Church": gale_church,
        "vecalign": lambda: vecalign(encoded),
        "vecalign, centred": lambda: vecalign(centred),
    }
    found: dict[str, Engine] = {"termcheck": ours}
    missing = []
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError:
            missing.append(name)
    return found, missing


def cases(
    corpus: Corpus, pairs: Iterable[tuple[str, str]], left: Changes, right: Changes, size: int, seeds: int
) -> Iterator[Case]:
    for langs in pairs:
        for seed in range(seeds):
            rng = random.Random(f"{langs} {seed}")  # noqa: S311
            start = rng.randrange(max(len(corpus.documents) - size, 1))
            planted = plant_pair(min(size, len(corpus.documents)), left, right, rng)
            texts = corpus.texts(langs[0], start, planted[0]), corpus.texts(langs[1], start, planted[1])
            yield Case(langs, texts, (corpus.version(texts[0]), corpus.version(texts[1])), planted)


def score(engine: Engine, chosen: Sequence[Case]) -> str:
    """One line of the table: strict and lax precision, recall and F1, false links, moves found and false moves."""
    exact = found = wanted = lax_found = lax_wanted = linked = orphans = moved = true_moved = called = false = 0
    for case in chosen:
        truth, alone, true_moves = case.truth()
        pairs, moves = engine(case)
        exact, found, wanted = exact + len(pairs & truth), found + len(pairs), wanted + len(truth)
        lax_found += _overlapping(pairs, truth)
        lax_wanted += _overlapping(truth, pairs)
        linked += len({index for pair in pairs for index in pair[0]} & alone)
        orphans += len(alone)
        moved, true_moved = moved + len(true_moves & pairs), true_moved + len(true_moves)
        if moves is not None:
            called += len(moves)
            false += len(moves) - _overlapping(moves, true_moves)
    strict, lax = _prf(exact, found, exact, wanted), _prf(lax_found, found, lax_wanted, wanted)
    false_moves = f"{false}/{called}" if called or engine is ours else "-"
    return f"{strict}  {lax}  {f'{linked}/{orphans}':>9} {f'{moved}/{true_moved}':>9} {false_moves:>9}"


def _overlapping(pairs: set[Pair], others: set[Pair]) -> int:
    links = {(i, j) for left, right in others for i in left for j in right}
    return sum(any((i, j) in links for i in left for j in right) for left, right in pairs)


def _prf(right: int, found: int, reached: int, wanted: int) -> str:
    precision, recall = right / max(found, 1), reached / max(wanted, 1)
    return f"{precision:.3f} {recall:.3f} {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def print_beads(corpus: Corpus, pairs: Sequence[tuple[str, str]], seeds: int, known: dict[str, Engine]) -> None:
    print(f"{'':22}strict P  R    F1     lax P  R    F1     false links  moved   false moves")
    manual = corpus.with_repeated_lines(3, 4)
    novel = corpus.with_dialogue(read_dialogue(), seed=5)
    for text, (name, left, right, size) in (
        *((corpus, task) for task in TASKS),
        *((manual, task) for task in REPEATED),
        *((novel, task) for task in NOVEL),
    ):
        chosen = list(cases(text, pairs, left, right, size, seeds))
        print(f" {name} ({len(chosen)} pairs of versions)")
        for engine, run in known.items():
            print(f"  {engine:20}{score(run, chosen)}", flush=True)


def print_gate(corpus: Corpus, langs: Sequence[str], seed: int = 1) -> None:
    """How often versions of one document and of two are called translations of each other."""
    rng = random.Random(seed)  # noqa: S311
    places = corpus.stretches(6, 40)
    changes = Changes(deleted=0.1, joined=0.05)
    accepted: dict[str, list[int]] = {}
    for left, right in combinations(langs, 2):
        for start, end in places:
            other_start, other_end = rng.choice([place for place in places if place != (start, end)])
            whole = plant(end - start, Changes(), rng)
            original = corpus.texts(left, start, whole)
            texts = corpus.texts(right, start, plant(end - start, changes, rng))
            other = corpus.texts(right, other_start, plant(other_end - other_start, changes, rng))
            plain = corpus.texts(right, start, whole)
            count = len(plain)
            pairs = {
                "the same document": (original, texts),
                "the same, half translated": (original, texts[: (len(texts) + 1) // 2]),
                "the same, 30 % translated": (original, texts[: max(math.ceil(0.3 * count), SMALLEST)]),
                "the same, half left as it was": (original, plain[: count // 2] + original[count // 2 :]),
                "the same, 4 segments": (original[:4], plain[:4]),
                "the same, 5 segments": (original[:5], plain[:5]),
                "another document": (original, other),
                "another document, 4 segments": (original[:4], other[:4]),
                "another document, 5 segments": (original[:5], other[:5]),
            }
            for name, (one, two) in pairs.items():
                counts = accepted.setdefault(name, [0, 0])
                counts[0] += are_translations(corpus.version(one), corpus.version(two))
                counts[1] += 1
    for name, (yes, count) in accepted.items():
        print(f"  {name:32}{yes}/{count} accepted ({yes / count:.2%})")


def print_nway(corpus: Corpus, langs: Sequence[str], seeds: int) -> None:
    """Share of right cells of tables of several versions, each changed by itself."""
    for count in (4, 5, 6):
        right = total = kept = 0
        for seed in range(seeds * 2):
            rng = random.Random(f"{count} {seed}")  # noqa: S311
            chosen = sorted(rng.sample(list(langs), count))
            start = rng.randrange(len(corpus.documents) - 60)
            planted = {lang: plant(60, NWAY, rng) for lang in chosen}
            versions = {lang: corpus.version(corpus.texts(lang, start, planted[lang])) for lang in chosen}
            table = align_versions(versions)
            kept += len(table.languages)
            found = {
                (lang, segment): {other: each.segments for other, each in zip(table.languages, row, strict=True)}
                for row in table.rows
                for lang, cell in zip(table.languages, row, strict=True)
                for segment in cell.segments
            }
            for true in true_rows(planted):
                keys = [(lang, segment) for lang, segments in true.items() for segment in segments]
                rows = [found[key] for key in keys if key in found]
                best = max(rows, key=lambda row: sum(row.get(lang, ()) == true.get(lang, ()) for lang in chosen))
                right += sum(best.get(lang, ()) == true.get(lang, ()) for lang in chosen)
                total += count
        print(f"  {count} versions: {right}/{total} cells right ({right / total:.2%}), {kept} versions kept")


def print_scale(sizes: Sequence[int], known: dict[str, Engine]) -> None:
    """Seconds and peak memory beyond the vectors, on random vectors with 5 % deleted and 2 % moved."""
    changes = Changes(deleted=0.05, moved=0.02)
    # Beyond, a peer takes minutes or gigabytes.
    longest = {"Gale-Church": 10_000, "vecalign": 10_000}
    last: dict[str, tuple[int, float]] = {}
    for size in sizes:
        left, right, planted = random_versions(size, 1, changes)
        texts = ["x" * int(length) for length in left.lengths], ["x" * int(length) for length in right.lengths]
        both = Planted(tuple((number,) for number in range(size))), planted
        case = Case(("", ""), texts, (left, right), both)
        for name, engine in known.items():
            if name == "vecalign" or size > longest.get(name.split(",")[0], size):
                continue
            begun = time.perf_counter()
            engine(case)
            seconds = time.perf_counter() - begun
            tracemalloc.start()
            engine(case)
            peak = tracemalloc.get_traced_memory()[1] / 2**20
            tracemalloc.stop()
            before, spent = last.get(name, (size, seconds))
            grown = f"{math.log(seconds / spent) / math.log(size / before):6.2f}" if size > before else "     -"
            # What a peer allocates outside Python and numpy is not seen.
            print(f"  {name:20}{size:8} segments {seconds:8.2f} s {peak:8.0f} MiB  exponent {grown}", flush=True)
            last[name] = size, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the alignment stage on versions with a known alignment.")
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("../shared/data/ntrex-dev.tsv"))
    parser.add_argument("--seeds", type=int, default=4, help="planted documents per language pair (default: 4)")
    parser.add_argument("--scale", default="1000,10000", help="segments to measure cost at (default: %(default)s)")
    parser.add_argument("--only", choices=("beads", "gate", "nway", "scale"), help="one table alone")
    parser.add_argument(
        "--data", default="tuning,held out,confirmation,fresh", help="which pairs of languages (default: %(default)s)"
    )
    parser.add_argument("--encode-runs", action="store_true", help="encode joined texts for vecalign (slow)")
    parser.add_argument("--cache", type=Path, default=None, help="folder for vectors (default: the user's cache)")
    arguments = parser.parse_args()
    folder = arguments.cache or default_cache_folder() / "benchmarks"
    with Cache(folder) as cache:
        encoder = CachedEncoder(load_encoder("bundled", default_cache_folder()), cache)
        known, missing = engines(encoder, encode_runs=arguments.encode_runs)
        if missing:
            print("not installed:", ", ".join(missing), "(pip install galechurch sentweave)")
        halves = {
            "tuning": (TUNING, 0),
            "held out": (HELD_OUT, 1),
            "confirmation": (CONFIRMATION, 1),
            "fresh": (FRESH, 1),
        }
        chosen = [(name, *halves[name]) for name in arguments.data.split(",")]
        for name, pairs, half in chosen if arguments.only != "scale" else ():
            langs = sorted({lang for pair in pairs for lang in pair})
            corpus = read_corpus(arguments.corpus, langs, encoder, half)
            print(f"\n{name.upper()}: {', '.join('-'.join(pair) for pair in pairs)}, ", end="")
            print(f"{'second' if half else 'first'} half of the documents, {len(corpus.documents)} sentences")
            if arguments.only in (None, "beads"):
                print_beads(corpus, pairs, arguments.seeds, known)
            if arguments.only in (None, "gate"):
                print(" are two versions translations of each other?")
                print_gate(corpus, langs)
            if arguments.only in (None, "nway"):
                print(" tables of versions with 5 % deleted and 3 % joined each")
                print_nway(corpus, langs, arguments.seeds)
        if arguments.only in (None, "scale"):
            print("\nCOST: random vectors, 5 % deleted, 2 % moved")
            print_scale([int(size) for size in arguments.scale.split(",")], known)


if __name__ == "__main__":
    main()
