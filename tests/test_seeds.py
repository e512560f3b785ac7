"""An article in four languages without its original, read with the real model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from termcheck.aligning import align, embed
from termcheck.cli.options import Checking, load
from termcheck.embedding.cached import load_cached_encoder
from termcheck.inputs import find_documents, read_sets
from termcheck.model import Verdict
from termcheck.pipeline import open_store
from termcheck.progress import NoProgress

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import RunResult

pytestmark = pytest.mark.shared_data

WORDS = """
version: 1
concepts:
  - id: client
    terms: {{id: klien, ko: 클라이언트{client}}}
  - id: customer
    terms: {{id: pelanggan, ko: 고객{customer}}}
distinct:
  - [client, customer]
"""
KOREAN_ROWS = {19, 24, 26, 28, 36, 44, 45, 46, 47, 52, 53, 54, 56, 62}


def check(shared: Path, folder: Path, cache: Path, *, with_words: bool) -> RunResult:
    both = ", pl: klient, tr: müşteri"
    text = WORDS.format(client=both if with_words else "", customer=both if with_words else "")
    glossary = folder / "glossary.yaml"
    glossary.write_text(text, "utf-8")
    options = {"cache": str(cache), "glossary": str(glossary)}
    return load(Checking((str(shared / "seeds"),), None, {}, (), use_cache=True), options, quiet=True).run()


def test_the_versions_align_row_by_row(shared_data: Path, demo_cache: Path) -> None:
    session = load(
        Checking((str(shared_data / "seeds"),), None, {}, (), use_cache=True), {"cache": str(demo_cache)}, quiet=True
    )
    sets = read_sets(session.target, find_documents(session.target, session.config), session.config, NoProgress())
    with open_store(session.config, use_cache=True) as store:
        encoder = load_cached_encoder(session.config, store)
        (alignment,) = align(sets, embed(sets, encoder, NoProgress()), encoder, NoProgress())
    assert alignment.languages == ("id", "ko", "pl", "tr")
    assert [
        [[segment.index for segment in cell.segments] for cell in row.cells.values()] for row in alignment.rows
    ] == [[[index]] * 4 for index in range(63)]


@pytest.mark.parametrize("with_words", [True, False], ids=["words given", "words learned"])
def test_collapse_and_mixing_are_found(
    shared_data: Path, tmp_path: Path, demo_cache: Path, *, with_words: bool
) -> None:
    result = check(shared_data, tmp_path, demo_cache, with_words=with_words)
    verdicts = {verdict.lang: verdict for verdict in result.verdicts}
    assert {lang: verdict.verdict for lang, verdict in verdicts.items()} == {
        "id": Verdict.DISTINCT,
        "ko": Verdict.MIXED,
        "pl": Verdict.COLLAPSED,
        "tr": Verdict.COLLAPSED,
    }
    assert [word.casefold()[:6] for word in verdicts["pl"].shared] == ["klient"]
    assert [word.casefold()[:7] for word in verdicts["tr"].shared] == ["müşteri"]
    rows = {f.location.start.line - 1 for f in result.findings if f.code == "TC402" and f.lang == "ko"}
    assert len(rows & KOREAN_ROWS) >= 12
    assert len(rows - KOREAN_ROWS) <= 2


def test_words_that_say_something_else_are_marked(shared_data: Path, demo_cache: Path) -> None:
    checking = Checking((str(shared_data / "seeds"),), None, {"select": ("TC204",)}, (), use_cache=True)
    result = load(checking, {"cache": str(demo_cache)}, quiet=True).run()
    found = [(f.lang, f.message) for f in result.findings if f.code == "TC204"]
    for word in ("film", "pokładzie"):
        assert [lang for lang, message in found if word in message] == ["pl"]
    assert len(found) <= 8


def test_an_article_on_the_same_subject_is_no_translation(shared_data: Path, tmp_path: Path, demo_cache: Path) -> None:
    for lang in ("ko", "pl", "tr"):
        text = (shared_data / f"seeds/client-vs-customer.{lang}.txt").read_text("utf-8")
        (tmp_path / f"article.{lang}.txt").write_text(text, "utf-8")
    other = (shared_data / "seeds/definisi-klien.id.txt").read_text("utf-8")
    (tmp_path / "article.id.txt").write_text(other, "utf-8")
    options = {"cache": str(demo_cache)}
    result = load(Checking((str(tmp_path),), None, {}, (), use_cache=True), options, quiet=True).run()
    assert [(f.code, f.lang) for f in result.findings if f.code == "TC104"] == [("TC104", "id")]
    assert not [f for f in result.findings if f.lang == "id" and f.code != "TC104"]
