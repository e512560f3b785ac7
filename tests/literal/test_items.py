from __future__ import annotations

from termcheck.literal.items import MOST, Item, ItemDifference, compare_items, without_variants
from termcheck.model import Span


def items(*keys: str) -> list[Item]:
    return [Item(key, key.upper(), Span(index, index + 1)) for index, key in enumerate(keys)]


def compared(target: str, source: str | None = None, **texts: str) -> tuple[str, dict[str, str]] | None:
    """Additions and what is missing, of the items that are the letters of the texts."""
    found = compare_items({lang: items(*text) for lang, text in texts.items()}, target, source)
    if found is None:
        return None
    missing = {lang: "".join(item.key for item in lacking) for lang, lacking in found.missing.items()}
    return "".join(item.key for item in found.added), missing


def test_the_source_decides() -> None:
    assert compared("pl", "en", en="ab", pl="bc", de="b") == ("c", {"en": "a"})
    assert compared("pl", "en", en="a", pl="a", de="b") is None


def test_what_another_translation_has_is_no_addition() -> None:
    assert compared("pl", "en", en="a", pl="ab", de="ab") is None


def test_without_a_source_nearly_all_must_have_it() -> None:
    assert compared("pl", de="a", en="a", fr="a", pl="") == ("", {"de": "a", "en": "a", "fr": "a"})
    assert compared("pl", de="a", en="a", fr="", pl="") is None
    assert compared("pl", de="a", en="a", pl="ab") == ("b", {})
    assert compared("pl", de="ac", en="a", pl="ab") is None


def test_of_two_versions_the_one_that_lacks_it_is_asked() -> None:
    assert compared("pl", de="", pl="a") is None
    assert compared("de", de="", pl="a") == ("", {"pl": "a"})


def test_counts_and_order_are_free() -> None:
    assert compared("pl", "en", en="aab", pl="ba") is None
    assert compared("pl", "en", en="aa", pl="bb") == ("b", {"en": "a"})


def test_a_version_alone_or_a_list_of_data() -> None:
    assert compared("pl", pl="a") is None
    assert compared("pl", "en", en="a" * (MOST + 1), pl="b") is None


def test_what_is_mentioned_in_another_form() -> None:
    sides = {"en": items("a"), "pl": items("b")}
    assert compare_items(sides, "pl", "en", lambda lang, item: (lang, item.key) == ("pl", "a")) == ItemDifference(
        tuple(items("b"))
    )
    assert compare_items(sides, "pl", "en", lambda lang, item: True) is None  # noqa: ARG005


def test_variants_explain_each_other_one_to_one() -> None:
    added, (first, second) = items("x"), items("a", "b")
    left = without_variants(ItemDifference(tuple(added), {"en": (first, second)}), lambda one, other: True)  # noqa: ARG005
    assert left == ItemDifference((), {"en": (second,)})
    same = ItemDifference(tuple(added), {"en": (first,)})
    assert without_variants(same, lambda one, other: False) == same  # noqa: ARG005
