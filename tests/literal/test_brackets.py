from __future__ import annotations

import pytest

from termcheck.literal.brackets import LONGEST, unpaired


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


def test_what_is_no_paragraph() -> None:
    assert signs("(" * (LONGEST + 1)) == []
    assert len(signs("(" * 100)) == 100
