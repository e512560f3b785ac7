"""How long a large glossary takes to load, beside the YAML library alone.

Run with ``python benchmarks/glossary_load.py [CONCEPTS]``: a glossary of so many concepts (1,000) in 20 languages is
made up, and loaded by turns with ``yaml.CSafeLoader`` and with all checks. The best of the rounds counts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from termcheck.exchange.format import Languages
from termcheck.exchange.registry import FORMATS
from termcheck.glossary_file import load_glossary
from termcheck.glossary_lint import lint

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = (
    *("en", "pl", "tr", "ko", "id", "de", "fr", "es", "it", "nl"),
    *("ru", "uk", "cs", "fi", "hu", "ja", "zh-Hans", "ar", "vi", "pt-BR"),
)
ROUNDS = 5


def text(concepts: int) -> str:
    """A third of the languages has two words."""
    lines = ["version: 1", "concepts:"]
    for number in range(concepts):
        lines += [f"  - id: concept-{number}", f"    definition: What number {number} is.", "    terms:"]
        for place, lang in enumerate(LANGUAGES):
            word = f"word{number}{lang.lower()}"
            lines.append(
                f"      {lang}: [{word}, other{word}]" if (number + place) % 3 == 0 else f"      {lang}: {word}"
            )
    lines += ["distinct:", *(f"  - [concept-{n}, concept-{n + 1}]" for n in range(0, concepts - 1, 2))]
    return "\n".join(lines) + "\n"


def best(action: Callable[[], object]) -> float:
    """The shortest of the rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    concepts = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "glossary.yaml"
        path.write_text(text(concepts), "utf-8")
        size = path.stat().st_size
        glossary = load_glossary(path, "glossary.yaml")
        bare = best(lambda: yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
        rows = [("yaml.CSafeLoader", bare), ("load_glossary", best(lambda: load_glossary(path, "glossary.yaml")))]
    rows.append(("collisions", best(glossary.collisions)))
    rows.append(("lint", best(lambda: lint(glossary))))
    for name in ("tbx", "csv"):
        form = FORMATS[name]
        written = form.write(glossary, Languages()).encode()
        rows.append((f"read {name}", best(partial(form.read, written, Languages()))))
    print(f"{concepts:,} concepts, {len(LANGUAGES)} languages, {size:,} bytes\n")
    print("| step | seconds | of bare YAML |\n|---|---|---|")
    for name, seconds in rows:
        print(f"| {name} | {seconds:.3f} | {seconds / bare:.2f} |")


if __name__ == "__main__":
    main()
