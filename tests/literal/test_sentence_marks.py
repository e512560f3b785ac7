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
        ("ko", "관리자라는 직책이란"),
        ("ko", "이 펌프를 써야 하는 이유"),
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


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("tr", "Su pompası nasıl çalışır?"),
        ("ru", "Вы за вступление?"),
        ("zh", "如何安装水泵？"),
        ("ja", "賛成ですか？"),
    ],
)
@pytest.mark.parametrize(
    "english", ["How to install the pump", 'The ballot read: "Are you for joining."', "Why the pump runs."]
)
def test_a_source_that_begins_as_questions_do_may_be_put_as_one(lang: str, text: str, english: str) -> None:
    assert compared(text, lang, en=english) is None


@pytest.mark.parametrize("english", ["Do not open the pump.", "When it runs, wait.", "The pump shows how to wait."])
def test_what_is_no_question_may_not(english: str) -> None:
    assert compared("Öffnen?", "de", en=english) is not None


def test_a_lost_mark_is_told_although_the_words_ask() -> None:
    assert compared("Why does it run.", "en", "de", de="Warum läuft sie?") is not None


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
