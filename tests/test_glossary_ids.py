from __future__ import annotations

import pytest

from termcheck.glossary_ids import ID, is_telling, slug, unique


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Client", "client"),
        ("Straße & Łódź", "strasse-lodz"),
        ("çalışma alanı", "calisma-alani"),
        ("2FA", "2fa"),
        ("고객", ""),
        ("клиент 2", ""),
        ("--", ""),
        ("x" * 500, "x" * 60),
    ],
)
def test_a_word_becomes_an_id(word: str, name: str) -> None:
    assert slug(word) == name
    assert not name or ID.fullmatch(name)


@pytest.mark.parametrize("name", ["c1", "eid-123", "42", "IATE_77", "0f8fad5b-d9cb-469f-a165-70867728950e", "a b", ""])
def test_ids_that_tell_nothing(name: str) -> None:
    assert not is_telling(name)


def test_ids_that_tell() -> None:
    assert is_telling("client")
    assert is_telling("two-factor.login")


def test_equal_ids_are_numbered() -> None:
    assert unique(["a", "", "a", "a-2", "a", ""]) == ["a", "concept-1", "a-2", "a-2-2", "a-3", "concept-2"]
