"""Writing a changed text back: only its own bytes change, whatever the format and whatever is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import NEWLINES
from office_files import docx, paragraph
from termcheck.corpus.reading import parse_document, segment
from termcheck.corpus.writing import editable, edited, encoded, write_edit
from termcheck.errors import EditError
from termcheck.model import Document, Segment
from writable_files import TYPED_TEXTS, WRITABLE_FILES

if TYPE_CHECKING:
    from pathlib import Path

TYPED = st.one_of(
    st.sampled_from(TYPED_TEXTS),
    st.lists(st.sampled_from([*TYPED_TEXTS, "word", " ", "\n"]), min_size=1, max_size=4).map("".join),
    st.text(max_size=12),
)


def read(
    path: str, content: str, lang: str = "pl", *, newline: str = "\n", bom: bool = False
) -> tuple[Document, tuple[Segment, ...]]:
    data = (("\ufeff" if bom else "") + content.replace("\n", newline)).encode()
    document = parse_document(data, path, lang)
    assert isinstance(document, Document), document
    assert encoded(document) == data
    return document, segment(document)


def check_outside(before: Document, after: Document, place: Segment) -> None:
    """All that stands before and behind the text is what it was, but for markup and quotes at its ends."""
    reach = 30
    first, behind = max(place.span.start - reach, 0), before.text[place.span.end + reach :]
    assert after.text[:first] == before.text[:first]
    assert after.text.endswith(behind)
    assert after.bom is before.bom


@pytest.mark.parametrize("path", WRITABLE_FILES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_text_can_be_changed(path: str, newline: str) -> None:
    document, segments = read(path, WRITABLE_FILES[path], newline=newline, bom=not path.endswith(".properties"))
    assert len(segments) > 1 or path.endswith((".tmx", ".arb"))
    for each in segments:
        shown = editable(each)
        assert shown, each
        assert "\r" not in shown
        assert edited(each, shown) is document
        for new in (f"Zażółć \U0001f600 {shown}", f"{shown.replace(' ', ' x ', 1)}a"):
            after = edited(each, new)
            check_outside(document, after, each)
            found = segment(after)[each.index]
            assert editable(found) == new
            assert (found.kind, found.level, found.key) == (each.kind, each.level, each.key)


@given(st.sampled_from(sorted(WRITABLE_FILES)), st.integers(0, 30), TYPED, st.booleans(), NEWLINES)
def test_whatever_is_typed_is_said_or_refused(path: str, index: int, new: str, partly: bool, newline: str) -> None:
    document, segments = read(path, WRITABLE_FILES[path], newline=newline)
    each = segments[index % len(segments)]
    shown = editable(each) or ""
    if partly:
        new = shown[: len(shown) // 2] + new + shown[len(shown) // 2 :]
    try:
        after = edited(each, new)
    except EditError:
        return
    check_outside(document, after, each)
    found = segment(after)
    assert (editable(found[each.index]) or "").splitlines() == new.splitlines()
    others = [(other.text, other.protected, other.key) for other in found if other.index != each.index]
    assert others == [(other.text, other.protected, other.key) for other in segments if other.index != each.index]


@pytest.mark.parametrize(
    ("path", "old", "new", "written"),
    [
        (
            "pl/a.md",
            "A quote that goes\non here.",
            "A quote\nthat goes\non.",
            "> A quote\n> that goes\n> on.\n",
        ),
        (
            "pl/a.md",
            "an item of\nthe quote",
            "an item of\nthe\nlong quote",
            "> - an item of\n>   the\n>   long quote\n",
        ),
        (
            "pl/a.md",
            "One",
            "One\nand more",
            "1. One\n   and more\n",
        ),
        (
            "pl/a.md",
            "a | b",
            "a | b | c",
            "| a \\| b \\| c | **c**",
        ),
        (
            "pl/a.md",
            "Heading **bold**",
            "Heading *italic*",
            "# Heading *italic* {#anchor}\n",
        ),
        (
            "pl/a.md",
            'A "quoted" title',
            'A "better" title',
            'title: "A \\"better\\" title"  # note',
        ),
        (
            "pl/a.md",
            "Plain, no",
            "Plain: yes # no",
            'description: "Plain: yes # no"',
        ),
        (
            "pl.po",
            "First part second part.\nthird",
            "First part of the second part.\nthird",
            '"First part of the "\n"second part.\\n"\n"third"',
        ),
        (
            "locales/pl.json",
            "# plik",
            '# "plik"',
            '{# \\"plik\\"}',
        ),
        (
            "locales/pl.yml",
            "Two words",
            "No",
            'plain: "No"',
        ),
        (
            "locales/pl.yml",
            "Two words",
            "Two: words",
            'plain: "Two: words"',
        ),
        (
            "locales/pl.yml",
            "It's",
            "It's 'so'",
            "single: 'It''s ''so'''",
        ),
        (
            "locales/pl.yml",
            "Line one\n  indented\nline three",
            "Line\nthree: x",
            "block: |\n    Line\n    three: x\n  multi",
        ),
        (
            "i18n/pl.toml",
            "Dosłownie",
            "Don't\n",
            'b = "Don\'t\\n"',
        ),
        (
            "messages_pl.properties",
            "It's {0}",
            "Don't {0}",
            "c = Don''t {0}",
        ),
        (
            "messages_pl.properties",
            "It's {0}",
            "Don't",
            "c = Don't\n",
        ),
        (
            "res/values-pl/strings.xml",
            "Jeden 'dwa' & trzy",
            'Don\'t "x" <i>',
            '>Don\\\'t \\"x\\" &lt;i&gt;<',
        ),
        (
            "res/values-pl/strings.xml",
            "Jeden 'dwa' & trzy",
            "@me",
            '<string name="a">\\@me</string>',
        ),
        (
            "res/values-pl/strings.xml",
            "Z <b>tagiem</b> i <i>takim</i>",
            "<b>Bez</b> <u>x</u>",
            "><b>Bez</b> &lt;u&gt;x",
        ),
        (
            "res/values-pl/strings.xml",
            "<p>W cdata</p>",
            "<p>W & ]]> x</p>",
            "<![CDATA[<p>W & ]]]]><![CDATA[> x</p>]]>",
        ),
        (
            "t.csv",
            "Jeden",
            'Jeden, "x"',
            'a,One,"Jeden, ""x"""\n',
        ),
        (
            "pl/s.srt",
            "Pierwsza <i>linia</i>\ndruga",
            "Jedna\ndruga\ntrzecia",
            ",000\nJedna\ndruga\ntrzecia\n\n2\n",
        ),
        (
            "x.pl.xlf",
            'Jeden <g id="1">x</g> <b>',
            'Dwa <g id="1">y</g> <b> & <i>',
            'Dwa <g id="1">y</g> &lt;b&gt; &amp; &lt;i&gt;',
        ),
    ],
)
def test_what_is_written(path: str, old: str, new: str, written: str) -> None:
    _, segments = read(path, WRITABLE_FILES[path])
    found = [each for each in segments if editable(each) == old]
    assert written in edited(found[0], new).text


