"""Placeholders and addresses in running text."""

from __future__ import annotations

import pytest

from termcheck.corpus.placeholders import find_literals
from termcheck.model import Protected, ProtectedKind, Span


def values(text: str, kind: ProtectedKind = ProtectedKind.PLACEHOLDER) -> list[str]:
    found = find_literals(text, [])
    assert all(text[item.span.start : item.span.end] == item.value for item in found)
    return [item.value for item in found if item.kind is kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hi {name}, {0} and {}", ["{name}", "{0}", "{}"]),
        ("{total:.2f} of {user.name}", ["{total:.2f}", "{user.name}"]),
        ("Hi {{ name }} and ${x}", ["{{ name }}", "${x}"]),
        ("%s of %d, %1$s, %(count)d and %.2f", ["%s", "%d", "%1$s", "%(count)d", "%.2f"]),
        ("<0>now</0> or <1/>", ["<0>", "</0>", "<1/>"]),
        ("100 % sure, 50%, a %b c", []),
        ("a { b } and <b>, f{x y}", []),
        ("100%%s", []),
    ],
)
def test_placeholders(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.org/a?b=c#d.", ["https://example.org/a?b=c#d"]),
        ("(http://example.org/x_(y)) and", ["http://example.org/x_(y)"]),
        ("http://example.org！ https://example.org/ż", ["http://example.org", "https://example.org/ż"]),
        ("ftp://a.b, no http: here", ["ftp://a.b"]),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    assert values(text, ProtectedKind.LINK) == expected


def test_nothing_is_protected_twice() -> None:
    text = "run {x} at https://a.b/{y} or {z}"
    code = Protected(ProtectedKind.CODE, Span(0, 7), "run {x}")
    link = Protected(ProtectedKind.LINK, Span(11, 27), "elsewhere")
    assert [item.value for item in find_literals(text, [link, code])] == ["{y}", "{z}"]


def test_a_placeholder_inside_a_link_counts() -> None:
    link = Protected(ProtectedKind.LINK, Span(0, 8), "elsewhere")
    assert [item.value for item in find_literals("{x} here", [link])] == ["{x}"]
