from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.corpus.sentences import split_sentences
from termcheck.model import Protected, ProtectedKind, Span


def split(text: str, lang: str = "en", *protected: Protected) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, lang, protected)]


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("en", ["Dr. Smith paid $3.50 to Mr. Jones.", "He left... ", "But why?"]),
        ("en", ["Use e.g. this, i.e. that.", "See example.org or version 1.2.3.", "Done."]),
        ("en", ["J. K. Rowling wrote it.", "Yes!"]),
        ("en", ["1. Open the box.", "Close it."]),
        ("pl", ["W 2020 r. było np. 5 tys. osób.", "To był 125. dzień roku."]),
        ("pl", ["5. rocznica minęła.", "Prof. Kowalski m.in. mówił."]),
        ("de", ["Am 3. Mai z. B. kamen 1.234,5 Leute.", "Er ging."]),
        ("tr", ["5. madde budur.", "Dr. Ali 3.5 milyon dedi."]),
        ("ru", ["В 2020 г. было много людей.", "Он ушёл."]),
        ("ko", ["안녕하세요.", "저는 3.5점입니다."]),
        ("ar", ["مرحبا.", "كيف حالك؟", "لا."]),
        ("hi", ["यह किताब है।", "वह गया।", "क्या?"]),
        ("ja", ["これはペンです。", "彼は行った！", "本当？"]),
        ("zh-Hant", ["好。", "再見。"]),
        ("th", ["สวัสดีครับ วันนี้อากาศดี ผมไปตลาด"]),
        ("tlh", ["Qapla'!", "Nuq neH."]),
    ],
)
def test_sentences_of_many_languages(lang: str, sentences: list[str]) -> None:
    between = "" if lang in {"ja", "zh-Hant"} else " "
    expected = [sentence.strip() for sentence in sentences]
    assert split(between.join(expected), lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "sentences"),
    [
        ("en", 'He said "We won." "No," she said.', ['He said "We won."', '"No," she said.']),
        ("en", '"Go." he said. Then he went.', ['"Go." he said.', "Then he went."]),
        ("en", 'One mark is "missing. The rest goes on.', ['One mark is "missing.', "The rest goes on."]),
        ("de", "„Ja.“ Er ging. »Nein.« Gut.", ["„Ja.“", "Er ging.", "»Nein.«", "Gut."]),
        ("fr", "« Oui. » Il part. « Non. »", ["« Oui. »", "Il part.", "« Non. »"]),
        ("zh", "他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        (
            "ja",
            "「行こう。」と彼は言った。「はい。」「いいえ。」",
            ["「行こう。」と彼は言った。", "「はい。」", "「いいえ。」"],
        ),
        ("ko", '"네."라고 그는 말했다. 다음.', ['"네."라고 그는 말했다.', "다음."]),
    ],
)
def test_quotations(lang: str, text: str, sentences: list[str]) -> None:
    assert split(text, lang) == sentences


def test_code_and_placeholders_are_not_cut() -> None:
    text = "Call One. Two now. Then {x. Y} follows. Last."
    code = Protected(ProtectedKind.CODE, Span(5, 13), "One. Two")
    placeholder = Protected(ProtectedKind.PLACEHOLDER, Span(24, 30), "{x. Y}")
    assert split(text, "en", code, placeholder) == ["Call One. Two now.", "Then {x. Y} follows.", "Last."]
    assert len(split(text)) > 3


def test_the_text_of_a_link_is_prose_and_an_address_is_not() -> None:
    text = "Read this. It helps. See http://a.example/Q.!A now."
    prose = Protected(ProtectedKind.LINK, Span(0, 20), "/x")
    address = Protected(ProtectedKind.LINK, Span(25, 45), "http://a.example/Q.!A")
    assert split(text, "en", prose, address) == ["Read this.", "It helps.", "See http://a.example/Q.!A now."]


def test_overlapping_and_empty_parts_do_no_harm() -> None:
    parts = [Protected(ProtectedKind.CODE, Span(*span), "") for span in [(0, 4), (2, 6), (3, 3), (6, 6)]]
    assert split("One. Two. Three.", "en", *parts) == ["One. Two.", "Three."]


def test_a_line_break_ends_a_sentence() -> None:
    assert split("No full stop\nand on\n\n") == ["No full stop", "and on"]


@pytest.mark.parametrize("text", ["", " \n\t ", "\u3000"])
def test_nothing_to_split(text: str) -> None:
    assert split_sentences(text, "en") == ()


def test_marks_alone_are_no_sentence() -> None:
    assert split("! ! ! Stop! Go.") == ["! ! ! Stop!", "Go."]


def test_long_texts_are_looked_at_in_blocks() -> None:
    sentence = "Some words make a sentence of a usual length. "
    assert split(sentence * 10_000) == [sentence.strip()] * 10_000
    assert len(split("x" * 200_000 + ". Next one.")) == 2


@settings(max_examples=150)
@given(
    st.text(st.sampled_from('aB1 .!?。」「"“”«»\n\ud800…()だと\u0301'), max_size=60),
    st.sampled_from(["en", "ja", "pl"]),
)
def test_spans_are_sorted_and_hold_everything_but_white_space(text: str, lang: str) -> None:
    spans = split_sentences(text, lang)
    assert list(spans) == sorted(spans)
    outside = set(range(len(text))) - {index for start, end in spans for index in range(start, end)}
    assert all(text[index].isspace() for index in outside)
    assert sum(end - start for start, end in spans) == len(text) - len(outside)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
