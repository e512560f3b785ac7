"""Words in running text without spaces, learned from the text itself.

A string is a word the more different neighbours it has on both sides ("accessor variety", Feng et al. 2004), and
a text is cut so that the words gain most in sum (after Zhao and Kit 2008). That needs no dictionary;
it is good enough to see which words go together in aligned rows, not to show to a linguist.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from termcheck.terms.index import longest_part

if TYPE_CHECKING:
    from collections.abc import Iterable

# Chinese particles and the counting word that cling to a word: 个包, 包的.
_PARTICLES = re.compile(r"^[的个個了一]+|[的个個了]+$")
# Neighbours beyond so many tell nothing more.
_MOST_NEIGHBOURS = 64
_LEAST_VARIETY = 2
# A character belongs to the word before it that it follows in more than half of its places, three at least.
_BOUND_SHARE = 0.5
_LEAST_BOUND = 3


class Segmenter:
    """Cuts runs of text (letters without spaces or punctuation) into words."""

    def __init__(self, runs: Iterable[str]) -> None:
        self._runs = tuple(runs)
        self._bound: dict[tuple[str, str], bool] = {}
        before: dict[str, set[str]] = defaultdict(set)
        after: dict[str, set[str]] = defaultdict(set)
        for number, run in enumerate(self._runs):
            for start in range(len(run)):
                # The edge of a run is a neighbour of its own every time.
                left = run[start - 1] if start else f"<{number}"
                for end in range(start + 2, min(start + longest_part(run), len(run)) + 1):
                    part = run[start:end]
                    right = run[end] if end < len(run) else f">{number}"
                    if len(before[part]) < _MOST_NEIGHBOURS:
                        before[part].add(left)
                    if len(after[part]) < _MOST_NEIGHBOURS:
                        after[part].add(right)
        varieties = {part: min(len(lefts), len(after[part])) for part, lefts in before.items()}
        self._gains = {
            part: len(part) * math.log(variety) for part, variety in varieties.items() if variety >= _LEAST_VARIETY
        }
        self._known: dict[str, tuple[str, ...]] = {}

    def cut(self, run: str) -> tuple[str, ...]:
        """The words of a run, in order; joined they are the run. Runs with spaces in their language stay whole."""
        if run not in self._known:
            self._known[run] = self._cut(run) if longest_part(run) else (run,)
        return self._known[run]

    def places(self, word: str, run: str) -> list[tuple[int, int]]:
        """Where a word stands in a run, but not as the first part of another one (文件 in 文件夹)."""
        found = [match.span() for match in re.finditer(re.escape(word), run)]
        return [(start, end) for start, end in found if not self._is_bound(word, run[end : end + 1])]

    def _is_bound(self, word: str, following: str) -> bool:
        """Whether a character mostly stands behind a word, so that it is the word's last part and no neighbour."""
        if (word, following) not in self._bound:
            total = sum(run.count(following) for run in self._runs) if following else 0
            behind = sum(run.count(word + following) for run in self._runs) if total >= _LEAST_BOUND else 0
            self._bound[word, following] = behind > _BOUND_SHARE * total
        return self._bound[word, following]

    def _cut(self, run: str) -> tuple[str, ...]:
        longest = longest_part(run)
        best = [0.0] * (len(run) + 1)
        begin = [0] * (len(run) + 1)
        for end in range(1, len(run) + 1):
            best[end], begin[end] = best[end - 1], end - 1
            for start in range(max(0, end - longest), end - 1):
                gain = best[start] + self._gains.get(run[start:end], 0.0)
                if gain > best[end]:
                    best[end], begin[end] = gain, start
        words: list[str] = []
        end = len(run)
        while end:
            words.append(run[begin[end] : end])
            end = begin[end]
        return tuple(reversed(words))


def without_particles(word: str) -> str:
    """The word without Chinese particles at its ends; unchanged where it consists of them."""
    return _PARTICLES.sub("", word) or word
