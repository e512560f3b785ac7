from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from termcheck.embedding import encoder as encoder_module
from termcheck.embedding.encoder import SentenceTransformerEncoder, load_encoder
from termcheck.embedding.torch_network import TorchNetwork
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from termcheck.embedding.sources import ModelSource
    from termcheck.embedding.tokenization import Window

TEXTS = ["the dog runs", "a cat", "the cat. the dog", "żółć", "x"]
LONG = "the dog runs. " * 20


@pytest.fixture(scope="module", params=["torch", "onnx"])
def tiny(tiny_source: ModelSource, request: pytest.FixtureRequest) -> SentenceTransformerEncoder:
    if request.param == "onnx":
        pytest.importorskip("onnxruntime")
    return SentenceTransformerEncoder(tiny_source, "cpu", fused=request.param == "onnx")


@pytest.fixture(scope="module")
def reference(tiny_source: ModelSource) -> TorchNetwork:
    return TorchNetwork(tiny_source, "cpu", fused=False)


def test_rows_are_unit_vectors_in_the_order_asked_for(tiny: SentenceTransformerEncoder) -> None:
    vectors = tiny.encode(TEXTS)
    assert vectors.shape == (5, 32)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-6)
    for text, vector in zip(TEXTS, vectors, strict=True):
        assert tiny.encode([text])[0] == pytest.approx(vector, abs=1e-6)


def test_same_call_gives_the_same_bytes(tiny: SentenceTransformerEncoder) -> None:
    assert tiny.encode(TEXTS).tobytes() == tiny.encode(TEXTS).tobytes()


def test_agrees_with_the_library_that_the_folder_is_for(
    tiny: SentenceTransformerEncoder, reference: TorchNetwork
) -> None:
    expected = reference._model.encode([f"query: {text}" for text in TEXTS], show_progress_bar=False)
    assert tiny.encode(TEXTS) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u200b", "\x01"])
def test_text_that_shows_nothing_is_a_row_of_zeros(tiny: SentenceTransformerEncoder, blank: str) -> None:
    vectors = tiny.encode(["a", blank])
    assert np.linalg.norm(vectors, axis=1).tolist() == pytest.approx([1, 0])
    tokens = tiny.encode_tokens([blank, "a"])
    assert (tokens[0].vectors.shape, tokens[0].offsets.shape) == ((0, 64), (0, 2))
    assert not tokens[0].sentence.any()
    assert len(tokens[1].vectors) == 1


def test_no_texts(tiny: SentenceTransformerEncoder) -> None:
    assert tiny.encode([]).shape == (0, 32)
    assert tiny.encode_tokens([]) == []


def test_equal_texts_are_computed_once(tiny: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    model, seen = tiny.model(), 0
    run = model.run

    def counting(windows: Sequence[Window], *, tokens: bool) -> Any:
        nonlocal seen
        seen += len(windows)
        return run(windows, tokens=tokens)

    monkeypatch.setattr(model, "run", counting)
    vectors = tiny.encode(["a cat", "the dog", "a cat", "a cat"])
    assert seen == 2
    assert np.array_equal(vectors[[0, 0]], vectors[[2, 3]])
    assert len({id(tokens) for tokens in tiny.encode_tokens(["a cat", "a cat"])}) == 1


def test_token_offsets_name_the_words(tiny: SentenceTransformerEncoder) -> None:
    text = "the  dog runs. ①"
    (tokens,) = tiny.encode_tokens([text])
    assert [text[start:end] for start, end in tokens.offsets] == ["the", "dog", "runs", ".", "①"]
    assert tokens.offsets.dtype == np.int32
    assert tokens.vectors.dtype == np.float32


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("o\u0301x", ["o\u0301", "x"]),
        ("\u1100\u1161x", ["\u1100\u1161", "x"]),
        ("ｶﾞx", ["ｶﾞ", "x"]),
        ("Ａx", ["Ａ", "x"]),
        ("～x", ["～", "x"]),
        ("a\u200b\u200bb", ["a", "b"]),
        ("\ud800a", ["\ud800", "a"]),
    ],
)
def test_offsets_survive_normalisation(tiny: SentenceTransformerEncoder, text: str, shown: list[str]) -> None:
    (tokens,) = tiny.encode_tokens([text])
    assert [text[start:end] for start, end in tokens.offsets] == shown


def test_token_vectors_have_two_layers_of_equal_weight(tiny: SentenceTransformerEncoder) -> None:
    (tokens,) = tiny.encode_tokens(["the dog runs"])
    assert tokens.vectors.shape == (3, 64)
    for half in (tokens.vectors[:, :32], tokens.vectors[:, 32:]):
        assert np.linalg.norm(half, axis=1) == pytest.approx(np.full(3, 0.5**0.5), abs=1e-6)


def test_token_vectors_are_those_of_the_network(tiny: SentenceTransformerEncoder, reference: TorchNetwork) -> None:
    import torch

    model = tiny.model()
    ids = torch.tensor([model.windows(["the dog runs"])[0][0].ids])
    with torch.inference_mode():
        states = reference._network(ids, output_hidden_states=True).hidden_states
    # <s> ▁query : the dog runs </s>: two thirds of three layers is the second.
    expected = torch.cat([torch.nn.functional.normalize(states[layer][0, 3:6], dim=-1) for layer in (2, 3)], dim=-1)
    assert tiny.encode_tokens(["the dog runs"])[0].vectors * 2**0.5 == pytest.approx(expected.numpy(), abs=1e-5)


