"""GNU gettext files."""

from __future__ import annotations

import re

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import MESSAGE, NEWLINES, check_values, folded, raw, read, read_or_problem, texts
from termcheck.corpus.reading import ReadProblem

HEADER = 'msgid ""\nmsgstr ""\n"Language: pl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FILE = (
    HEADER
    + r"""# A comment of the translator
#. One of the developer
#: src/a.c:12
#, c-format
#| msgid "Open %s?"
msgctxt "menu"
msgid "Open %s"
msgstr ""
"Otwórz "
"\"%s\"\ndalej"

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d plik"
msgstr[1] "%d pliki"
msgstr[2] "%d plików"

#, fuzzy, c-format
msgid "Guess"
msgstr "Zgadnij"

msgid "Not yet"
msgstr ""

#~ msgid "Former"
#~ msgstr "Dawny"
"""
)


def test_translations() -> None:
    segments = read("po/pl.po", FILE)
    assert texts(segments) == {
        "menu\x04Open %s": 'Otwórz "%s" dalej',
        "%d file[one]": "%d plik",
        "%d file[=1]": "%d pliki",
        "%d file[other]": "%d plików",
    }
    first = segments[0]
    assert first.document.format == "po (target)"
    assert (first.location().start, first.location().end) == ((14, 2), (15, 15))
    assert raw(first, '"%s"') == r"\"%s\""
    assert [part.value for part in first.protected] == ["%s"]


def test_sources_are_in_the_same_file() -> None:
    segments = read("po/pl.po", FILE, "en")
    assert segments[0].document.format == "po (source)"
    assert texts(segments) == {
        "menu\x04Open %s": "Open %s",
        "%d file[one]": "%d file",
        "%d file[other]": "%d files",
        "Guess": "Guess",
        "Not yet": "Not yet",
    }


def test_a_template_holds_sources_only() -> None:
    assert "Not yet" in texts(read("po/x.pot", FILE))


def test_english_falls_back_to_its_ids() -> None:
    content = 'msgid "title"\nmsgstr "The title"\n\nmsgid "Save"\nmsgstr ""\n'
    assert texts(read("po/en.po", content, "en")) == {"title": "The title", "Save": "Save"}
    assert texts(read("po/en.po", content, "pl")) == {"title": "title", "Save": "Save"}


def test_the_header_says_the_language_where_the_path_does_not() -> None:
    assert read("messages.po", FILE)[0].text.startswith("Otwórz")
    assert read("messages.po", FILE, "de")[0].text == "Open %s"


def test_one_form_for_all_numbers() -> None:
    content = 'msgid "%d file"\nmsgid_plural "%d files"\nmsgstr[0] "%d 個"\n'
    assert texts(read("po/ja.po", content, "ja")) == {"%d file[other]": "%d 個"}


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ('msgid "a"\nfoo\n', 2, "no text in quotes"),
        ('"a"\n', 1, "neither a keyword"),
        ('msgid "a\nmsgstr "b"\n', 1, "no text in quotes"),
        ('msgid "a"\nmsgstr "b" c\n', 2, "no text in quotes"),
        ('msgid "a"\nmsgid "b"\nmsgstr "c"\n', 2, "msgid is out of place"),
        ('msgstr "c"\n', 1, "msgstr is out of place"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[0] "d"\n', 4, "msgstr is out of place"),
        ('\nmsgid "a"\n', 2, "without msgstr"),
    ],
)
def test_broken(content: str, line: int, reason: str) -> None:
    found = read_or_problem("po/pl.po", content)
    assert isinstance(found, ReadProblem)
    assert found.position.line == line
    assert reason in found.reason


def quoted(text: str, newline: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", f'\\n"{newline}"')
    return f'"{escaped}"'


def unescaped(text: str) -> str:
    text = re.sub(r'"\r?\n"', "", text)
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text)


@given(st.lists(MESSAGE, min_size=1, max_size=5, unique_by=folded), NEWLINES, st.booleans())
def test_exact_places(messages: list[str], newline: str, bom: bool) -> None:
    content = "".join(
        f"# {index}{newline}msgid {quoted(message, newline)}{newline}"
        f"msgstr {quoted('Tłum ' + message, newline)}{newline}{newline}"
        for index, message in enumerate(messages)
    )
    written = ("\ufeff" if bom else "") + content
    targets = read("po/pl.po", written)
    check_values(targets, {message: "Tłum " + message for message in messages}, unescaped)
    check_values(read("po/pl.po", written, "en"), {message: message for message in messages}, unescaped)
    if newline == "\n":
        assert {entry.msgid: folded(entry.msgstr) for entry in polib.pofile(content)} == {
            segment.key: folded(segment.text) for segment in targets
        }


@given(
    st.lists(st.sampled_from(['msgid "a"', 'msgstr "b"', "msgstr[1]", '"x"', "#~", "#,", "\\", '"', "x", "\n", " "]))
)
def test_anything(parts: list[str]) -> None:
    read_or_problem("po/pl.po", "".join(parts))
    read_or_problem("po/pl.po", "".join(parts), "en")
