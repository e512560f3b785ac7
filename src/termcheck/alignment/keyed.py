"""Versions whose segments carry keys: the rows are the keys, and nothing has to be found out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.model import Alignment, Cell, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.model import DocumentSet, Segment

# Which plural categories there are differs by language (CLDR); "other" is in all of them.
_CATEGORY = re.compile(r"\[(?:zero|one|two|few|many|=\d{1,9})\](?:\[[^\[\]]{1,60}\])*\Z")
_HEAD = ""


def is_keyed(segments: Mapping[str, Sequence[Segment]]) -> bool:
    """Whether every segment of every version has a key."""
    return bool(segments) and all(segment.key for found in segments.values() for segment in found)


def align_by_key(document: DocumentSet, segments: Mapping[str, Sequence[Segment]]) -> Alignment:
    """The table of a document whose versions are catalogues of messages.

    Rows are in the order of the source, or else of the first version; a key that only others have follows the one
    before it there. Everything is sure, but for the gaps of plural categories, which a language may do without: these
    have confidence 0.
    """
    languages = tuple(sorted(segments))
    source = document.source if document.source in segments else None
    cells = {lang: {segment.key: segment for segment in segments[lang]} for lang in languages}
    ordered = sorted(languages, key=lambda lang: (lang != source, lang))
    rows = tuple(
        Row(index, {lang: _cell(cells[lang].get(key), key) for lang in languages})
        for index, key in enumerate(_order([list(cells[lang]) for lang in ordered]))
    )
    return Alignment(document.key, document.source, languages, rows)


def _cell(segment: Segment | None, key: str) -> Cell:
    if segment is not None:
        return Cell((segment,))
    return Cell(confidence=0.0 if _CATEGORY.search(key) else 1.0)


def _order(versions: Sequence[Sequence[str]]) -> list[str]:
    """All keys: a chain from each to the one that follows it."""
    following: dict[str, str | None] = {_HEAD: None}
    for keys in versions:
        before = _HEAD
        for key in keys:
            if key not in following:
                following[before], following[key] = key, following[before]
            before = key
    ordered = []
    after = following[_HEAD]
    while after is not None:
        ordered.append(after)
        after = following[after]
    return ordered
