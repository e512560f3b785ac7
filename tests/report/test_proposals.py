from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from termcheck.glossary_file import load_glossary
from termcheck.model import Alignment, Cell, Document, Row, Segment, SegmentKind, Span, TextRun
from termcheck.report.proposals import Proposals, to_json, to_yaml
from termcheck.terms.discovery import Choice, Discovery, Merger, RowId, Wandering

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = RowId("a.md", 0), RowId("a.md", 1)


def alignment(text: str) -> Alignment:
    def cell(lang: str) -> Cell:
        document = Document(f"{lang}/a.md", lang, text, "markdown")
        runs = (TextRun(0, len(text), 0, len(text)),)
        return Cell((Segment(document, 0, SegmentKind.PARAGRAPH, 0, text, Span(0, len(text)), runs),))

    rows = tuple(Row(index, {"en": cell("en"), "pl": cell("pl")}) for index in range(2))
    return Alignment("a.md", "en", ("en", "pl"), rows)


def proposals(
    text: str = "Short.", words: tuple[str, str] = ("client", "customer"), limit: int | None = None
) -> Proposals:
    merger = Merger(words, "pl", "klient", (FIRST,), (SECOND,), 4, 5, (), ("de",), "a reason", 1.0)
    wandering = Wandering(words[0], "pl", (Choice('"kli: #', (FIRST,)), Choice("b\x1b", (SECOND,))), 9, ("de",), 1.0)
    return Proposals(Discovery("en", 2, (merger,), (wandering,)), {"a.md": alignment(text)}, limit)


def test_whatever_the_texts_hold_the_yaml_is_a_glossary(tmp_path: Path) -> None:
    text = to_yaml(proposals("evil\n- x: \x85[\u2028&a *b]\x07" + "long " * 100, ('id: "1"', "名前")))
    path = tmp_path / "g.yaml"
    path.write_text(text, encoding="utf-8")
    glossary = load_glossary(path, "g.yaml")
    assert [concept.id for concept in glossary.concepts] == ["id-1", "concept-1"]
    assert yaml.safe_load(text)["distinct"] == [["id-1", "concept-1"]]
    assert "\x1b" not in text + to_json(proposals())


def test_the_evidence_is_in_comments() -> None:
    text = to_yaml(proposals())
    assert "# Perhaps no concern: a reason." in text
    assert "apart in no other language" in text
    assert "#   pl/a.md:1: Short." in text


def test_words_that_make_one_id_get_two() -> None:
    assert yaml.safe_load(to_yaml(proposals(words=("a b", "a-b"))))["distinct"] == [["a-b", "a-b-2"]]


def test_words_that_yaml_takes_for_values_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    path.write_text(to_yaml(proposals(words=("no", "2024"))), encoding="utf-8")
    assert [concept.id for concept in load_glossary(path, "g.yaml").concepts] == ["no", "2024"]
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["distinct"] == [["no", "2024"]]


def test_no_proposals() -> None:
    empty = Proposals(Discovery("en", 0, (), ()), {})
    assert yaml.safe_load(to_yaml(empty)) == {"version": 1, "concepts": []}
    assert empty.hidden == 0
    assert proposals(limit=0).hidden == 2
