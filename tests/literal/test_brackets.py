from __future__ import annotations

import pytest

from termcheck.literal.brackets import LONGEST, leaves_single_quotation, unpaired


def signs(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*found.span)], found.sign) for found in unpaired(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(a [b] {c})",
        "（甲）【乙】《丙》「丁『戊』」",
        "（a)",
        '“a” „b“ «c» »d« ”e” "f"',
        "it's the dogs' 6' 3\" tall",
        'a 27" screen',
        "a) one, b) two, 3) three, iv) four",
        "fine :) good :-( so ;)",
        "https://example.org/a_(b is an address",
    ],
)
def test_nothing_is_alone(text: str) -> None:
    assert signs(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(a", [("(", "(")]),
        ("Owner): x", [(")", "(")]),
        ("(a] b", [("(", "("), ("]", "[")]),
        ("「甲", [("「", '"')]),
        ("he said „a", [("„", '"')]),
        ('"a" and "b', [('"', '"')]),
        ('Analytics"in', [('"', '"')]),
    ],
)
def test_alone(text: str, found: list[tuple[str, str]]) -> None:
    assert signs(text) == found


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("He said: 'The pump is old.", True),
        ("‘Насос старый", True),
        ("He said: 'The pump is old.' It was.", False),
        ("'The pump's old,' he said.", False),
        ("It was 'old' then. He said: 'It runs.", True),
        ("The pump 'runs' and is 'old,' he said.", False),
        ("It was old.' He left.", True),
        ("Старый.’", True),
        ("The dogs' pump and rock 'n' roll", False),
        ("It's Ann's.", False),
        ("'I asked: 'Is it old?' and left,' he said", False),
        ("'" + "a" * LONGEST, False),
        ("", False),
    ],
)
def test_a_quotation_in_single_marks_that_goes_on(text: str, half: bool) -> None:
    assert leaves_single_quotation(text) is half


def test_what_is_no_paragraph() -> None:
    assert signs("(" * (LONGEST + 1)) == []
    assert len(signs("(" * 100)) == 100
