"""Examples for training the word head: pairs of texts with a label for every token of both.

An error is labelled on both sides. On the side it was planted in, the reader stumbles; on the other side a sound text
has a word that nothing answers to, which is what errors in real translations look like. The words of the other side are
found by their mutual best match in the clean pair; where that is unsure the token has no label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from planting import Edit
    from termcheck.meaning.words import Words

#: No label: the token does not take part in the training.
UNKNOWN = -1

_FEW_LETTERS = {"ko": 2, "vi": 2, "zh": 1, "ja": 1}
#: Cosines in the reduced space, layers together: a trusted match, a match in a passage, something said elsewhere.
_TRUSTED, _IN_PASSAGE, _SAID, _SAME = 0.45, 0.5, 0.75, 0.8
#: Words replaced by more similar ones would often be synonyms.
_TOO_SIMILAR = 0.72


@dataclass(frozen=True, slots=True)
class Text:
    """A text's words and its centred token vectors of reduced width, float16 (t, r)."""

    words: Words
    tokens: NDArray[np.float16]

    def tokens_of(self, ranges: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
        """The tokens of the words that touch ranges of the text, bool (t,)."""
        spans = self.words.spans
        hit = np.zeros(len(spans) + 1, dtype=bool)
        for start, end in ranges:
            hit[:-1] |= (spans[:, 0] < end) & (spans[:, 1] > start)
        return hit[self.words.token_word]


@dataclass(frozen=True, slots=True)
class Example:
    """Two texts; labels are int8 (t,): 1 for a token without counterpart, 0 for one that has one, or UNKNOWN."""

    left: Text
    right: Text
    left_labels: NDArray[np.int8]
    right_labels: NDArray[np.int8]


def sound(left: Text, right: Text) -> Example:
    """A clean pair."""
    return Example(left, right, _known(left), _known(right))


def planted(edit: Edit, new: Text, old: Text, other: Text, *, passage: bool) -> Example:
    """A pair with an error; ``passage``: it is a clause or more, parts of which may be said elsewhere."""
    return _labelled(new, new.tokens_of(edit.added), old, old.tokens_of(edit.gone), other, passage=passage)


def _known(text: Text) -> NDArray[np.int8]:
    return np.where(text.words.token_word >= 0, 0, UNKNOWN).astype(np.int8)


def _labelled(
    new: Text, added: NDArray[np.bool_], old: Text, gone: NDArray[np.bool_], other: Text, *, passage: bool
) -> Example:
    left, right = _known(new), _known(other)
    left[added & (left == 0)] = 1
    theirs = other.tokens.astype(np.float32)
    if not len(old.tokens) or not len(new.tokens) or not len(theirs):
        return Example(new, other, left, right)
    similar = old.tokens.astype(np.float32) @ theirs.T / 2
    partner, match = similar.argmax(axis=0), similar.max(axis=0)
    mutual = similar.argmax(axis=1)[partner] == np.arange(len(theirs))
    lost = gone[partner] & (right == 0)
    left_said, right_said = (
        values.max(axis=axis) for values in [new.tokens.astype(np.float32) @ theirs.T / 2] for axis in (1, 0)
    )
    right[lost] = UNKNOWN
    if passage:
        right[lost & (mutual | (match > _IN_PASSAGE))] = 1
        right[(right == 1) & (right_said > _SAID)] = UNKNOWN
        left[(left == 1) & (left_said > _SAID)] = UNKNOWN
    else:
        right[lost & mutual & (match > _TRUSTED)] = 1
        owner = other.words.token_word
        right[(right != 1) & np.isin(owner, owner[right == 1]) & (owner >= 0)] = 1
        left[(left == 1) & (left_said > _SAME)] = UNKNOWN
    return Example(new, other, left, right)


class Splicer:
    """Errors made of token vectors alone: words exchanged for words that stood elsewhere, passages cut or put in.

    Costs no pass through the model, and the words around an exchanged one do not know about it: what is learned is
    the difference from the other text.
    """

    def __init__(
        self, texts: Sequence[Text | None], documents: Sequence[str], lang: str, numbers: Sequence[int]
    ) -> None:
        self._texts = {number: text for number, text in enumerate(texts) if text is not None}
        self._documents = documents
        self._shortest = _FEW_LETTERS.get(lang, 4)
        self._pool = [
            (number, word) for number in numbers if number in self._texts for word in self._content(self._texts[number])
        ]
        self._near: dict[str, list[tuple[int, int]]] = {}
        for number, word in self._pool:
            self._near.setdefault(documents[number], []).append((number, word))

    def splice(self, number: int, other: Text, rng: random.Random) -> Example | None:
        """Text ``number`` with an error, beside its counterpart; None where the text is too short."""
        near = [place for place in self._near.get(self._documents[number], ()) if place[0] != number]
        make = self._words if rng.random() < 0.62 else self._passage
        return make(self._texts[number], other, near or self._pool, rng)

    def _content(self, text: Text) -> list[int]:
        spans = text.words.spans
        return [int(word) for word in np.flatnonzero(spans[:, 1] - spans[:, 0] >= self._shortest)]

    def _words(self, old: Text, other: Text, near: Sequence[tuple[int, int]], rng: random.Random) -> Example | None:
        content = self._content(old)
        count = min(rng.choice([1, 1, 1, 2, 3]), len(old.words) // 4, len(content))
        parts: list[tuple[Text, int, int, bool]] = []
        gone = np.zeros(len(old.tokens), dtype=bool)
        at = 0
        for word in sorted(rng.sample(content, count)):
            start, end = _token_range(old, word)
            found = self._replacement(old, word, near if rng.random() < 0.5 else self._pool, rng)
            if found is None or start < at:
                continue
            parts += [(old, at, start, False), (*found, True)]
            gone[start:end] = True
            at = end
        if not parts:
            return None
        return _joined([*parts, (old, at, len(old.tokens), False)], old, gone, other, passage=False)

    def _replacement(
        self, old: Text, word: int, pool: Sequence[tuple[int, int]], rng: random.Random
    ) -> tuple[Text, int, int] | None:
        """Of a few words of about the same length the most similar one that is no synonym."""
        start, end = _token_range(old, word)
        meaning = old.tokens[start:end].astype(np.float32).mean(axis=0)
        length = int(np.diff(old.words.spans[word])[0])
        best, found = -1.0, None
        for number, candidate in (rng.choice(pool) for _ in range(rng.choice([1, 1, 6, 20]))):
            text = self._texts[number]
            first, last = _token_range(text, candidate)
            vector = text.tokens[first:last].astype(np.float32).mean(axis=0)
            similar = float(vector @ meaning / (np.linalg.norm(vector) * np.linalg.norm(meaning) + 1e-6))
            if abs(int(np.diff(text.words.spans[candidate])[0]) - length) <= 6 and best < similar < _TOO_SIMILAR:
                best, found = similar, (text, first, last)
        return found

    def _passage(self, old: Text, other: Text, near: Sequence[tuple[int, int]], rng: random.Random) -> Example | None:
        sizes = [3, 4, 6, 8, 12, 20]
        if len(old.words) < 8:
            return None
        size = min(rng.choice(sizes), len(old.words) // 2)
        first = rng.randrange(len(old.words) - size)
        start, end = _token_range(old, first)[0], _token_range(old, first + size - 1)[1]
        donor = self._texts[rng.choice(near)[0]]
        size = min(rng.choice(sizes), len(donor.words))
        first = rng.randrange(len(donor.words) - size + 1)
        new = (donor, _token_range(donor, first)[0], _token_range(donor, first + size - 1)[1], True)
        gone = np.zeros(len(old.tokens), dtype=bool)
        kind = rng.choices(["cut", "put in", "exchanged"], [16, 14, 8])[0]
        if kind == "put in":
            end = start
        gone[start:end] = True
        middle = [] if kind == "cut" else [new]
        parts = [(old, 0, start, False), *middle, (old, end, len(old.tokens), False)]
        return _joined(parts, old, gone, other, passage=True)


def _joined(
    parts: Sequence[tuple[Text, int, int, bool]], old: Text, gone: NDArray[np.bool_], other: Text, *, passage: bool
) -> Example:
    from termcheck.meaning.words import Words

    tokens = np.concatenate([text.tokens[start:end] for text, start, end, _ in parts])
    # Only whether a token belongs to a word matters from here on.
    owner = np.concatenate([text.words.token_word[start:end] for text, start, end, _ in parts])
    added = np.concatenate([np.full(end - start, wrong) for _, start, end, wrong in parts])
    new = Text(Words(old.words.spans[:0], owner), tokens)
    return _labelled(new, added, old, gone, other, passage=passage)


def _token_range(text: Text, word: int) -> tuple[int, int]:
    places = np.flatnonzero(text.words.token_word == word)
    return int(places[0]), int(places[-1]) + 1


def splicers(
    texts: Mapping[str, Sequence[Text | None]], documents: Sequence[str], numbers: Sequence[int]
) -> dict[str, Splicer]:
    """One splicer per language over the paragraphs ``numbers``."""
    return {lang: Splicer(texts[lang], documents, lang, numbers) for lang in sorted(texts)}