@pytest.mark.parametrize(
    ("path", "index", "new"),
    [
        ("pl/a.md", 3, "two\n\nparagraphs"),
        ("pl/a.md", 3, "# a heading"),
        ("pl/a.md", 3, "<!-- b"),
        ("pl/a.md", 3, ""),
        ("pl/a.md", 3, "x\0y"),
        ("pl/a.md", 3, "x\ud800y"),
        ("pl/line.txt", 0, "two\nlines"),
        ("pl/s.srt", 0, "two\n\n2\n00:00:03,000 --> 00:00:04,000\ncues"),
        ("pl/x.ftl", 0, "open { brace"),
        ("locales/pl.json", 1, "{not closed"),
    ],
)
def test_what_is_refused(path: str, index: int, new: str) -> None:
    _, segments = read(path, WRITABLE_FILES[path])
    with pytest.raises(EditError, match=path):
        edited(segments[index], new)


def test_message_ids_are_not_changed() -> None:
    _, segments = read("pl.po", WRITABLE_FILES["pl.po"], lang="en")
    for each in segments:
        assert editable(each) is None
        with pytest.raises(EditError, match="message ids are the keys of all translations"):
            edited(each, "b")


def test_cells_and_archives_say_why_they_are_not_changed() -> None:
    _, cells = read("pl/a.rst", "+---+---+\n| a | b |\n+---+---+\n")
    with pytest.raises(EditError, match="can only be read, as the cells of a row share its lines"):
        edited(cells[0], "x")
    document = parse_document(docx(paragraph("Text")), "pl/a.docx", "pl")
    assert isinstance(document, Document)
    with pytest.raises(EditError, match="as archives are not written"):
        edited(segment(document)[0], "x")


