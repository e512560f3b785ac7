"""Fluent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, NEWLINES, check_values, raw, read, read_or_problem, texts
from termcheck.corpus.readers import reader_of
from termcheck.corpus.reading import ReadProblem

PATH = "l10n/pl/app.ftl"
FILE = """# A comment
hello = Cześć, { $name }!
    Druga linia.
    .title = Tytuł z {DATETIME($d, month: "long")}
-brand = Lisek
files = { $count ->
    [0] brak
    [one] jeden { -brand }
   *[other] wiele
}
mixed = Masz { $count ->
    [one] jeden plik
   *[other] wiele plików
} tutaj
braces = a {"{"} <b>b</b> {hello}
block =
    Pierwsza
      druga
empty = { $x }
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_values(newline: str) -> None:
    segments = read(PATH, FILE.replace("\n", newline))
    assert texts(segments) == {
        "hello": "Cześć, { $name }! Druga linia.",
        "hello.title": 'Tytuł z {DATETIME($d, month: "long")}',
        "-brand": "Lisek",
        "files[=0]": "brak",
        "files[one]": "jeden { -brand }",
        "files[other]": "wiele",
        "mixed": "Masz jeden plik wiele plików tutaj",
        "braces": "a { b {hello}",
        "block": "Pierwsza druga",
        "empty": "{ $x }",
    }
    by_key = {segment.key: segment for segment in segments}
    assert [part.value for part in by_key["hello"].protected] == ["{$name}"]
    assert [part.value for part in by_key["braces"].protected if part.kind == "placeholder"] == ["{hello}"]
    assert raw(by_key["braces"], "{ ") == '{"{"} '
    assert by_key["block"].location().start == (17, 5)
    assert [part.value for part in by_key["files[one]"].protected] == ["{-brand}"]


def test_comments() -> None:
    assert [body for _, body in reader_of("fluent").comments("# one\n## two\na = b\n###\n")] == ["one", "two", ""]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("a = {\nb = x\n", 2, "Expected token"),
        ("ok = x\nkey\n", 2, "Expected token"),
        ("a = " + "{" * 5000, 1, ""),
        ("x" * 1_000_001, 1, "1,000,000 characters"),
    ],
)
def test_broken(content: str, line: int, reason: str) -> None:
    found = read_or_problem(PATH, content)
    assert isinstance(found, ReadProblem)
    assert reason in found.reason
    assert found.position.line == line


WORDS = st.lists(
    st.sampled_from(["a", "Zażółć", "e\u0301", "\U0001f600", '"', "\\", "=", "-", "#", " ", "\n", "'"]), max_size=9
).map(lambda parts: "x" + "".join(parts) + "x")


@given(KEYS, st.lists(WORDS, min_size=6, max_size=6), NEWLINES, st.booleans())
def test_exact_places(keys: list[str], values: list[str], newline: str, bom: bool) -> None:
    expected = dict(zip(keys, values, strict=False))
    content = "".join(f"{key} = " + value.replace("\n", "\n  ") + "\n" for key, value in expected.items())
    written = ("\ufeff" if bom else "") + content.replace("\n", newline)
    check_values(read(PATH, written), expected, lambda raw: raw)


@given(st.text(st.sampled_from('a =\n{}$"[]*->.#'), max_size=40))
def test_anything(text: str) -> None:
    read_or_problem(PATH, text)
    read_or_problem(PATH, "a = " + text)
