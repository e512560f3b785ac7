"""Concept ids proposed from words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What a concept id looks like, as in the glossary's schema."""

_OTHER = re.compile(r"[^a-z0-9]+")
# Numbers and generated ids, which tell a reader nothing.
_COUNTER = re.compile(r"[A-Za-z]{0,8}[-_.]?[0-9]+|(?:[0-9a-fA-F]{4,}-){2,}[0-9a-fA-F]{4,}")
_LONGEST = 60
# Latin letters that do not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h"}
)


def slug(word: str) -> str:
    """The word in lower-case ASCII letters, digits and hyphens; empty when nothing of it can be written so."""
    folded = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    # What has no Latin letters is no name at all when only the digits of it are left.
    if any(char.isalpha() and not char.isascii() for char in plain):
        return ""
    return _OTHER.sub("-", plain).strip("-")[:_LONGEST].strip("-")


def is_telling(concept_id: str) -> bool:
    """Whether an id of a file can serve as a concept id and is not just a number or a generated one."""
    return ID.fullmatch(concept_id) is not None and _COUNTER.fullmatch(concept_id) is None


def unique(wanted: Iterable[str]) -> list[str]:
    """The ids, each made different from those before it by a number; ``concept`` where there is none."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    result = []
    for name in wanted:
        base = name or "concept"
        number = last.get(base, 1)
        chosen = base if number == 1 and name else f"{base}-{number}"
        while chosen in taken:
            number += 1
            chosen = f"{base}-{number}"
        last[base] = number
        taken.add(chosen)
        result.append(chosen)
    return result
