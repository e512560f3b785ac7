"""Stretches of a text that are closed to words and terms: code, placeholders, phrases in which a term is not meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import Span


class Stretches:
    """Stretches of a text: does a place overlap one of them, or lie inside one? Overlapping spans count as one."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if start < end:
                if self._ends and start < self._ends[-1]:
                    self._ends[-1] = max(self._ends[-1], end)
                else:
                    self._starts.append(start)
                    self._ends.append(end)

    def overlaps(self, start: int, end: int) -> bool:
        index = bisect_left(self._starts, end)
        return index > 0 and self._ends[index - 1] > start

    def covers(self, start: int, end: int) -> bool:
        index = bisect_right(self._starts, start)
        return index > 0 and self._ends[index - 1] >= end


_TokenT = TypeVar("_TokenT", bound=tuple[Any, ...])


def outside(tokens: list[_TokenT], protected: Sequence[Span]) -> list[_TokenT]:
    """The words, tuples with start and end behind the text, that overlap no protected span, in n log n time."""
    if not protected:
        return tokens
    closed = Stretches(protected)
    return [token for token in tokens if not closed.overlaps(token[1], token[2])]
