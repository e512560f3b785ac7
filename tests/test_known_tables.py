from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import pytest

from small_corpus import make_encoder, write_corpus
from termcheck import known_tables
from termcheck.aligning import align, embed
from termcheck.cache import MemoryCache
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.embedding.cached import CachedEncoder
from termcheck.inputs import find_documents, read_sets
from termcheck.known_tables import SPACE, KnownTables
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.inputs import ReadSet
    from termcheck.model import Alignment


@pytest.fixture
def read(tmp_path: Path) -> ReadSet:
    corpus = write_corpus(tmp_path / "docs", without={"pl": 2})
    target, config = find_target([str(corpus)]), load_config(corpus)
    [found] = read_sets(target, find_documents(target, config), config, NoProgress())
    return found


def never() -> NoReturn:
    raise AssertionError("it was known")


def test_a_table_is_the_same_the_second_time(read: ReadSet) -> None:
    store, encoder = MemoryCache(), CachedEncoder(make_encoder(), MemoryCache())
    means = embed([read], encoder, NoProgress())
    [plain] = align([read], means, encoder, NoProgress())
    [made] = align([read], means, encoder, NoProgress(), store=store)
    known = KnownTables(store, encoder.fingerprint, means).find(read, never)
    assert known == made == plain
    assert [row.cells["pl"].confidence for row in known.rows] == [row.cells["pl"].confidence for row in made.rows]
    assert known.rows[0].cells["en"].segments[0] is read.segments["en"][0]


def test_what_a_table_depends_on_is_in_the_key(read: ReadSet, monkeypatch: pytest.MonkeyPatch) -> None:
    store, encoder = MemoryCache(), CachedEncoder(make_encoder(), MemoryCache())
    means = embed([read], encoder, NoProgress())
    [table] = align([read], means, encoder, NoProgress(), store=store)
    asked: list[Alignment] = []

    def make() -> Alignment:
        asked.append(table)
        return table

    first, *rest = read.segments["en"]
    other_text = replace(read, segments={**read.segments, "en": (replace(first, text="x"), *rest)})
    other_level = replace(read, segments={**read.segments, "en": (replace(first, level=6), *rest)})
    other_source = replace(read, document=replace(read.document, source="pl"))
    for each in (other_text, other_level, other_source):
        KnownTables(store, encoder.fingerprint, means).find(each, make)
    KnownTables(store, "another model", means).find(read, make)
    KnownTables(store, encoder.fingerprint, {lang: mean + 1 for lang, mean in means.items()}).find(read, make)
    monkeypatch.setattr(known_tables, "code_digest", lambda: "new")
    KnownTables(store, encoder.fingerprint, means).find(read, make)
    assert len(asked) == 6


@pytest.mark.parametrize("damaged", [b"", b"{}", b"[1]", b'[["en"],[{"en":[[99],1.0,false]}],[]]', b"\xff"])
def test_a_damaged_entry_is_made_again(read: ReadSet, damaged: bytes) -> None:
    class Damaged(MemoryCache):
        def get_many(self, space: str, keys: object) -> dict[bytes, bytes]:
            assert space == SPACE
            return dict.fromkeys(keys, damaged)  # type: ignore[call-overload,no-any-return]

    encoder = CachedEncoder(make_encoder(), MemoryCache())
    means = {lang: np.zeros(encoder.dimension) for lang in read.segments}
    [plain] = align([read], means, encoder, NoProgress())
    [found] = align([read], means, encoder, NoProgress(), store=Damaged())
    assert found == plain
