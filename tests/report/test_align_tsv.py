from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligned_rows import alignment, cell
from termcheck.model import Cell
from termcheck.report.align_tsv import cell_text, to_align_tsv


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_line_is_a_row() -> None:
    text = to_align_tsv(
        alignment(
            {"en": cell("en", "A dog.", confidence=0.876), "pl": cell("pl", "Pies.", first=3, moved=True)},
            {"en": cell("en", "Alone."), "pl": Cell(confidence=0.5)},
        )
    )
    assert text.endswith("\n")
    assert table(text) == [
        {
            "row": "1",
            "confidence": "0.88",
            "en": "A dog.",
            "en.confidence": "0.88",
            "en.line": "1",
            "en.note": "",
            "pl": "Pies.",
            "pl.confidence": "1.00",
            "pl.line": "4",
            "pl.note": "moved",
        },
        {
            "row": "2",
            "confidence": "0.50",
            "en": "Alone.",
            "en.confidence": "1.00",
            "en.line": "1",
            "en.note": "",
            "pl": "",
            "pl.confidence": "0.50",
            "pl.line": "",
            "pl.note": "missing",
        },
    ]


def test_split_paragraphs_stay_in_one_field() -> None:
    (row,) = table(to_align_tsv(alignment({"en": cell("en", "One."), "pl": cell("pl", "Raz.", "Dwa.")})))
    assert row["pl"] == r"Raz.\nDwa."


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("a\tb\r\nc", r"a\tb\r\nc"),
        (r"C:\new", r"C:\\new"),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", r"'\t=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("|x", "'|x"),
        ("1 = 1", "1 = 1"),
        ("don't", "don't"),
        ("\x1b[31m\u202e", "␛[31m‹U+202E›"),
        ("\x00=1", "'␀=1"),
        ("\ud800", "‹U+D800›"),
    ],
)
def test_no_text_breaks_the_table_or_becomes_a_formula(text: str, field: str) -> None:
    assert cell_text(text) == field


@given(st.text(max_size=30))
def test_a_field_is_one_harmless_field(text: str) -> None:
    field = cell_text(text)
    assert not set(field) & set("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    assert not field.lstrip().startswith(("=", "+", "-", "@"))
    field.encode("utf-8")
