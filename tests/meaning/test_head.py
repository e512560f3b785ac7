"""The trained word head: which words have no counterpart."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from termcheck.meaning import bands
from termcheck.meaning.detector import bundled_detector
from termcheck.meaning.head import COSINE_FEATURES, MATCH_FEATURES, WordHead

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH, REDUCED, INNER, OWN, HIDDEN, CONTEXT = 12, 4, 6, 3, 5, 4


def random_head(seed: int = 0) -> WordHead:
    rng = np.random.default_rng(seed)
    shapes = {
        "components": (2, WIDTH // 2, REDUCED),
        "key": (2 * REDUCED, INNER),
        "value": (2 * REDUCED, INNER),
        "own": (2 * REDUCED, OWN),
        "hidden": (MATCH_FEATURES + 2 * INNER + OWN + COSINE_FEATURES, HIDDEN),
        "hidden_bias": (HIDDEN,),
        "context": (5, HIDDEN, CONTEXT),
        "context_bias": (CONTEXT,),
        "output": (HIDDEN + CONTEXT,),
        "output_bias": (),
        "temperature": (),
    }
    return WordHead.from_arrays({name: rng.normal(size=shape) for name, shape in shapes.items()})


def tokens(count: int, width: int = WIDTH, seed: int = 1) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)


def test_there_is_one_number_for_every_token() -> None:
    head = random_head()
    text, other = head.project(tokens(7)), head.project(tokens(3, seed=2))
    assert head.doubts(text, other).shape == (7,)
    assert head.doubts(other, text).shape == (3,)
    assert np.isfinite(head.doubts(text, other)).all()


def test_beside_a_single_token_or_an_empty_text() -> None:
    head = random_head()
    text, one, none = (head.project(tokens(count)) for count in (4, 1, 0))
    assert np.isfinite(head.doubts(text, one)).all()
    assert head.doubts(text, none).tolist() == [0, 0, 0, 0]
    assert head.doubts(none, text).shape == (0,)


def test_long_texts_are_compared_in_bands(monkeypatch: pytest.MonkeyPatch) -> None:
    head = random_head()
    text, other = head.project(tokens(40)), head.project(tokens(30, seed=2))
    whole = head.doubts(text, other)
    monkeypatch.setattr(bands, "_BLOCK", 7)
    assert np.allclose(head.doubts(text, other), whole, atol=1e-5)
    monkeypatch.setattr(bands, "_REACH", 3)
    assert not np.allclose(head.doubts(text, other), whole, atol=1e-5)


def test_vectors_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match="vectors of 12 numbers, not 8"):
        random_head().project(tokens(3, width=8))


def test_the_fingerprint_names_every_parameter() -> None:
    head = random_head()
    assert head.fingerprint == random_head().fingerprint
    for each in fields(head):
        assert replace(head, **{each.name: getattr(head, each.name) + 1}).fingerprint != head.fingerprint


def test_the_shipped_head_doubts_what_has_no_counterpart() -> None:
    head = bundled_detector().head
    halves = tokens(20, width=2 * head.components.shape[1]).reshape(20, 2, -1)
    text = (halves / np.linalg.norm(halves, axis=2, keepdims=True)).reshape(20, -1)
    other = np.delete(text, [11, 12, 13], axis=0)
    doubts = head.doubts(head.project(text), head.project(other))
    assert min(doubts[11:14]) > max(np.delete(doubts, [10, 11, 12, 13, 14]))
