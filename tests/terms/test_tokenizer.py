from __future__ import annotations

import pytest

from termcheck.terms.tokenizer import grammar_words, words


def surfaces(text: str, lang: str) -> list[str]:
    found = words(text, lang)
    assert all(text[start:end] == word for word, start, end in found)
    return [word for word, _, _ in found]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The client's e-mail, client-side.", ["The", "client's", "e-mail", "client", "side"]),
        ("en", "You can't; you cannot.", ["You", "can't", "you", "cannot"]),
        ("fr", "L’utilisateur d'aujourd'hui", ["L", "utilisateur", "d", "aujourd'hui"]),
        ("it", "dell'utente", ["dell", "utente"]),
        ("tr", "SaaS'ın 'müşteri' SaaS’a", ["SaaS'ın", "müşteri", "SaaS’a"]),
        ("uk", "м'яч", ["м'яч"]),
        (
            "id",
            "klien-klien dan klien-kliennya, klien-server",
            ["klien-klien", "dan", "klien-kliennya", "klien", "server"],
        ),
        ("ko", "'고객'은 새-프로젝트(SaaS를)", ["고객", "은", "새", "프로젝트", "SaaS를"]),
        ("pl", "klient/klienta — _ważne_ nazwa_pliku", ["klient", "klienta", "ważne", "nazwa_pliku"]),
        ("de", "[siehe](https://example.org und www.example.org", ["siehe", "und"]),
        ("de", "E-Mail-Adresse", ["E-Mail", "Adresse"]),
        (
            "en",
            "[r]emove, E[x]tract (un[i]nstall's) a[0] [a] x",
            ["[r]emove", "E[x]tract", "un[i]nstall's", "a", "0", "a", "x"],
        ),
        ("pl", "[us]uń plik]", ["[us]uń", "plik"]),
        ("ko", "[s]서버에", ["s", "서버에"]),
        ("xx", "unu du", ["unu", "du"]),
        ("qqq", "unu du", ["unu", "du"]),
        ("hi", "ग्राहकों की", ["ग्राहकों", "की"]),
        ("ja", "顧客とクライアントのAPI", ["顧客", "と", "クライアント", "の", "API"]),
    ],
)
def test_words(lang: str, text: str, expected: list[str]) -> None:
    assert surfaces(text, lang) == expected


def test_addresses_are_left_out() -> None:
    assert surfaces("see www.client.example/client or client@example.org now", "en") == ["see", "or", "now"]


def test_long_pieces_are_cut_like_short_ones() -> None:
    text = "/".join(["client"] * 60) + "/[r]emove,Https://client.example/client"
    assert surfaces(text, "en") == ["client"] * 60 + ["[r]emove"]


def test_soft_hyphens_and_marks_stay_inside_a_word() -> None:
    assert surfaces("Kun\u00adde cafe\u0301s", "de") == ["Kun\u00adde", "cafe\u0301s"]


def test_region_subtags_do_not_matter() -> None:
    assert surfaces("o cliente", "pt-BR") == ["o", "cliente"]


def test_offsets_hold_across_lines_and_long_lines() -> None:
    text = "klient, klienta\r\n" + "słowo " * 5000 + "klientem"
    found = words(text, "pl")
    assert len(found) == 5003
    assert found[-1] == ("klientem", len(text) - 8, len(text))


@pytest.mark.parametrize("piece", ["(" * 200_000, "a" * 200_000, "a_" * 100_000, "x." * 100_000, "-'" * 100_000])
def test_hostile_runs_stay_linear(piece: str) -> None:
    assert surfaces(f"klient {piece} klient", "pl")[0] == "klient"


def test_control_characters_separate() -> None:
    assert surfaces("a\x00b\x1fclient\ufffd\n\x85", "en") == ["a", "b", "client"]


@pytest.mark.parametrize(("lang", "word"), [("en", "the"), ("de-AT", "und"), ("fr", "le"), ("tr", "için")])
def test_grammar_words(lang: str, word: str) -> None:
    assert word in grammar_words(lang)


def test_a_language_that_spacy_does_not_know_has_no_grammar_words() -> None:
    assert grammar_words("xx-none") == grammar_words("qaa") == frozenset()
