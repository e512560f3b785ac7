from __future__ import annotations

import pytest

from termcheck.literal.unit_differences import LONGEST, compare_units


def differing(text: str, lang: str = "de", source: str | None = "en", **others: str) -> list[str]:
    return [found.text for found in compare_units(text, lang, others, source)]


def test_another_unit() -> None:
    assert differing("nach 15 Kilometern", en="after 15 miles") == ["15 Kilometern"]
    assert differing("约15公里", "zh", en="some 15 miles") == ["15公里"]


def test_without_a_source_all_must_agree() -> None:
    assert differing("15 Kilometer", source=None, en="15 miles", fr="15 milles") == ["15 Kilometer"]
    assert differing("15 Kilometer", source=None, en="15 miles", fr="15 kilomètres") == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("24 Kilometer", "15 miles"),
        ("15 Kilometer", "15 km"),
        ("15 Meilen, 24 km", "15 miles"),
        ("25 cm, 10 cm", "10 inches, 4 inches"),
        ("125 m", "125 pounds"),
        ("15 Leute", "15 miles"),
        ("ohne Zahl", "15 miles"),
        ("x" * (LONGEST + 1), "15 miles"),
    ],
)
def test_nothing_to_say(text: str, source: str) -> None:
    assert differing(text, en=source) == []
