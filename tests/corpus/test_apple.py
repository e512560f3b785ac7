"""Apple's strings and plurals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, MESSAGE, NEWLINES, check_values, raw, read, read_or_problem, texts
from termcheck.corpus.discover import discover
from termcheck.corpus.readers import reader_of
from termcheck.corpus.reading import ReadProblem, parse_document
from termcheck.model import Document

if TYPE_CHECKING:
    from pathlib import Path

PATH = "App/pl.lproj/Localizable.strings"
PLURALS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>%d files</key>
<dict>
  <key>NSStringLocalizedFormatKey</key><string>%#@n@</string>
  <key>n</key>
  <dict>
    <key>NSStringFormatSpecTypeKey</key><string>NSStringPluralRuleType</string>
    <key>NSStringFormatValueTypeKey</key><string>d</string>
    <key>one</key><string>%d plik &amp; więcej</string>
    <key>other</key><string>%d pliki</string>
  </dict>
</dict>
<key>plain</key>
<dict><key>NSStringLocalizedFormatKey</key><string>Tylko tekst</string></dict>
</dict></plist>
"""


def test_strings() -> None:
    content = r"""/* The title */ // and more
"title" = "Cytat \"x\" %@ \U00e9\n";
bare.key = "Goły";
"same";
"""
    segments = read(PATH, content)
    assert texts(segments) == {"title": 'Cytat "x" %@ é', "bare.key": "Goły"}
    assert (raw(segments[0], '"x"'), raw(segments[0], "é")) == (r"\"x\"", r"\U00e9")
    document = parse_document(content.encode(), PATH, "pl")
    assert isinstance(document, Document)
    assert [body for _, body in reader_of("strings").comments(content)] == [" The title ", " and more"]


def test_plurals() -> None:
    segments = read("App/pl.lproj/L.stringsdict", PLURALS)
    assert texts(segments) == {
        "%d files.n[one]": "%d plik & więcej",
        "%d files.n[other]": "%d pliki",
        "plain": "Tylko tekst",
    }
    assert segments[0].location().start == (11, 27)


def test_layout(tmp_path: Path) -> None:
    for name in (
        "en.lproj/a.strings",
        "pl.lproj/a.strings",
        "Base.lproj/b.strings",
        "pt-BR.lproj/b.strings",
        "c.strings",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = discover(tmp_path)
    assert {document.key: dict(document.versions) for document in found.sets} == {
        "{lang}.lproj/a.strings": {"en": "en.lproj/a.strings", "pl": "pl.lproj/a.strings"},
        "{lang}.lproj/b.strings": {"en": "Base.lproj/b.strings", "pt-BR": "pt-BR.lproj/b.strings"},
    }
    assert [item.path for item in found.skipped] == ["c.strings"]


@pytest.mark.parametrize(
    ("content", "line"),
    [('"a" = "b"\n"c" = "d";', 1), ('"a" = "b";\n"c" = ;', 2), ("/* open", 1), ('\n"a" = "b', 2), ("\n\n= x", 3)],
)
def test_broken(content: str, line: int) -> None:
    found = read_or_problem(PATH, content)
    assert isinstance(found, ReadProblem)
    assert "a comment or a pair" in found.reason
    assert found.position.line == line


def test_no_property_list() -> None:
    found = read_or_problem("pl.lproj/a.stringsdict", "<x/>")
    assert isinstance(found, ReadProblem)
    assert found.reason == "it is no property list"


def unescaped(raw: str) -> str:
    parts = [part.replace("\\n", "\n").replace("\\", "") for part in raw.split("\\\\")]
    return "\\".join(parts)


@given(KEYS, st.lists(MESSAGE, min_size=6, max_size=6), NEWLINES, st.booleans())
def test_exact_places(keys: list[str], values: list[str], newline: str, bom: bool) -> None:
    expected = dict(zip(keys, values, strict=False))
    lines = []
    for key, value in expected.items():
        text = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append(f'/* {key} */{newline}"{key}" = "{text}";{newline}')
    check_values(read(PATH, ("\ufeff" if bom else "") + newline.join(lines)), expected, unescaped)


@given(st.text(st.sampled_from('a"\\=; /*\n\ru0U'), max_size=40))
def test_anything(text: str) -> None:
    read_or_problem(PATH, text)
    list(reader_of("strings").comments(text))
    read_or_problem("pl.lproj/x.stringsdict", PLURALS.replace("%d pliki", text))


def test_long_lines() -> None:
    for text in (
        '"a" = "' + "\\n" * 60_000 + 'x";',
        '"' * 20_001,
        "/*" * 40_000,
        " " * 100_000,
        '"\\' * 40_000,
        "a" * 10**5,
    ):
        read_or_problem(PATH, text)
