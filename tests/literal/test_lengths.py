from __future__ import annotations

import pytest

from termcheck.literal.lengths import LEAST_ROWS, LengthRatios


def row(**sizes: int) -> dict[str, str]:
    return {lang: "x" * size for lang, size in sizes.items()}


@pytest.fixture
def ratios() -> LengthRatios:
    found = LengthRatios()
    for size in range(60, 60 + LEAST_ROWS):
        found.add(row(de=size + size // 5, en=size, pl=size + size // 10))
    return found


def test_too_short_and_too_long_beside_the_source(ratios: LengthRatios) -> None:
    short = ratios.unusual(row(de=30, en=100), "de", "en")
    assert short is not None
    assert (short.lang, short.deviation < 0, round(short.share, 2)) == ("en", True, 0.25)
    long = ratios.unusual(row(de=360, en=100), "de", "en")
    assert long is not None
    assert (long.deviation > 0, round(long.share)) == (True, 3)


def test_the_usual_ratio_of_the_two_languages(ratios: LengthRatios) -> None:
    assert ratios.unusual(row(de=120, en=100), "de", "en") is None
    assert ratios.unusual(row(de=100, en=120), "de", "en") is None


def test_without_a_source_all_must_agree(ratios: LengthRatios) -> None:
    assert ratios.unusual(row(de=30, en=100, pl=110), "de", None) is not None
    assert ratios.unusual(row(de=30, en=100, pl=27), "de", None) is None
    assert ratios.unusual(row(de=120, en=400, pl=30), "de", None) is None


def test_of_two_versions_the_shorter_one(ratios: LengthRatios) -> None:
    assert ratios.unusual(row(de=400, en=100), "de", None) is None
    assert ratios.unusual(row(de=400, en=100), "en", None) is not None


def test_nothing_on_short_texts_empty_ones_and_unknown_pairs(ratios: LengthRatios) -> None:
    assert ratios.unusual(row(de=10, en=30), "de", "en") is None
    assert ratios.unusual(row(de=0, en=100), "de", "en") is None
    assert ratios.unusual(row(ko=10, en=300), "ko", "en") is None
    assert LengthRatios().unusual(row(de=10, en=300), "de", "en") is None


def test_wide_characters_count_twice() -> None:
    found = LengthRatios()
    for size in range(60, 60 + LEAST_ROWS):
        found.add({"en": "x" * size, "ja": "字" * (size // 2)})
    assert found.unusual({"en": "x" * 100, "ja": "字" * 50}, "ja", "en") is None
    assert found.unusual({"en": "x" * 100, "ja": "字" * 8}, "ja", "en") is not None
