"""JSON and ARB."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, MESSAGE, NEWLINES, check_values, raw, read, read_or_problem, texts
from termcheck.corpus.reading import ReadProblem

PATH = "locales/pl.json"


def test_keys() -> None:
    content = """{
  "cart": {"empty": "Your cart is empty.", "a.b": "Dotted", "": "No name"},
  "steps": ["First", {"text": "Second"}],
  "count": 5, "on": true, "none": null, "blank": "", "sign": "—"
}"""
    assert texts(read(PATH, content)) == {
        "cart.empty": "Your cart is empty.",
        "cart.a..b": "Dotted",
        "cart.": "No name",
        "steps.0": "First",
        "steps.1.text": "Second",
    }


def test_plurals_of_i18next_and_of_nested_keys() -> None:
    content = (
        '{"n_one": "a", "n_other": "b", "top_one": "c", "m": {"few": "d", "other": "e"}, "other": "f", "one": "g"}'
    )
    assert list(texts(read(PATH, content))) == ["n[one]", "n[other]", "top_one", "m[few]", "m[other]", "other", "one"]


def test_notes_are_left_out() -> None:
    content = '{"@@locale": "pl", "hi": "Hi {name}", "@hi": {"description": "A greeting"}}'
    assert texts(read("lib/app_pl.arb", content)) == {"hi": "Hi {name}"}
    described = '{"a.b": {"message": "Text", "description": "Where it is"}, "c": {"message": "More", "x": "other"}}'
    assert texts(read(PATH, described)) == {"a..b": "Text", "c.message": "More", "c.x": "other"}


def test_places_and_protected_parts() -> None:
    (only,) = read(PATH, '{"a": "Gru\\u00df \\ud83d\\ude00 <b>{name}</b> &amp; 50\\u00a0%\\nEnd"}')
    assert only.text == "Gruß 😀 {name} & 50\u00a0% End"
    assert raw(only, "Gruß") == "Gru\\u00df"
    assert raw(only, "😀") == "\\ud83d\\ude00"
    assert raw(only, "&") == "&amp;"
    assert [(part.kind.value, part.value) for part in only.protected] == [
        ("placeholder", "{name}"),
        ("html", "<b>"),
        ("html", "</b>"),
    ]


def test_the_last_of_equal_keys_counts() -> None:
    assert texts(read(PATH, '{"a": "first", "a": "last"}')) == {"a": "last"}


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ('{"a":\n "b"', 2, "it is no JSON"),
        ('["a"]', 1, "not one object"),
        ('"a"', 1, "not one object"),
        ("", 1, "it is no JSON"),
        ('{"a":' * 100 + "1" + "}" * 100, 1, "more than 64 levels"),
        ("[" * 100_000, 1, "it is no JSON"),
        ('{"a": ' + "1" * 10_000 + "}", 1, "it is no JSON"),
    ],
)
def test_broken(content: str, line: int, reason: str) -> None:
    found = read_or_problem(PATH, content)
    assert isinstance(found, ReadProblem)
    assert reason in found.reason
    assert found.position.line == line


@given(KEYS, st.lists(MESSAGE, min_size=6, max_size=6), NEWLINES, st.booleans(), st.booleans(), st.booleans())
def test_exact_places(keys: list[str], values: list[str], newline: str, bom: bool, plain: bool, nested: bool) -> None:
    expected = dict(zip(keys, values, strict=False))
    data = {"top": expected} if nested else expected
    content = json.dumps(data, ensure_ascii=not plain, indent=2).replace("\n", newline)
    segments = read(PATH, ("\ufeff" if bom else "") + content)
    prefix = "top." if nested else ""
    check_values(segments, {prefix + key: value for key, value in expected.items()}, lambda raw: json.loads(f'"{raw}"'))


@given(
    st.lists(st.sampled_from(["{", "}", "[", "]", '"a"', ":", ",", '"', "\\", "1", " ", "\\u12", "\n"]), max_size=30)
)
def test_anything(parts: list[str]) -> None:
    read_or_problem(PATH, "".join(parts))


def test_a_long_line() -> None:
    (only,) = read(PATH, '{"a": "' + "\\u00e9 < { ' & " * 20_000 + '"}')
    assert len(only.text) == 200_000 - 1
