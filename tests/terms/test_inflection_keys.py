from __future__ import annotations

import pytest

from termcheck.terms.inflection import has_rules, stem_key


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("pl", "klient Klienta klientów klientami klienci kliencie"),
        ("pl", "użytkownik użytkownicy użytkowników"),
        ("pl", "błąd błędu błędami"),
        ("pl", "dodatek dodatku dodatki"),
        ("pl", "partner partnerzy partnerem"),
        ("tr", "müşteri müşterinin müşterilerinizle MÜŞTERİLER müşteriye"),
        ("tr", "kitap kitabı kitaplar"),
        ("tr", "proje projeyi projesine projelerde"),
        ("tr", "SaaS SaaS'ın SaaS’a"),
        ("tr", "renk rengi"),
        ("ko", "클라이언트 클라이언트는 클라이언트를 클라이언트들에게"),
        ("ko", "고객 고객이 고객입니다 고객과의"),
        ("id", "pelanggan pelanggannya"),
        ("id", "klien klien-klien klien-kliennya klienNya"),
        ("id", "pengguna penggunalah"),
        ("de", "Kunde Kunden"),
        ("de", "Land Länder Landes Ländern"),
        ("en", "client clients client's"),
        ("en", "party parties"),
        ("en", "write written writing"),
        ("en", "stop stopped"),
        ("fr", "client clients cliente"),
        ("es", "versión versiones"),
        ("it", "banca banche"),
        ("nl", "taal talen"),
        ("nl", "mogelijkheid mogelijkheden"),
        ("nl", "bus bussen"),
        ("ru", "список списка списки"),
        ("uk", "команда команди командою"),
        ("cs", "článek článku články"),
        ("cs", "klient klienta klienti klientů"),
        ("cs", "německý němečtí"),
        ("fi", "kaupunki kaupungin kaupungissa"),
        ("fi", "tieto tiedon"),
        ("hu", "város városban városok"),
        ("lv", "klients klienta klientam"),
        ("vi", "khách"),
    ],
)
def test_forms_of_one_word_share_a_key(lang: str, forms: str) -> None:
    assert len({stem_key(form, lang) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("pl", "kontrakt kontrola kontakt konto klient klimat"),
        ("tr", "sorun soru kullanıcı kullanım müşteri müşterek"),
        ("ko", "고객 고객센터 클라이언트 나라"),
        ("id", "masalah masa pelanggan langganan pelanggaran"),
        ("de", "Kunde Kontakt Konto"),
        ("en", "client climate user use"),
        ("xx", "klimats klients"),
    ],
)
def test_different_words_keep_different_keys(lang: str, words: str) -> None:
    listed = words.split()
    assert len({stem_key(word, lang) for word in listed}) == len(listed)


@pytest.mark.parametrize("lang", ["pl", "tr", "ko", "id", "de", "en", "fr", "nl", "ru", "cs", "fi", "hu", "vi", "lv"])
@pytest.mark.parametrize("word", ["a", "'", "i", "я", "고", "12", "ab", "\u00ad", "-", "aaaa" * 500])
def test_any_word_has_a_key(lang: str, word: str) -> None:
    assert stem_key(word, lang) == stem_key(word, lang)


def test_languages_with_rules() -> None:
    assert has_rules("pt-BR")
    assert not has_rules("lv")
