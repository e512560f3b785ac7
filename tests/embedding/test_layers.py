from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import termcheck
from termcheck.embedding import layers, transformer
from termcheck.embedding.converted import map_weights
from termcheck.embedding.encoder import SentenceTransformerEncoder, load_encoder
from termcheck.embedding.layers import Shape, read_shape

if TYPE_CHECKING:
    from termcheck.embedding.sources import ModelSource

pytest.importorskip("onnxruntime")
pytest.importorskip("onnx")

_PARAGRAPHS = {
    "en": "The invoice is sent on the first day of each month. It lists the work for every building.",
    "de": "Die Rechnung wird am ersten Tag jedes Monats versandt. Sie führt die Arbeiten für jedes Gebäude auf.",
    "pl": "Faktura jest wysyłana pierwszego dnia każdego miesiąca i zawiera wykaz prac w każdym budynku.",
    "tr": "Fatura her ayın ilk günü gönderilir ve her bina için yapılan işleri ayrı bir sayfada listeler.",
    "fi": "Lasku lähetetään jokaisen kuukauden ensimmäisenä päivänä.",
    "hu": "A számlát minden hónap első napján küldjük el.",
    "ru": "Счёт отправляется в первый день каждого месяца. В нём перечислены работы по каждому зданию.",
    "el": "Το τιμολόγιο αποστέλλεται την πρώτη ημέρα κάθε μήνα.",
    "ar": "تُرسل الفاتورة في اليوم الأول من كل شهر.",
    "he": "החשבונית נשלחת ביום הראשון של כל חודש.",
    "hi": "चालान हर महीने के पहले दिन भेजा जाता है।",
    "th": "ใบแจ้งหนี้จะถูกส่งในวันแรกของทุกเดือน",
    "vi": "Hóa đơn được gửi vào ngày đầu tiên của mỗi tháng.",
    "id": "Faktur dikirim pada hari pertama setiap bulan.",
    "ko": "청구서는 매월 1일에 발송되며 건물별 작업이 별도의 페이지에 적혀 있습니다.",
    "ja": "請求書は毎月一日に送付されます。建物ごとの作業が記載されています。",
    "zh": "发票在每月第一天寄出，并列出每栋楼的工程。",
    "many": "word " * 900,
}


@pytest.fixture
def copy(tiny_folder: Path, tmp_path: Path) -> Path:
    """The tiny model's folder as another tool would have written it: not known to be ours."""
    folder = shutil.copytree(tiny_folder, tmp_path / "copy")
    (folder / "manifest").unlink()
    return folder


def encoders(folder: Path, source: ModelSource) -> list[SentenceTransformerEncoder]:
    """In torch alone, and with ONNX Runtime."""
    found = replace(source, folder=lambda: folder)
    return [SentenceTransformerEncoder(found, "cpu", fused=fused) for fused in (False, True)]


def assert_alike(folder: Path, source: ModelSource, *, fused: bool = True) -> None:
    slow, fast = encoders(folder, source)
    texts = ["the dog runs", "a cat", "the cat. the dog", "the dog runs. " * 20]
    assert fast.encode(texts) == pytest.approx(slow.encode(texts), abs=1e-5)
    for left, right in zip(fast.encode_tokens(texts), slow.encode_tokens(texts), strict=True):
        assert left.vectors == pytest.approx(right.vectors, abs=1e-5)
        assert left.offsets.tolist() == right.offsets.tolist()
    assert slow.runtime == "torch on cpu"
    assert fast.runtime.startswith("ONNX Runtime and torch" if fused else "torch on cpu")


def edit(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def test_bundled_model_gives_the_vectors_of_torch(converted_models: Path) -> None:
    fast, slow = (load_encoder("bundled", converted_models, device="cpu", fused=fused) for fused in (True, False))
    texts = list(_PARAGRAPHS.values())
    mine, theirs = fast.encode_tokens(texts), slow.encode_tokens(texts)
    assert fast.runtime.startswith("ONNX Runtime, ")
    assert fast.fingerprint == slow.fingerprint
    for left, right in zip(mine, theirs, strict=True):
        assert left.sentence @ right.sentence >= 0.999999
        assert (left.vectors * right.vectors).sum(axis=1).min() >= 0.9999
        assert left.offsets.tolist() == right.offsets.tolist()


def test_another_folder_gives_the_vectors_of_torch(copy: Path, tiny_source: ModelSource) -> None:
    assert_alike(copy, tiny_source)


def test_the_folder_of_a_roberta_gives_the_vectors_of_torch(copy: Path, tiny_source: ModelSource) -> None:
    # Its positions start behind that of the padding.
    kinds = {"model_type": "xlm-roberta", "architectures": ["XLMRobertaModel"]}
    edit(copy / "config.json", **kinds)
    edit(copy / "sentence_bert_config.json", max_seq_length=20)
    assert_alike(copy, replace(tiny_source, prefix=""))


def test_pooling_is_the_model_s_own(copy: Path, tiny_source: ModelSource) -> None:
    edit(copy / "1_Pooling" / "config.json", pooling_mode_cls_token=True, pooling_mode_mean_tokens=False)
    assert_alike(copy, tiny_source)


def test_network_that_is_not_known_runs_in_torch(copy: Path, tiny_source: ModelSource) -> None:
    edit(copy / "config.json", hidden_act="relu")
    assert_alike(copy, tiny_source, fused=False)


def test_what_onnx_runtime_refuses_runs_in_torch(
    copy: Path, tiny_source: ModelSource, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError("no kernel")

    monkeypatch.setattr(layers._Graph, "serialised", refuse)
    assert_alike(copy, tiny_source, fused=False)
    assert_alike(tiny_folder, tiny_source, fused=False)


def test_without_the_extra_torch_is_used(
    tiny_folder: Path, tiny_source: ModelSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layers, "is_installed", lambda: False)
    assert_alike(tiny_folder, tiny_source, fused=False)


def test_torch_is_asked_when_there_may_be_an_accelerator(
    tiny_source: ModelSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transformer, "_ACCELERATORS", (str(tmp_path),))
    encoder = SentenceTransformerEncoder(tiny_source)
    encoder.encode(["a"])
    assert "torch" in encoder.runtime


@pytest.mark.parametrize(
    "changes",
    [
        {"model_type": "mpnet"},
        {"hidden_act": "relu"},
        {"position_embedding_type": "relative_key"},
        {"is_decoder": True},
        {"num_hidden_layers": 0},
    ],
)
def test_networks_that_it_cannot_run(changes: dict[str, Any]) -> None:
    config = {"model_type": "bert", "num_hidden_layers": 12, "num_attention_heads": 12, "layer_norm_eps": 1e-12}
    assert read_shape(config) == Shape(12, 12, 1e-12)
    assert read_shape({**config, **changes}) is None


def test_weights_of_another_type_are_refused(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    save_file({"half": np.ones((2, 3), np.float16)}, tmp_path / "half.safetensors")
    with pytest.raises(ValueError, match="F16"):
        map_weights(tmp_path / "half.safetensors")


def test_bundled_model_runs_without_torch(converted_models: Path) -> None:
    code = """
import sys
from pathlib import Path
from termcheck.embedding.encoder import load_encoder

encoder = load_encoder("bundled", Path(sys.argv[1]), device="cpu")
assert encoder.encode_tokens(["a cat"])[0].vectors.shape[1] == 768
print(sorted({"torch", "sentence_transformers", "transformers"} & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(converted_models)],
        env={"PYTHONPATH": str(Path(termcheck.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
