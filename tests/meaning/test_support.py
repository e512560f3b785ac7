"""Two texts compared word by word, and the record that is cached."""

from __future__ import annotations

import numpy as np
import pytest

from meaning_texts import HALF, reading, story
from termcheck.meaning import bands
from termcheck.meaning.centres import Centres
from termcheck.meaning.support import PairSupport, pair_support, read_text


def compare(left: str, right: str) -> PairSupport:
    return pair_support(reading("xx", left)[1], reading("yy", right)[1])


def test_a_word_with_a_counterpart_is_better_supported_than_one_without() -> None:
    pair = compare("cat eats fish today", "fish cat eats")
    assert pair.left.similarity[:3].min() > pair.left.similarity[3] + 0.2
    assert pair.left.claim[:3].min() > pair.left.claim[3] + 0.2
    assert len(pair.right) == 3


def test_a_partner_that_is_taken_does_not_count_again() -> None:
    pair = compare("cat cat eats", "cat eats")
    taken = compare("cat eats", "cat eats")
    # Two words want the one counterpart: the similarity of the first stays, its claim does not.
    assert pair.left.similarity[0] == taken.left.similarity[0]
    assert pair.left.claim[0] < taken.left.claim[0]


def test_the_two_sides_are_swapped() -> None:
    pair = compare("cat eats", "cat eats fish")
    other = pair.swapped()
    assert (len(other.left), len(other.right), other.cosine) == (3, 2, pair.cosine)


def test_texts_without_words_are_not_supported() -> None:
    pair = compare("", "cat eats")
    assert len(pair.left) == 0
    assert pair.right.similarity.tolist() == [0.0, 0.0]
    assert pair.coverage == 0.0
    assert pair.cosine == 0.0


def test_coverage_counts_both_sides_alike() -> None:
    pair = compare("cat eats", "cat eats fish bird dog")
    means = [float(side.similarity.astype(float).mean()) for side in (pair.left, pair.right)]
    assert pair.coverage == pytest.approx(sum(means) / 2, abs=1e-3)


def test_the_record_survives_as_bytes() -> None:
    pair = compare("cat eats fish", "cat eats")
    again = PairSupport.from_bytes(pair.to_bytes())
    assert again.cosine == pytest.approx(pair.cosine)
    for ours, theirs in ((pair.left, again.left), (pair.right, again.right)):
        assert ours.spans.tolist() == theirs.spans.tolist()
        assert ours.similarity.tolist() == theirs.similarity.tolist()
        assert ours.claim.tolist() == theirs.claim.tolist()


@pytest.mark.parametrize("damage", [lambda d: d[:10], lambda d: b"XXXX" + d[4:], lambda d: d[:-1], lambda d: d + b"x"])
def test_damaged_bytes_are_refused(damage: object) -> None:
    data = compare("cat", "cat").to_bytes()
    with pytest.raises(ValueError, match="record"):
        PairSupport.from_bytes(damage(data))  # type: ignore[operator]


def test_long_texts_are_compared_in_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = compare(story(1, 60), story(1, 50))
    monkeypatch.setattr(bands, "_BLOCK", 7)
    assert np.allclose(compare(story(1, 60), story(1, 50)).left.similarity, whole.left.similarity, atol=1e-3)
    monkeypatch.setattr(bands, "_REACH", 12)
    banded = compare(story(1, 60), story(1, 50))
    # What has a counterpart nearby finds it all the same.
    assert np.allclose(banded.left.similarity[:30], whole.left.similarity[:30], atol=1e-3)
    assert len(banded.left) == 60


def test_vectors_are_centred_for_their_language() -> None:
    shift = np.full(2 * HALF, 3.0, dtype=np.float32)
    centres = Centres({"aa": shift}, {"aa": shift[:4]})
    tokens = np.random.default_rng(0).normal(size=(2, 2 * HALF)).astype(np.float32)
    offsets = np.array([(0, 3), (4, 7)], dtype=np.int32)
    sentence = np.array([1.0, 0.0, 0.0, 0.0], dtype=np.float32)
    plain = read_text("one two", "aa", sentence, tokens, offsets, Centres())
    moved = read_text("one two", "aa", sentence + 3, tokens + shift, offsets, centres)
    assert np.allclose(plain.tokens, moved.tokens, atol=1e-5)
    assert np.allclose(plain.sentence, moved.sentence, atol=1e-5)
    assert np.allclose(np.linalg.norm(moved.tokens[:, :HALF], axis=1), 1.0, atol=1e-5)


def test_shapes_that_do_not_fit_are_named() -> None:
    sentence = np.zeros(2, dtype=np.float32)
    with pytest.raises(ValueError, match="2 token vectors but 1 offsets"):
        read_text("a b", "aa", sentence, np.zeros((2, 4), np.float32), np.array([(0, 1)], np.int32), Centres())
    with pytest.raises(ValueError, match="even width, not 3"):
        read_text("a", "aa", sentence, np.zeros((1, 3), np.float32), np.array([(0, 1)], np.int32), Centres())
