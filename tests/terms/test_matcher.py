from __future__ import annotations

from dataclasses import replace

import pytest

from termcheck.model import Span
from termcheck.terms.matcher import Certainty, TermHit, TermMatcher, TermPattern


def find(lang: str, text: str, *terms: str | TermPattern) -> tuple[TermHit, ...]:
    patterns = [TermPattern(term, term) if isinstance(term, str) else term for term in terms]
    hits = TermMatcher(lang, patterns).find(text)
    assert all(hit.surface == text[hit.start : hit.end] for hit in hits)
    return hits


def surfaces(lang: str, text: str, *terms: str | TermPattern) -> list[str]:
    return [hit.surface for hit in find(lang, text, *terms)]


def test_a_hit_tells_what_was_found_and_where() -> None:
    pattern = TermPattern("client", "klient", "forbidden")
    assert TermMatcher("pl", [pattern]).find("Nasi klienci są tu.") == (
        TermHit(5, 12, "client", "klient", "forbidden", Certainty.MATCH, "klienci", compound=False),
    )


def test_every_word_of_a_term_inflects() -> None:
    text = "W obsłudze klienta i obsługę\n klientów, obsługa — klienta"
    assert surfaces("pl", text, "obsługa klienta") == ["obsłudze klienta", "obsługę\n klientów"]


def test_a_hyphen_may_stand_for_a_space() -> None:
    assert surfaces("en", "open-source and open source", "open source") == ["open-source", "open source"]


def test_the_longest_of_overlapping_terms_wins() -> None:
    hits = find("pl", "aplikacje klienckie i klient", "aplikacja kliencka", "aplikacja", "klient")
    assert [(hit.concept, hit.surface) for hit in hits] == [
        ("aplikacja kliencka", "aplikacje klienckie"),
        ("klient", "klient"),
    ]


def test_one_word_of_two_concepts_hits_both() -> None:
    hits = find("tr", "müşteriye", TermPattern("client", "müşteri"), TermPattern("customer", "müşteri"))
    assert [hit.concept for hit in hits] == ["client", "customer"]


def test_one_concept_hits_a_place_once() -> None:
    patterns = [TermPattern("client", "klient"), TermPattern("client", "klient", "admitted")]
    assert [hit.status for hit in find("pl", "klienta", *patterns)] == ["preferred"]


def test_an_exact_form_beats_an_inflected_one() -> None:
    assert [hit.concept for hit in find("tr", "yazı", "yaz", "yazı")] == ["yazı"]


def test_forms_and_never_win_over_the_rules() -> None:
    pattern = TermPattern("user", "użytkownik", forms=("userzy",), never=("użytkownika", "użytkownik końcowy"))
    text = "Userzy, użytkownika, użytkownikiem, użytkownik końcowy, użytkownik."
    assert surfaces("pl", text, pattern) == ["Userzy", "użytkownikiem", "użytkownik"]


def test_capitals_inside_a_term_ask_for_the_same_case() -> None:
    assert surfaces("pl", "MIA, mia, Mia i MIA’s, MIAs", "MIA") == ["MIA"]
    assert surfaces("tr", "SaaS'ın SaaS’a saas", "SaaS") == ["SaaS'ın", "SaaS’a"]
    assert surfaces("en", "Apples and apples", TermPattern("a", "Apple", case_sensitive=True)) == ["Apples"]
    assert surfaces("en", "KLIENTS klients", "klient") == ["KLIENTS", "klients"]


def test_turkish_dotted_and_dotless_i() -> None:
    assert surfaces("tr", "IŞIK ışığı İSTEMCİ istemcinin IŞIĞIN", "ışık", "istemci") == [
        "IŞIK",
        "ışığı",
        "İSTEMCİ",
        "istemcinin",
        "IŞIĞIN",
    ]
    assert surfaces("tr", "ISTEMCI", "istemci") == []


def test_other_spellings_of_the_same_letters() -> None:
    assert surfaces("de", "Kun\u00adden", "Kunde") == ["Kun\u00adden"]
    assert surfaces("es", "Cafe\u0301s", "café") == ["Cafe\u0301s"]
    assert surfaces("ko", "고객은", "고객") == ["고객은"]


def test_protected_spans_never_match() -> None:
    matcher = TermMatcher("pl", [TermPattern("client", "klient"), TermPattern("care", "obsługa klienta")])
    text = "obsługa klienta, klient klient"
    assert [hit.start for hit in matcher.find(text, [Span(8, 15), Span(20, 20)])] == [17, 24]
    assert matcher.find(text, [Span(0, 10), Span(5, 30)]) == ()


