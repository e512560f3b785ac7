"""The key of a message as rows and reports use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

PLURAL_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""Of the CLDR, https://cldr.unicode.org/index/cldr-spec/plural-rules."""


def join_key(path: Sequence[str]) -> str:
    """The keys that lead to a value, joined by dots; dots inside a key are doubled."""
    return ".".join(part.replace(".", "..") for part in path)


def plural_key(path: tuple[str, ...], leaves: Container[tuple[str, ...]]) -> str:
    """As `join_key`, a plural category in square brackets where the keys of values beside it show that it is one.

    Either the last key is a category and "other" is beside it, or it ends in one behind an underscore (i18next).
    """
    *parents, last = path
    if last in PLURAL_CATEGORIES and parents and (*parents, "other") in leaves:
        return f"{join_key(parents)}[{last}]"
    stem, underscore, category = last.rpartition("_")
    if underscore and stem and category in PLURAL_CATEGORIES and (*parents, f"{stem}_other") in leaves:
        return f"{join_key((*parents, stem))}[{category}]"
    return join_key(path)
