"""The layers hold, and starting the program loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_import_layers() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_starting_loads_nothing_heavy() -> None:
    program = "import sys, termcheck.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"torch", "spacy", "numpy", "sentence_transformers", "transformers", "lingua", "rich", "jsonschema", "yaml"}
    heavy |= {"onnxruntime", "tokenizers", "ray", "fsspec"}
    assert "click" in loaded
    assert not heavy & set(loaded)


def test_only_their_own_packages_import_the_heavy_libraries() -> None:
    owners = {"sentence_transformers": "embedding", "torch": "embedding", "spacy": "terms", "lingua": "literal"}
    for path in (ROOT / "src/termcheck").rglob("*.py"):
        text = path.read_text("utf-8")
        for library, owner in owners.items():
            if f"import {library}" in text or f"from {library}" in text:
                assert path.relative_to(ROOT / "src/termcheck").parts[0] == owner, f"{path} imports {library}"


def test_files_stay_small() -> None:
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "src").rglob("*.py")}
    assert sum(size > 400 for size in sizes.values()) <= 3
