"""What a report costs as a corpus grows: seconds and memory, cold and with everything cached.

    python benchmarks/scale.py [--segments 1000 10000 100000] [--jobs 1 2] [--ray 2] [--model]

Corpora are generated (`planted_corpus.py`). By default a stand-in takes the place of the encoder, with vectors of the
same shape that cost next to nothing, so that what is measured is everything else. ``--model`` runs the bundled model,
and tells the encoder's part of the seconds, and of the peak of a matrix product, measured right after the run. Every
run is a process of its own. "Parsing" is the baseline: a process that finds, reads and segments the files, and does no
more. Peak memory is that of the process that leads.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from planted_corpus import CONCEPTS, write_corpus
from speed import count_operations, matmul_peak

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from termcheck.embedding.encoder import TokenVectors

_HIDDEN = 384
_MEANING = {word.casefold(): number for number, words in enumerate(CONCEPTS) for word in words}


class StandIn:
    """An encoder for the generated texts: a word's vector is that of what it means, mixed with its spelling."""

    fingerprint = "stand-in for measurements"
    dimension = _HIDDEN

    def __init__(self) -> None:
        self._known: dict[str, NDArray[np.float32]] = {}

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        found = np.zeros((len(texts), _HIDDEN), dtype=np.float32)
        for row, text in enumerate(texts):
            total = np.sum([self._word(word) for word in text.split()], axis=0)
            found[row] = total / max(float(np.linalg.norm(total)), 1e-12)
        if progress:
            progress(len(texts))
        return found

    def encode_tokens(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> list[TokenVectors]:
        from termcheck.embedding.encoder import TokenVectors

        found = []
        for text, sentence in zip(texts, self.encode(texts, progress), strict=True):
            words, start, spans = text.split(), 0, []
            for word in words:
                start = text.index(word, start)
                spans.append((start, start + len(word)))
                start += len(word)
            vectors = np.array([self._word(word) for word in words], dtype=np.float32)
            both = np.concatenate([vectors, vectors], axis=1) * np.float32(0.5**0.5)
            found.append(TokenVectors(both, np.array(spans, dtype=np.int32), sentence))
        return found

    def _word(self, word: str) -> NDArray[np.float32]:
        if word not in self._known:
            bare = word.strip(".").casefold()
            vector = _noise(str(_MEANING.get(bare, bare))) + 0.3 * _noise(word)
            self._known[word] = (vector / np.linalg.norm(vector)).astype(np.float32)
        return self._known[word]


def _noise(name: str) -> NDArray[np.float64]:
    """A fixed vector for a name."""
    seed = int.from_bytes(name.encode("utf-8")[:8].ljust(8, b"\0"), "little")
    return np.random.default_rng(seed).standard_normal(_HIDDEN)


class StartOfRay:
    """A progress that takes the time from its making until documents are read."""

    def __init__(self) -> None:
        self._since = time.perf_counter()
        self.seconds = 0.0

    def stage(self, name: str, total: int) -> None:  # noqa: ARG002
        if name == "Reading":
            self.seconds = time.perf_counter() - self._since

    def advance(self, steps: int = 1) -> None:
        pass

    def note(self, topic: str, text: str) -> None:
        pass


def run_once(corpus: Path, what: str, jobs: int, *, ray: bool = False) -> dict[str, Any]:
    """In this process: "parse", "report" with the stand-in, or "model" with the bundled model."""
    from termcheck import pipeline
    from termcheck.config import load_config
    from termcheck.corpus.target import find_target
    from termcheck.crew.cluster import Cluster
    from termcheck.embedding import encoder
    from termcheck.inputs import find_documents, read_sets
    from termcheck.progress import NoProgress

    calls: list[_Call] = []
    if what == "report":
        encoder.load_encoder = lambda *_, **__: StandIn()  # type: ignore[assignment]
        if ray:
            _give_stand_in(pipeline)
    started, used, progress = time.perf_counter(), _cpu(), StartOfRay()
    config = load_config(corpus, overrides={"jobs": jobs} if jobs > 1 else {})
    target = find_target([str(corpus)])
    findings = 0
    if what == "parse":
        read_sets(target, find_documents(target, config), config, NoProgress())
    else:
        if what == "model":
            _time_encoder(encoder.SentenceTransformerEncoder, calls)
        cluster = Cluster(jobs=jobs) if ray else None
        findings = len(pipeline.check(target, config, cluster=cluster, progress=progress).findings)
    found = {
        "seconds": time.perf_counter() - started,
        "cpu": _cpu() - used,
        "encoder": sum(call.seconds for call in calls),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "findings": findings,
        "start": progress.seconds if ray else 0.0,
    }
    return found | (_efficiency(calls) if calls else {})


class _Call(NamedTuple):
    """A call of the encoder."""

    encoder: Any
    texts: list[str]
    seconds: float


def _efficiency(calls: Sequence[_Call]) -> dict[str, float]:
    """The encoder's FLOP/s over all calls, and the machine's for a matrix product."""
    model = calls[0].encoder.model()
    lengths = [len(window.ids) for call in calls for windows in model.windows(call.texts) for window in windows]
    return {
        "operations": count_operations(model, lengths) / sum(call.seconds for call in calls),
        "peak": matmul_peak(),
    }


def _give_stand_in(pipeline: Any) -> None:
    """Send the stand-in to workers on a cluster, which else load the model themselves."""

    class WithStandIn(pipeline.Checker):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._stand_in = StandIn()

    pipeline.Checker = WithStandIn


def _time_encoder(kind: Any, calls: list[_Call]) -> None:
    for name in ("encode", "encode_tokens"):
        setattr(kind, name, _timed(getattr(kind, name), calls))


def _timed(call: Any, calls: list[_Call]) -> Any:
    def timed(encoder: Any, texts: Sequence[str], *rest: Any) -> Any:
        encoder.model()  # Loading it is everything else's.
        started = time.perf_counter()
        found = call(encoder, texts, *rest)
        calls.append(_Call(encoder, list(dict.fromkeys(texts)), time.perf_counter() - started))
        return found

    return timed


def _cpu() -> float:
    """Processor seconds of this process and of its children that ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(corpus: Path, cache: Path, what: str, jobs: int, *, ray: bool = False) -> dict[str, Any]:
    """``run_once`` in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--worker", str(corpus), what, "--ray" if ray else "--jobs", str(jobs)],
        env={**os.environ, "TERMCHECK_CACHE_DIR": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def print_row(what: str, segments: int, found: dict[str, Any], baseline: float) -> None:
    columns = (
        f"{segments:>8}",
        f"{what:<16}",
        f"{found['seconds']:8.1f}",
        f"{found['cpu']:8.1f}",
        f"{segments / found['seconds']:10.0f}",
        f"{found['cpu'] / baseline:8.1f}",
        f"{found['memory']:8.0f}",
        f"{found['encoder'] / found['seconds']:7.2f}",
        f"{found['findings']:8}",
    )
    print("  ".join(columns), flush=True)
    if "peak" in found:
        rate, peak = found["operations"] / 1e9, found["peak"] / 1e9
        print(f"{'':10}encoder {rate:.0f} GFLOP/s, {rate / peak:.2f} of a matrix product's {peak:.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1])
    parser.add_argument("--ray", type=int, nargs="+", default=[], help="workers of a Ray of this machine")
    parser.add_argument("--model", action="store_true", help="the bundled model instead of a stand-in")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        corpus, what = options.worker
        jobs = (options.ray or options.jobs)[0]
        print(json.dumps(run_once(Path(corpus), what, jobs, ray=bool(options.ray))))
        return
    print("segments  run                seconds  cpu secs  segments/s  /parsing  peak MiB  encoder  findings")
    what = "model" if options.model else "report"
    costs: dict[str, list[tuple[int, float]]] = {}
    for wanted in options.segments:
        with tempfile.TemporaryDirectory() as folder:
            segments = write_corpus(Path(folder) / "docs", wanted)
            parsing = measure(Path(folder) / "docs", Path(folder) / "none", "parse", 1)
            print_row("parsing", segments, parsing, parsing["cpu"])
            for jobs in options.jobs:
                for state in ("cold", "cached"):
                    name = f"{state}, {jobs} job{'s' * (jobs > 1)}"
                    found = measure(Path(folder) / "docs", Path(folder) / f"cache{jobs}", what, jobs)
                    print_row(name, segments, found, parsing["cpu"])
                    costs.setdefault(name, []).append((segments, found["cpu"]))
            for workers in options.ray:
                for state in ("cold", "cached"):
                    found = measure(Path(folder) / "docs", Path(folder) / f"ray{workers}", what, workers, ray=True)
                    print_row(f"{state}, Ray, {workers}", segments, found, parsing["cpu"])
                    print(f"{'':10}of which starting Ray {found['start']:.1f} s; its processor time is not counted")
    for name, points in costs.items():
        if len(points) > 1:
            (few, least), (many, most) = points[0], points[-1]
            print(f"growth of processor time, {name}: exponent {math.log(most / least) / math.log(many / few):.2f}")


if __name__ == "__main__":
    main()
