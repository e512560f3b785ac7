"""Which segments of a document differ from an earlier version of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from termcheck.model import Segment

_ALIKE = 0.3
"""Least share of common words (Dice) for a text to count as the earlier form of another."""

_WORD = re.compile(r"\w+")

_LARGE = 4_000_000
"""Product of two lengths above which texts are matched as sets: the comparison in order is quadratic at worst."""


@dataclass(frozen=True, slots=True)
class VersionChange:
    """How a version differs from what it was.

    ``changed`` are the indices of segments whose text was not there before. ``before`` gives the earlier text of those
    that were edited, of which ``protected`` have other links or placeholders. ``moved`` are texts that were there, but
    at another place. ``removed`` are the indices (the number of segments for the end) before which a text was taken
    out without another in its place.
    """

    changed: frozenset[int] = frozenset()
    before: Mapping[int, str] = field(default_factory=dict)
    protected: frozenset[int] = frozenset()
    moved: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.changed or self.moved or self.removed)


def compare(old: Sequence[Segment], new: Sequence[Segment]) -> VersionChange:
    """Compare two versions of one document.

    White space, line breaks and markup that shows nothing are no difference; a protected part (a link's target, a
    placeholder) is one.
    """
    identities = _Identities()
    before, after = [identities.of(segment) for segment in old], [identities.of(segment) for segment in new]
    differences = list(_differences(before, after))
    moved = Counter(before[index] for first, last, _, _ in differences for index in range(first, last))
    moved &= Counter(after[index] for _, _, start, end in differences for index in range(start, end))
    left, arrived = moved.copy(), moved.copy()
    changed: set[int] = set()
    shifted: set[int] = set()
    removed: set[int] = set()
    edited: dict[int, Segment] = {}
    for first, last, start, end in differences:
        gone = [old[index] for index in range(first, last) if not _take(left, before[index])]
        fresh = [index for index in range(start, end) if not _take(arrived, after[index])]
        changed.update(fresh)
        shifted.update(set(range(start, end)).difference(fresh))
        pairs = _pair([segment.text for segment in gone], [new[index].text for index in fresh])
        edited.update((fresh[place], gone[former]) for place, former in pairs)
        if len(gone) > len(fresh):
            removed.add(end)
    return VersionChange(
        changed=frozenset(changed),
        before={index: segment.text for index, segment in edited.items()},
        protected=frozenset(index for index, segment in edited.items() if _values(segment) != _values(new[index])),
        moved=frozenset(shifted),
        removed=frozenset(removed),
    )


def identity(segment: Segment) -> tuple[str, tuple[str, ...]]:
    """What makes a segment the same one later: its text with white space folded, and its protected parts."""
    return " ".join(segment.text.split()), _values(segment)


def changed_words(before: str, after: str) -> list[Span]:
    """The places in ``after`` of the words that ``before`` does not have there; punctuation and case do not count."""
    old = [match[0].casefold() for match in _WORD.finditer(before)]
    matches = list(_WORD.finditer(after))
    new = [match[0].casefold() for match in matches]
    if len(old) * len(new) > _LARGE:
        known = set(old)
        return [Span(*match.span()) for match, word in zip(matches, new, strict=True) if word not in known]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    same = {index for block in blocks for index in range(block.b, block.b + block.size)}
    return [Span(*match.span()) for index, match in enumerate(matches) if index not in same]


def _values(segment: Segment) -> tuple[str, ...]:
    return tuple(part.value for part in segment.protected)


class _Identities:
    """A small number for every distinct text with its protected parts."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, tuple[str, ...]], int] = {}

    def of(self, segment: Segment) -> int:
        return self._numbers.setdefault(identity(segment), len(self._numbers))


def _take(pool: Counter[int], item: int) -> bool:
    """Take one of the items out of the pool; False when there is none left."""
    if pool[item] > 0:
        pool[item] -= 1
        return True
    return False


def _differences(before: Sequence[int], after: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches ``before[first:last]`` and ``after[start:end]`` that differ, in order."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(old) * len(new) > _LARGE:
        yield head, head + len(old), head, head + len(new)
        return
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + first, head + last, head + start, head + end


def _pair(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which new text (first) is the edited form of which old one (second); both keep their order."""
    if len(old) == len(new) == 1:
        yield 0, 0
        return
    if len(old) * len(new) > _LARGE // 1000:
        return
    words = [Counter(text.casefold().split()) for text in old]
    following = 0
    for place, text in enumerate(new):
        own = Counter(text.casefold().split())
        scores = [(_dice(own, words[former]), -former) for former in range(following, len(old))]
        score, former = max(scores, default=(0.0, 0))
        if score >= _ALIKE:
            yield place, -former
            following = -former + 1


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
