from __future__ import annotations

import pytest

from termcheck.literal.emoji import emoji_items


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("plain", []),
        ("a 🎉 b ☀️", ["🎉", "☀"]),
        ("👍🏽", ["👍"]),
        ("👨‍👩‍👧", ["👨‍👩‍👧"]),
        ("🇵🇱🇹🇷", ["🇵🇱", "🇹🇷"]),
        (":tada: :+1:", [":tada:", ":+1:"]),
        ("10:30:15 std::vector::x a:b:c", []),
        ("✓ ✔ → ❤ © ™ ①", []),
        ("한글 漢字 ♪", []),
    ],
)
def test_emoji(text: str, keys: list[str]) -> None:
    assert [item.key for item in emoji_items(text)] == keys


def test_places() -> None:
    text = "a 👍🏽 :tada:"
    assert [text[slice(*item.span)] for item in emoji_items(text)] == ["👍🏽", ":tada:"]
