"""From segments to the arrays that the aligner works on, and from its table back to rows of segments."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from termcheck.alignment.multiway import align_versions
from termcheck.alignment.version import FIELD, Version, centre, make_version
from termcheck.model import Alignment, Cell, Exclusion, ProtectedKind, Row, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.model import DocumentSet, Segment

MOST_EDITED = 8
"""Segments of a document that may say something else for its table to stay as it is."""

# Single digits are written as words too often to tell segments apart.
_NUMBER = re.compile(r"\d{2,}")
_KINDS = {kind: index for index, kind in enumerate(SegmentKind, start=1)}
_FIELDS = (SegmentKind.TITLE, SegmentKind.DESCRIPTION)
_APART = (SegmentKind.TITLE, SegmentKind.TABLE_CELL)


def align_document(
    document: DocumentSet,
    segments: Mapping[str, Sequence[Segment]],
    vectors: Mapping[str, NDArray[np.float32]],
    means: Mapping[str, NDArray[np.float64]],
) -> Alignment:
    """Align the versions of a document.

    ``segments`` and ``vectors`` (n, d) hold every version's segments and their unit vectors by language, ``means``
    (d,) the mean vector of the corpus per language.
    """
    table = align_versions(describe_versions(segments, vectors, means), document.source)
    rows = tuple(
        Row(
            index,
            {
                lang: Cell(tuple(segments[lang][number] for number in cell.segments), cell.confidence, cell.moved)
                for lang, cell in zip(table.languages, cells, strict=True)
            },
        )
        for index, cells in enumerate(table.rows)
    )
    excluded = tuple(
        Exclusion(lang, segments[lang][0].path, round(score, 4)) for lang, score in sorted(table.excluded.items())
    )
    return Alignment(document.key, document.source, table.languages, rows, excluded)


def renewed(alignment: Alignment, segments: Mapping[str, Sequence[Segment]]) -> Alignment | None:
    """The same table with the segments as they are after an edit, which leaves every text in its row.

    None where that cannot be taken for granted: a version has more or fewer segments, or more than a few say something
    else. ``segments`` are those of every version by language.
    """
    edited = 0
    for lang in alignment.languages:
        former = [segment for row in alignment.rows for segment in row.cells[lang].segments]
        if lang not in segments or len(former) != len(segments[lang]):
            return None
        edited += sum(segment.text != segments[lang][segment.index].text for segment in former)
    if edited > MOST_EDITED:
        return None
    rows = tuple(
        Row(
            row.index,
            {
                lang: replace(cell, segments=tuple(segments[lang][segment.index] for segment in cell.segments))
                for lang, cell in row.cells.items()
            },
        )
        for row in alignment.rows
    )
    return replace(alignment, rows=rows)


def changed_rows(before: Alignment, after: Alignment) -> set[int] | None:
    """The rows that say something else in a later table of a document; None where these are other rows."""
    if before.languages != after.languages or len(before.rows) != len(after.rows):
        return None
    return {
        now.index
        for was, now in zip(before.rows, after.rows, strict=True)
        if any(_said(was.cells[lang]) != _said(now.cells[lang]) for lang in after.languages)
    }


def _said(cell: Cell) -> tuple[object, ...]:
    return cell.text, cell.protected(), cell.confidence, cell.moved


def describe_versions(
    segments: Mapping[str, Sequence[Segment]],
    vectors: Mapping[str, NDArray[np.float32]],
    means: Mapping[str, NDArray[np.float64]],
) -> dict[str, Version]:
    """What the aligner needs to know of all versions of a document; arguments as for :func:`align_document`."""
    return {lang: describe(segments[lang], centre(vectors[lang], means.get(lang))) for lang in sorted(segments)}


def describe(segments: Sequence[Segment], vectors: NDArray[np.float32]) -> Version:
    """What the aligner needs to know of a version; ``vectors`` (n, d) are centred."""
    return make_version(
        vectors,
        [len(segment.text) for segment in segments],
        [_kind_code(segment) for segment in segments],
        [_signature(segment) for segment in segments],
    )


def _kind_code(segment: Segment) -> int:
    code = _KINDS[segment.kind] * 10
    if segment.kind is SegmentKind.HEADING:
        return -code - segment.level
    return -code if segment.kind in _APART else code


def _signature(segment: Segment) -> frozenset[str]:
    """What a translation keeps: numbers, code, placeholders, addresses, explicit ids, fields of a page."""
    found = set(_NUMBER.findall(segment.text))
    found.update(f"#{anchor}" for anchor in segment.anchors)
    if segment.kind in _FIELDS:
        # A field of a page's front matter or head, whatever it says.
        found.add(f"{FIELD}{segment.kind}")
    for part in segment.protected:
        # Relative targets and those with fragments are often translated themselves.
        translated = part.kind is ProtectedKind.LINK and ("#" in part.value or "://" not in part.value)
        if part.kind is not ProtectedKind.HTML and not translated:
            found.add(f"{part.kind}:{part.value}")
    return frozenset(found)
