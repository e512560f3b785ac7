"""Java properties."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, MESSAGE, NEWLINES, check_values, raw, read, read_or_problem, texts

PATH = "messages_pl.properties"


def test_values() -> None:
    content = r"""# comment
! another
plain = Tekst
colon: Two words
space  Three words here
long.key = first \
    second
escaped\ key = Gru\u00df \ud83d\ude00 \= \t x
empty =
format = It''s {0}, {1,number}
apostrophe = It''s
"""
    segments = read(PATH, content)
    assert texts(segments) == {
        "plain": "Tekst",
        "colon": "Two words",
        "space": "Three words here",
        "long.key": "first second",
        "escaped key": "Gruß 😀 = x",
        "format": "It's {0}, {1,number}",
        "apostrophe": "It''s",
    }
    assert raw(segments[4], "😀") == r"\ud83d\ude00"
    assert segments[3].location().end == (7, 11)
    assert [part.value for part in segments[5].protected] == ["{0}", "{1,number}"]


def escaped(text: str) -> str:
    for char in "\\:=#!":
        text = text.replace(char, "\\" + char)
    return text.replace("\n", "\\n").replace("\t", "\\t")


def unescaped(raw: str) -> str:
    parts = raw.split("\\\\")
    parts = [part.replace("\\n", "\n").replace("\\t", "\t").replace("\\", "") for part in parts]
    return "\\".join(parts)


@given(KEYS, st.lists(MESSAGE, min_size=6, max_size=6), NEWLINES, st.booleans())
def test_exact_places(keys: list[str], values: list[str], newline: str, bom: bool) -> None:
    expected = dict(zip(keys, values, strict=False))
    content = newline.join(f"{key} = {escaped(value)}" for key, value in expected.items())
    check_values(read(PATH, ("\ufeff" if bom else "") + content), expected, unescaped)


@given(st.text(st.sampled_from("ab\\\n\r =:#!u0 {'"), max_size=40))
def test_anything(text: str) -> None:
    read_or_problem(PATH, text)


def test_a_long_line() -> None:
    for text in (
        "\\" * 60_001,
        "a" * 60_000,
        " " * 60_000 + "a",
        "a=" + "''" * 60_000 + "{0}",
        "#" * 60_000,
        "\n" * 60_000,
    ):
        read_or_problem(PATH, text)