BRANCHES = {
    "double": 'k: "{count, plural,\n    one {# plik tu}\n    other {# plików\n    tam}}"\n',
    "single": "k: '{count, plural,\n    one {# plik tu}\n    other {# plików\n    tam}}'\n",
    "folded": "k: >-\n    {count, plural,\n    one {# plik tu}\n    other {# plików\n    tam}}\n",
    "block": "k: |\n    {count, plural,\n      one {# plik tu}\n      other {# plików\n        tam}}\n",
}


@pytest.mark.parametrize("style", BRANCHES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_branches_on_several_lines_of_yaml(style: str, newline: str) -> None:
    content = f"a: x\n{BRANCHES[style]}z: y\n"
    _, segments = read("locales/pl.yml", content, newline=newline)
    assert [each.key for each in segments] == ["a", "k[one]", "k[other]", "z"]
    after = edited(segments[1], "# jeden plik tu")
    assert after.text == content.replace("# plik tu", "# jeden plik tu").replace("\n", newline)
    after = edited(segment(after)[2], "# wielu plików tam")
    assert [each.text for each in segment(after)] == ["x", "# jeden plik tu", "# wielu plików tam", "y"]
    with pytest.raises(EditError):
        edited(segments[1], "{x")


def test_saving(tmp_path: Path) -> None:
    (tmp_path / "pl").mkdir()
    file = tmp_path / "pl/a.md"
    content = ("\ufeff" + WRITABLE_FILES["pl/a.md"].replace("\n", "\r\n")).encode()
    file.write_bytes(content)
    file.chmod(0o640)
    document = parse_document(content, "pl/a.md", "pl")
    assert isinstance(document, Document)
    last = segment(document)[-1]
    after = write_edit(tmp_path, last, "The very last one.")
    assert file.read_bytes() == content.replace(b"Last one.", b"The very last one.") == encoded(after)
    assert file.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["a.md"]
    with pytest.raises(EditError, match="changed since it was read"):
        write_edit(tmp_path, last, "Another.")
    file.unlink()
    with pytest.raises(EditError, match="not saved"):
        write_edit(tmp_path, last, "Another.")


def test_links_out_of_the_folder(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside.md"
    root.mkdir()
    outside.write_text("Text.\n")
    (root / "pl.md").symlink_to(outside)
    document = parse_document(b"Text.\n", "pl.md", "pl")
    assert isinstance(document, Document)
    with pytest.raises(EditError, match="out of the folder"):
        write_edit(root, segment(document)[0], "Other.")
    assert outside.read_text() == "Text.\n"
    inside = root / "real.md"
    inside.write_text("Text.\n")
    (root / "pl.md").unlink()
    (root / "pl.md").symlink_to("real.md")
    write_edit(root, segment(document)[0], "Other.")
    assert (root / "pl.md").is_symlink()
    assert inside.read_text() == "Other.\n"
