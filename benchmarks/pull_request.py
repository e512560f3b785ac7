"""What a pull request costs: a run without a cache, one with it, and one after a few paragraphs were edited.

    python benchmarks/pull_request.py [--corpus corpus] [--edits 5] [--repeat 3]

The corpus is copied into a git repository of its own. Seconds are the best of the repetitions (of the first run there
is only one), ratios are to the run that changes nothing; the start of the program is compared with that of Python.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ENCODED = re.compile(r"^Texts: ([\d,]+) encoded, ([\d,]+) from the cache", re.MULTILINE)


@dataclass(frozen=True)
class Cost:
    """Seconds of wall-clock time, peak memory in MiB, and how many texts were encoded."""

    seconds: float
    memory: float
    encoded: int = 0


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in a folder and wait for it; its exit code must be 0."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{text}")
    found = _ENCODED.search(text)
    return Cost(seconds, usage.ru_maxrss / 1024, int(found[1].replace(",", "")) if found else 0)


def best(costs: Sequence[Cost]) -> Cost:
    """The fastest of several."""
    return min(costs, key=lambda cost: cost.seconds)


def commit(folder: Path) -> None:
    """Make the folder a repository with everything in it committed."""
    git = ["git", "-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Corpus"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True)


def edit(folder: Path, edits: int, number: int) -> None:
    """Append a sentence, another one each time, to the last words of that many paragraphs of one file."""
    path = max(folder.rglob("*.md"), key=lambda found: (found.stat().st_size, found))
    blocks = path.read_text("utf-8").split("\n\n")
    prose = [index for index, block in enumerate(blocks) if len(block) > 80 and block[0].isalnum()][:edits]
    if len(prose) < edits:
        raise SystemExit(f"{path} has only {len(prose)} paragraphs to edit")
    for index in prose:
        blocks[index] = f"{blocks[index]} Edited {number} times."
    path.write_text("\n\n".join(blocks), "utf-8")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="folder with Markdown (default: corpus)")
    parser.add_argument("--edits", type=int, default=5, help="paragraphs to edit (default: 5)")
    parser.add_argument("--repeat", type=int, default=3, help="repetitions (default: 3)")
    given = parser.parse_args()
    program = [sys.executable, "-m", "termcheck"]
    report = [*program, "report", ".", "--exit-zero", "--format", "none", "-v"]
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "project", Path(name) / "cache"
        shutil.copytree(given.corpus, folder)
        commit(folder)
        environment = {**os.environ, "TERMCHECK_CACHE_DIR": str(cache)}
        cold = measure(report, folder, environment)
        warm = best([measure(report, folder, environment) for _ in range(given.repeat)])
        changed = []
        for number in range(given.repeat):
            edit(folder, given.edits, number + 1)
            changed.append(measure([*report, "--since", "HEAD"], folder, environment))
        start = best([measure([*program, "--help"], folder, environment) for _ in range(given.repeat)])
        bare = best([measure([sys.executable, "-c", "pass"], folder, environment) for _ in range(given.repeat)])
    rows = [
        ("first run, empty cache", cold, warm),
        ("nothing changed", warm, warm),
        (f"{given.edits} paragraphs edited, --since HEAD", best(changed), warm),
        ("--help", start, bare),
        ("python -c pass", bare, bare),
    ]
    print(f"{'':40} {'seconds':>9} {'ratio':>7} {'MiB':>7} {'texts encoded':>14}")
    for title, cost, base in rows:
        print(
            f"{title:40} {cost.seconds:9.2f} {cost.seconds / base.seconds:7.1f} {cost.memory:7.0f} {cost.encoded:14,}"
        )


if __name__ == "__main__":
    main()
