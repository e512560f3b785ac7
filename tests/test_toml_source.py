from __future__ import annotations

import pytest

from termcheck.model import Position
from termcheck.positioned import MistakesError, Positioned
from termcheck.toml_source import parse_toml_table

TABLE = ("tool", "termcheck")


def parsed(text: str) -> Positioned:
    source = parse_toml_table(text.encode(), TABLE)
    assert source is not None
    return source


def test_a_file_without_the_table_is_none() -> None:
    assert parse_toml_table(b"[tool.other]\na = 1\n", TABLE) is None
    assert parse_toml_table(b"tool = 1\n", TABLE) is None


def test_keys_have_the_places_of_their_lines() -> None:
    source = parsed('[project]\nname = "x"\n\n[tool.termcheck]\nlanguages = [\n  "en",\n]\n  fail_on = "note"\n')
    assert source.data == {"languages": ["en"], "fail_on": "note"}
    assert source.at(()) == Position(4, 2)
    assert source.key_at(("languages",)) == Position(5, 1)
    assert source.at(("languages", 0)) == Position(5, 13)
    assert source.key_at(("fail_on",)) == Position(8, 3)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[tool.termcheck.severity]\nTC101 = "off"\n', Position(2, 1)),
        ('[ tool . "termcheck" ]\n\nseverity.TC101 = "off"\n', Position(3, 1)),
        ('[tool]\ntermcheck.severity.TC101 = "off"\n', Position(2, 1)),
        ('tool.termcheck.severity.TC101 = "off"\n', Position(1, 1)),
        ("[tool.termcheck]\nseverity = { TC101 = 'off' }\n", Position(2, 12)),
    ],
)
def test_all_ways_to_write_a_nested_key_are_found(text: str, place: Position) -> None:
    source = parsed(text)
    assert source.data["severity"] == {"TC101": "off"}
    assert source.key_at(("severity", "TC101")) == place


def test_lines_of_other_tables_are_not_taken_for_keys() -> None:
    text = '[tool.termcheck]\nmodel = "a"\n[[tool.other]]\nfail_on = "x"\n[tool.else]\nmodel = "b"\n'
    source = parsed(text)
    assert source.key_at(("model",)) == Position(2, 1)
    assert ("fail_on",) not in source.keys


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"[tool.termcheck]\nmodel = \n", Position(2, 9)),
        (b"[tool.termcheck]\nmodel = '''", Position(2, 12)),
        (b"[tool.termcheck]\n\xff = 1\n", Position(2, 1)),
        (b"[tool.termcheck]\nmodel = " + b"[" * 100_000, Position(1, 1)),
        (b"[tool.termcheck]\nn = " + b"1" * 10_000, Position(1, 1)),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(raw: bytes, place: Position) -> None:
    with pytest.raises(MistakesError) as caught:
        parse_toml_table(raw, TABLE)
    assert [each.position for each in caught.value.mistakes] == [place]
