"""DOCX and ODT: what is text of them, where it stands, and files that want to do harm."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue_checks import folded
from office_files import archive, docx, odt, paragraph, words
from segment_checks import check_segments
from termcheck.corpus.discover import discover
from termcheck.corpus.reading import ReadProblem, parse_document, read_document, segment
from termcheck.corpus.writing import editable, edited
from termcheck.errors import EditError
from termcheck.model import Document, Segment
from termcheck.report.source_lines import SourceLines

if TYPE_CHECKING:
    from pathlib import Path


def read(content: bytes, path: str = "en/a.docx", max_size: int = 10**6) -> tuple[Segment, ...]:
    document = parse_document(content, path, "en", max_size=max_size)
    assert isinstance(document, Document), document
    found = segment(document)
    check_segments(found)
    return found


def kinds(segments: tuple[Segment, ...]) -> list[tuple[str, int, str]]:
    return [(each.kind.value, each.level, each.text) for each in segments]


def protected(found: Segment) -> list[tuple[str, str, str]]:
    return [(item.kind.value, found.text[slice(*item.span)], item.value) for item in found.protected]


def test_docx() -> None:
    styled = '<w:pStyle w:val="{}"/>'.format
    item = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    box = f"<w:txbxContent>{paragraph('In a box')}</w:txbxContent>"
    body = [
        paragraph("Whole", properties=styled("Tytul")),
        paragraph("One", properties=styled("Nagwek1")),
        paragraph("Based", properties=styled("Mine")),
        paragraph("Low", properties='<w:outlineLvl w:val="2"/>'),
        paragraph("no 7", properties=styled("Spis1")),
        paragraph("no", properties=styled("Pre")),
        paragraph("Sa", "id &amp; ", "done", properties="<w:tabs><w:tab w:pos='3'/></w:tabs>"),
        paragraph("Item", properties=item),
        paragraph("By its style", properties=styled("L2")),
        f"<w:tbl><w:tr><w:tc>{paragraph('Cell')}</w:tc><w:tc>{paragraph('Next')}</w:tc></w:tr></w:tbl>",
        paragraph("Quoted", properties=styled("Cytat")),
        paragraph(
            f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>",
            "Around",
        ),
        paragraph(
            "Kept", "<w:ins><w:r><w:t> in</w:t></w:r></w:ins><w:del><w:r><w:delText> out</w:delText></w:r></w:del>"
        ),
        paragraph("Seen", words(" hidden", "<w:vanish/>"), "<w:r><w:br/><w:t>below</w:t></w:r>"),
    ]
    notes = (
        f'<w:footnote w:type="separator">{paragraph("no")}</w:footnote><w:footnote>{paragraph("A note")}</w:footnote>'
    )
    assert kinds(read(docx("".join(body), notes=notes))) == [
        ("title", 0, "Whole"),
        ("heading", 1, "One"),
        ("heading", 1, "Based"),
        ("heading", 3, "Low"),
        ("paragraph", 0, "Said & done"),
        ("list item", 2, "Item"),
        ("list item", 2, "By its style"),
        ("table cell", 0, "Cell"),
        ("table cell", 0, "Next"),
        ("quote", 0, "Quoted"),
        ("paragraph", 0, "Around"),
        ("paragraph", 0, "In a box"),
        ("paragraph", 0, "Kept in"),
        ("paragraph", 0, "Seen below"),
        ("paragraph", 0, "A note"),
    ]


def test_docx_protects() -> None:
    def field(code: str, shown: str) -> str:
        marks = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>".format
        code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        return f"{marks('begin')}{code}{marks('separate')}{words(shown)}{marks('end')}"

    body = paragraph(
        "See ",
        f"<w:hyperlink r:id='r1' w:anchor='top'>{words('a link')}</w:hyperlink>",
        field(' HYPERLINK "https://b.org" ', " or b"),
        field(" PAGEREF _x \\h ", " 12"),
        "<w:fldSimple w:instr='SEQ Figure'><w:r><w:t> 3</w:t></w:r></w:fldSimple>",
        words(" code", '<w:rStyle w:val="C"/>'),
        " {name}",
        "<w:r><w:footnoteReference w:id='2'/></w:r>",
    )
    (found,) = read(docx(body, links={"r1": "https://a.org/"}))
    assert found.text == "See a link or b 12 3 code {name}"
    assert protected(found) == [
        ("link", "a link", "https://a.org/#top"),
        ("link", " or b", "https://b.org"),
        ("placeholder", " 12", "{PAGEREF}"),
        ("placeholder", " 3", "{SEQ}"),
        ("code", " code", " code"),
        ("placeholder", "{name}", "{name}"),
        ("placeholder", "", "[footnote]"),
    ]


def test_odt() -> None:
    styles = (
        '<style:style style:name="P1" style:parent-style-name="Quotations"/>'
        '<style:style style:name="P2" style:parent-style-name="Preformatted_20_Text"/>'
        '<style:style style:name="P3" style:parent-style-name="Title"/>'
        '<style:style style:name="T1" style:parent-style-name="Source_20_Text"/>'
    )
    body = """<text:tracked-changes><text:p>no</text:p></text:tracked-changes>
