from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.model import Position
from termcheck.positioned import MistakesError
from termcheck.yaml_source import MAX_DEPTH, MAX_VALUES, parse_yaml


def mistakes(text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(MistakesError) as caught:
        parse_yaml(text)
    return [(each.position.line, each.position.column, str(each)) for each in caught.value.mistakes]


def test_keys_and_values_have_their_places() -> None:
    source = parse_yaml("a: 1\nb:\n  - x\n  - {ż: [y]}\n")
    assert source.data == {"a": 1, "b": ["x", {"ż": ["y"]}]}
    assert source.at(()) == Position(1, 1)
    assert source.key_at(("b",)) == Position(2, 1)
    assert source.at(("b", 0)) == Position(3, 5)
    assert source.key_at(("b", 1, "ż")) == Position(4, 6)
    assert source.at(("b", 1, "ż", 0)) == Position(4, 10)


def test_a_place_that_is_not_known_is_the_one_around_it() -> None:
    source = parse_yaml("a:\n  b: 1\n")
    assert source.at(("a", "b", "c", 3)) == source.at(("a", "b")) == Position(2, 6)
    assert source.key_at(("a", "missing")) == Position(2, 3)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("2024-01-01", "2024-01-01"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("-12", -12),
        ("1.5e3", 1500.0),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
    ],
)
def test_scalars_follow_the_core_schema(text: str, value: object) -> None:
    found = parse_yaml(f"k: {text}").data["k"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_always_text() -> None:
    assert parse_yaml("no: a\n404: b\ntrue: c\n").data == {"no": "a", "404": "b", "true": "c"}


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: 1").data == {"a": 1}


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_an_empty_document_is_none(text: str) -> None:
    assert parse_yaml(text).data is None


def test_aliases_repeat_a_value() -> None:
    source = parse_yaml("a: &x [1, 2]\nb: *x\nc: &y word\nd: *y\n")
    assert source.data == {"a": [1, 2], "b": [1, 2], "c": "word", "d": "word"}
    assert source.at(("b", 1)) == Position(2, 4)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n\tb: 1\n", (2, 1, "a tab cannot be used for indentation; use spaces")),
        ("a: 1\n\tb: 1\n", (2, 1, "a tab cannot be used for indentation; use spaces")),
        ("ok: 1\na: 'open\n", (2, 4, "the closing quote is missing; close the quote")),
        ("a: b: c\n", (1, 5, "a ':' is not allowed here; put a text with ': ' in quotes, or check the indentation")),
        ("a: [1, 2\n", (2, 1, "a ',' or ']' is missing")),
        ("a: @b\n", (1, 4, "this character cannot start a value here; put the text in quotes")),
        ("a: *b\n", (1, 4, "the alias '*b' names no anchor before it")),
        ("a: &b [*b]\n", (1, 8, "the alias '*b' names no anchor before it")),
        ("a: 1\n---\nb: 2\n", (2, 1, "a second YAML document starts here; keep everything in one document")),
        ("? [a]\n: b\n", (1, 3, "a key must be text, not a list or mapping")),
        ("a: &x 1\n*x : 2\n", (2, 1, "a key must be text, not an alias")),
        ("a: żó\x07\n", (1, 6, "the control character U+0007 is not allowed; remove it")),
        (b"a: 1\n\xc5\xbc: \xff\n", (2, 4, "the file is not UTF-8; save it in the encoding UTF-8")),
        ("a: 1".encode("utf-16"), (1, 1, "the file is not UTF-8 but UTF-16; save it in the encoding UTF-8")),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(text: str | bytes, expected: tuple[int, int, str]) -> None:
    assert mistakes(text) == [expected]


def test_tags_that_build_objects_are_refused() -> None:
    [(line, column, message)] = mistakes("a: 1\nb: !!python/object/apply:os.system ['true']\n")
    assert (line, column) == (2, 4)
    assert "is not supported" in message


def test_every_duplicate_key_is_listed_once_and_its_content_not_at_all() -> None:
    text = "a: {x: 1}\na: {x: 2, y: 3}\nb: 1\nb: 2\n"
    assert mistakes(text) == [
        (2, 1, "the key 'a' is given twice; line 1 has it already"),
        (4, 1, "the key 'b' is given twice; line 3 has it already"),
    ]


def test_aliases_cannot_grow_without_end() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]
    [(line, _, message)] = mistakes("\n".join(lines))
    assert line < 8
    assert message == f"there are more than {MAX_VALUES} values (repeated aliases counted)"


@pytest.mark.parametrize("opening", ["[", "- ", "? ", "{a: "])
def test_nesting_is_limited_at_once(opening: str) -> None:
    started = time.process_time()
    [(line, _, message)] = mistakes(opening * 100_000)
    assert line == 1
    assert "nested" in message or "key must be text" in message
    assert time.process_time() - started < 2
    assert parse_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH).data is not None


def test_a_long_line_is_read_in_linear_time() -> None:
    started = time.process_time()
    assert len(parse_yaml("a: " + "ż " * 2_000_000).data["a"]) == 3_999_999
    assert time.process_time() - started < 2


@settings(max_examples=200)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_input_is_data_or_mistakes(text: str | bytes) -> None:
    try:
        places = [*parse_yaml(text).values.values()]
    except MistakesError as error:
        places = [each.position for each in error.mistakes if str(each).strip()]
    assert places
    assert all(place.line >= 1 and place.column >= 1 for place in places)


_WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f", exclude_categories=["Cc"])
)
_DATA: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS.filter(bool), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100)
@given(_DATA)
def test_what_a_yaml_writer_writes_is_read_back(data: Any) -> None:
    assert parse_yaml(yaml.safe_dump(data, allow_unicode=True)).data == data
