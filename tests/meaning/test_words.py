"""Which words a text has, and which tokens belong to them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.meaning.words import group_words, is_unspaced


def shown(text: str, *pieces: str) -> list[str]:
    """The words found when the text's tokens are ``pieces``."""
    words = group_words(text, offsets(text, pieces))
    return [text[start:end] for start, end in words.spans.tolist()]


def offsets(text: str, pieces: tuple[str, ...]) -> np.ndarray:
    found, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        found.append((start, at))
    return np.array(found, dtype=np.int32).reshape(-1, 2)


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("Two words, here.", ("Two", "word", "s", ",", "here", "."), ["Two", "words", "here"]),
        (
            "SaaS’ın 1.500,5 e-mail",
            ("SaaS", "’", "ın", "1.500", ",5", "e", "-", "mail"),
            ["SaaS’ın", "1.500,5", "e", "mail"],
        ),
        ("고객을 위해", ("고객", "을", "위해"), ["고객을", "위해"]),
        ("顧客と契約。", ("顧客", "と", "契約", "。"), ["顧客", "と", "契約"]),
        ("クライアントと顧客", ("ク", "ライア", "ント", "と", "顧客"), ["クライアント", "と", "顧客"]),
        ("ลูกค้า", ("ลูก", "ค้า"), ["ลูก", "ค้า"]),
        ("नमस्ते दुनिया", ("नम", "स्ते", "दुनिया"), ["नमस्ते", "दुनिया"]),
        ("— … !", ("—", "…", "!"), []),
        ("", (), []),
    ],
)
def test_words_of_many_scripts(text: str, pieces: tuple[str, ...], expected: list[str]) -> None:
    assert shown(text, *pieces) == expected


def test_a_token_over_two_words_belongs_to_the_first_and_a_skipped_word_is_no_word() -> None:
    text = "a b c"
    words = group_words(text, np.array([(0, 3)], dtype=np.int32))
    assert words.spans.tolist() == [[0, 1]]
    assert words.token_word.tolist() == [0]


def test_tokens_that_share_a_character_share_its_word() -> None:
    words = group_words("漢", np.array([(0, 1), (0, 1), (0, 1)], dtype=np.int32))
    assert words.spans.tolist() == [[0, 1]]
    assert words.token_word.tolist() == [0, 0, 0]


def test_a_word_has_the_mean_of_its_tokens() -> None:
    text = "ab, c"
    words = group_words(text, offsets(text, ("a", "b", ",", "c")))
    values = np.array([1.0, 3.0, 100.0, 5.0], dtype=np.float32)
    assert words.mean(values).tolist() == [2.0, 5.0]


@given(st.text(alphabet="ab1 ,.’-漢字ก고e\u0301", max_size=40), st.integers(1, 3))
def test_words_are_sorted_disjoint_and_inside_the_text(text: str, step: int) -> None:
    spans = [(i, min(i + step, len(text))) for i in range(0, len(text), step) if text[i : i + step].strip()]
    words = group_words(text, np.array(spans, dtype=np.int32).reshape(-1, 2))
    found = words.spans.tolist()
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert set(words.token_word.tolist()) <= set(range(-1, len(found)))
    assert set(words.token_word.tolist()) >= set(range(len(found)))


def test_scripts_without_spaces() -> None:
    assert is_unspaced("契約")
    assert is_unspaced("ลูกค้า")
    assert not is_unspaced("고객")
    assert not is_unspaced("klient")
