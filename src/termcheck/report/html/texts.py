"""Texts as the page shows them: harmless, each of them once, with marks counted as browsers count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.report.sanitize import show_controls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.model import Span


def visible(text: str) -> str:
    """The text with everything that would act on a page or a terminal made visible; line breaks stay.

    Each character is replaced on its own, so that the parts of a text become the parts of the visible text.
    """
    return "\n".join(map(show_controls, text.split("\n")))


def browser_marks(text: str, marks: Iterable[Span], shift: int = 0) -> list[int]:
    """Start and end of each mark, one after the other, in UTF-16 code units of ``visible(text)``.

    ``marks`` are sorted, disjoint spans of code points, counted from ``shift``; what lies beyond the text is cut off
    and what is empty left out. Time is linear in the text's length.
    """
    found: list[int] = []
    at = units = 0
    for mark in marks:
        start, end = (min(max(offset + shift, at), len(text)) for offset in mark)
        if start >= end:
            continue
        units += _units(text[at:start])
        found.append(units)
        units += _units(text[start:end])
        found.append(units)
        at = end
    return found


def _units(text: str) -> int:
    return len(visible(text).encode("utf-16-le", "replace")) // 2


class TextPool:
    """The visible forms of the texts added, each distinct text once."""

    def __init__(self) -> None:
        self._indices: dict[str, int] = {}
        self.texts: list[str] = []

    def add(self, text: str) -> int:
        """The index of the text's visible form in ``texts``."""
        index = self._indices.get(text)
        if index is None:
            index = self._indices[text] = len(self.texts)
            self.texts.append(visible(text))
        return index
