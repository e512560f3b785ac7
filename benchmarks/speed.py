"""How fast a report is, cold and cached, and the encoder as a share of the machine's own matrix-multiply peak.

    python benchmarks/speed.py [--model bundled] [--repeat 5] [--texts FILE ...] [--count N] [--corpus FOLDER]

The peak is measured in the same run, between the repetitions, so that a busy or throttled machine shows in both.
Floating point operations are counted from the model's shape and the texts' real tokens: padding and overhead count
against the encoder. Torch and ONNX Runtime take turns, text by text of the same order.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from termcheck.embedding.encoder import SentenceTransformerEncoder, load_encoder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.embedding.transformer import TransformerModel

_PEAK_SIZE = 2048
_SENTENCE = "The invoice is sent on the first day of each month to the address in the customer's account. "


@dataclass(slots=True)
class EncoderSpeed:
    """Measurements of one task: seconds per repetition, and the machine's peak in FLOP/s beside each."""

    runtime: str
    task: str
    texts: int
    tokens: int
    operations: float
    seconds: list[float] = field(default_factory=list)
    peaks: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        """Achieved FLOP/s over the peak, per repetition."""
        return [self.operations / spent / peak for spent, peak in zip(self.seconds, self.peaks, strict=True)]


def matmul_peak(repeat: int = 3) -> float:
    """The best FLOP/s of a square float32 matrix product in torch, on the threads that the encoder uses."""
    import torch

    matrix = torch.ones(_PEAK_SIZE, _PEAK_SIZE)
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        torch.mm(matrix, matrix)
        best = min(best, time.perf_counter() - start)
    return 2 * _PEAK_SIZE**3 / best


def count_operations(model: TransformerModel, lengths: Sequence[int]) -> float:
    """Multiplications and additions of one pass over inputs of so many tokens (special ones and prefix included).

    Per token and layer four projections and two feed-forward products; per pair of tokens, scores and mixing.
    """
    hidden, inner = model.hidden, model.feed_forward
    linear = 2 * (4 * hidden * hidden + 2 * hidden * inner)
    return float(model.layers * sum(length * linear + 4 * length * length * hidden for length in lengths))


def measure_encoders(
    encoders: Sequence[SentenceTransformerEncoder], texts: Sequence[str], repeat: int
) -> list[EncoderSpeed]:
    """Sentence vectors and token vectors of distinct ``texts``; a first repetition to warm up is not counted."""
    model = encoders[0].model()
    distinct = list(dict.fromkeys(texts))
    lengths = [len(window.ids) for windows in model.windows(distinct) for window in windows]
    operations = count_operations(model, lengths)
    found = []
    for task in ("encode", "encode_tokens"):
        speeds = []
        for encoder in encoders:
            getattr(encoder, task)(distinct)
            speeds.append(EncoderSpeed(encoder.runtime, task, len(distinct), sum(lengths), operations))
        for _ in range(repeat):
            for encoder, speed in zip(encoders, speeds, strict=True):
                before = matmul_peak()
                start = time.perf_counter()
                getattr(encoder, task)(distinct)
                speed.seconds.append(time.perf_counter() - start)
                speed.peaks.append(max(before, matmul_peak()))
        found += speeds
    return found


def measure_loading(model: str) -> list[tuple[str, float]]:
    """Seconds to name the model, to convert and load it the first time, and to load it again, in this order."""
    with tempfile.TemporaryDirectory() as folder:
        steps = []
        for step in ("first load", "second load"):
            start = time.perf_counter()
            encoder = load_encoder(model, Path(folder))
            named = time.perf_counter() - start
            encoder.model()
            steps.append((f"{step} (of which {named:.2f} s to find it)", time.perf_counter() - start))
        return steps


def read_texts(paths: Sequence[Path]) -> list[str]:
    """The non-empty lines of the files; without files, sentences of different lengths of our own."""
    if not paths:
        return [f"{number}. " + _SENTENCE * (number % 6 + 1) for number in range(240)]
    lines = [line.strip() for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line]


def measure_report(corpus: Path, repeat: int) -> list[tuple[str, float, int]]:
    """Whole processes: (what, least seconds, paragraphs). Cold is measured once, with an empty cache."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TERMCHECK_CACHE_DIR": folder}
        report = ["report", str(corpus), "--format", "json", "--exit-zero"]
        cold, output = _process(report, environment)
        paragraphs = sum(
            version["paragraphs"] for document in json.loads(output)["documents"] for version in document["versions"]
        )
        warm = min(_process(report, environment)[0] for _ in range(repeat))
        start = min(_process(["--help"], environment)[0] for _ in range(repeat))
    return [("cold report", cold, paragraphs), ("cached report", warm, paragraphs), ("--help", start, 0)]


def _process(arguments: Sequence[str], environment: dict[str, str]) -> tuple[float, str]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "termcheck", *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - started, done.stdout


def print_report(rows: Sequence[tuple[str, float, int]]) -> None:
    cold = rows[0][1]
    print("process        seconds  paragraphs/s  share of cold")
    for what, seconds, paragraphs in rows:
        rate = f"{paragraphs / seconds:.0f}" if paragraphs else "-"
        print(f"{what:<13}  {seconds:7.2f}  {rate:>12}  {seconds / cold:13.3f}")
    print()


def print_table(speeds: Sequence[EncoderSpeed]) -> None:
    columns = (
        "runtime",
        "task",
        "texts",
        "tokens",
        "s (min)",
        "s (median)",
        "texts/s",
        "GFLOP/s",
        "peak",
        "ratio (median)",
        "max",
    )
    rows = [
        (
            speed.runtime,
            speed.task,
            str(speed.texts),
            str(speed.tokens),
            f"{min(speed.seconds):.2f}",
            f"{statistics.median(speed.seconds):.2f}",
            f"{speed.texts / min(speed.seconds):.0f}",
            f"{speed.operations / min(speed.seconds) / 1e9:.0f}",
            f"{max(speed.peaks) / 1e9:.0f}",
            f"{statistics.median(speed.ratios):.2f}",
            f"{max(speed.ratios):.2f}",
        )
        for speed in speeds
    ]
    widths = [max(len(row[index]) for row in (columns, *rows)) for index in range(len(columns))]
    for row in (columns, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="bundled")
    parser.add_argument("--device", default="cpu", help="the peak is measured on the CPU")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="files with a text a line")
    parser.add_argument("--count", type=int, default=400, help="at most so many of the texts, evenly spread")
    parser.add_argument("--no-report", action="store_true", help="only the encoder")
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parent.parent / "corpus")
    parser.add_argument("--loading", action="store_true", help="also measure conversion and loading")
    options = parser.parse_args()
    if not options.no_report:
        print_report(measure_report(options.corpus, options.repeat))
    if options.loading:
        for step, seconds in measure_loading(options.model):
            print(f"{step}: {seconds:.2f} s")
    cache = Path(platformdirs.user_cache_dir("termcheck"))
    encoders = [load_encoder(options.model, cache, device=options.device, fused=fused) for fused in (True, False)]
    texts = read_texts(options.texts)
    print_table(measure_encoders(encoders, texts[:: -(-len(texts) // options.count)], options.repeat))


if __name__ == "__main__":
    main()
