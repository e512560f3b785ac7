"""Which languages and documents a detector is trained on, calibrated on and measured on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from planting import Planter
from replacements import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from planting import Paragraph, Planted
    from termcheck.embedding.encoder import TokenVectors
    from termcheck.meaning.centres import Centres

#: Languages that training never sees, neither as text nor as counterpart.
HELD_OUT = ("cs", "fi", "fr", "ja", "uk", "vi", "nl")
SEED = 11

#: How often errors are planted, by kind; the others as ``_SHARE``. Whole paragraphs need no planting.
_SHARE = {"train": 0.22, "calibrate": 0.3}
_SHARES = {
    "word wrong": 0.35,
    "3 words wrong": 0.3,
    "word near": 0.4,
    "name swapped": 0.2,
    "negation flipped": 0.35,
    "number changed": 0.4,
    "sentence repeated": 0.12,
    "sentence untranslated": 0.12,
    "truncated": 0.15,
    "paragraph swapped": 0.0,
    "off by one": 0.0,
}
_TEST_SHARE = 0.5
_TEST_SHARES = {
    "word wrong": 0.8,
    "word near": 0.6,
    "negation flipped": 0.8,
    "number changed": 0.8,
    "paragraph swapped": 0.0,
    "off by one": 0.0,
}
_MOST_NEIGHBOURS = 25
_SAME_WORD = 0.9
_BLOCK = 1000


def paragraphs_of(paragraphs: Sequence[Paragraph]) -> dict[str, list[int]]:
    """The paragraphs' numbers by role: every fourth document is for ``test``, every eighth to ``calibrate``."""
    documents = list(dict.fromkeys(each.document for each in paragraphs))
    roles = {
        document: "test" if place % 4 == 3 else "calibrate" if place % 8 == 1 else "train"
        for place, document in enumerate(documents)
    }
    found: dict[str, list[int]] = {role: [] for role in ("train", "calibrate", "test")}
    for number, each in enumerate(paragraphs):
        found[roles[each.document]].append(number)
    return found


def plant(
    paragraphs: Sequence[Paragraph], lang: str, vectors: Sequence[TokenVectors], centres: Centres
) -> list[Planted]:
    """The planted texts of one language: in test documents where it is held out, else in the others."""
    foreign = "en" if lang != "en" else "de"
    similar = neighbours(paragraphs, lang, vectors, centres)
    planter = Planter(paragraphs, lang, seed=SEED, foreign=foreign, neighbours=similar)
    numbers = paragraphs_of(paragraphs)
    if lang in HELD_OUT:
        return list(planter.plant(_TEST_SHARE, numbers["test"], _TEST_SHARES))
    return [each for role in ("train", "calibrate") for each in planter.plant(_SHARE[role], numbers[role], _SHARES)]


def neighbours(
    paragraphs: Sequence[Paragraph], lang: str, vectors: Sequence[TokenVectors], centres: Centres
) -> dict[str, list[str]]:
    """For each word the words of the language with the most similar mean vectors, the most similar first."""
    total: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(1))
    counts: Counter[str] = Counter()
    for paragraph, found in zip(paragraphs, vectors, strict=True):
        centred = found.vectors.astype(np.float32) - centres.tokens(lang, found.vectors.shape[1])
        for (start, end), word in words(paragraph.text(lang), lang):
            inside = (found.offsets[:, 0] < end) & (found.offsets[:, 1] > start)
            if len(word) > 1 and inside.any():
                total[word] = total[word] + centred[inside].mean(axis=0)
                counts[word] += 1
    names = sorted(counts)
    matrix = np.array([total[word] / counts[word] for word in names], dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    result = {}
    for start in range(0, len(names), _BLOCK):
        block = matrix[start : start + _BLOCK] @ matrix.T
        for place, similar in enumerate(block, start):
            nearest = np.argpartition(-similar, _MOST_NEIGHBOURS)[:_MOST_NEIGHBOURS]
            order = nearest[np.argsort(-similar[nearest], kind="stable")]
            result[names[place]] = [names[at] for at in order if at != place and similar[at] < _SAME_WORD]
    return result