def test_sentence_of_the_token_pass_is_the_sentence_vector(tiny: SentenceTransformerEncoder) -> None:
    sentences = np.stack([tokens.sentence for tokens in tiny.encode_tokens([*TEXTS, LONG])])
    assert sentences == pytest.approx(tiny.encode([*TEXTS, LONG]), abs=1e-6)


def test_long_text_is_read_to_its_end(tiny: SentenceTransformerEncoder) -> None:
    (tokens,) = tiny.encode_tokens([LONG])
    assert "".join(LONG[start:end] for start, end in tokens.offsets) == LONG.replace(" ", "")
    changed = LONG.removesuffix("runs. ") + "cat. "
    assert np.abs(tiny.encode([LONG])[0] - tiny.encode([changed])[0]).max() > 1e-4


def test_long_text_is_the_mean_of_its_windows_weighted_by_tokens(tiny: SentenceTransformerEncoder) -> None:
    model = tiny.model()
    (windows,) = model.windows([LONG])
    assert len(windows) > 2
    assert max(len(window.ids) for window in windows) <= model.limit == 24
    parts, _ = model.run(windows, tokens=False)
    mean = np.average(parts, axis=0, weights=[len(window.offsets) for window in windows])
    assert tiny.encode([LONG])[0] == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)


def test_megabytes_in_one_line_keep_their_offsets(tiny: SentenceTransformerEncoder) -> None:
    text = "the dog " * 12_000
    (windows,) = tiny.model().windows([text])
    spans = [span for window in windows for span in window.offsets]
    assert len(spans) == 24_000
    assert {text[start:end] for start, end in spans} == {"the", "dog"}


def test_literal_special_tokens_are_text(tiny: SentenceTransformerEncoder) -> None:
    for text in ("</s> a", "<mask>", "<pad><pad>"):
        (windows,) = tiny.model().windows([text])
        own = windows[0].ids[windows[0].head : -1]
        assert not {0, 1, 2} & set(own)
        assert windows[0].ids[0] == 0
        assert windows[0].ids[-1] == 2


def test_progress_adds_up_to_all_texts(tiny: SentenceTransformerEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "_SHARD", 4)
    texts = [*TEXTS, "", LONG, TEXTS[0], ""]
    for call in (tiny.encode, tiny.encode_tokens):
        steps: list[int] = []
        call(texts, steps.append)
        assert sum(steps) == len(texts)


def test_batch_padded_on_the_left_gives_the_tokens_of_the_text(tiny_source: ModelSource) -> None:
    import torch

    model = SentenceTransformerEncoder(tiny_source, "cpu", fused=False).model()
    network = model.network
    assert isinstance(network, TorchNetwork)
    network.pad_left = True
    short, long = (windows[0] for windows in model.windows(["the dog runs", "the dog runs. the cat"]))
    _, (tokens, _) = model.run([short, long], tokens=True)
    before = len(long.ids) - len(short.ids)
    ids = torch.tensor([[network.pad_id] * before + short.ids])
    mask = torch.tensor([[0] * before + [1] * len(short.ids)])
    with torch.inference_mode():
        last = network._network(ids, attention_mask=mask).last_hidden_state[0, before + short.head : -1]
    expected = torch.nn.functional.normalize(last, dim=-1).numpy() * 0.5**0.5
    assert tokens[:, 32:] == pytest.approx(expected, abs=1e-5)


def test_nothing_is_loaded_before_the_first_text(tiny_folder: Path, tmp_path: Path) -> None:
    encoder = load_encoder(str(tiny_folder), tmp_path)
    assert (encoder.name, encoder.dimension, len(encoder.fingerprint)) == (str(tiny_folder), 32, 64)
    assert encoder._loaded is None
    encoder.encode(["a"])
    assert encoder._loaded is not None


def test_threads_share_one_model(tiny_source: ModelSource) -> None:
    encoder = SentenceTransformerEncoder(tiny_source, "cpu")
    models: list[object] = []
    threads = [threading.Thread(target=lambda: models.append(encoder.model())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(model) for model in models}) == 1


def test_loading_and_encoding_say_nothing(
    tiny_source: ModelSource, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        SentenceTransformerEncoder(tiny_source).encode(TEXTS)
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_library_settings_are_put_back(tiny_source: ModelSource) -> None:
    from huggingface_hub import constants
    from transformers.utils import logging as chatter

    before = (chatter.get_verbosity(), chatter.is_progress_bar_enabled(), constants.HF_HUB_OFFLINE)
    SentenceTransformerEncoder(tiny_source, "cpu").model()
    assert (chatter.get_verbosity(), chatter.is_progress_bar_enabled(), constants.HF_HUB_OFFLINE) == before


def test_unknown_device_is_an_error(tiny_source: ModelSource) -> None:
    with pytest.raises(ModelError, match="cannot load the model tiny"):
        SentenceTransformerEncoder(tiny_source, "abacus").encode(["a"])
