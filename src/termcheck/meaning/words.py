"""Words of a text, and which word each token of the model belongs to.

Words come from the text itself, not from the model: runs of letters and digits. In scripts that put no spaces between
words (Han, kana, Thai, Lao, Khmer, Burmese) each token counts as one word, but for Katakana, where a run is one: it
mostly spells a single foreign word in many small tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

# Everything between words. Combining marks are not in it, so Devanagari, Thai and decomposed text stay whole.
_BETWEEN = (
    r"\s\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u055a-\u055f"
    r"\u0589\u05be\u05c0\u05c3\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2100-\u2bff"
    r"\u3000-\u3004\u3006-\u3020\u3030\u30fb\ufe10-\ufe6f\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
    r"\ufff9-\uffff"
)
_WORD = re.compile(rf"[^{_BETWEEN}]+(?:(?:['’ʼ](?=[^{_BETWEEN}\d])|(?<=\d)[.,](?=\d))[^{_BETWEEN}]+)*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30ff"
    "\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc\u30fd\u30fe\uff66-\uff9f]+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text that the model has tokens for.

    ``spans`` is int32 (w, 2): sorted, disjoint, half-open ranges of code points. ``token_word`` is int32 (t,): the
    word each token belongs to, -1 for a token between words.
    """

    spans: NDArray[np.int32]
    token_word: NDArray[np.int32]
    _inside: NDArray[np.bool_] = field(init=False, repr=False, compare=False)
    _owner: NDArray[np.int32] = field(init=False, repr=False, compare=False)
    _counts: NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        inside = self.token_word >= 0
        owner = self.token_word[inside]
        object.__setattr__(self, "_inside", inside)
        object.__setattr__(self, "_owner", owner)
        object.__setattr__(self, "_counts", np.maximum(np.bincount(owner, minlength=len(self.spans)), 1))

    def __len__(self) -> int:
        return len(self.spans)

    def mean(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Per word the mean of its tokens' ``values`` (t,), shape (w,)."""
        total = np.bincount(self._owner, weights=values[self._inside], minlength=len(self.spans))
        return np.asarray(total / self._counts, dtype=np.float32)


def group_words(text: str, offsets: NDArray[np.int32]) -> Words:
    """The words of ``text`` under tokens at ``offsets`` (t, 2), sorted ranges of code points."""
    candidates = _word_spans(text)
    current = next(candidates, None)
    spans: list[tuple[int, int]] = []
    token_word = np.full(len(offsets), -1, dtype=np.int32)
    opened: tuple[int, int] | None = None
    for token, (start, end) in enumerate(offsets.tolist()):
        while current is not None and current[1] <= start:
            current = next(candidates, None)
        if current is None:
            break
        if current[0] >= end:
            continue
        if current != opened:
            spans.append(current)
            opened = current
        token_word[token] = len(spans) - 1
    return Words(*_split_unspaced(text, spans, offsets, token_word))


def is_unspaced(word: str) -> bool:
    """Whether the word is in a script that puts no spaces between words."""
    return _UNSPACED.search(word) is not None


def _word_spans(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        if _LETTER_OR_DIGIT.search(match.group()):
            yield match.span()


def _split_unspaced(
    text: str, spans: list[tuple[int, int]], offsets: NDArray[np.int32], token_word: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Words in scripts without spaces give way to one word per token."""
    unspaced = [_UNSPACED.search(text, start, end) is not None for start, end in spans]
    found: list[tuple[int, int]] = []
    owner = np.full(len(token_word), -1, dtype=np.int32)
    before = -1
    for token, word in enumerate(token_word.tolist()):
        if word < 0:
            continue
        start, end = spans[word]
        if unspaced[word]:
            first, last = max(start, int(offsets[token, 0])), min(end, int(offsets[token, 1]))
            # Several tokens may show the same character (byte fallback).
            if not found or found[-1][1] <= first:
                if found and word == before and _KATAKANA.fullmatch(text, first - 1, first + 1):
                    found[-1] = (found[-1][0], last)
                else:
                    found.append((first, last))
        elif word != before:
            found.append((start, end))
        before = word
        owner[token] = len(found) - 1
    return np.array(found, dtype=np.int32).reshape(-1, 2), owner
