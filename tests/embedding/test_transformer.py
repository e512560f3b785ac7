from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from termcheck.embedding.encoder import SentenceTransformerEncoder
from termcheck.embedding.transformer import TransformerModel
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.embedding.sources import ModelSource


@pytest.fixture
def copy(tiny_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny_folder, tmp_path / "copy")


def at(source: ModelSource, folder: Path, **changes: object) -> ModelSource:
    return replace(source, folder=lambda: folder, **changes)  # type: ignore[arg-type]


def test_describes_the_network(tiny_source: ModelSource) -> None:
    model = TransformerModel(tiny_source, "cpu")
    assert (model.layers, model.hidden, model.feed_forward, model.dimension, model.limit) == (3, 32, 64, 32, 24)


def test_model_without_a_limit_of_its_own_gets_that_of_its_positions(tiny_source: ModelSource, copy: Path) -> None:
    (copy / "sentence_bert_config.json").write_text("{}")
    config = json.loads((copy / "tokenizer_config.json").read_text())
    del config["model_max_length"]
    (copy / "tokenizer_config.json").write_text(json.dumps(config))
    assert TransformerModel(at(tiny_source, copy), "cpu").limit == 24


def test_without_a_prefix_all_tokens_are_the_text(tiny_source: ModelSource, tiny_folder: Path) -> None:
    model = TransformerModel(at(tiny_source, tiny_folder, prefix=""), "cpu")
    ((window,),) = model.windows(["the dog"])
    assert (window.head, window.offsets, len(window.ids)) == (1, [(0, 3), (4, 7)], 4)


def test_dimension_of_a_model_that_does_not_say_it(tiny_source: ModelSource, tiny_folder: Path) -> None:
    encoder = SentenceTransformerEncoder(at(tiny_source, tiny_folder, dimension=None), "cpu")
    assert encoder.dimension == 32


@pytest.mark.parametrize("name", ["modules.json", "config.json", "model.safetensors", "tokenizer.json"])
def test_damaged_folder_is_an_error(tiny_source: ModelSource, copy: Path, name: str) -> None:
    (copy / name).write_bytes(b"\0 not what it was")
    with pytest.raises(ModelError, match="cannot load the model tiny: ") as caught:
        TransformerModel(at(tiny_source, copy), "cpu")
    assert "\n" not in caught.value.message


def test_other_kind_of_model_is_an_error(tiny_source: ModelSource, copy: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(copy / "tokenizer.json"))
    static = StaticEmbedding(tokenizer, embedding_weights=np.ones((tokenizer.get_vocab_size(), 4), np.float32))
    SentenceTransformer(modules=[static], device="cpu").save(str(copy.parent / "static"))
    with pytest.raises(ModelError, match="does not start with a transformer"):
        TransformerModel(at(tiny_source, copy.parent / "static"), "cpu")


def test_device_that_is_not_there_is_an_error(tiny_source: ModelSource) -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("this machine has one")
    with pytest.raises(ModelError, match="cannot load the model tiny: "):
        TransformerModel(tiny_source, "cuda")


def test_missing_library_is_an_error(tiny_source: ModelSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(ModelError, match="cannot load the model tiny") as caught:
        TransformerModel(tiny_source, "cpu", fused=False)
    assert "pip install" in caught.value.hint
