"""YAML."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, MESSAGE, NEWLINES, check_values, folded, raw, read, read_or_problem, texts
from termcheck.corpus.reading import ReadProblem

PATH = "config/locales/pl.yml"
FILE = """# The sign-in page
pl:
  plain: Zwykły tekst   # a note
  double: "Cytat \\"x\\" \\u017c \\
    dalej"
  single: 'It''s
    here'
  block: |
    Line one
      line two
  folded: >-  # note
    Folded one
    two
  number: 5
  yes: true
  quoted: "7"
  files:
    one: "%{count} plik"
    few: "%{count} pliki"
    other: "%{count} pliku"
  list:
    - first
    - {a: second}
  base: &base
    x: shared
  copy:
    <<: *base
  alias: *base
"""


def test_values() -> None:
    segments = read(PATH, FILE)
    assert texts(segments) == {
        "plain": "Zwykły tekst",
        "double": 'Cytat "x" ż dalej',
        "single": "It's here",
        "block": "Line one line two",
        "folded": "Folded one two",
        "quoted": "7",
        "files[one]": "%{count} plik",
        "files[few]": "%{count} pliki",
        "files[other]": "%{count} pliku",
        "list.0": "first",
        "list.1.a": "second",
        "base.x": "shared",
    }
    assert raw(segments[1], "ż") == "\\u017c"
    assert raw(segments[2], "It's") == "It''s"
    assert segments[4].location().start == (12, 5)
    assert segments[6].protected[0].value == "%{count}"


def test_the_root_is_kept_where_it_is_no_language() -> None:
    assert list(texts(read(PATH, "menu:\n  open: Otwórz\n"))) == ["menu.open"]
    assert list(texts(read(PATH, "pl:\n  a: b\nother: c\n"))) == ["pl.a", "other"]
    assert list(texts(read(PATH, "pl: tekst\n"))) == ["pl"]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("a: [", 1, "it is no YAML"),
        ("a: b\n\tc: d", 2, "it is no YAML"),
        ("- a\n", 1, "the file is a list"),
        ("text", 1, "holds no keys"),
        ("a: b\n---\nc: d\n", 2, "several documents"),
        ("a: " + "[" * 100 + "]" * 100, 1, "more than 64 levels"),
        ("a: \x01", 1, "it is no YAML"),
        ("a: *b", 1, "it is no YAML|holds"),
    ],
)
def test_broken(content: str, line: int, reason: str) -> None:
    found = read_or_problem(PATH, content)
    if reason.endswith("|holds"):
        assert found == ()
        return
    assert isinstance(found, ReadProblem)
    assert reason in found.reason
    assert found.position.line == line


def test_aliases_do_not_grow() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert len(read(PATH, bomb)) == 2


@given(
    KEYS,
    st.lists(MESSAGE, min_size=6, max_size=6),
    NEWLINES,
    st.booleans(),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.booleans(),
)
def test_exact_places(
    keys: list[str], values: list[str], newline: str, bom: bool, style: str | None, plain: bool
) -> None:
    expected = dict(zip(keys, values, strict=False))
    content = yaml.safe_dump({"x": expected}, default_style=style, allow_unicode=plain, width=20)
    segments = read(PATH, ("\ufeff" if bom else "") + content.replace("\n", newline))
    data = yaml.safe_load(content)["x"]
    assert data == expected
    known = {folded(value) for value in expected.values()}

    def unescaped(raw: str) -> str:
        forms = [raw, raw.replace("''", "'"), _double_quoted(raw)]
        return next(form for form in forms if folded(form) in known)

    check_values(segments, {f"x.{key}": value for key, value in data.items()}, unescaped)


def _double_quoted(raw: str) -> str:
    try:
        return str(yaml.safe_load(f'"{raw}"'))
    except yaml.YAMLError:
        return raw


@given(
    st.lists(
        st.sampled_from(
            ["a", ":", " ", "\n", "- ", "'", '"', "|", ">", "&a ", "*a", "{", "}", "[", "]", "\t", "#", "\\", "? "]
        )
    )
)
def test_anything(parts: list[str]) -> None:
    read_or_problem(PATH, "".join(parts))
