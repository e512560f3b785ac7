from __future__ import annotations

from typing import TYPE_CHECKING

from small_corpus import write_corpus
from termcheck import known_documents
from termcheck.cache import MemoryCache
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.inputs import find_documents
from termcheck.known_documents import KnownDocuments

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_workers_pay_for_what_was_not_checked_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_corpus(tmp_path / "docs")
    target, config, store = find_target([str(corpus)]), load_config(corpus), MemoryCache()
    page = corpus / "pl" / "story.md"

    def known(fingerprint: str = "model") -> KnownDocuments:
        return KnownDocuments(store, target, config, fingerprint, find_documents(target, config).sets)

    assert not known().workers_pay
    size = sum(path.stat().st_size for path in corpus.rglob("*.md"))
    monkeypatch.setattr(known_documents, "WORTH", size)
    assert known().workers_pay
    known().remember()
    assert not known().workers_pay
    assert known("another model").workers_pay
    page.write_text(page.read_text() + "\nNowe zdanie.\n")
    assert known().workers_pay
    known().remember()
    monkeypatch.setattr(known_documents, "code_digest", lambda: "new")
    assert known().workers_pay
