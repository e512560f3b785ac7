from __future__ import annotations

import pytest

from termcheck.literal.repetition import find_repetitions


def repeated(text: str, lang: str, *others: str) -> list[str]:
    counterparts = {f"x{index}": other for index, other in enumerate(others)}
    return [text[slice(*found.again)] for found in find_repetitions(text, lang, counterparts)]


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("Save the the file.", "en", ["the"]),
        ("The the file.", "en", ["the"]),
        ("Idę w w lesie.", "pl", ["w"]),
        ("Untuk rumah dan dan kebun.", "id", ["dan"]),
        ("Ev ve ve bahçe.", "tr", ["ve"]),
        ("Save the, the file.", "en", []),
        ("It said that that was so.", "en", []),
        ("Tiba tiba.", "id", []),
        ("走 走", "zh", []),
        ("x x", "en", []),
        ("X, Y y Z", "es", []),
        ("10 10", "en", []),
        ("cd dir dir/a", "en", []),
        ("Ha ha.", "fr", []),
        ("يّعد عدّاد الماء", "ar", []),
        ("العدّاد في في الغرفة", "ar", ["في"]),
        ("पानी का का मीटर", "hi", ["का"]),
        ("पानी का काम", "hi", []),
    ],
)
def test_words(text: str, lang: str, found: list[str]) -> None:
    assert repeated(text, lang) == found


def test_sentences() -> None:
    text = "The pump runs all through the night. Good. The pump runs all through the night! Good."
    assert repeated(text, "en") == ["The pump runs all through the night!"]
    assert repeated(text, "en", "Die Pumpe läuft die ganze Nacht. Die Pumpe läuft die ganze Nacht.") == []


def test_what_a_counterpart_repeats_is_meant() -> None:
    assert repeated("Es ist weit weit weg.", "de", "It is far far away.") == []


@pytest.mark.parametrize("piece", ["a", "a ", "aa ", " ", "ab. ", "。"])
def test_hostile_text(piece: str) -> None:
    assert repeated(piece * 200_000, "en", piece * 200_000) == []
