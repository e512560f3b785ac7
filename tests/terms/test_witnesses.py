from __future__ import annotations

from typing import TYPE_CHECKING

from term_rows import evidence
from termcheck.terms.evidence import CellTerms, Hit, RowTerms, TermEvidence
from termcheck.terms.witnesses import CellReading, Support, Witnesses

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.terms.witnesses import Testimony

WORDS = {
    "client": {"en": ["client"], "de": ["Mandant"], "nl": ["cliënt"], "pl": ["klient"]},
    "customer": {"en": ["customer"], "de": ["Kunde"], "nl": ["klant"], "pl": ["klient"]},
}
PAIR = [("client", "customer")]


def hear(rows: Sequence[Mapping[str, str]], source: str | None = None) -> list[Testimony]:
    witnesses = Witnesses(WORDS, PAIR, {"guide": source} if source else None)
    return witnesses.hear(evidence(rows, WORDS).rows())


def test_the_source_decides_alone() -> None:
    row = {"en": "the customer", "de": "der Mandant", "nl": "de cliënt"}
    assert hear([row], "en")[0].shown == {"customer": Support(("en",), ("de", "nl"))}
    assert set(hear([row])[0].shown) == {"client"}


def test_where_the_source_has_no_text_the_others_vote() -> None:
    assert set(hear([{"de": "der Mandant", "nl": "de cliënt"}], "en")[0].shown) == {"client"}


def test_the_majority_wins_and_is_counted() -> None:
    testimony = hear([{"en": "the client", "de": "der Kunde", "nl": "de cliënt"}])[0]
    assert testimony.shown == {"client": Support(("en", "nl"), ("de",))}
    assert testimony.disputed == frozenset()


def test_equal_versions_that_disagree_leave_a_dispute() -> None:
    testimony = hear([{"en": "the client", "de": "der Kunde"}])[0]
    assert testimony.shown == {}
    assert testimony.disputed == {"client", "customer"}


def test_silence_weighs_less_than_another_word() -> None:
    testimony = hear([{"en": "the client", "de": "er"}])[0]
    assert testimony.shown == {"client": Support(("en",), ("de",))}


def test_a_word_of_two_concepts_is_no_witness() -> None:
    witnesses = Witnesses(WORDS, PAIR)
    assert not witnesses.testifies("client", "pl")
    assert not witnesses.testifies("client", "fr")
    assert witnesses.witness_languages("client") == ["de", "en", "nl"]
    assert hear([{"pl": "klient"}])[0].shown == {}
    assert hear([{"pl": "klient", "en": "the customer"}])[0].shown == {"customer": Support(("en",), ())}


def test_a_careless_version_is_outvoted() -> None:
    """Dutch often has one word where a row surely holds both concepts; English never has."""
    both = [{"en": "client and customer", "nl": "klant en klant"}] * 6
    other = [{"en": "the client", "nl": "de klant"}] * 4
    heard = hear(both + other)
    assert [set(testimony.shown) for testimony in heard[6:]] == [{"client"}] * 4
    assert all(set(testimony.shown) == {"client", "customer"} for testimony in heard[:6])
    # The same with the roles exchanged.
    heard = hear(
        [{"nl": "cliënt en klant", "en": "customer and customer"}] * 6 + [{"nl": "de cliënt", "en": "the customer"}]
    )
    assert set(heard[-1].shown) == {"client"}


def test_doubtful_hits_testify_to_nothing_but_are_noticed() -> None:
    row = RowTerms(
        "d",
        0,
        {
            "de": CellTerms((), {"customer": [Hit(0, 12, "Kundendienst", "Kunde", compound=True)]}),
            "en": CellTerms((), {"client": [Hit(0, 6, "client", "client", certain=False)]}),
            "pl": CellTerms((), {"client": [Hit(0, 6, "klient", "klient")]}),
        },
    )
    stored = TermEvidence([row]).rows()
    witnesses = Witnesses(WORDS, PAIR)
    assert witnesses.hear(stored)[0].shown == {}
    cells = stored[0].cells
    assert witnesses.read(cells["de"], "de") == CellReading(frozenset(), frozenset({"customer"}))
    assert witnesses.read(cells["en"], "en") == CellReading(frozenset(), frozenset({"client"}))
    assert witnesses.read(cells["pl"], "pl") == CellReading(frozenset(), frozenset({"client", "customer"}))


def test_concepts_without_rivals_are_heard_too() -> None:
    witnesses = Witnesses({"file": {"en": ["file"], "de": ["Datei"]}}, [])
    rows = evidence([{"en": "a file", "de": "eine Datei"}], {"file": {"en": ["file"], "de": ["Datei"]}}).rows()
    assert witnesses.hear(rows)[0].shown == {"file": Support(("de", "en"), ())}
    assert witnesses.rivals("file") == frozenset()
