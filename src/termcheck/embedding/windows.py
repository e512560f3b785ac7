"""Cutting long texts into windows that a model can read, and windows into batches of similar length."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: How far, as a share of a window, a cut may move to find a sentence end or a word boundary.
_SLACK = 0.25
#: A batch that is large enough only takes texts of at least this share of its longest one's length.
_SIMILAR = 0.9
_SMALLEST_SHARE = 8
_SENTENCE_END = frozenset(".!?…。！？｡؟۔।\n")
_CLOSING = frozenset("\"'”’»)]}」』）")


def split_windows(text: str, offsets: Sequence[tuple[int, int]], limit: int) -> list[tuple[int, int]]:
    """Half-open token ranges of at most ``limit`` tokens that cover all tokens in order, without overlap.

    ``offsets[i]`` is token i's range of code points in ``text``. The windows are of similar size (no tiny rest at
    the end); each cut is moved to the nearest sentence end, else word boundary, within a quarter of a window.
    Raises ``ValueError`` for a limit below 1.
    """
    if limit < 1:
        raise ValueError(f"a window must hold at least one token, not {limit}")
    total = len(offsets)
    windows: list[tuple[int, int]] = []
    start = 0
    while total - start > limit:
        parts = -(-(total - start) // limit)
        size = -(-(total - start) // parts)
        slack = int(size * _SLACK)
        # Cutting early must not leave more for the other windows than they can hold.
        low = max(start + max(size - slack, 1), total - (parts - 1) * limit)
        cut = _best_cut(text, offsets, low, min(start + size + slack, start + limit, total - 1), start + size)
        windows.append((start, cut))
        start = cut
    windows.append((start, total))
    return windows


def _best_cut(text: str, offsets: Sequence[tuple[int, int]], low: int, high: int, ideal: int) -> int:
    def rank(cut: int) -> tuple[int, int, int]:
        return (-_grade(text, offsets[cut - 1][1], offsets[cut][0]), abs(cut - ideal), cut)

    return min(range(low, high + 1), key=rank)


def _grade(text: str, left_end: int, right_start: int) -> int:
    """2 for the end of a sentence, 1 for a word boundary, 0 inside a word."""
    # A token may carry the white space before it, so the first character on the right counts as well.
    at = left_end - 1
    while at >= max(0, left_end - 8) and (text[at].isspace() or text[at] in _CLOSING):
        at -= 1
    border = text[left_end - 1 : right_start + 1]
    spaced = right_start > left_end or border != border.strip()
    if at >= 0 and text[at] in _SENTENCE_END and (spaced or text[at] != "."):
        return 2
    return 1 if spaced else 0


def split_blocks(text: str, limit: int) -> Iterator[tuple[int, str]]:
    """The text in blocks of at most ``limit`` code points with their offsets, cut at white space where there is any.

    Tokenizers keep tens of bytes per character, so a line of megabytes goes through in blocks.
    """
    start = 0
    while len(text) - start > limit:
        cut = start + limit
        space = max(text.rfind(" ", start + limit // 2, cut), text.rfind("\n", start + limit // 2, cut))
        if space > start:
            cut = space
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Indexes grouped so that each group, padded to its longest member, holds at most ``budget`` tokens.

    Longest first, so that the largest need of memory shows at once; equal lengths keep their order. Once a group
    holds an eighth of the budget, it takes no member shorter than nine tenths of its longest: computing on padding
    costs more than a smaller batch. A member longer than the budget is a group of its own.
    """
    order = sorted(range(len(lengths)), key=lambda index: (-lengths[index], index))
    groups: list[list[int]] = []
    for index in order:
        if groups and _fits(len(groups[-1]), lengths[groups[-1][0]], lengths[index], budget):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _fits(members: int, longest: int, length: int, budget: int) -> bool:
    if (members + 1) * longest > budget:
        return False
    return length >= _SIMILAR * longest or members * longest < budget // _SMALLEST_SHARE
