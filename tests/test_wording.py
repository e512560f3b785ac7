from __future__ import annotations

import pytest

from termcheck.wording import any_of, counted, languages, listing, named, quoted


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdef"), "a, b, c, d, e and f"),
        (list("abcdefg"), "a, b, c, d, e and 2 more"),
        (list("abcdefghij"), "a, b, c, d, e and 5 more"),
    ],
)
def test_listing(items: list[str], text: str) -> None:
    assert listing(items) == text


def test_listing_of_so_many_at_most() -> None:
    assert listing(["a", "b", "c", "d"], most=3) == "a, b and 2 more"


def test_languages_are_named_in_tag_order() -> None:
    assert languages(["tr", "pl", "pt-BR"]) == "Polish, Portuguese (Brazil) and Turkish"


def test_the_source_comes_first_and_is_named_as_such() -> None:
    assert languages(iter(["de", "en", "pl"]), "pl") == "Polish (the source), German and English"


def test_a_source_that_is_not_among_them_is_not_named() -> None:
    assert languages(["de", "pl"], "en") == "German and Polish"


def test_the_source_stays_visible_in_a_long_list() -> None:
    assert languages(["ar", "de", "es", "fr", "id", "ja", "zh"], "zh").startswith("Chinese (the source), Arabic,")


@pytest.mark.parametrize(("count", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows")])
def test_counted(count: int, text: str) -> None:
    assert counted(count, "row") == text


def test_quoted() -> None:
    assert quoted([]) == ""
    assert quoted(iter(["klient"])) == "“klient”"
    assert quoted(["klient", "nabywca"]) == "“klient” and “nabywca”"


def test_a_choice() -> None:
    assert any_of(["klient"]) == "“klient”"
    assert any_of(iter(["klient", "kupujący", "nabywca"])) == "“klient”, “kupujący” or “nabywca”"


def test_a_noun_with_its_words() -> None:
    assert named("number", ["1"]) == "number “1”"
    assert named("number", ["1", "2"]) == "numbers “1” and “2”"
    assert named("code", ["a", "b"], "pieces of code") == "pieces of code “a” and “b”"
