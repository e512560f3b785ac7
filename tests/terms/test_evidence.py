from __future__ import annotations

import pickle

import pytest

from term_rows import cell
from termcheck.model import Span
from termcheck.terms.evidence import CellTerms, RowTerms, TermEvidence, Word

LEXICON = {"client": {"en": ["client"], "pl": ["klient"]}}


def make_rows() -> list[RowTerms]:
    texts = [
        {"en": "The client pays", "pl": "Klient płaci"},
        {"en": "It rains", "pl": "Pada deszcz"},
        {"en": "Ask a client", "pl": "Pytaj klienta", "tr": "Müşteriye SOR"},
        {"tr": "ILIK İNCİR"},
    ]
    return [
        RowTerms(f"doc{number % 2}", number, {lang: cell(text, lang, LEXICON) for lang, text in row.items()})
        for number, row in enumerate(texts)
    ]


def test_order_leaves_no_trace() -> None:
    rows = make_rows()
    straight = TermEvidence(rows)
    shuffled = TermEvidence([rows[2], rows[0], rows[3], rows[1]])
    assert straight == shuffled
    assert straight.rows() == shuffled.rows()
    assert [(row.document, row.row) for row in straight.rows()] == [("doc0", 0), ("doc0", 2), ("doc1", 1), ("doc1", 3)]


def test_merging_is_associative_and_commutative() -> None:
    parts = [TermEvidence([row]) for row in make_rows()]
    left, right = TermEvidence(), TermEvidence()
    for part in parts:
        left.merge(part)
    pair = TermEvidence()
    pair.merge(parts[2])
    pair.merge(parts[1])
    for part in (parts[3], pair, parts[0]):
        right.merge(part)
    assert left == right == TermEvidence(make_rows())
    left.merge(right)
    assert left == right, "merging what is known already changes nothing"


def test_it_survives_a_trip_to_another_process() -> None:
    evidence = TermEvidence(make_rows())
    assert pickle.loads(pickle.dumps(evidence)) == evidence  # noqa: S301


def test_evidence_is_not_equal_to_other_things_or_other_rows() -> None:
    evidence = TermEvidence(make_rows())
    assert evidence != "evidence"
    assert evidence != TermEvidence(make_rows()[:2])
    assert len(evidence) == 4
    assert evidence.languages() == ["en", "pl", "tr"]


def test_two_different_rows_in_one_place_are_refused() -> None:
    evidence = TermEvidence(make_rows())
    other = RowTerms("doc0", 0, {"en": cell("Something else", "en", LEXICON)})
    with pytest.raises(ValueError, match="two different rows 0 of document 'doc0'"):
        evidence.add(other)
    with pytest.raises(ValueError, match="two different rows"):
        evidence.merge(TermEvidence([other]))


def test_forms_are_folded_by_language() -> None:
    evidence = TermEvidence(make_rows())
    tr = evidence.rows()[3].cells["tr"]
    assert tr.forms == ("ılık", "incir")
    assert evidence.key("tr", "ılık")
    with pytest.raises(KeyError):
        evidence.key("tr", "ilik")


def test_offsets_are_kept_only_where_a_finding_can_point() -> None:
    first, third, second, _ = TermEvidence(make_rows()).rows()
    assert first.cells["pl"].spans({"płaci"}) == (Span(7, 12),)
    assert third.cells["tr"].spans({"sor", "müşteriye"}) == (Span(0, 9), Span(10, 13)), "a hit in another language"
    assert second.cells["pl"].spans({"deszcz"}) == ()
    assert first.cells["en"].forms_within(0, 10) == {"the", "client"}
    assert second.cells["en"].forms_within(0, 10) == set()


def test_a_form_with_two_keys_keeps_the_same_one_in_any_order() -> None:
    words = [Word("b", "Bank", 0, 4), Word("a", "bank", 5, 9)]
    for order in (words, words[::-1]):
        evidence = TermEvidence([RowTerms("d", 0, {"de": CellTerms(order)})])
        assert evidence.key("de", "bank") == "a"


def test_empty_cells_are_no_text() -> None:
    evidence = TermEvidence([RowTerms("d", 0, {"en": CellTerms(), "de": CellTerms((Word("x", "x", 0, 1),))})])
    assert list(evidence.rows()[0].cells) == ["de"]
