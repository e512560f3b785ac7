"""Texts left in another version's language."""

from __future__ import annotations

import pytest

from termcheck.literal.language_id import LanguageIdentifier
from termcheck.literal.untranslated import untranslated

ENGLISH = "Discussion forums or mailing lists"
ROW = {
    "en": ENGLISH,
    "de": "Diskussionsforen oder Mailinglisten",
    "tr": "Tartışma forumları veya e-posta listeleri",
    "ko": "토론 포럼 또는 메일링 리스트",
}


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier(["pl", "tr", "ko", "de", "fr", "id", "ms"])


def test_a_copy_of_the_source(identifier: LanguageIdentifier) -> None:
    found = untranslated(ENGLISH, "pl", ROW, identifier=identifier)
    assert found is not None
    assert (found.lang, found.copied, found.similarity) == ("en", True, 1.0)
    assert found.confidence > 0.7


def test_case_numbers_and_addresses_do_not_matter(identifier: LanguageIdentifier) -> None:
    target = "discussion forums 12 or mailing lists https://example.org/pl"
    found = untranslated(target, "pl", {"en": ENGLISH + " 7"}, identifier=identifier)
    assert found is not None
    assert found.copied


def test_a_translation_is_no_copy(identifier: LanguageIdentifier) -> None:
    assert untranslated("Fora dyskusyjne lub listy mailingowe", "pl", ROW, identifier=identifier) is None


def test_the_original_is_not_blamed_for_its_copy(identifier: LanguageIdentifier) -> None:
    row = {**ROW, "pl": ENGLISH}
    del row["en"]
    assert untranslated(ENGLISH, "en", row, identifier=identifier) is None


@pytest.mark.parametrize(
    "text", ["GitHub Actions", "Ada Lovelace", "npm install", "Kubernetes", "API", "", "2024-01-02"]
)
def test_names_and_code_stay(identifier: LanguageIdentifier, text: str) -> None:
    assert untranslated(text, "pl", {"en": text}, identifier=identifier) is None
    assert untranslated(text, "ko", {"en": text, "de": text}, identifier=identifier) is None


def test_what_the_other_versions_keep_too_is_meant_to_stay(identifier: LanguageIdentifier) -> None:
    title = "The art of community building"
    kept = {"en": title, "de": title, "tr": title, "ko": "커뮤니티 구축의 기술"}
    assert untranslated(title, "pl", kept, identifier=identifier) is None
    assert (
        untranslated(title, "pl", {**kept, "de": "Die Kunst", "tr": "Topluluk kurma"}, identifier=identifier)
        is not None
    )


def test_a_long_text_is_no_name_even_if_all_keep_it(identifier: LanguageIdentifier) -> None:
    text = "Every change to the guide is reviewed by somebody who did not write it and knows the subject well."
    assert untranslated(text, "pl", {"en": text, "de": text, "tr": text}, identifier=identifier) is not None


def test_a_source_that_has_changed_since(identifier: LanguageIdentifier) -> None:
    target = "Every change to the guide is reviewed by somebody else."
    row = {"en": "All changes are now reviewed by two maintainers.", "de": "Alle Änderungen werden geprüft."}
    found = untranslated(target, "pl", row, identifier=identifier)
    assert found is not None
    assert (found.lang, found.copied) == ("en", False)
    assert found.similarity < 0.9


def test_protected_text_does_not_count(identifier: LanguageIdentifier) -> None:
    assert untranslated(ENGLISH, "pl", ROW, [(0, len(ENGLISH))], identifier=identifier) is None


def test_relatives_may_share_their_text(identifier: LanguageIdentifier) -> None:
    text = "Semua perubahan akan ditinjau oleh orang lain."
    assert untranslated(text, "ms", {"id": text}, identifier=identifier) is None


def test_both_may_quote_a_third_language(identifier: LanguageIdentifier) -> None:
    text = "Il faut bien le faire."
    assert untranslated(text, "ko", {"en": text}, identifier=identifier) is None


@pytest.mark.timeout(60)
def test_hostile_text_comes_to_an_end(identifier: LanguageIdentifier) -> None:
    text = "ab " * 300_000
    untranslated(text, "pl", {"en": text, "de": "x" * 1_000_000}, identifier=identifier)