<text:p text:style-name="P3">Whole</text:p>
<text:h text:outline-level="2">Head<text:line-break/>ing</text:h>
<text:p>Said <text:span>and</text:span><text:s text:c="2"/>
done
again<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note</text:p></text:note-body>
</text:note></text:p>
<text:list><text:list-item><text:p>One</text:p><text:list><text:list-item><text:p>Deep</text:p></text:list-item></text:list>
</text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>Cell</text:p></table:table-cell>
</table:table-row></table:table><text:p text:style-name="P1">Quoted</text:p><text:p text:style-name="P2">no</text:p>
<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box><svg:title>no</svg:title>
</draw:frame>Around</text:p>
<text:p>A <text:a xlink:href="https://a.org">link</text:a>, <text:span text:style-name="T1">code</text:span>, page
<text:page-number>3</text:page-number><office:annotation><text:p>no</text:p></office:annotation></text:p>
<text:table-of-content><text:p>no</text:p></text:table-of-content>"""
    found = read(odt(body, styles=styles), "en/a.odt")
    assert kinds(found) == [
        ("title", 0, "Whole"),
        ("heading", 2, "Head ing"),
        ("paragraph", 0, "Said and done again"),
        ("paragraph", 0, "A note"),
        ("list item", 1, "One"),
        ("list item", 2, "Deep"),
        ("table cell", 0, "Cell"),
        ("quote", 0, "Quoted"),
        ("paragraph", 0, "Around"),
        ("paragraph", 0, "In a box"),
        ("paragraph", 0, "A link, code, page 3"),
    ]
    assert protected(found[-1]) == [
        ("link", "link", "https://a.org"),
        ("code", "code", "code"),
        ("placeholder", "3", "{page-number}"),
    ]


def test_lines_are_paragraphs_and_cannot_be_written(tmp_path: Path) -> None:
    content = docx(paragraph("First") + paragraph(" ") + paragraph("Żółw \U0001f600 ", "word"))
    (tmp_path / "a.docx").write_bytes(content)
    document = read_document(tmp_path, "a.docx", "pl", max_size=10**6)
    assert isinstance(document, Document)
    found = segment(document)[1]
    start = found.text.index("word")
    assert found.location(start, start + 4).start == (2, 8)
    assert (SourceLines(tmp_path)("a.docx", 2) or "").startswith("Żółw \U0001f600 word")
    assert editable(found) is None
    with pytest.raises(EditError, match="only be read"):
        edited(found, "x")


def test_layouts(tmp_path: Path) -> None:
    for name in ("a.en.docx", "a.pl.docx", "en/b.odt", "pl/b.odt", "c.docm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = discover(tmp_path)
    assert {each.key: sorted(each.versions) for each in found.sets} == {"a": ["en", "pl"], "b": ["en", "pl"]}
    assert [item.reason for item in found.skipped] == ["no reader for .docm files"]


GOOD = docx(paragraph("Text"))
MONOSPACED = """<style:font-face style:name="F1" svg:font-family="Iosevka" style:font-pitch="fixed"/>
<style:font-face style:name="F2" svg:font-family="'Courier New'"/><style:font-face style:name="F3"/>
<style:style style:name="T1"><style:text-properties style:font-name="F1"/></style:style>
<style:style style:name="T2"><style:text-properties style:font-name="F2"/></style:style>
<style:style style:name="T3"><style:text-properties style:font-name="F3"/></style:style>
<style:style style:name="P1"><style:text-properties style:font-family="DejaVu Sans Mono"/></style:style>"""


def test_odt_code_by_its_font() -> None:
    body = (
        '<text:p>Call <text:span text:style-name="T1">run()</text:span> or <text:span text:style-name="T2">go'
        '</text:span> <text:span text:style-name="T3">now</text:span>.</text:p><text:p text:style-name="P1">x = 1'
        "</text:p><text:p>Done.</text:p>"
    )
    call, done = read(odt(body, styles=MONOSPACED), "en/a.odt")
    assert [item.value for item in call.protected] == ["run()", "go"]
    assert done.text == "Done."


def test_odt_in_one_font_of_fixed_width_is_text() -> None:
    body = '<text:p text:style-name="P1">INT. HOUSE</text:p>' * 2 + "<text:p>Fade.</text:p>"
    assert len(read(odt(body, styles=MONOSPACED), "en/a.odt")) == 3


BOMB = odt("<text:p>" + "a" * 3_000_000 + "</text:p>")


def encrypted() -> bytes:
    """An archive that says of its parts that they are encrypted."""
    content = bytearray(GOOD)
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("a.docx", b"text", "no ZIP archive"),
        ("a.docx", GOOD[:-40], "no ZIP archive"),
        ("a.docx", GOOD[:200] + b"\xff" * 40 + GOOD[240:], "cannot be unpacked"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected with a password, or in the format of"),
        ("a.docx", encrypted(), "protected with a password"),
        ("a.docx", archive({"x": "y"}), "no Word document"),
        ("a.docx", docx("", more={"word/vbaProject.bin": "x"}), "macros"),
        ("a.docx", docx("<w:p>"), "in word/document.xml: it is no XML"),
        ("a.docx", docx("<w:p>" * 200 + "</w:p>" * 200), "nested more than 100 levels"),
        ("a.docx", archive({str(number): "" for number in range(10_001)}), "more than 10,000 parts"),
        ("a.docx", archive({"[Content_Types].xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "entities"),
        ("a.odt", BOMB, "unpacks to more than 1,000,000 bytes"),
        ("a.odt", odt("", more={"Basic/Standard/Module1.xml": "x"}), "macros"),
        ("a.odt", odt("", more={"META-INF/manifest.xml": "<a><encryption-data/></a>"}), "protected with a password"),
        ("a.odt", archive({"content.xml": "<x/>"}), "no text document"),
        ("a.odt", archive({"content.xml": b"\xff\xfe<"}), "in content.xml"),
    ],
)
def test_refused(path: str, content: bytes, reason: str) -> None:
    found = parse_document(content, path, "en", max_size=10**6)
    assert isinstance(found, ReadProblem)
    assert reason in found.reason


def test_what_an_archive_says_of_sizes_is_not_believed() -> None:
    content = bytearray(BOMB)
    with zipfile.ZipFile(BytesIO(BOMB)) as file:
        size = file.getinfo("content.xml").file_size.to_bytes(4, "little")
    at = content.rfind(size)
    content[at : at + 4] = (1000).to_bytes(4, "little")
    found = parse_document(bytes(content), "a.odt", "en", max_size=10**6)
    assert isinstance(found, ReadProblem)
    assert "a" * 2000 not in found.reason


PARTS = st.lists(
    st.sampled_from(
        ["a", "Zażółć", "日本", "e\u0301", "\U0001f600", "7", " ", "\t", '"', "&", "<", "=", "%", "\u2028"]
    ),
    min_size=1,
    max_size=8,
).map(lambda parts: "x" + "".join(parts) + "x")


@given(st.lists(st.lists(PARTS, min_size=1, max_size=3), max_size=4))
def test_exact_places(paragraphs: list[list[str]]) -> None:
    in_docx = docx("".join(paragraph(*(words(escape(run)) for run in runs)) for runs in paragraphs))
    spans = "".join(
        "<text:p>" + "".join(f"<text:span>{escape(run)}</text:span>" for run in runs) + "</text:p>"
        for runs in paragraphs
    )
    for path, content in (("a.docx", in_docx), ("a.odt", odt(spans))):
        found = read(content, path)
        assert [folded(each.text) for each in found] == [folded("".join(runs)) for runs in paragraphs]
        for index, each in enumerate(found):
            assert folded(each.document.text[slice(*each.span)]) == folded(each.text)
            assert each.location().start == (index + 1, 1)
