"""Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segment_checks import check_segments
from termcheck.corpus.readers.base import ParagraphMode, ReadOptions
from termcheck.corpus.readers.text import TextReader, text_shape
from termcheck.corpus.reading import read_document, segment
from termcheck.model import Document, Segment, SegmentKind

if TYPE_CHECKING:
    from pathlib import Path

WRAPPED = """The first paragraph of this text is wrapped by hand at
a width that fits a terminal, so its lines stop in the
middle of a sentence.

The second one does the same, and it is just as wide as
the first one was.
"""
LINES = """A heading
This is the first paragraph, and it is a long line that nobody would ever have wrapped by hand at this width, is it not.

- An item.
The third paragraph is one line as well, and again it is much longer than a line in a wrapped text could be, and so on.
"""


def read(text: str, mode: ParagraphMode = "auto") -> tuple[Segment, ...]:
    reader = TextReader()
    segments = segment(Document("a.txt", "en", text, reader.format(text, ReadOptions(text_paragraphs=mode))))
    check_segments(segments)
    return segments


def test_lines() -> None:
    segments = read(LINES)
    assert segments[0].document.format == "text (line)"
    assert [item.text[:9] for item in segments] == ["A heading", "This is t", "- An item", "The third"]
    assert {item.kind for item in segments} == {SegmentKind.PARAGRAPH}
    assert [item.location().start.line for item in segments] == [1, 2, 4, 5]


def test_blocks() -> None:
    segments = read(WRAPPED)
    assert segments[0].document.format == "text (blank-line)"
    assert [item.text[-11:] for item in segments] == ["a sentence.", "st one was."]
    assert "by hand at a width" in segments[0].text
    assert segments[1].location().start == (5, 1)
    assert segments[1].location().end == (6, 19)


def test_mode_can_be_told() -> None:
    assert len(read(WRAPPED, "line")) == 5
    assert len(read(LINES, "blank-line")) == 2


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ("", "line", "no two lines"),
        ("one\n\ntwo\n\nthree", "line", "no two lines"),
        ("short\nlines\nlike\nthese", "line", "columns wide"),
        (WRAPPED, "blank-line", "amid a sentence"),
        (LINES, "line", "amid a sentence"),
        ("This sentence ends right here, at the margin of it.\n" * 9, "line", "only 0 of 8"),
        (
            "이 문단은 손으로 줄을 바꾼 문단이라서 문장 중간에서 줄이\n바뀌고 마지막 줄만 마침표로 끝납니다.\n" * 3,
            "blank-line",
            "",
        ),
    ],
)
def test_shape_says_why(text: str, mode: str, why: str) -> None:
    shape = text_shape(text)
    assert shape.mode == mode
    assert why in shape.why


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_endings(newline: str) -> None:
    segments = read(f"one{newline}{newline}  two {newline}three", "line")
    assert [(item.text, tuple(item.location().start)) for item in segments] == [
        ("one", (1, 1)),
        ("two", (3, 3)),
        ("three", (4, 1)),
    ]


def test_placeholders_are_protected_and_markup_is_text() -> None:
    (only,) = read("Hi {name}, *see* https://example.org.")
    assert only.text == "Hi {name}, *see* https://example.org."
    assert [item.value for item in only.protected] == ["{name}", "https://example.org"]


@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("ab .\n\r\t\u0301\u1161\u2028日語\U0001f600"), st.characters(exclude_categories=["Cs"])
        )
    ),
    st.sampled_from(["auto", "line", "blank-line"]),
)
def test_any_text(text: str, mode: ParagraphMode) -> None:
    text = text.replace("\0", "")
    segments = read(text, mode)
    for item in segments:
        again = read(text[item.span.start : item.span.end], "blank-line" if mode == "blank-line" else "line")
        if "blank-line" in item.document.format or len(again) == 1:
            assert [part.text for part in again] == [item.text]


@pytest.mark.shared_data
def test_real_articles(shared_data: Path) -> None:
    for lang in ("id", "ko", "pl", "tr"):
        document = read_document(shared_data / "seeds", f"client-vs-customer.{lang}.txt", lang, max_size=10**6)
        assert isinstance(document, Document)
        assert document.format == "text (line)"
        segments = segment(document)
        check_segments(segments)
        assert len(segments) == 63
