"""Rows about which there was nothing to say, so that a run on the same corpus need not look at them again.

Whether there is depends on the row, on what is usual in the corpus, and on the code that decides. So the key holds them
all: the document, every other document, the settings, and termcheck itself. After any change all rows are looked at.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from termcheck.cache import Store
    from termcheck.model import Alignment

SPACE = "quiet rows"
_DECIDING = frozenset({".py", ".json", ".npz"})


class QuietRows:
    """What one of the checks made of the documents of a corpus.

    ``check`` names it, ``settings`` is what decides beside the documents, which ``digests`` tell by their content;
    ``left_out`` are the cells (row, language) by document that it passes over.
    """

    def __init__(
        self,
        store: Store,
        check: str,
        settings: Sequence[object],
        digests: Mapping[str, bytes],
        left_out: Mapping[str, Collection[tuple[int, str]]] | None = None,
    ) -> None:
        self._store = store
        #: The keys of the documents, in the order in which they were given.
        self.documents = tuple(digests)
        digests = {key: _without(digest, (left_out or {}).get(key, ())) for key, digest in digests.items()}
        corpus = hashlib.sha256(json.dumps([check, repr(settings), code_digest()]).encode())
        for key in sorted(digests):
            corpus.update(digests[key])
        self._keys = {key: hashlib.sha256(corpus.digest() + digest).digest() for key, digest in digests.items()}
        known = store.get_many(SPACE, list(self._keys.values()))
        self._busy = {key: frozenset(json.loads(known[name])) for key, name in self._keys.items() if name in known}

    def busy(self, document: str) -> frozenset[int] | None:
        """The indexes of the rows with something to say, as far as that is known: None means all."""
        return self._busy.get(document)

    def remember(self, busy: Mapping[str, Iterable[int]]) -> None:
        """Keep, by document, which rows there was something to say about."""
        fresh = {
            self._keys[document]: json.dumps(sorted(set(rows))).encode()
            for document, rows in busy.items()
            if document not in self._busy
        }
        self._store.put_many(SPACE, fresh)


@cache
def code_digest() -> str:
    """SHA-256, in hexadecimal, of everything in this package that may decide what is found."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*")):
        if path.suffix in _DECIDING and path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _without(digest: bytes, left_out: Collection[tuple[int, str]]) -> bytes:
    return hashlib.sha256(digest + json.dumps(sorted(left_out)).encode()).digest()


def content_digest(alignment: Alignment) -> bytes:
    """Of what the checks see of a document: texts, what is protected in them, and how they stand beside each other."""
    digest = hashlib.sha256(json.dumps([alignment.key, alignment.source]).encode())
    for row in alignment.rows:
        for lang, cell in row.cells.items():
            if cell:
                parts = [[part.kind, *part.span, part.value] for part in cell.protected()]
                digest.update(json.dumps([row.index, lang, cell.confidence, cell.moved, cell.text, parts]).encode())
    return digest.digest()
