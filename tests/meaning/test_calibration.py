from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aligned_rows import alignment, cell
from fakes import FakeEncoder
from termcheck.cache import MemoryCache
from termcheck.errors import NothingToCheckError
from termcheck.meaning.calibration import FEWEST, calibrate, fit
from termcheck.meaning.centres import Centres
from termcheck.meaning.documents import MeaningStage
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from termcheck.model import Alignment

ROWS = 110
CLAUSES = 3
WORDS = 4


def name(number: int) -> str:
    """A made-up word for a number."""
    letters = ""
    while True:
        number, rest = divmod(number, 20)
        letters = "bcdfghjklmnpqrstvwxz"[rest] + "aeiou"[rest % 5] + letters
        if not number:
            return letters.rjust(4, "y")


def paragraph(number: int, ending: str) -> str:
    words = [f"{name(400 + number * CLAUSES * WORDS + place)}{ending}" for place in range(CLAUSES * WORDS)]
    clauses = [" ".join(words[at : at + WORDS]) for at in range(0, len(words), WORDS)]
    return f"{clauses[0].capitalize()}, {clauses[1]} {number}. {clauses[2].capitalize()}."


def encoder() -> FakeEncoder:
    words = [name(400 + number) for number in range(ROWS * CLAUSES * WORDS)]
    return FakeEncoder({f"{word}{ending}": word for word in words for ending in ("", "ski", "lar")})


def stage_and_rows(count: int) -> tuple[MeaningStage, list[Alignment]]:
    endings = {"en": "", "pl": "ski", "tr": "lar"}
    rows = [
        {lang: cell(lang, paragraph(number, ending), first=number) for lang, ending in endings.items()}
        for number in range(count)
    ]
    found = [alignment(*rows)]
    stage = MeaningStage(encoder(), MemoryCache(), Centres())
    for each in found:
        stage.compare(each, ())
    return stage, found


def test_errors_are_planted_and_the_threshold_finds_them() -> None:
    stage, alignments = stage_and_rows(ROWS)
    found = calibrate(stage, alignments, {"a": ()}, NoProgress())
    assert found.versions == 2 * ROWS >= FEWEST
    assert found.wrong == 0
    assert found.clean_by_fitted <= found.versions // 100
    assert found.found["paragraph swapped"].by_fitted == found.found["paragraph swapped"].planted > 5
    assert sum(each.planted for each in found.found.values()) > ROWS * 0.8
    again = calibrate(stage, alignments, {"a": ()}, NoProgress())
    assert again == found


def test_a_small_corpus_is_refused() -> None:
    stage, alignments = stage_and_rows(12)
    with pytest.raises(NothingToCheckError, match="24 aligned paragraphs are too few"):
        calibrate(stage, alignments, {"a": ()}, NoProgress())


def test_one_in_a_hundred_may_reach_the_threshold() -> None:
    strengths = [index / 100 for index in range(300)]
    found = fit(strengths, {})
    assert found.threshold == pytest.approx(2.97)
    assert sum(strength >= found.threshold for strength in strengths) == found.clean_by_fitted == 3
    assert found.clean_by_default == 200


def test_what_looks_like_a_gross_error_does_not_count() -> None:
    found = fit([0.2] * 300 + [9.0] * 10, {"paragraph swapped": [8.0] * 12, "number changed": [0.7, 0.1]})
    assert (found.wrong, found.versions) == (10, 310)
    assert found.threshold == 0.5
    assert found.found["number changed"].by_default == 0
    assert found.found["number changed"].by_fitted == 1
    assert list(found.found) == ["paragraph swapped", "number changed"]


def test_equal_strengths_all_stay_below() -> None:
    found = fit([1.0] * 250, {})
    assert found.clean_by_fitted == 0
    assert found.threshold == 1.01
