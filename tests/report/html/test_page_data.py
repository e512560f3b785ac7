from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligned_result import many_aligned, sample_with_tables, table, version
from sample_result import excerpt, sample_result
from termcheck.model import Cell, Role, RunResult, Span
from termcheck.report.html.data import page_data
from termcheck.report.html.tables import Tables
from termcheck.report.html.texts import TextPool, browser_marks, visible


def in_browser(text: str, start: int, end: int) -> str:
    """What JavaScript's ``slice`` gives."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@given(st.text(), st.lists(st.integers(0, 30), max_size=8))
def test_marks_are_on_the_same_words_in_the_browser(text: str, offsets: list[int]) -> None:
    ends = sorted(set(offsets))
    marks = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False)]
    found = browser_marks(text, marks)
    shown = [in_browser(visible(text), start, end) for start, end in zip(found[::2], found[1::2], strict=True)]
    assert shown == [visible(text[slice(*mark)]) for mark in marks if text[slice(*mark)]]


def test_marks_count_what_browsers_count() -> None:
    assert browser_marks("😀 klient\x1b klient", [Span(2, 8), Span(10, 16)]) == [3, 9, 11, 17]
    assert browser_marks("a\u202eb", [Span(1, 2), Span(2, 3)]) == [1, 9, 9, 10]
    assert browser_marks("abc", [Span(1, 1), Span(2, 99)]) == [2, 3]
    assert browser_marks("0123456", [Span(0, 2)], shift=3) == [3, 5]


def test_a_text_is_kept_once() -> None:
    pool = TextPool()
    assert [pool.add("a\x1bb"), pool.add("x"), pool.add("a\x1bb")] == [0, 1, 0]
    assert pool.texts == ["a␛b", "x"]


def test_line_breaks_stay() -> None:
    assert visible("a\nb\tc\r\u2028") == "a\nb c␍‹U+2028›"


def finding(data: dict[str, Any], code: str) -> dict[str, Any]:
    [found] = [each for each in data["findings"] if each["code"] == code]
    assert isinstance(found, dict)
    return found


def test_excerpts_are_found_in_the_table() -> None:
    data = page_data(sample_with_tables())
    found = finding(data, "TC401")
    [row] = found["rows"]
    assert (row["document"], row["row"], row["targets"]) == (0, 1, ["pl"])
    assert set(row["marks"]) == {"ar", "en", "ko", "pl", "tr"}
    assert row["marks"]["pl"] == [0, 6, 25, 31]
    # The Indonesian version was left out of the table.
    assert [(other["lang"], other["role"]) for other in found["others"]] == [("id", "witness")]


def test_a_missing_paragraph_is_about_the_gap() -> None:
    data = page_data(sample_with_tables())
    [row] = finding(data, "TC101")["rows"]
    assert (row["row"], row["targets"]) == (2, ["tr"])
    languages = data["documents"][0]["languages"]
    assert data["documents"][0]["rows"][2][languages.index("tr")] == [90]


def test_a_cell_tells_text_line_confidence_move_and_kind() -> None:
    data = page_data(sample_with_tables())
    document = data["documents"][0]
    polish = document["languages"].index("pl")
    text, line, confidence, moved, kind = document["rows"][3][polish]
    assert data["texts"][text].startswith("Każdy zespół")
    assert (line, confidence, moved, kind) == (40, 41, 1, "paragraph")
    assert document["rows"][0][polish][4] == "heading1"


def test_a_finding_outside_of_all_documents_has_none() -> None:
    data = page_data(sample_with_tables())
    assert finding(data, "TC403")["document"] is None
    assert finding(data, "TC401")["document"] == 0
    assert data["documents"][1] == {
        "key": "[red]evil[/]␛[31m.md",
        "source": None,
        "paths": {"ar": "ar/x.md", "tr": "tr/[red]evil[/]␛[31m::error::.md"},
        "languages": [],
        "rows": [],
    }


def test_what_is_in_no_table_is_shown_by_itself() -> None:
    data = page_data(sample_result())
    assert all(each["rows"] == [] for each in data["findings"])
    assert len(finding(data, "TC401")["others"]) == 6


def test_an_excerpt_of_a_later_part_of_a_merged_cell_is_marked_there() -> None:
    parts = version("pl/guide/clients.md", "pl", {1: "Pierwszy klient.", 3: "Drugi klient."})
    english = version("en/guide/clients.md", "en", {1: "Both."})
    cells = {"pl": Cell((parts[1], parts[3])), "en": Cell((english[1],))}
    base = sample_result()
    quoted = excerpt(Role.TARGET, "pl/guide/clients.md", "pl", 3, "Drugi klient.", "klient")
    found = dataclasses.replace(base.findings[0], excerpts=(quoted,))
    result = RunResult((found,), sets=base.sets, tables=(table("guide/clients.md", None, [cells]),))
    data = page_data(result)
    [row] = data["findings"][0]["rows"]
    start, end = row["marks"]["pl"]
    text = data["texts"][data["documents"][0]["rows"][0][1][0]]
    assert text == "Pierwszy klient.\nDrugi klient."
    assert (start, text[start:end]) == (23, "klient")


@pytest.mark.parametrize("text", ["Something else.", "Klient wysyła żądanie, a klient nigdy go nie widzi. And more."])
def test_an_excerpt_that_the_table_does_not_have_is_shown_by_itself(text: str) -> None:
    result = sample_with_tables()
    other = excerpt(Role.TARGET, "pl/guide/clients.md", "pl", 12, text)
    assert Tables(result).find(other) is None


def test_most_texts_are_in_the_tables() -> None:
    data = page_data(many_aligned(200))
    assert all(len(each["rows"]) == 1 and not each["others"] for each in data["findings"])
    assert len(data["texts"]) == 10 * 100 * 5


def test_a_message_of_any_length_is_cut() -> None:
    [first, *_] = sample_result().findings
    data = page_data(RunResult((dataclasses.replace(first, message="x" * 100_000, why=("y" * 100_000,)),)))
    assert len(data["findings"][0]["message"]) < 2100
    assert len(data["findings"][0]["why"][0]) < 2100
