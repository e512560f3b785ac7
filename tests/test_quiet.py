from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aligned_rows import alignment, cell
from small_corpus import make_encoder, write_corpus
from termcheck import quiet
from termcheck.cache import MemoryCache
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.literal import rows as literal_rows
from termcheck.meaning import documents as meaning_documents
from termcheck.meaning.judge import judge_row
from termcheck.pipeline import check
from termcheck.quiet import QuietRows, content_digest

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import RunResult


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What is looked at, row by row."""
    seen: list[tuple[str, int]] = []
    compare, judge = literal_rows._check_numbers, judge_row

    def comparing(row, source, facts):  # type: ignore[no-untyped-def]
        seen.append(("numbers", row.index))
        compare(row, source, facts)

    def judging(meaning, *rest):  # type: ignore[no-untyped-def]
        seen.append(("meaning", len(seen)))
        return judge(meaning, *rest)

    monkeypatch.setattr(literal_rows, "_check_numbers", comparing)
    monkeypatch.setattr(meaning_documents, "judge_row", judging)
    return seen


def run(corpus: Path) -> RunResult:
    return check(find_target([str(corpus)]), load_config(corpus), encoder=make_encoder())


def test_only_rows_with_something_to_say_are_looked_at_again(
    tmp_path: Path, looked_at: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_corpus(tmp_path / "docs")
    page = corpus / "pl" / "story.md"
    page.write_text(page.read_text().replace("chleb", "chleb 17"))
    first = run(corpus)
    assert [finding.code for finding in first.findings] == ["TC303"]
    assert {row for kind, row in looked_at if kind == "numbers"} == set(range(6))
    judged = [row for kind, row in looked_at if kind == "meaning"]
    looked_at.clear()
    assert run(corpus) == first
    assert [row for kind, row in looked_at if kind == "numbers"] == [1]
    assert len([row for kind, row in looked_at if kind == "meaning"]) < len(judged)
    # Other code may decide otherwise, and another text makes other things usual.
    for change in (
        lambda: monkeypatch.setattr(quiet, "code_digest", lambda: "new"),
        lambda: page.write_text(page.read_text().replace("żagle", "żagle 4")),
    ):
        looked_at.clear()
        change()
        run(corpus)
        assert {row for kind, row in looked_at if kind == "numbers"} == set(range(6))


def _document(text: str) -> dict[str, bytes]:
    found = alignment({"en": cell("en", "a"), "pl": cell("pl", text)})
    return {found.key: content_digest(found)}


def test_what_decides_is_in_the_key() -> None:
    store, one, other = MemoryCache(), _document("b"), _document("c")
    [key] = one
    QuietRows(store, "x", (1,), one).remember({key: [3, 0, 3]})
    assert QuietRows(store, "x", (1,), one).busy(key) == frozenset({0, 3})
    assert QuietRows(store, "y", (1,), one).busy(key) is None
    assert QuietRows(store, "x", (2,), one).busy(key) is None
    assert QuietRows(store, "x", (1,), other).busy(key) is None
    assert QuietRows(store, "x", (1,), one, {key: {(0, "pl")}}).busy(key) is None


def test_the_digest_of_the_code_is_that_of_files() -> None:
    assert len(quiet.code_digest()) == 64
    assert quiet.code_digest() == quiet.code_digest.__wrapped__()
