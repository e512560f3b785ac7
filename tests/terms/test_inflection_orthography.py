from __future__ import annotations

from termcheck.terms.inflection.orthography import clean, fold, primary_language


def test_fold_composes_cleans_and_lowers() -> None:
    assert fold("Cafe\u0301\u00ad’S", "fr") == "café's"
    assert fold("STRASSE", "de") == fold("straße", "de")


def test_turkic_languages_have_two_letters_i() -> None:
    assert fold("IĞDIR İL", "tr") == "ığdır il"
    assert fold("I", "az-Latn") == "ı"
    assert fold("I", "en") == "i"
    assert fold("I\u0307", "tr") == "i"


def test_clean_keeps_case() -> None:
    assert clean("SaaS’ın") == "SaaS'ın"
    assert clean("it`s") == "it's"


def test_primary_language() -> None:
    assert [primary_language(tag) for tag in ("pt-BR", "zh_Hans", "EN")] == ["pt", "zh", "en"]
