from __future__ import annotations

import pytest

from termcheck.literal.language_id import LanguageIdentifier
from termcheck.literal.sentence_language import MOST, foreign_sentences

POLISH = "Każdą zmianę w przewodniku sprawdza ktoś, kto jej nie napisał."
ENGLISH = "Every change to the guide is reviewed by somebody who did not write it."
AGAIN = "Nobody is expected to get everything right."


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier(["pl", "de", "ja", "en"])


def found(identifier: LanguageIdentifier, text: str, lang: str = "pl", **others: str) -> list[tuple[str, str, bool]]:
    seen = foreign_sentences(text, lang, others, identifier=identifier)
    return [(text[slice(*each.span)], each.lang, each.copied) for each in seen]


def test_a_copied_sentence(identifier: LanguageIdentifier) -> None:
    source = f"Read this. {ENGLISH}"
    assert found(identifier, f"{POLISH} {ENGLISH}", en=source) == [(ENGLISH, "en", True)]


def test_neighbours_are_merged(identifier: LanguageIdentifier) -> None:
    text = f"{POLISH} {ENGLISH} (...) {AGAIN} Dlatego nie bój się pytać innych o radę."
    assert found(identifier, text, en="") == [(f"{ENGLISH} (...) {AGAIN}", "en", False)]


def test_neighbours_in_other_languages_are_not(identifier: LanguageIdentifier) -> None:
    german = "Jede Änderung am Handbuch wird von jemandem geprüft, der sie nicht geschrieben hat."
    assert [lang for _, lang, _ in found(identifier, f"{POLISH} {ENGLISH} {german}")] == ["en", "de"]


def test_unspaced_sentences(identifier: LanguageIdentifier) -> None:
    japanese = "ガイドの変更はすべて、それを書いていない人が確認します。"
    assert [each[0] for each in found(identifier, japanese + ENGLISH, "ja")] == [ENGLISH]


def test_quotations_and_protected_text_stay(identifier: LanguageIdentifier) -> None:
    assert found(identifier, f"{POLISH} „{ENGLISH}” {POLISH}") == []
    text = f"{POLISH} {ENGLISH}"
    assert foreign_sentences(text, "pl", {}, [(len(POLISH), len(text))], identifier=identifier) == ()


def test_one_sentence_or_very_many(identifier: LanguageIdentifier) -> None:
    assert found(identifier, ENGLISH) == []
    assert found(identifier, "A b c. " * (MOST + 1), en="A b c. " * 5000) == []


def test_what_most_versions_keep_is_meant_to_stay(identifier: LanguageIdentifier) -> None:
    slogan = "Stay hungry, stay foolish."
    row = {"en": f"He said so. {slogan}", "de": f"Das sagte er. {slogan}", "ja": f"彼はそう言った。{slogan}"}
    assert found(identifier, f"{POLISH} {slogan}", **row) == []
