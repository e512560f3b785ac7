"""Cutting a long paragraph down to what surrounds its marked words."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

# Cuts move by up to this many code points to fall between words.
_SNAP = 16
# A text that is longer than the budget by less than this share is shown whole: an ellipsis would save nothing.
_TOLERANCE = 0.25
# The least that is shown on either side of a mark, when there are many.
_LEAST_CONTEXT = 12


class Kind(Enum):
    """What a piece of a shortened text is."""

    PLAIN = "plain"
    MARKED = "marked"
    GAP = "gap"


class Piece(NamedTuple):
    """A part of a text. ``text`` is empty where ``kind`` is ``GAP``: something was left out there."""

    kind: Kind
    text: str


def shorten(text: str, marks: Sequence[Span], budget: int | None) -> list[Piece]:
    """The text in pieces, with what is far from all marks left out.

    ``marks`` are sorted, disjoint spans of ``text``. At most about ``budget`` code points are kept (None: all of
    them), cut between words where there are spaces, with the marks in the order of the text taking precedence.
    Time is linear in the text's length.
    """
    size = len(text)
    clipped = [Span(max(start, 0), min(end, size)) for start, end in marks]
    marks = [mark for mark in clipped if mark.start < mark.end]
    if budget is None or size <= budget * (1 + _TOLERANCE):
        return _cut(text, marks, [Span(0, size)])
    if not marks:
        return _cut(text, marks, [Span(0, _snap_end(text, budget, 0))])
    return _cut(text, marks, _windows(text, marks, budget))


def _windows(text: str, marks: Sequence[Span], budget: int) -> list[Span]:
    """The spans of ``text`` to keep, sorted and disjoint."""
    quarter = max(budget // 4, 1)
    cores: list[Span] = []
    for mark in marks:
        if mark.end - mark.start > 2 * quarter:  # Of a marked passage of that length the two ends are enough.
            cores += [Span(mark.start, mark.start + quarter), Span(mark.end - quarter, mark.end)]
        else:
            cores.append(mark)
    context = max((budget - sum(end - start for start, end in cores)) // (2 * len(cores)), _LEAST_CONTEXT)
    windows: list[Span] = []
    used = 0
    for core in cores:
        start = _snap_start(text, core.start - context, core.start)
        end = _snap_end(text, core.end + context, core.end)
        near = bool(windows) and start <= windows[-1].end + _SNAP
        more = max(end - windows[-1].end, 0) if near else end - start
        if windows and used + more > budget:
            break
        used += more
        if near:
            windows[-1] = Span(windows[-1].start, windows[-1].end + more)
        else:
            windows.append(Span(start, end))
    if used < budget:  # Room that a mark near the beginning or the end of the text did not need.
        start, end = windows[-1]
        windows[-1] = Span(start, _snap_end(text, end + budget - used, end))
        used += windows[-1].end - end
    if used < budget:
        start, end = windows[0]
        windows[0] = Span(_snap_start(text, start - (budget - used), start), end)
    return windows


def _snap_start(text: str, start: int, limit: int) -> int:
    """The beginning of a word at or a little after ``start``, but not after ``limit``."""
    if start <= 0:
        return 0
    space = text.find(" ", start - 1, min(start + _SNAP, limit))
    if space >= 0:
        return space + 1
    while start < limit and _continues(text[start]):
        start += 1
    return start


def _snap_end(text: str, end: int, limit: int) -> int:
    """The end of a word at or a little before ``end``, but not before ``limit``."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", max(end - _SNAP, limit), end + 1)
    if space >= 0:
        return space
    while end > limit and _continues(text[end]):
        end -= 1
    return end


def _continues(character: str) -> bool:
    """Whether the character belongs to the one before it: a combining mark, a joiner, a variation selector."""
    return character == "\u200d" or unicodedata.category(character).startswith("M")


def _cut(text: str, marks: Sequence[Span], windows: Sequence[Span]) -> list[Piece]:
    pieces: list[Piece] = []

    def add(kind: Kind, start: int, end: int) -> None:
        if start < end:
            pieces.append(Piece(kind, text[start:end]))

    shown = 0
    first = 0
    for window in windows:
        if window.start > shown:
            pieces.append(Piece(Kind.GAP, ""))
        at = window.start
        while first < len(marks) and marks[first].end <= window.start:
            first += 1
        for mark in marks[first:]:
            if mark.start >= window.end:
                break
            start, end = max(mark.start, at), min(mark.end, window.end)
            add(Kind.PLAIN, at, start)
            add(Kind.MARKED, start, end)
            at = end
        add(Kind.PLAIN, at, window.end)
        shown = window.end
    if shown < len(text):
        pieces.append(Piece(Kind.GAP, ""))
    return pieces