def test_identifiers_match_exactly_only() -> None:
    assert surfaces("en", "client_ids client_id clients", "client", "client_id") == ["client_id", "clients"]


def test_unknown_languages_are_unsure() -> None:
    hits = find("lv", "klients klienta klientiem klikšķis", "klients")
    assert [(hit.surface, hit.certainty) for hit in hits] == [
        ("klients", Certainty.MATCH),
        ("klienta", Certainty.UNSURE),
        ("klientiem", Certainty.UNSURE),
    ]


def test_korean_terms_are_found_written_together() -> None:
    assert surfaces("ko", "고객 센터에서 고객센터를", "고객 센터") == ["고객 센터에서", "고객센터를"]


def test_japanese_and_chinese_by_substring() -> None:
    hits = find("ja", "顧客はクライアント、クライアントサイド、apiとAPIs。", "顧客", "クライアント", "API")
    assert [(hit.surface, hit.compound) for hit in hits] == [
        ("顧客", False),
        ("クライアント", False),
        ("クライアント", True),
    ]
    assert surfaces("zh-Hans", "客户和顾客都是客户。", "客户", "顾客") == ["客户", "顾客", "客户"]
    assert [hit.certainty for hit in find("zh", "库存", "库")] == [Certainty.UNSURE]
    assert surfaces("th", "ลูกค้าของเรา", "ลูกค้า") == ["ลูกค้า"]


def test_substrings_keep_offsets_whatever_the_width() -> None:
    assert surfaces("ja", "ＡＰＩのカ\u3099ラス", "API", "ガラス") == ["ＡＰＩ", "カ\u3099ラス"]


def test_never_and_protection_hold_for_substrings() -> None:
    matcher = TermMatcher("ja", [TermPattern("customer", "顧客", never=("顧客満足",))])
    assert [hit.start for hit in matcher.find("顧客満足と顧客と顧客", [Span(8, 9)])] == [5]


def test_longer_terms_win_among_substrings() -> None:
    assert surfaces("zh", "客户服务和客户", "客户", "客户服务") == ["客户服务", "客户"]


def test_german_nouns_have_a_capital() -> None:
    hits = find("de", "Wir beitragen den Beitrag, die Beiträge, beitrag.", "Beitrag")
    assert [(hit.surface, hit.certainty) for hit in hits] == [
        ("Beitrag", Certainty.MATCH),
        ("Beiträge", Certainty.MATCH),
        ("beitrag", Certainty.UNSURE),
    ]


def test_nothing_to_look_for() -> None:
    assert TermMatcher("pl", []).find("klient") == ()
    assert surfaces("pl", "klient …", "…", "") == []
    assert surfaces("ja", "顧客", "") == []
    assert surfaces("pl", "", "klient") == []


@pytest.mark.parametrize("lang", ["pl", "tr", "ko", "de", "ja", "fi"])
@pytest.mark.parametrize("text", ["klient" * 50_000, "고객" * 50_000, "\x00\ud7ff\x1b[31m" * 1000, "顧" * 100_000])
def test_hostile_texts_stay_linear(lang: str, text: str) -> None:
    TermMatcher(lang, [TermPattern("a", "klient"), TermPattern("b", "고객"), TermPattern("c", "客户服务")]).find(text)


def test_the_fingerprint_follows_what_determines_the_hits() -> None:
    pattern = TermPattern("client", "klient")
    first = TermMatcher("pl", [pattern]).fingerprint
    assert first == TermMatcher("pl", [pattern]).fingerprint
    others = [
        TermMatcher("cs", [pattern]).fingerprint,
        TermMatcher("pl", [replace(pattern, never=("klienta",))]).fingerprint,
        TermMatcher("pl", [pattern, pattern]).fingerprint,
    ]
    assert len({first, *others}) == 4


@pytest.mark.parametrize(
    "lang", ["cs", "de", "en", "es", "fi", "hu", "id", "ko", "nl", "pl", "ru", "tr", "uk", "vi", "xx", "ja"]
)
def test_any_term_can_be_looked_for(lang: str) -> None:
    terms = ["a", "ı", "ks", "'", "-", "1", "고", "顧", "ие", "İI", "e\u0301", "\u00ad", "a_", "a" * 5000, "x y " * 50]
    text = " ".join(terms)
    found = {hit.surface for hit in TermMatcher(lang, [TermPattern(term, term) for term in terms]).find(text)}
    assert "ks" in found
