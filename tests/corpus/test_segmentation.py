"""Text, runs and protected spans of one segment."""

from __future__ import annotations

import unicodedata

import pytest

from segment_checks import check_segments
from termcheck.corpus.segmentation import Draft, TextBuilder, number
from termcheck.model import Document, ProtectedKind, SegmentKind, Span, TextRun


def build(source: str) -> Draft:
    builder = TextBuilder(source)
    builder.literal(0, len(source))
    draft = builder.finish(SegmentKind.PARAGRAPH)
    assert draft is not None
    check_segments(number(Document("a.txt", "en", source, "text (line)"), [draft]))
    return draft


def test_ends_are_trimmed_and_white_space_folds() -> None:
    draft = build(" \t one \t two\u2028three ")
    assert draft.text == "one two three"
    assert draft.span == Span(3, 18)
    assert draft.runs == (TextRun(0, 3, 3, 6), TextRun(3, 4, 6, 9), TextRun(4, 7, 9, 12), TextRun(7, 8, 12, 13),
                          TextRun(8, 13, 13, 18))  # fmt: skip


def test_typographic_spaces_stay() -> None:
    assert build("40\u00a0000\u202f%").text == "40\u00a0000\u202f%"


def test_decomposed_text_is_composed_with_a_way_back() -> None:
    draft = build("Zazo\u0301l\u0301, ok")
    assert draft.text == "Zazóĺ, ok"
    assert draft.runs == (TextRun(0, 3, 0, 3), TextRun(3, 4, 3, 5), TextRun(4, 5, 5, 7), TextRun(5, 9, 7, 11))
    assert draft.span == Span(0, 11)


def test_hangul_letters_make_syllables() -> None:
    assert build("\u1112\u1161\u11ab\u1100\u1173\u11af").text == "한글"


def test_hangul_compatibility_text_stays() -> None:
    assert build("클라이언트 café").text == "클라이언트 café"


def test_marks_out_of_order() -> None:
    draft = build("a\u0301\u0323b")
    assert draft.text == unicodedata.normalize("NFC", "a\u0301\u0323b")


@pytest.mark.parametrize("count", [100, 3000])
def test_a_heap_of_marks_is_still_composed(count: int) -> None:
    source = "x a" + "\u0301\u0323" * count + " end"
    assert build(source).text == unicodedata.normalize("NFC", source)


def test_line_breaks_between_unspaced_letters_are_no_space() -> None:
    assert build("日本\n語と\nEnglish\nと").text == "日本語と English と"
    assert build("한국어\n글").text == "한국어 글"


def test_no_words_no_segment() -> None:
    for source in ("", "  ", "***", "— … _", "\u3000"):
        builder = TextBuilder(source)
        builder.literal(0, len(source))
        assert builder.finish(SegmentKind.PARAGRAPH) is None


def test_protected_spans_move_with_the_text() -> None:
    source = "  e\u0301  `x  y` &amp; <b>z"
    builder = TextBuilder(source)
    builder.literal(0, 6)
    start = builder.length
    builder.literal(7, 11)
    builder.protect(ProtectedKind.CODE, start, builder.length, "x  y")
    builder.literal(12, 13)
    builder.replaced("&", 13, 18)
    builder.literal(18, 19)
    builder.protect(ProtectedKind.HTML, builder.length, builder.length, "<b>")
    builder.literal(22, 23)
    draft = builder.finish(SegmentKind.PARAGRAPH)
    assert draft is not None
    assert draft.text == "é x y & z"
    assert [(item.kind, tuple(item.span), item.value) for item in draft.protected] == [
        (ProtectedKind.CODE, (2, 5), "x  y"),
        (ProtectedKind.HTML, (8, 8), "<b>"),
    ]
    assert TextRun(6, 7, 13, 18) in draft.runs
    check_segments(number(Document("a.txt", "en", source, "text (line)"), [draft]))


def test_protected_span_of_trimmed_space_is_empty() -> None:
    builder = TextBuilder("   word")
    builder.literal(0, 2)
    builder.protect(ProtectedKind.CODE, 0, 2, "")
    builder.literal(2, 7)
    draft = builder.finish(SegmentKind.PARAGRAPH)
    assert draft is not None
    assert draft.protected[0].span == Span(0, 0)


def test_a_piece_that_maps_as_a_whole_stays_whole() -> None:
    source = 'a "b\\tc\\td" e\u0301'
    builder = TextBuilder(source)
    builder.literal(0, 2)
    builder.replaced("b\tc\td", 2, 11)
    builder.literal(11, len(source))
    draft = builder.finish(SegmentKind.TITLE)
    assert draft is not None
    assert draft.text == "a b c d é"
    assert draft.runs == (TextRun(0, 2, 0, 2), TextRun(2, 7, 2, 11), TextRun(7, 8, 11, 12), TextRun(8, 9, 12, 14))


def test_text_from_and_only() -> None:
    builder = TextBuilder("one two three")
    assert builder.text_from(0) == ""
    builder.literal(0, 4)
    builder.literal(4, 13)
    assert builder.text_from(2) == "e two three"
    builder.protect(ProtectedKind.CODE, 4, 13, "two three")
    assert not builder.only({ProtectedKind.CODE})
    builder.protect(ProtectedKind.LINK, 0, 3, "#")
    assert builder.only({ProtectedKind.CODE, ProtectedKind.LINK})


def test_numbered_in_file_order() -> None:
    source = "one two"
    drafts = []
    for start, end in ((4, 7), (0, 3)):
        builder = TextBuilder(source)
        builder.literal(start, end)
        drafts.append(builder.finish(SegmentKind.PARAGRAPH, anchors=["x"]))
    segments = number(Document("a.txt", "en", source, "text (line)"), [draft for draft in drafts if draft])
    assert [(segment.index, segment.text) for segment in segments] == [(0, "one"), (1, "two")]
    assert segments[0].anchors == ("x",)
