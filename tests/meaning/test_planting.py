from __future__ import annotations

import pytest

from termcheck.meaning.planting import KINDS, plant

TEXTS = {
    0: "The gardeners water all flowers early in the morning. Later they cut 12 roses, which takes them until noon.",
    1: "Bakers bake their heavy bread long before sunrise, when the whole street is still asleep and dark.",
    2: "Sailors mend the torn white sails on deck. Their captain writes 3 letters to the owner of the vessel.",
    3: "Short.",
}


def many(texts: dict[int, str], lang: str = "en") -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for seed in range(60):
        for item in plant(texts, lang, list(texts), str(seed)):
            found.setdefault(item.kind, []).append((item.key, item.text))
    return found


def test_every_kind_is_planted_and_changes_the_text() -> None:
    found = many(TEXTS)
    assert set(found) == set(KINDS)
    assert all(text != TEXTS[key] for items in found.values() for key, text in items)
    assert all(text in TEXTS.values() for _, text in found["paragraph swapped"])
    assert all(len(text) < len(TEXTS[key]) for key, text in found["sentence left out"] + found["clause left out"])
    assert all(len(text) > len(TEXTS[key]) for key, text in found["sentence added"])
    for key, text in found["number changed"]:
        differing = [(a, b) for a, b in zip(TEXTS[key], text, strict=True) if a != b]
        assert len(differing) == 1
        assert all(sign.isdigit() for pair in differing for sign in pair)


def test_the_same_seed_plants_the_same() -> None:
    assert list(plant(TEXTS, "en", [0, 1], "a")) == list(plant(TEXTS, "en", [0, 1], "a"))


def test_nothing_is_planted_where_nothing_can_be() -> None:
    assert list(plant({0: "Short."}, "en", [0], "a")) == []
    assert list(plant({0: "word " * 3000}, "en", [0], "a")) == []
    assert list(plant(TEXTS, "en", [9], "a")) == []


@pytest.mark.parametrize("lang", ["ja", "zh"])
def test_words_of_unspaced_scripts_are_left_alone(lang: str) -> None:
    texts = {
        0: "庭師は毎朝すべての花に水をやります。その後、昼までバラを切ります。",
        1: "パン屋は日の出前に重いパンを焼きます。通りはまだ眠っています。",
    }
    found = many(texts, lang)
    assert {"paragraph swapped", "sentence left out", "sentence added"} <= set(found)
    assert "three words wrong" not in found
