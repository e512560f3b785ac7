from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from case_facts import KEY, build
from termcheck.literal.language_id import Identification
from termcheck.literal.rows import LiteralFacts
from termcheck.model import Position, Role, Span
from termcheck.rules.facts import DocumentFacts, Place

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = {"concepts": {"folder": {"en": "folder", "de": "Ordner", "pl": "folder"}}}


def document(folder: Path, **case: Any) -> DocumentFacts:
    return build(case, folder).facts.documents[KEY]


def test_a_cell_by_its_place(tmp_path: Path) -> None:
    facts = document(tmp_path, rows=[{"en": "Knock.", "de": "Klopfen."}, {"en": "Wait."}])
    assert facts.key == KEY
    assert facts.source is None
    assert facts.cell(Place(0, "de")).text == "Klopfen."
    assert not facts.cell(Place(1, "de"))


def test_excerpts_start_with_the_cell_then_the_source(tmp_path: Path) -> None:
    row = {"de": "Klopfen.", "en": "Knock.", "ko": "노크하세요.", "pl": "Zapukaj."}
    facts = document(tmp_path, source="ko", rows=[row])
    found = facts.excerpts(Place(0, "en"), {"pl": [Span(3, 5), Span(0, 2)], "fr": [Span(0, 1)]})
    assert [(each.role, each.location.lang, each.text) for each in found] == [
        (Role.TARGET, "en", "Knock."),
        (Role.SOURCE, "ko", "노크하세요."),
        (Role.WITNESS, "de", "Klopfen."),
        (Role.WITNESS, "pl", "Zapukaj."),
    ]
    assert [each.marks for each in found] == [(), (), (), (Span(0, 2), Span(3, 5))]


def test_excerpts_of_a_gap_have_no_target(tmp_path: Path) -> None:
    facts = document(tmp_path, rows=[{"en": "Knock.", "de": "Klopfen."}, {"en": "Wait."}])
    assert [each.role for each in facts.excerpts(Place(1, "de"))] == [Role.WITNESS]


def test_the_excerpt_of_the_source_itself_is_the_target(tmp_path: Path) -> None:
    facts = document(tmp_path, source="en", rows=[{"en": "Knock.", "de": "Klopfen."}])
    assert [each.role for each in facts.excerpts(Place(0, "en"))] == [Role.TARGET, Role.WITNESS]


def test_term_marks_leave_out_who_does_not_name_the_concept(tmp_path: Path) -> None:
    rows = [{"en": "A folder in a folder.", "de": "Er liegt im Ordner.", "pl": "Jest pusty."}]
    facts = document(tmp_path, glossary=FOLDER, rows=rows)
    assert facts.term_marks(0, "folder") == {"en": (Span(2, 8), Span(14, 20)), "de": (Span(12, 18),)}
    assert facts.term_marks(0, "file") == {}


def test_a_compound_is_no_certain_mark(tmp_path: Path) -> None:
    facts = document(tmp_path, glossary=FOLDER, rows=[{"en": "The structure.", "de": "Die Ordnerstruktur."}])
    assert facts.term_marks(0, "folder") == {"de": (Span(4, 18),)}
    assert facts.term_marks(0, "folder", certain=True) == {}


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (0, Position(1, 1)),  # before the first text
        (2, Position(3, 1)),  # before what follows, over another gap
        (3, Position(3, 1)),
        (5, Position(3, 10)),  # after the last text
    ],
)
def test_where_a_missing_text_would_go(row: int, place: Position, tmp_path: Path) -> None:
    german = {1: "Die Eins.", 4: "Die Vier."}
    rows = [{"en": f"Number {index}.", "de": german.get(index)} for index in range(6)]
    found = document(tmp_path, rows=rows).insertion_point(Place(row, "de"))
    assert (found.start, found.end, found.path, found.lang) == (place, place, f"de/{KEY}", "de")


def test_a_moved_text_is_no_place_to_go_before_or_after(tmp_path: Path) -> None:
    rows = [
        {"en": "One.", "de": "Die Eins."},
        {"en": "Two."},
        {"en": "Three.", "de": {"text": "Die Drei.", "moved": True}},
    ]
    facts = document(tmp_path, order={"de": [2, 0]}, rows=rows)
    assert facts.insertion_point(Place(1, "de")).start == Position(3, 10)


def test_a_version_of_moved_texts_only_has_its_last_one(tmp_path: Path) -> None:
    rows = [{"en": "One.", "de": {"text": "Die Eins.", "moved": True}}, {"en": "Two."}]
    assert document(tmp_path, rows=rows).insertion_point(Place(1, "de")).start == Position(1, 10)


def test_a_text_in_another_language_is_foreign(tmp_path: Path) -> None:
    alignment = document(tmp_path, rows=[{"en": "Knock.", "de": "Knock."}]).alignment
    facts = DocumentFacts(alignment, {}, LiteralFacts(wrong_language={(0, "de"): Identification("en", 0.99)}))
    assert facts.is_foreign(Place(0, "de"))
    assert not facts.is_foreign(Place(0, "en"))
