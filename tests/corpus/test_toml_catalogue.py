"""TOML."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, MESSAGE, NEWLINES, check_values, raw, read, read_or_problem, texts
from termcheck.corpus.readers import reader_of
from termcheck.corpus.reading import ReadProblem

PATH = "i18n/pl.toml"
FILE = r'''# A comment
title = "Tytuł \u00e9"  # a note
sub.title = 'It''
[menu]
"open.file" = 'C:\Otwórz'
long = """
First \
   second ""x"" end"""
number = 5
list = ["one",
  "two # no comment", { a = "]" }]
inline = { a = "no" }
after = "Dalej"
[items]
description = "For translators"
one = "jeden"
other = "wiele"
[plain]
other = "Sam"
[[rows]]
text = "Pierwszy"
[[rows]]
text = """Drugi "cytat""""
'''.replace("'It''", "'It'")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values(newline: str) -> None:
    tomllib.loads(FILE)
    segments = read(PATH, FILE.replace("\n", newline))
    assert texts(segments) == {
        "title": "Tytuł é",
        "sub.title": "It",
        "menu.open..file": r"C:\Otwórz",
        "menu.long": 'First second ""x"" end',
        "menu.after": "Dalej",
        "items[one]": "jeden",
        "items[other]": "wiele",
        "plain[other]": "Sam",
        "rows.0.text": "Pierwszy",
        "rows.1.text": 'Drugi "cytat"',
    }
    assert raw(segments[0], "é") == r"\u00e9"
    assert segments[3].location().start == (7, 1)
    assert [body for _, body in reader_of("toml").comments(FILE)] == [" A comment"]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ('a = "b"\nc = ', 2, "it is no TOML"),
        ('a = "b"\na = "c"\n', 2, "it is no TOML"),
        ("a = " + "[" * 50_000, 1, "nested too deeply|it is no TOML"),
        ("a", 1, "it is no TOML"),
        ("a = 1\nb" + ".b" * 100_000 + " = 1", 2, "more than 64 parts"),
        ("a = {x = 1, b" + ".b" * 100_000 + " = 1}", 1, "more than 64 parts"),
    ],
)
def test_broken(content: str, line: int, reason: str) -> None:
    found = read_or_problem(PATH, content)
    assert isinstance(found, ReadProblem)
    assert any(each in found.reason for each in reason.split("|"))
    assert found.position.line == line


@given(KEYS, st.lists(MESSAGE, min_size=6, max_size=6), NEWLINES, st.booleans(), st.booleans(), st.booleans())
def test_exact_places(keys: list[str], values: list[str], newline: str, bom: bool, long: bool, plain: bool) -> None:
    expected = dict(zip(keys, values, strict=False))
    lines = ["[top]"]
    for key, value in expected.items():
        text = (
            json.dumps(value, ensure_ascii=False).replace("\\n", "\n")
            if long
            else json.dumps(value, ensure_ascii=False)
        )
        text = f'""{text}""' if long else text
        if plain and not {"'", "\n"} & set(value):
            text = f"'{value}'"
        lines += [f"{key} = {text}", "# comment"]
    content = "\n".join(lines)
    assert tomllib.loads(content) == {"top": expected}
    check_values(
        read(PATH, ("\ufeff" if bom else "") + content.replace("\n", newline)),
        {f"top.{key}": value for key, value in expected.items()},
        lambda raw: raw if raw in expected.values() else json.loads(f'"{raw}"', strict=False),
    )


@given(
    st.lists(
        st.sampled_from(["a", "=", '"', "'", "[", "]", "{", "}", "\n", "\\", "#", ".", ",", " ", '"""', "1"]),
        max_size=30,
    )
)
def test_anything(parts: list[str]) -> None:
    read_or_problem(PATH, "".join(parts))
    read_or_problem(PATH, 'x = "y"\n' + "".join(parts))


def test_long_lines() -> None:
    for text in (
        'a = "' + "\\n" * 100_000 + 'x"',
        "a = [" + '"x",' * 50_000 + "]",
        "a = '" + "x" * 10**5 + "'",
        "a.b" * 50_000,
    ):
        read_or_problem(PATH, text)
