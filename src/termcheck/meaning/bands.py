"""Comparing every token of one text with those of another in linear time: near the same place in long texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Tokens compared at a time, and how far from the same relative place a long text is searched, either way.
_BLOCK = 512
_REACH = 1024


def bands(ours: int, theirs: int) -> Iterator[tuple[slice, slice]]:
    """Blocks of our tokens, each with the tokens of theirs at about the same place (all of them in short texts)."""
    for start in range(0, ours, _BLOCK):
        end = min(start + _BLOCK, ours)
        low = max(start * theirs // ours - _REACH, 0)
        high = min(end * theirs // ours + _REACH + 1, theirs)
        yield slice(start, end), slice(low, high)
