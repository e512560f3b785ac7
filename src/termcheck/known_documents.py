"""Which documents were checked before just as they are, to tell whether workers would have anything to do."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from termcheck.corpus.reading import read_bytes
from termcheck.quiet import code_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.cache import Store
    from termcheck.config import Config
    from termcheck.corpus.target import Target
    from termcheck.model import DocumentSet

SPACE = "documents"

WORTH = 100_000
"""Bytes of texts from which workers pay: some 700 paragraphs, which take longer than two workers need to start."""


class KnownDocuments:
    """What the ``store`` says of documents; ``fingerprint`` is that of the model."""

    def __init__(
        self, store: Store, target: Target, config: Config, fingerprint: str, documents: Iterable[DocumentSet]
    ) -> None:
        self._store = store
        sizes: dict[bytes, int] = {}
        for document in documents:
            digest = hashlib.sha256(json.dumps([code_digest(), fingerprint, document.key]).encode())
            size = 0
            for lang, path in document.versions.items():
                content = read_bytes(target.base, path, config.max_file_size)
                data = content.encode() if isinstance(content, str) else content
                digest.update(json.dumps([lang, path, len(data)]).encode() + data)
                size += len(data)
            sizes[digest.digest()] = size
        known = store.get_many(SPACE, list(sizes))
        self._unknown = {key: size for key, size in sizes.items() if key not in known}

    @property
    def workers_pay(self) -> bool:
        """Whether there is enough in documents that were not checked before."""
        return sum(self._unknown.values()) >= WORTH

    def remember(self) -> None:
        """All of them were checked."""
        self._store.put_many(SPACE, dict.fromkeys(self._unknown, b""))
