from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from case_facts import KEY, build
from termcheck.rules.gaps import SURE_GAP, extra_in, missing_in, runs

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import Row
    from termcheck.rules.facts import DocumentFacts

TEXT = "Some words."
FIRST = {"de": TEXT, "en": TEXT, "ko": TEXT, "pl": TEXT}


def table(folder: Path, second: dict[str, Any], source: str | None = None) -> tuple[DocumentFacts, Row]:
    """A document in four languages, and its second row."""
    facts = build({"source": source, "rows": [FIRST, second]}, folder).facts.documents[KEY]
    return facts, facts.alignment.rows[1]


@pytest.mark.parametrize(
    ("source", "present", "missing", "extra"),
    [
        ("en", ["de", "en", "ko", "pl"], (), ()),
        ("en", ["en"], ("de", "ko", "pl"), ()),
        ("en", ["de", "en", "ko"], ("pl",), ()),
        ("en", ["de"], (), ("de",)),
        ("en", ["de", "ko", "pl"], (), ("de", "ko", "pl")),
        (None, ["de", "en", "ko", "pl"], (), ()),
        (None, ["de", "en", "ko"], ("pl",), ()),
        (None, ["de", "en"], (), ()),
        (None, ["de"], (), ("de",)),
        # A source that this document has no version in decides nothing.
        ("fr", ["de", "en", "ko"], ("pl",), ()),
        ("fr", ["ko"], (), ("ko",)),
    ],
)
def test_who_lacks_a_row_and_who_has_one_too_many(
    source: str | None, present: list[str], missing: tuple[str, ...], extra: tuple[str, ...], tmp_path: Path
) -> None:
    facts, row = table(tmp_path, dict.fromkeys(present, TEXT), source)
    assert missing_in(facts, row) == missing
    assert extra_in(facts, row) == extra


@pytest.mark.parametrize("source", ["en", None])
def test_an_unsure_gap_counts_for_nothing(source: str | None, tmp_path: Path) -> None:
    unsure = {"confidence": SURE_GAP - 0.01}
    facts, row = table(tmp_path, {"de": TEXT, "en": TEXT, "ko": TEXT, "pl": unsure}, source)
    assert missing_in(facts, row) == ()
    facts, row = table(tmp_path, {"de": TEXT, "en": unsure, "ko": unsure, "pl": unsure}, source)
    assert extra_in(facts, row) == ()


def test_a_gap_at_the_limit_is_sure(tmp_path: Path) -> None:
    sure = {"confidence": SURE_GAP}
    facts, row = table(tmp_path, {"de": TEXT, "en": TEXT, "ko": TEXT, "pl": sure})
    assert missing_in(facts, row) == ("pl",)


@pytest.mark.parametrize("text", ["2.4", "***ab***", "→ 7", "€ 5"])
def test_what_holds_no_word_is_neither_missing_nor_extra(text: str, tmp_path: Path) -> None:
    facts, row = table(tmp_path, {"de": text, "en": text, "ko": text}, "en")
    assert missing_in(facts, row) == ()
    facts, row = table(tmp_path, {"pl": text}, "en")
    assert extra_in(facts, row) == ()


@pytest.mark.parametrize("text", ["abc", "설정은", "1. a b c"])
def test_three_letters_say_something(text: str, tmp_path: Path) -> None:
    facts, row = table(tmp_path, {"en": text}, "en")
    assert missing_in(facts, row) == ("de", "ko", "pl")


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        ([], []),
        ([4], [[4]]),
        ([0, 1, 2], [[0, 1, 2]]),
        ([0, 2, 3, 7], [[0], [2, 3], [7]]),
    ],
)
def test_runs(rows: list[int], groups: list[list[int]]) -> None:
    assert list(runs(iter(rows))) == groups
