from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termcheck.embedding.windows import batches, split_blocks, split_windows


def words(text: str) -> list[tuple[int, int]]:
    """A token per word, with the white space before it, as sentence pieces have it."""
    spans, start = [], 0
    for index, character in enumerate(text):
        if character == " ":
            spans.append((start, index))
            start = index
    return [*spans, (start, len(text))]


def test_short_text_is_one_window() -> None:
    assert split_windows("a b c", words("a b c"), 3) == [(0, 3)]


def test_windows_are_of_similar_size() -> None:
    text = " ".join("x" * 101)
    sizes = [end - start for start, end in split_windows(text, words(text), 50)]
    assert len(sizes) == 3
    assert min(sizes) >= 25


def test_cut_moves_to_the_end_of_a_sentence() -> None:
    text = "a b c d e f g. h i j k l"
    windows = split_windows(text, words(text), 8)
    spans = words(text)
    assert text[: spans[windows[0][1] - 1][1]].endswith("g.")


@pytest.mark.parametrize("end", ["？", "。", "।", '."'])
def test_sentences_end_differently_in_other_scripts(end: str) -> None:
    text = "甲乙丙丁戊己庚" + end + "甲乙丙丁戊己"
    spans = [(index, index + 1) for index in range(len(text))]
    if len(end) == 2:
        # In running text a full stop needs white space after it.
        text = text.replace(end, end + " ")
        spans = [(index, index + 1) for index, character in enumerate(text) if character != " "]
    windows = split_windows(text, spans, 10)
    assert text[: spans[windows[0][1] - 1][1]].endswith(end)


def test_cut_inside_a_word_only_when_there_is_no_other_place() -> None:
    text = "abcdefgh ijklmnop"
    spans = [(index, index + 1) for index in range(len(text)) if text[index] != " "]
    assert split_windows(text, spans, 10) == [(0, 8), (8, 16)]
    assert split_windows("a" * 21, [(index, index + 1) for index in range(21)], 10)[-1][1] == 21


@given(st.lists(st.sampled_from(["a", "b. ", " ", "c"]), min_size=1, max_size=200), st.integers(1, 40))
def test_windows_cover_every_token_once_and_keep_the_limit(parts: list[str], limit: int) -> None:
    text = "".join(parts)
    spans = [(index, index + 1) for index in range(len(text))]
    windows = split_windows(text, spans, limit)
    assert [index for start, end in windows for index in range(start, end)] == list(range(len(spans)))
    assert all(0 < end - start <= limit for start, end in windows)
    assert len(windows) == -(-len(spans) // limit)


def test_limit_must_hold_a_token() -> None:
    with pytest.raises(ValueError, match="at least one token"):
        split_windows("a b", words("a b"), 0)


@given(st.text(alphabet="ab \n", max_size=300), st.integers(2, 50))
def test_blocks_put_together_are_the_text(text: str, limit: int) -> None:
    blocks = list(split_blocks(text, limit))
    assert "".join(block for _, block in blocks) == text
    assert all(text[start:].startswith(block) and len(block) <= limit for start, block in blocks)


def test_blocks_end_at_white_space() -> None:
    assert [block for _, block in split_blocks("aaaa bbbb cccc", 7)] == ["aaaa", " bbbb", " cccc"]


@given(st.lists(st.integers(1, 600), max_size=200), st.integers(1, 3000))
def test_batches_hold_every_index_once_within_the_budget(lengths: list[int], budget: int) -> None:
    groups = batches(lengths, budget)
    assert sorted(index for group in groups for index in group) == list(range(len(lengths)))
    for group in groups:
        longest = max(lengths[index] for index in group)
        assert len(group) * longest <= budget or len(group) == 1


def test_batches_do_not_pad_a_short_text_to_a_long_one() -> None:
    groups = batches([400] * 4 + [10] * 30, 2048)
    assert groups == [[0, 1, 2, 3], list(range(4, 34))]


def test_few_short_texts_share_a_batch_all_the_same() -> None:
    assert batches([5, 9, 7], 2048) == [[1, 2, 0]]
