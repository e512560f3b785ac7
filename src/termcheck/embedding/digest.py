"""Digests of files and model folders: what makes two models the same model."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIXES = frozenset({".json", ".txt", ".model", ".safetensors", ".bin"})
_BESIDE = frozenset({"onnx", "openvino", "coreml"})
_SAMPLE = 1 << 16
_SAMPLES = 64


def file_digest(path: Path) -> str:
    """SHA-256 of the whole file, in hexadecimal. Raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sampled_digest(path: Path) -> str:
    """SHA-256 of the size and of 64 evenly spaced blocks of 64 KiB, the first and the last byte included.

    Files up to 4 MiB are covered completely. Costs the same for a model of any size, and still sees a
    truncated file, a hole, other weights or another configuration. Raises ``OSError``.
    """
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        if size <= _SAMPLE * _SAMPLES:
            digest.update(file.read())
        else:
            for index in range(_SAMPLES):
                file.seek((size - _SAMPLE) * index // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE))
    return digest.hexdigest()


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and sampled contents of the files a model is loaded from.

    Hidden files, documentation and copies for other runtimes do not count. Raises ``OSError``.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix not in _SUFFIXES or name.parts[0] in _BESIDE or any(part[0] == "." for part in name.parts):
            continue
        if path.is_file():
            digest.update(f"{name.as_posix()}\0{sampled_digest(path)}\0".encode())
    return digest.hexdigest()
