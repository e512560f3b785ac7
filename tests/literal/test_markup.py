from __future__ import annotations

import pytest

from termcheck.literal.items import Item, ItemDifference
from termcheck.literal.markup import code_items, is_translated_code, tag_items, worth_telling
from termcheck.model import Protected, ProtectedKind, Span


def code(text: str) -> Item:
    (item,) = code_items([Protected(ProtectedKind.CODE, Span(0, len(text)), text)])
    return item


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("git  push", "git\u00a0push"),
        ('"pt-BR"', "pt-BR"),
        ("‘a’ ", "'a'"),
        ("rel=me", 'rel="me"'),
        ("<Page />", "<Page>"),
        ("docs/en/a.md", "docs/pt-br/a.md"),
        ("/en/", "/fr/"),
    ],
)
def test_the_same_code(one: str, other: str) -> None:
    assert code(one).key == code(other).key


def test_code_without_content_is_none() -> None:
    assert code_items([Protected(ProtectedKind.CODE, Span(0, 1), " ")]) == []


@pytest.mark.parametrize(
    ("added", "missing", "expected"),
    [
        ("/einfuehrung", "/introduction", True),
        ("Beispiel.Datei.md", "Example.File.md", True),
        ("a: zażółć", "b", True),
        ("replacementTitle", "replacesTitle", False),
        ("src/content/config.ts", "src/content.config.ts", False),
        ("git posh", "git push", False),
    ],
)
def test_translated_examples(added: str, missing: str, expected: bool) -> None:
    assert is_translated_code(code(added), code(missing)) is expected


def test_plain_words_and_more_code_are_a_choice() -> None:
    assert worth_telling(ItemDifference((code("true"),), {"en": (code("label"),)}), []) is None
    assert worth_telling(ItemDifference((code("anything"),)), [code("/contribute")]) is None


def test_slips_and_real_code_are_told() -> None:
    slip = ItemDifference((code("/contrib"),))
    assert worth_telling(slip, [code("/contribute")]) == slip
    lost = ItemDifference((), {"en": (code("--follow"), code("title"))})
    assert worth_telling(lost, []) == ItemDifference((), {"en": (code("--follow"),)})


def test_very_long_and_very_short_code_resembles_nothing() -> None:
    assert worth_telling(ItemDifference((code("x" * 1000),)), [code("x" * 1001)]) is None
    assert worth_telling(ItemDifference((code("ab"),)), [code("ac")]) is None


def test_tags_by_name_without_those_of_layout() -> None:
    values = ["<kbd2>", "</kbd2 >", '<Badge text="x"/>', "<strong>", "</A>", "<!-- x -->"]
    parts = [Protected(ProtectedKind.HTML, Span(0, 0), value) for value in values]
    assert [item.text for item in tag_items(parts)] == ["<kbd2>", "</kbd2>", "<Badge>"]
