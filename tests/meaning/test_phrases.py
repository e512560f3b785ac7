"""Words and phrases compared as wholes."""

from __future__ import annotations

import numpy as np
import pytest

from meaning_texts import reading, story
from termcheck.meaning.phrases import PhraseSupport, phrase_support, read_phrases


def compare(left: str, right: str) -> PhraseSupport:
    return phrase_support(read_phrases(reading("aa", left)[1]), read_phrases(reading("bb", right)[1]))


def test_a_wrong_word_fits_nothing() -> None:
    found = compare("one two film four five", "one two three four five")
    assert found.left[:, 0].argmin() == 2
    assert found.right[:, 0].argmin() == 2


def test_a_phrase_fits_where_its_words_do_not() -> None:
    found = compare("one two three", "one two three")
    assert found.left.shape == (3, 2)
    assert (found.left[:, 1] > 0.7).all()


def test_a_single_word_is_its_own_phrase_and_an_empty_text_supports_nothing() -> None:
    found = compare("one", "one")
    assert found.left[0, 0] == found.left[0, 1]
    assert compare("one two", "").left.tolist() == [[0, 0], [0, 0]]
    assert compare("", "one").left.shape == (0, 2)


def test_long_texts_are_compared_in_blocks() -> None:
    text = story(1, 700)
    found = compare(text, text)
    assert found.left.shape == (700, 2)
    assert found.left.min() > 0.5


def test_a_record_survives_the_cache_and_others_are_refused() -> None:
    found = compare("one two three", "one two")
    again = PhraseSupport.from_bytes(found.to_bytes())
    assert np.array_equal(again.left, found.left)
    assert np.array_equal(again.swapped().left, found.right)
    for data in (b"", b"x" * 20, found.to_bytes()[:-1]):
        with pytest.raises(ValueError, match="record"):
            PhraseSupport.from_bytes(data)
