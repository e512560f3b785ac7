"""Tables of documents that were aligned before, so that a run on the same corpus need not align them again.

A table depends on the document's segments, the model, what is usual in the corpus (the mean vectors), and the code. So
the key holds them all, and after a change of any text all documents are aligned again.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from termcheck.model import Alignment, Cell, Exclusion, Row
from termcheck.quiet import code_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from termcheck.cache import Store
    from termcheck.inputs import ReadSet

SPACE = "tables"


class KnownTables:
    """The tables in ``store`` that ``means`` (d,) of every language and the model ``fingerprint`` led to."""

    def __init__(self, store: Store, fingerprint: str, means: Mapping[str, NDArray[np.float64]]) -> None:
        self._store = store
        self._salt = hashlib.sha256(json.dumps([code_digest(), fingerprint]).encode())
        for lang in sorted(means):
            self._salt.update(lang.encode() + b"\0" + means[lang].tobytes())

    def find(self, each: ReadSet, make: Callable[[], Alignment]) -> Alignment:
        """The table of a document; ``make`` gives one that is not known, which then is."""
        key = self._key(each)
        packed = self._store.get_many(SPACE, [key]).get(key)
        found = None if packed is None else _unpack(packed, each)
        if found is None:
            found = make()
            self._store.put_many(SPACE, {key: _pack(found)})
        return found

    def _key(self, each: ReadSet) -> bytes:
        digest = self._salt.copy()
        digest.update(json.dumps([each.document.key, each.document.source, dict(each.document.versions)]).encode())
        for lang, segments in each.segments.items():
            content = [
                [
                    segment.index,
                    segment.kind,
                    segment.level,
                    segment.text,
                    segment.span,
                    [[part.kind, part.span, part.value] for part in segment.protected],
                    segment.anchors,
                    segment.key,
                ]
                for segment in segments
            ]
            digest.update(json.dumps([lang, content]).encode())
        return digest.digest()


def _pack(alignment: Alignment) -> bytes:
    """A cell as the numbers of its segments, its confidence, and whether it was moved."""
    rows = [
        {lang: [[each.index for each in cell.segments], float(cell.confidence), bool(cell.moved)] for lang, cell in at}
        for at in (row.cells.items() for row in alignment.rows)
    ]
    excluded = [[each.lang, each.path, float(each.score)] for each in alignment.excluded]
    return json.dumps([alignment.languages, rows, excluded], separators=(",", ":")).encode()


def _unpack(packed: bytes, each: ReadSet) -> Alignment | None:
    """The table again; None for what :func:`_pack` did not write."""
    places = {lang: {segment.index: segment for segment in found} for lang, found in each.segments.items()}
    try:
        languages, rows, excluded = json.loads(packed)
        return Alignment(
            each.document.key,
            each.document.source,
            tuple(languages),
            tuple(
                Row(
                    number,
                    {
                        lang: Cell(tuple(places[lang][index] for index in indexes), confidence, moved)
                        for lang, (indexes, confidence, moved) in cells.items()
                    },
                )
                for number, cells in enumerate(rows)
            ),
            tuple(Exclusion(*values) for values in excluded),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
