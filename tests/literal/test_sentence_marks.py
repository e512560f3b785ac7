from __future__ import annotations

import pytest

from termcheck.literal.sentence_marks import LONGEST, MarkDifference, SentenceMark, compare_marks
from termcheck.model import Span

QUESTION, EXCLAMATION = SentenceMark.QUESTION, SentenceMark.EXCLAMATION


def compared(text: str, lang: str, source: str | None = "en", **others: str) -> MarkDifference | None:
    return compare_marks(text, lang, others, source, QUESTION)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Warum?"),
        ("zh", "为什么？"),
        ("ar", "ماذا؟"),
        ("el", "Γιατί;"),
        ("ko", "갈까요."),
        ("ko", "왜 그런지 봅니다."),
        ("ja", "行きますか。"),
        ("zh", "好吗。"),
        ("th", "ทำไม"),
        ("fi", "Onko se valmis."),
    ],
)
def test_questions(lang: str, text: str) -> None:
    assert compared(text, lang, en="Why?") is None


def test_lost_and_added() -> None:
    assert compared("Darum.", "de", en="Why?") == MarkDifference(QUESTION, (), {"en": (Span(3, 4),)})
    assert compared("Warum?", "de", en="So.") == MarkDifference(QUESTION, (Span(5, 6),), {})


def test_most_versions_must_stand_by_the_source() -> None:
    assert compared("Darum.", "de", en="Why?", fr="Ainsi.", pl="Tak.") is None
    assert compared("Darum.", "de", en="Why?", fr="Ainsi ?", pl="Tak.") is not None


def test_a_counterpart_that_asks_without_a_mark() -> None:
    assert compared("Warum?", "de", "ko", ko="왜 그럴까요.") is None


def test_of_two_versions_the_one_without_is_asked() -> None:
    assert compared("Warum?", "de", None, en="So.") is None
    assert compared("So.", "en", None, de="Warum?") is not None


def test_addresses_tables_and_versions_alone() -> None:
    assert compared("https://example.org/?a=1 ist da.", "de", en="There.") is None
    assert compared("x" * (LONGEST + 1), "de", en="Why?") is None
    assert compared("Warum?", "de") is None


def test_exclamations() -> None:
    assert compare_marks("停！", "zh", {"en": "Stop!"}, "en", EXCLAMATION) is None
    assert compare_marks("a != b", "de", {"en": "a is not b"}, "en", EXCLAMATION) is None
    assert compare_marks("Halt.", "de", {"en": "Stop!"}, "en", EXCLAMATION) is not None
