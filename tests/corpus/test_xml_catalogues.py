"""Catalogues in XML: Android, XLIFF, TMX."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import KEYS, MESSAGE, NEWLINES, check_values, raw, read, read_or_problem, texts
from termcheck.corpus.discover import discover
from termcheck.corpus.reading import ReadProblem

if TYPE_CHECKING:
    from pathlib import Path

ANDROID = "res/values-pl/strings.xml"
STRINGS = r"""<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
  <!-- <string name="no">Comment</string> -->
  <string name="a">Zażółć <b>to</b> it\'s &amp; \u00e9 <xliff:g id="x" example="1">%1$s</xliff:g>\n</string>
  <string name="name" translatable="false">App</string>
  <string name="data"><![CDATA[Hi <a href="x">link</a> & more]]></string>
  <string name="quoted">"Two  words"</string>
  <plurals name="files">
    <item quantity="one">%d plik</item>
    <item quantity="other">%d pliki</item>
  </plurals>
  <string-array name="days"><item>poniedziałek</item><item>wtorek</item></string-array>
  <string name="empty"/>
  <color name="red">#f00</color>
</resources>
"""
XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en-US" target-language="pl" original="a.html"><body>
<group><trans-unit id="t1"><source>Hello <x id="N"/> you</source>
<target state="translated">Cześć <x id="N"/>!</target><note>Not this</note>
<alt-trans><source>Hi</source><target>Hej</target></alt-trans></trans-unit></group>
<trans-unit id="t2"><source>Two</source><target state="needs-translation">Two</target></trans-unit>
<trans-unit id="t3" translate="no"><source>Three</source><target>Three</target></trans-unit>
<trans-unit id="t4"><source>A <bpt id="1">&lt;b&gt;</bpt>bold<ept id="1">&lt;/b&gt;</ept> text</source></trans-unit>
</body></file></xliff>
"""
XLIFF_2 = """<xliff version="2.1" srcLang="en" trgLang="pl" xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f1"><unit id="1"><notes><note>Not this</note></notes>
<originalData><data id="d1">&lt;br/&gt;</data></originalData>
<segment state="final"><source>One <ph id="1" dataRef="d1"/>two.</source><target>Raz <ph id="1"/>dwa.</target></segment>
<ignorable><source> </source></ignorable>
<segment state="initial"><source>Three.</source><target>Three.</target></segment></unit></file>
<file id="f2"><unit id="1"><segment><source>Four</source><target>Cztery</target></segment></unit></file></xliff>
"""
TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en"/><body>
<tu tuid="greeting"><tuv xml:lang="EN"><seg>Hello <bpt i="1">&lt;b&gt;</bpt>world<ept i="1">&lt;/b&gt;</ept></seg></tuv>
<tuv xml:lang="pl"><prop type="x">no</prop><seg>Cześć 😀</seg></tuv></tu>
<tu><tuv lang="pl"><seg>Drugi</seg></tuv><tuv xml:lang="x-none!"><seg>?</seg></tuv></tu>
</body></tmx>
"""


def test_android() -> None:
    segments = read(ANDROID, STRINGS)
    assert texts(segments) == {
        "a": "Zażółć to it's & é %1$s",
        "data": "Hi link & more",
        "quoted": "Two words",
        "files[one]": "%d plik",
        "files[other]": "%d pliki",
        "days.0": "poniedziałek",
        "days.1": "wtorek",
    }
    first = segments[0]
    assert [part.value for part in first.protected if part.kind == "html"][:2] == ["<b>", "</b>"]
    assert "%1$s" in [part.value for part in first.protected]
    assert (raw(first, "it's"), raw(first, "é"), raw(first, "&")) == (r"it\'s", r"\u00e9", "&amp;")
    assert first.location().start == (4, 20)


def test_xliff_1() -> None:
    source, target = read("messages.pl.xlf", XLIFF_1, "en-US"), read("messages.pl.xlf", XLIFF_1, "pl")
    assert source[0].document.format == "xliff (source)"
    assert texts(source) == {"t1": "Hello you", "t2": "Two", "t4": "A bold text"}
    assert texts(target) == {"t1": "Cześć !"}
    assert target[0].location().start == (5, 28)
    assert [part.value for part in target[0].protected] == ['<x id="N"/>']
    assert [part.value for part in source[2].protected] == [
        '<bpt id="1"><b></bpt>',
        '<ept id="1"></b></ept>',
    ]


def test_xliff_2() -> None:
    assert texts(read("x.xliff", XLIFF_2, "en")) == {"f1#1": "One two.", "f1#1.2": "Three.", "f2#1": "Four"}
    assert texts(read("x.xliff", XLIFF_2, "pl")) == {"f1#1": "Raz dwa.", "f2#1": "Cztery"}


def test_tmx() -> None:
    assert texts(read("memory.tmx", TMX, "en")) == {"greeting": "Hello world"}
    assert texts(read("memory.tmx", TMX, "pl")) == {"greeting": "Cześć 😀", "#2": "Drugi"}


def test_layouts(tmp_path: Path) -> None:
    files = {
        "app/res/values/strings.xml": STRINGS,
        "app/res/values-pl/strings.xml": STRINGS,
        "app/res/values-pt-rBR/strings.xml": STRINGS,
        "app/res/values-b+sr+Latn/strings.xml": STRINGS,
        "app/res/values-night/strings.xml": STRINGS,
        "app/res/values-land/dimens.xml": STRINGS,
        "pom.xml": "<project/>",
        "src/messages.xlf": XLIFF_1,
        "src/messages.pl.xlf": XLIFF_1,
        "one.xlf": XLIFF_1,
        "memory.tmx": TMX,
        "single.tmx": TMX.replace('"EN"', '"pl"'),
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    found = discover(tmp_path)
    assert {document.key: dict(document.versions) for document in found.sets} == {
        "app/res/values-{lang}/strings.xml": {
            "en": "app/res/values/strings.xml",
            "pl": "app/res/values-pl/strings.xml",
            "pt-BR": "app/res/values-pt-rBR/strings.xml",
            "sr-Latn": "app/res/values-b+sr+Latn/strings.xml",
        },
        "src/messages.{lang}.xlf": {"en": "src/messages.xlf", "pl": "src/messages.pl.xlf"},
        "one.xlf": {"en-US": "one.xlf", "pl": "one.xlf"},
        "memory.tmx": {"en": "memory.tmx", "pl": "memory.tmx"},
    }
    reason = "nothing in its path says that it holds messages in a language"
    skipped = {item.path: item.reason for item in found.skipped}
    assert skipped["pom.xml"] == skipped["app/res/values-night/strings.xml"] == reason
    assert "single.tmx" in skipped


BOMB = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("path", [ANDROID, "x.xlf", "x.tmx"])
@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (BOMB + "<resources>&b;</resources>", 1, "entities"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', 1, "entities"),
        ("<x>\n<y></x>", 2, "mismatched tag"),
        ("<x>\nzażółć &nbsp;</x>", 2, "undefined entity"),
        ("<a>" * 200, 1, "more than 100 levels"),
        ("", 1, "no element found"),
        ("<x/>", 1, "it "),
        ('{"a": 1}', 1, "it is no XML"),
    ],
)
def test_broken(path: str, content: str, line: int, reason: str) -> None:
    found = read_or_problem(path, content)
    assert isinstance(found, ReadProblem)
    assert reason in found.reason
    assert found.position.line == line


def wrapped(path: str, messages: dict[str, str], newline: str) -> str:
    """A file of the format with these messages, escaped already."""
    if path == ANDROID:
        parts = [f'<string name="{key}">{text}</string>' for key, text in messages.items()]
        return newline.join(["<resources>", *parts, "</resources>"])
    if path.endswith(".xlf"):
        parts = [
            f'<trans-unit id="{key}"><source>x</source><target>{text}</target></trans-unit>'
            for key, text in messages.items()
        ]
        head = '<xliff version="1.2"><file source-language="en" target-language="pl"><body>'
        return newline.join([head, *parts, "</body></file></xliff>"])
    parts = [f'<tu tuid="{key}"><tuv xml:lang="pl"><seg>{text}</seg></tuv></tu>' for key, text in messages.items()]
    return newline.join(["<tmx><body>", *parts, "</body></tmx>"])


@pytest.mark.parametrize("path", [ANDROID, "x.xlf", "x.tmx"])
@given(
    keys=KEYS,
    values=st.lists(MESSAGE, min_size=6, max_size=6),
    newline=NEWLINES,
    bom=st.booleans(),
    numeric=st.booleans(),
    cdata=st.booleans(),
)
def test_exact_places(
    path: str, keys: list[str], values: list[str], newline: str, bom: bool, numeric: bool, cdata: bool
) -> None:
    expected = dict(zip(keys, values, strict=False))

    def written(text: str) -> str:
        if path == ANDROID:
            text = re.sub(r"""[\\"']""", r"\\\g<0>", text).replace("\n", "\\n").replace("\t", "\\t")
        if cdata:
            return f"<![CDATA[{text}]]>"
        text = escape(text).replace("\n", newline)
        return "".join(f"&#{ord(char)};" if numeric and not char.isspace() else char for char in text)

    def unescaped(raw: str) -> str:
        text = raw if cdata else html.unescape(raw)
        if path == ANDROID:
            text = re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text)
        return text

    content = wrapped(path, {key: written(text) for key, text in expected.items()}, newline)
    ElementTree.fromstring(content)  # noqa: S314
    check_values(read(path, ("\ufeff" if bom else "") + content), expected, unescaped)


@pytest.mark.parametrize("path", [ANDROID, "x.xlf", "x.tmx"])
@given(
    parts=st.lists(
        st.sampled_from(
            [
                "<a>",
                "</a>",
                "<b/>",
                "&amp;",
                "&x;",
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
                "x",
                "<",
                "é",
                "\\",
                '"',
                "\\u12",
            ]
        )
    )
)
def test_anything(path: str, parts: list[str]) -> None:
    read_or_problem(path, "".join(parts))
    read_or_problem(path, wrapped(path, {"a": "".join(parts)}, "\n"))


@pytest.mark.parametrize("path", [ANDROID, "x.xlf", "x.tmx"])
def test_long_lines(path: str) -> None:
    for text in ("é&amp;" * 20_000, "<b/>" * 10_000, "x" * 200_000, "&lt;a " * 10_000, "<g>" * 90 + "</g>" * 90):
        read_or_problem(path, wrapped(path, {"a": text}, "\n"))
