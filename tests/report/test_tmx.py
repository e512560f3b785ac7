from __future__ import annotations

import re
from xml.etree import ElementTree

from termcheck.model import Alignment, Cell, Document, Row, Segment, SegmentKind, Span, TextRun
from termcheck.report.tmx import to_tmx

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def cell(lang: str, *texts: str, confidence: float = 1.0) -> Cell:
    segments = []
    for number, text in enumerate(texts):
        document = Document(f"{lang}/a.md", lang, text, "markdown")
        run = TextRun(0, len(text), 0, len(text))
        segments.append(Segment(document, number, SegmentKind.PARAGRAPH, 0, text, Span(0, len(text)), (run,)))
    return Cell(tuple(segments), confidence)


def parsed(*rows: dict[str, Cell], source: str | None = "en") -> ElementTree.Element:
    alignment = Alignment("a", source, ("en", "pl"), tuple(Row(number, cells) for number, cells in enumerate(rows)))
    return ElementTree.fromstring(to_tmx(alignment).encode("utf-8"))  # noqa: S314


def segs(root: ElementTree.Element) -> list[dict[str | None, str | None]]:
    return [{tuv.get(LANG): tuv.findtext("seg") for tuv in unit.findall("tuv")} for unit in root.findall("body/tu")]


def test_the_header_has_what_the_format_requires() -> None:
    root = parsed()
    header = root.find("header")
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    assert header is not None
    assert {name: header.get(name) for name in ("segtype", "srclang", "datatype", "adminlang", "creationtool")} == {
        "segtype": "paragraph",
        "srclang": "en",
        "datatype": "plaintext",
        "adminlang": "en",
        "creationtool": "termcheck",
    }
    assert header.get("creationtoolversion")
    assert header.get("o-tmf")


def test_without_a_source_any_language_may_be_one() -> None:
    header = parsed(source=None).find("header")
    assert header is not None
    assert header.get("srclang") == "*all*"


def test_rows_become_units_with_the_least_confidence() -> None:
    root = parsed({"en": cell("en", "A dog.", confidence=0.5), "pl": cell("pl", "Pies.", confidence=0.876)})
    unit = root.find("body/tu")
    assert unit is not None
    assert unit.get("tuid") == "1"
    assert [child.tag for child in unit] == ["prop", "tuv", "tuv"]
    assert (unit[0].get("type"), unit[0].text) == ("x-confidence", "0.50")
    assert segs(root) == [{"en": "A dog.", "pl": "Pies."}]


def test_rows_in_one_language_are_left_out_and_the_others_keep_their_numbers() -> None:
    root = parsed({"en": cell("en", "Alone."), "pl": Cell()}, {"en": cell("en", "A"), "pl": cell("pl", "B")})
    assert [unit.get("tuid") for unit in root.findall("body/tu")] == ["2"]


def test_split_paragraphs_stay_together() -> None:
    root = parsed({"en": cell("en", "One. Two."), "pl": cell("pl", "Raz.", "Dwa.")})
    assert segs(root) == [{"en": "One. Two.", "pl": "Raz.\nDwa."}]


def test_no_text_breaks_the_file() -> None:
    hostile = "</seg> & <b> ]]> \x00\x1b\x0b\ufffe\ud800 😀 \u202e"
    root = parsed({"en": cell("en", hostile), "pl": cell("pl", "x")})
    assert segs(root)[0]["en"] == "</seg> & <b> ]]> \ufffd\ufffd\ufffd\ufffd\ufffd 😀 \u202e"


# The elements of the TMX 1.4b DTD that are written here: required attributes, allowed ones, and what they may hold.
_DTD = {
    "tmx": ({"version"}, {"version"}, "header body"),
    "header": (
        {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"},
        {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"},
        "",
    ),
    "body": (set(), set(), "(tu ?)*"),
    "tu": (set(), {"tuid", "datatype", "srclang", "segtype"}, "(prop ?|note ?)*(tuv ?)+"),
    "prop": ({"type"}, {"type", LANG}, ""),
    "tuv": ({LANG}, {LANG}, "(prop ?|note ?)*seg"),
    "seg": (set(), set(), ""),
}


def test_the_file_follows_the_content_model() -> None:
    root = parsed(
        {"en": cell("en", "A <b> & \x00"), "pl": cell("pl", "B", "C", confidence=0.5)},
        {"en": cell("en", "D"), "pl": cell("pl", "E")},
    )
    for element in root.iter():
        required, allowed, content = _DTD[element.tag]
        assert required <= set(element.attrib) <= allowed
        assert re.fullmatch(content, " ".join(child.tag for child in element))
    assert root.get("version") == "1.4"
    assert all(len({variant.get(LANG) for variant in unit}) == len(unit) for unit in root.findall("body/tu"))
