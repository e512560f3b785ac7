"""Plain English for messages and reports: lists, counts, names of languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def listing(items: Sequence[str], most: int = 6, *, joint: str = "and") -> str:
    """``a, b and c``, with ``joint`` before the last; beyond ``most`` items ``a, b and 5 more``."""
    if len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"


def languages(tags: Iterable[str], source: str | None = None) -> str:
    """The languages' names, the source first and named as such."""
    ordered = sorted(tags, key=lambda tag: (tag != source, tag))
    return listing([display_name(tag) + (" (the source)" if tag == source else "") for tag in ordered])


def counted(count: int, noun: str) -> str:
    """``1 paragraph``, ``2 paragraphs``, ``12,000 paragraphs``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def quoted(words: Iterable[str]) -> str:
    """The words in quotation marks, as a list."""
    return listing([f"“{word}”" for word in words])


def any_of(words: Iterable[str]) -> str:
    """The words in quotation marks, as a choice: ``“a”, “b” or “c”``."""
    return listing([f"“{word}”" for word in words], joint="or")


def named(noun: str, words: Sequence[str], plural: str = "") -> str:
    """``number “1”``, ``numbers “1” and “2”``; ``plural`` where it is not the noun with an s."""
    return f"{noun if len(words) == 1 else plural or noun + 's'} {quoted(words)}"
