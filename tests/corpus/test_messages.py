"""Messages: markup, ICU branches."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import read, texts


def message(text: str) -> dict[str, str]:
    return texts(read("i18n/pl.json", json.dumps({"k": text})))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{n, plural, one {# file} other {# files}}", {"k[one]": "# file", "k[other]": "# files"}),
        ("{n, plural, offset:1 =0 {none} other {# more}}", {"k[=0]": "none", "k[other]": "# more"}),
        ("{g, select, female {her} other {their}}", {"k[female]": "her", "k[other]": "their"}),
        (
            "{g, select, female {{n, plural, one {her file} other {her files}}} other {their files}}",
            {"k[female][one]": "her file", "k[female][other]": "her files", "k[other]": "their files"},
        ),
        ("You have {n, plural, one {# file} other {# files}} left", {"k": "You have # file # files left"}),
        ("{a, plural, other {x}} {b, plural, other {y}}", {"k": "x y"}),
        ("{n, plural, one {'{'a'}'} other {b}}", {"k[one]": "'{'a'}'", "k[other]": "b"}),
        ("{n, plural, one {a} other {b}", {"k": "{n, plural, one {a} other {b}"}),
        ("{n, plural,}", {"k": "{n, plural,}"}),
        ("{n, plural, one {a {b {c} d} e} other {f}}", {"k": "{n, plural, one {a {b {c} d} e} other {f}}"}),
        ("a } b {n, plural, other {c}}", {"k": "a } b {n, plural, other {c}}"}),
    ],
)
def test_branches(text: str, expected: dict[str, str]) -> None:
    assert message(text) == expected


def test_placeholders() -> None:
    (one, other) = read("i18n/pl.json", json.dumps({"k": "{n, plural, one {# of {x}} other {on {d, date, short}}}"}))
    assert [part.value for part in one.protected] == ["#", "{x}"]
    assert [part.value for part in other.protected] == ["{d, date, short}"]
    (flat,) = read("i18n/pl.json", json.dumps({"k": "Left: {n, plural, one {#} other {# more}} #1"}))
    assert [part.value for part in flat.protected] == ["#", "{n, plural}", "#"]


@given(st.lists(st.sampled_from(["{n, plural, one {", "other {", "}", "{", "'", "#", "a", " ", "{x}", "<b>", "&amp;"])))
def test_anything(parts: list[str]) -> None:
    message("".join(parts))


@pytest.mark.parametrize(
    "text", ["{n, plural, one {" * 3000, "{n, plural, " * 5000, "'{" * 20_000, "<a " * 20_000, "&#" * 20_000]
)
def test_hostile(text: str) -> None:
    message(text)
