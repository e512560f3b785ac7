from __future__ import annotations

import pytest

from termcheck.corpus.placeholders import find_literals
from termcheck.literal.placeholders import message_syntax, placeholder_items


def keys(text: str) -> list[str]:
    return [item.key for item in placeholder_items(text, find_literals(text, ()))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("%s and %d", ["%1$s", "%2$d"]),
        ("%2$s %1$i", ["%2$s", "%1$d"]),
        ("%(name)s", ["%(name)s"]),
        ("{} {} {0} {name:.2f} {name!r}", ["{0}", "{1}", "{0}", "{name}", "{name}"]),
        ("${user} {{ count }}", ["${user}", "{{count}}"]),
        ('{{ t "Menü" x }}', ['{{t""x}}']),
        ("<0>a</0>", ["<0>", "</0>"]),
        ("100 % of it", []),
    ],
)
def test_what_placeholders_stand_for(text: str, found: list[str]) -> None:
    assert keys(text) == found


def test_arguments_of_icu_messages_and_those_in_their_branches() -> None:
    message = "{n, plural, one {{name} has # file} other {files}} at {when, date, short}"
    assert keys(message) == ["{n,plural}", "{name}", "{when,date}"]


def test_a_selection_in_a_selection() -> None:
    message = "{a, select, x {{b, plural, one {x} other {y}}} other {z}}"
    assert keys(message) == ["{a,select}", "{b,plural}"]


@pytest.mark.parametrize("text", ["}} , {", "{a, b}", "{" * 5000 + ",", "{n, plural, " * 3000])
def test_what_is_no_message_has_no_arguments(text: str) -> None:
    assert keys(text) == []


def test_a_message_that_is_cut_off_keeps_its_argument() -> None:
    assert keys("{n, plural, one {x") == ["{n,plural}"]


def test_places_are_those_in_the_text() -> None:
    text = "Zeig {name}, {n, number}!"
    found = placeholder_items(text, find_literals(text, ()))
    assert [text[slice(*item.span)] for item in found] == ["{name}", "{n, number"]


def test_what_is_no_text_in_a_message() -> None:
    text = "So {n, plural, one {jeden {name}} other {wiele}} i {when, date}, {x}."
    kept = list(text)
    for start, end in message_syntax(text):
        kept[start:end] = " " * (end - start)
    assert "".join(kept).split() == ["So", "jeden", "{name}", "wiele", "i", ",", "{x}."]
    assert message_syntax("no {message}, here") == []
