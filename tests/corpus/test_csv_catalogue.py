"""Tables with a column for every language."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, MESSAGE, NEWLINES, check_values, read, read_or_problem, texts
from termcheck.corpus.discover import discover
from termcheck.corpus.readers import reader_of
from termcheck.corpus.reading import ReadProblem

if TYPE_CHECKING:
    from pathlib import Path

TABLE = 'key,en,pt_BR,comment\ngreeting,Hello,"Olá, ""mundo""\nlinha 2",a note\n\nshort,Only\nlast,End,Fim'


def test_values() -> None:
    assert texts(read("i18n.csv", TABLE, "en")) == {"greeting": "Hello", "short": "Only", "last": "End"}
    segments = read("i18n.csv", TABLE, "pt-BR")
    assert texts(segments) == {"greeting": 'Olá, "mundo" linha 2', "last": "Fim"}
    assert (segments[0].location().start, segments[0].location().end) == ((2, 17), (3, 8))


def test_rows_with_one_key_are_counted() -> None:
    table = "document,en,pl\na,One\na,Two,Dwa\nb,Three,Trzy\n"
    assert texts(read("i18n.csv", table, "en")) == {"a": "One", "a (2)": "Two", "b": "Three"}
    assert texts(read("i18n.csv", table, "pl")) == {"a (2)": "Dwa", "b": "Trzy"}


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("key,en,pl", ("en", "pl")),
        ("id;en;pl", ("en", "pl")),
        ('"key"\t"en"\t"pt_BR"\tContext', ("en", "pt_BR")),
        ("id,name,en,pl", ()),
        ("key,en", ()),
        ("key,en,en", ()),
        ("a,b,c", ()),
        ("", ()),
    ],
)
def test_headers(header: str, languages: tuple[str, ...]) -> None:
    assert reader_of("csv").languages(f"{header}\nx,y,z\n") == languages


def test_layout(tmp_path: Path) -> None:
    (tmp_path / "i18n.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "data.csv").write_text("id,name\n1,x\n", encoding="utf-8")
    found = discover(tmp_path)
    assert [dict(each.versions) for each in found.sets] == [{"en": "i18n.csv", "pt-BR": "i18n.csv"}]
    assert [item.path for item in found.skipped] == ["data.csv"]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ('key,en,pl\na,"x,y\n', 2, "not closed"),
        ('key,en,pl\na,"x"y,z\n', 2, "not closed"),
        ("key,en,de\na,b,c\n", 1, "no column"),
        ("", 1, "no column"),
    ],
)
def test_broken(content: str, line: int, reason: str) -> None:
    found = read_or_problem("i18n.csv", content)
    assert isinstance(found, ReadProblem)
    assert reason in found.reason
    assert found.position.line == line


@given(KEYS, st.lists(MESSAGE, min_size=6, max_size=6), NEWLINES, st.booleans(), st.sampled_from(",;\t"), st.booleans())
def test_exact_places(
    keys: list[str], values: list[str], newline: str, bom: bool, separator: str, everything: bool
) -> None:
    expected = dict(zip(keys, values, strict=False))
    target = io.StringIO()
    writer = csv.writer(
        target,
        delimiter=separator,
        lineterminator=newline,
        quoting=csv.QUOTE_ALL if everything else csv.QUOTE_MINIMAL,
    )
    writer.writerows([("key", "en", "pl"), *((key, "x", value) for key, value in expected.items())])
    segments = read("i18n.csv", ("\ufeff" if bom else "") + target.getvalue())
    check_values(segments, expected, lambda raw: raw if raw in values else raw.replace('""', '"'))


@given(st.text(st.sampled_from('a",;\t\r\n '), max_size=40))
def test_anything(text: str) -> None:
    read_or_problem("i18n.csv", text)
    read_or_problem("i18n.csv", "key,en,pl\n" + text)


def test_long_lines() -> None:
    for text in ('a,b,"' + '""' * 60_000 + 'x"', "a," * 60_000, '"' * 60_001, "\n" * 60_000, "a,b," + "x" * 10**5):
        read_or_problem("i18n.csv", "key,en,pl\n" + text)
