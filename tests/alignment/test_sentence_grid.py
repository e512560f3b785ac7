from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termcheck.alignment.sentences import SentenceBead, SentenceGrid, SentenceTokens, absence_features, align_sentences
from termcheck.model import Span

WORDS = 6
DIMENSION = 64


def text(*sentences: int, noise: float = 0.5, seed: int = 0) -> SentenceTokens:
    """A text of sentences that say what their numbers stand for, in words of its own."""
    rng = np.random.default_rng(seed)
    vectors = [
        np.random.default_rng(1000 + number).standard_normal((WORDS, DIMENSION))
        + noise * rng.standard_normal((WORDS, DIMENSION))
        for number in sentences
    ]
    stacked = np.concatenate(vectors or [np.zeros((0, DIMENSION))]).astype(np.float32)
    unit = stacked / np.linalg.norm(stacked, axis=1, keepdims=True)
    spans = tuple(Span(20 * place, 20 * place + 19) for place in range(len(sentences)))
    return SentenceTokens(spans, unit, np.repeat(np.arange(len(sentences), dtype=np.int32), WORDS))


def joined(found: SentenceTokens, place: int) -> SentenceTokens:
    """The same text with one sentence more, or less: ``place`` and the next are one."""
    spans = list(found.spans)
    spans[place : place + 2] = [Span(spans[place].start, spans[place + 1].end)]
    owner = np.where(found.owner > place, found.owner - 1, found.owner).astype(np.int32)
    return SentenceTokens(tuple(spans), found.vectors, owner)


def shape(grid: SentenceGrid) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.left, bead.right) for bead in grid.beads]


def test_the_same_sentences() -> None:
    grid = align_sentences(text(1, 2, 3), text(1, 2, 3, seed=1))
    assert shape(grid) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]
    assert grid.missing == grid.extra == ()
    assert not any(bead.moved for bead in grid.beads)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_sentence_without_counterpart(place: int) -> None:
    kept = [number for index, number in enumerate([1, 2, 3]) if index != place]
    grid = align_sentences(text(1, 2, 3), text(*kept, seed=1))
    assert (grid.missing, grid.extra) == ((place,), ())
    assert len(grid.beads) == 2
    assert grid.left[place].absent > 0.9


def test_one_sentence_for_another() -> None:
    grid = align_sentences(text(1, 2, 3), text(1, 9, 3, seed=1))
    assert (grid.missing, grid.extra) == ((1,), (1,))


def test_sentences_in_another_order_are_not_missing() -> None:
    grid = align_sentences(text(1, 2, 3, 4), text(1, 3, 2, 4, seed=1))
    assert grid.missing == grid.extra == ()
    assert [(bead.left, bead.right, bead.moved) for bead in grid.beads] == [
        ((0,), (0,), False),
        ((1,), (2,), True),
        ((2,), (1,), True),
        ((3,), (3,), False),
    ]


@pytest.mark.parametrize("place", [0, 1])
def test_joined_sentences(place: int) -> None:
    grid = align_sentences(text(1, 2, 3), joined(text(1, 2, 3, seed=1), place))
    assert ((place, place + 1), (place,)) in shape(grid)
    assert grid.missing == grid.extra == ()


def test_the_worst_pair() -> None:
    left, right = text(1, 2, 3), text(1, 2, 3, seed=1)
    vectors = right.vectors.copy()
    vectors[WORDS : WORDS + 3] = text(9).vectors[:3]
    worst = align_sentences(left, SentenceTokens(right.spans, vectors, right.owner)).worst
    assert worst is not None
    assert worst.left == (1,)
    assert align_sentences(text(), text()).worst is None


def test_sentences_without_words_are_not_missed() -> None:
    left = text(1, 2)
    silent = SentenceTokens(left.spans, left.vectors, np.where(left.owner == 1, -1, left.owner).astype(np.int32))
    grid = align_sentences(silent, text(1, seed=1))
    assert grid.missing == ()
    assert shape(grid) == [((0,), (0,))]


@pytest.mark.parametrize("other", [(), (1, 2)])
def test_empty_texts(other: tuple[int, ...]) -> None:
    grid = align_sentences(text(), text(*other))
    assert grid.left == ()
    assert grid.beads == ()
    assert len(grid.right) == len(other)
    assert len(grid.extra) == len(other)


def test_a_text_with_itself() -> None:
    grid = align_sentences(text(1, 2, 3), text(1, 2, 3))
    assert [bead.similarity for bead in grid.beads] == [1.0] * 3


def test_mismatched_arrays_are_refused() -> None:
    with pytest.raises(ValueError, match="6 token vectors but 0 owners"):
        SentenceTokens((), text(1).vectors, np.zeros(0, np.int32))


def test_features_are_known_for_sentences_with_words_only() -> None:
    left = text(1, 2)
    silent = SentenceTokens(left.spans, left.vectors, np.where(left.owner == 1, -1, left.owner).astype(np.int32))
    ours, theirs = absence_features(silent, text(1, seed=1))
    assert np.isnan(ours[1]).all()
    assert ours[0, 1] > 0.5
    assert theirs.shape == (1, 2)


sentences = st.lists(st.integers(0, 6), max_size=6)


@settings(max_examples=60)
@given(sentences, sentences)
def test_properties(ours: list[int], theirs: list[int]) -> None:
    left, right = text(*ours), text(*theirs, seed=1)
    grid = align_sentences(left, right)
    assert align_sentences(right, left) == grid.swapped()
    assert SentenceGrid.from_bytes(grid.to_bytes()) == grid
    placed = [index for bead in grid.beads for index in bead.left]
    assert len(placed) == len(set(placed))
    assert all(isinstance(bead, SentenceBead) and bead.left and bead.right for bead in grid.beads)
    assert all(0 <= sentence.absent <= 1 for sentence in (*grid.left, *grid.right))


@pytest.mark.parametrize("data", [b"", b"[]", b"[1,2,3]", b"\xff", b'[[],[],[["a"]]]'])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no sentence grid"):
        SentenceGrid.from_bytes(data)
