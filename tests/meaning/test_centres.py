"""The means that are subtracted."""

from __future__ import annotations

import numpy as np
import pytest

from termcheck.meaning.centres import Centres, bundled_centres


def test_without_means_nothing_is_subtracted() -> None:
    assert Centres().tokens("pl", 6).tolist() == [0.0] * 6


def test_a_variety_falls_back_on_its_language_and_an_unknown_language_on_the_mean() -> None:
    centres = Centres(sentence_means={"pt": np.array([1, 0], np.float32), "tr": np.array([0, 1], np.float32)})
    assert centres.sentence("pt-BR", 2).tolist() == [1.0, 0.0]
    assert centres.sentence("sw", 2).tolist() == [0.5, 0.5]


def test_another_width_is_an_error() -> None:
    centres = Centres({"pt": np.zeros(4, np.float32)})
    with pytest.raises(ValueError, match="4 dimensions, the vectors 6"):
        centres.tokens("pt", 6)


def test_the_bundled_models_centres() -> None:
    centres = bundled_centres()
    assert {"en", "pl", "tr", "ko", "id", "de"} <= set(centres.token_means)
    for lang in centres.token_means:
        assert centres.tokens(lang, 768).shape == (768,)
        # Unit vectors around a common point: their mean is far from zero and shorter than they are.
        assert 0.5 < float(np.linalg.norm(centres.sentence(lang, 384))) < 1.0
