from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from termcheck.model import Span
from termcheck.report.shorten import Kind, Piece, shorten

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa "
LONG = WORDS * 30


def show(pieces: list[Piece]) -> str:
    signs = {Kind.PLAIN: "{}", Kind.MARKED: "[{}]", Kind.GAP: "…"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces)


def span(text: str, word: str, start: int = 0) -> Span:
    at = text.index(word, start)
    return Span(at, at + len(word))


def test_a_short_text_is_whole() -> None:
    assert show(shorten("one two three", [Span(4, 7)], 20)) == "one [two] three"
    assert show(shorten("one two three", [Span(0, 3), Span(8, 13)], 20)) == "[one] two [three]"
    assert show(shorten("one two three", [], 20)) == "one two three"
    assert shorten("", [], 20) == []


def test_without_a_budget_everything_is_shown() -> None:
    assert show(shorten(LONG, [], None)) == LONG


def test_a_little_more_than_the_budget_is_still_shown() -> None:
    assert show(shorten("x" * 12, [], 10)) == "x" * 12
    assert show(shorten("x" * 13, [], 10)) == "x" * 10 + "…"


def test_without_marks_the_beginning_is_shown_up_to_a_word() -> None:
    assert show(shorten(LONG, [], 33)) == "alpha beta gamma delta epsilon…"


def test_the_words_around_a_mark_are_shown() -> None:
    mark = span(LONG, "zeta", 800)
    assert show(shorten(LONG, [mark], 50)) == "…beta gamma delta epsilon [zeta] eta theta iota kappa…"


def test_room_that_the_beginning_does_not_need_goes_to_the_end_and_back() -> None:
    assert show(shorten(LONG, [Span(0, 5)], 50)) == "[alpha] beta gamma delta epsilon zeta eta theta iota…"
    end = Span(len(LONG) - 6, len(LONG) - 1)
    assert show(shorten(LONG, [end], 50)) == "…gamma delta epsilon zeta eta theta iota [kappa] "


def test_marks_far_apart_leave_a_gap_between_them() -> None:
    marks = [span(LONG, "beta", 100), span(LONG, "iota", 1000)]
    assert show(shorten(LONG, marks, 60)) == "…kappa alpha [beta] gamma delta…eta theta [iota] kappa alpha beta…"


def test_of_too_many_marks_the_first_are_shown() -> None:
    marks = [span(LONG, "delta", start) for start in range(0, len(LONG) - 60, 57)]
    shown = shorten(LONG, marks, 100)
    assert 1 < sum(piece.kind is Kind.MARKED for piece in shown) < 5
    assert sum(len(piece.text) for piece in shown) <= 130


def test_of_a_long_mark_both_ends_are_shown() -> None:
    shown = shorten(LONG, [Span(100, 1500)], 200)
    assert [piece.kind for piece in shown].count(Kind.MARKED) == 2
    assert show(shown).startswith("…")
    assert "]…[" in show(shown)


def test_text_without_spaces_is_cut_between_characters() -> None:
    text = "客户端发送请求" * 40
    shown = shorten(text, [Span(140, 142)], 30)
    assert sum(len(piece.text) for piece in shown) == 30
    assert [piece.kind for piece in shown] == [Kind.GAP, Kind.PLAIN, Kind.MARKED, Kind.PLAIN, Kind.GAP]


def test_a_letter_keeps_its_accents() -> None:
    text = "e\u0301" * 200
    for budget in range(20, 40):
        for piece in shorten(text, [Span(200, 202)], budget):
            assert not piece.text.startswith("\u0301")


def test_marks_outside_the_text_and_empty_marks_are_ignored() -> None:
    assert show(shorten("abc", [Span(1, 1), Span(2, 9), Span(20, 30)], 10)) == "ab[c]"


@given(st.data(), st.text("ab \u0301客", max_size=300), st.integers(1, 60))
def test_pieces_are_in_order_and_marks_are_where_they_were(data: st.DataObject, text: str, budget: int) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    marks = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    pieces = shorten(text, marks, budget)
    marked = {index for mark in marks for index in range(mark.start, mark.end)}
    at = 0
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if piece.kind is Kind.GAP:
            assert before is None or before.kind is not Kind.GAP
            continue
        assert piece.text
        if before is None or before.kind is not Kind.GAP:
            assert text.startswith(piece.text, at)
        else:
            at = _find(text, piece, at, marked)
        wanted = {index in marked for index in range(at, at + len(piece.text))}
        if before is None or before.kind is not Kind.GAP:
            assert wanted == {piece.kind is Kind.MARKED}
        at += len(piece.text)
    assert not text or pieces
    assert not marks or any(piece.kind is Kind.MARKED for piece in pieces)


def _find(text: str, piece: Piece, start: int, marked: set[int]) -> int:
    """Where a piece behind a gap continues: the first place with its text, marked as it is."""
    for at in range(start, len(text)):
        if text.startswith(piece.text, at):
            inside = {index in marked for index in range(at, at + len(piece.text))}
            if inside == {piece.kind is Kind.MARKED}:
                return at
    raise AssertionError(f"{piece} is not in the text behind {start}")


def test_time_grows_with_the_length_of_the_text() -> None:
    text = "word " * 400_000
    marks = [Span(start, start + 4) for start in range(0, len(text), 50)]
    start = time.process_time()
    shorten(text, marks, 300)
    shorten(text, marks, None)
    shorten("x" * 2_000_000, marks, 300)
    shorten("\u0301" * 2_000_000, [Span(1_000_000, 1_000_001)], 300)
    assert time.process_time() - start < 5
