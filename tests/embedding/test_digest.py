from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from termcheck.embedding.digest import file_digest, folder_digest, sampled_digest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "1_Pooling" / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(bytes(9_000_000))
    return folder


def test_file_digest_is_sha256(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    assert file_digest(tmp_path / "x") == hashlib.sha256(b"abc").hexdigest()


def test_folder_digest_does_not_depend_on_where_it_is(folder: Path, tmp_path: Path) -> None:
    before = folder_digest(folder)
    assert folder_digest(folder.rename(tmp_path / "elsewhere")) == before


@pytest.mark.parametrize("name", ["README.md", ".cache/x.json", "onnx/model.bin", "weights.png"])
def test_files_that_are_not_loaded_do_not_count(folder: Path, name: str) -> None:
    before = folder_digest(folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x")
    assert folder_digest(folder) == before


@pytest.mark.parametrize("name", ["config.json", "1_Pooling/config.json", "tokenizer.json"])
def test_configuration_counts(folder: Path, name: str) -> None:
    before = folder_digest(folder)
    (folder / name).write_text('{"other": 1}')
    assert folder_digest(folder) != before


@pytest.mark.parametrize("at", [0, 8_999_999])
def test_first_and_last_byte_of_a_large_file_count(folder: Path, at: int) -> None:
    path = folder / "model.safetensors"
    before = sampled_digest(path)
    with path.open("rb+") as file:
        file.seek(at)
        file.write(b"x")
    assert sampled_digest(path) != before


def test_other_weights_and_a_shorter_file_count(folder: Path) -> None:
    path = folder / "model.safetensors"
    found = {sampled_digest(path)}
    path.write_bytes(bytes(8_999_999))
    found.add(sampled_digest(path))
    path.write_bytes(b"\1" * 9_000_000)
    found.add(sampled_digest(path))
    assert len(found) == 3
