"""Rows by key."""

from __future__ import annotations

from catalogue_checks import read
from termcheck.alignment.keyed import align_by_key, is_keyed
from termcheck.model import Alignment, DocumentSet


def align(source: str | None = "en", **versions: str) -> Alignment:
    segments = {lang: read(f"i18n/{lang}.json", text, lang) for lang, text in versions.items()}
    assert is_keyed(segments)
    return align_by_key(DocumentSet("i18n", {lang: f"i18n/{lang}.json" for lang in versions}, source), segments)


def test_rows_are_in_the_order_of_the_source() -> None:
    found = align(de='{"c": "x", "b": "x", "a": "x"}', en='{"a": "x", "b": "x", "d": "x"}')
    assert [row.key for row in found.rows] == ["c", "a", "b", "d"]
    assert [[bool(cell) for cell in row.cells.values()] for row in found.rows] == [
        [True, False],
        [True, True],
        [True, True],
        [False, True],
    ]
    assert {cell.confidence for row in found.rows for cell in row.cells.values()} == {1.0}
    assert found.coverage("en") == 2 / 3
    assert not found.excluded


def test_a_key_of_others_follows_the_one_before_it() -> None:
    found = align(None, de='{"a": "x", "b": "x"}', en='{"a": "x", "n": "x", "m": "x", "b": "x"}')
    assert [row.key for row in found.rows] == ["a", "n", "m", "b"]


def test_plural_categories_that_a_language_lacks_are_no_sure_gaps() -> None:
    found = align(en='{"n_one": "one", "n_other": "more"}', pl='{"n_one": "x", "n_few": "x", "n_other": "x"}', ja="{}")
    gaps = {(row.key, lang): cell.confidence for row in found.rows for lang, cell in row.cells.items() if not cell}
    assert gaps == {
        ("n[one]", "ja"): 0.0,
        ("n[few]", "ja"): 0.0,
        ("n[few]", "en"): 0.0,
        ("n[other]", "ja"): 1.0,
    }


def test_running_text_has_no_keys() -> None:
    assert not is_keyed({})
