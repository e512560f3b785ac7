from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from scratch_repository import ScratchRepository
from small_corpus import make_encoder, paragraphs, write
from termcheck.config import load_config
from termcheck.corpus.target import find_target
from termcheck.errors import InputError
from termcheck.surveys import find_outdated

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.history.freshness import Freshness

EN, PL = paragraphs("en"), paragraphs("pl")


def save(scratch: ScratchRepository, commit: bool = True, **changed: list[str]) -> str:
    files = {f"{lang}/story.md": texts for lang, texts in changed.items()}
    if commit:
        return scratch.commit(files)
    write(scratch.folder, files)
    return ""


@pytest.fixture
def scratch(tmp_path: Path) -> ScratchRepository:
    """Three versions, made in two commits."""
    scratch = ScratchRepository(tmp_path / "project")
    save(scratch, en=EN)
    save(scratch, pl=PL, tr=paragraphs("tr"))
    return scratch


def outdated(scratch: ScratchRepository, *paths: str, langs: tuple[str, ...] = ()) -> Freshness:
    target = find_target([str(scratch.folder / path) for path in (paths or ("",))])
    config = load_config(target.root, None, {"source": "en"})
    based = target.based_at(scratch.folder / "termcheck.yaml")
    return find_outdated(based, config, langs=langs, use_cache=False, encoder=make_encoder())


def found(scratch: ScratchRepository, *paths: str, langs: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [
        (paragraph.lang, paragraph.target.text)
        for document in outdated(scratch, *paths, langs=langs).documents
        for paragraph in document.outdated
    ]


def test_later_translations_are_fresh(scratch: ScratchRepository) -> None:
    (document,) = outdated(scratch).documents
    assert document.outdated == ()
    assert document.compared == {"pl": 6, "tr": 6}
    assert (document.source, document.paths["pl"]) == ("en", "pl/story.md")


def test_an_edited_source_outdates_its_translations(scratch: ScratchRepository) -> None:
    edit = save(scratch, en=["Gardeners water flowers every second morning.", *EN[1:]])
    (document,) = outdated(scratch).documents
    first, second = document.outdated
    assert (first.lang, first.target.text, second.lang) == ("pl", PL[0], "tr")
    assert first.source.text == "Gardeners water flowers every second morning."
    assert first.source_commit is not None
    assert first.source_commit.id == edit
    assert datetime.fromtimestamp(first.source_commit.time, UTC).isoformat() == "2023-11-17T22:13:20+00:00"
    assert first.target_commit.time < first.source_commit.time
    assert document.count("pl") == 1


def test_an_uncommitted_source_is_the_newest(scratch: ScratchRepository) -> None:
    save(scratch, commit=False, en=["Gardeners water flowers every second morning.", *EN[1:]])
    (document,) = outdated(scratch, langs=("pl",)).documents
    assert [(each.lang, each.source_commit) for each in document.outdated] == [("pl", None)]


def test_a_translation_that_followed_is_fresh(scratch: ScratchRepository) -> None:
    save(scratch, en=["Gardeners water flowers every second morning.", *EN[1:]])
    save(scratch, pl=["Ogrodnicy podlewają kwiaty co drugi dzień każdego ranka.", *PL[1:]])
    assert {lang for lang, _ in found(scratch)} == {"tr"}
    save(scratch, commit=False, tr=["Bahçıvanlar her ikinci sabah sular.", *paragraphs("tr")[1:]])
    assert found(scratch) == []


def test_what_is_no_edit(scratch: ScratchRepository) -> None:
    save(scratch, en=[EN[0].replace(" ", "\n"), *EN[2:], EN[1]])
    scratch.git("mv", "en/story.md", "en/tale.md")
    scratch.git("mv", "pl/story.md", "pl/tale.md")
    scratch.git("mv", "tr/story.md", "tr/tale.md")
    scratch.commit({})
    assert found(scratch) == []


def test_edits_before_a_renaming_count(scratch: ScratchRepository) -> None:
    save(scratch, en=["Gardeners water flowers every second morning.", *EN[1:]])
    for lang in ("en", "pl", "tr"):
        scratch.git("mv", f"{lang}/story.md", f"{lang}/tale.md")
    scratch.commit({})
    assert {lang for lang, _ in found(scratch)} == {"pl", "tr"}


def test_a_branch_counts_when_it_is_merged(scratch: ScratchRepository) -> None:
    scratch.git("switch", "--quiet", "--create", "work")
    save(scratch, en=["Gardeners water flowers every second morning.", *EN[1:]])
    scratch.git("switch", "--quiet", "main")
    save(scratch, pl=["Ogrodnicy podlewają kwiaty każdego pięknego ranka.", *PL[1:]])
    scratch.git("merge", "--quiet", "--no-ff", "--message", "Merge", "work")
    assert {lang for lang, _ in found(scratch)} == {"pl", "tr"}


def test_files_and_languages_set_limits(scratch: ScratchRepository) -> None:
    save(scratch, en=["Gardeners water flowers every second morning.", *EN[1:]])
    assert [lang for lang, _ in found(scratch, "pl/story.md")] == ["pl"]
    assert [lang for lang, _ in found(scratch, "en/story.md")] == ["pl", "tr"]
    assert [lang for lang, _ in found(scratch, langs=("tr",))] == ["tr"]


def test_without_commits_nothing_is_outdated(tmp_path: Path) -> None:
    scratch = ScratchRepository(tmp_path / "project")
    save(scratch, commit=False, en=EN, pl=PL)
    assert found(scratch) == []


def test_a_shallow_history_is_told(scratch: ScratchRepository, tmp_path: Path) -> None:
    save(scratch, en=["Gardeners water flowers every second morning.", *EN[1:]])
    scratch.git("clone", "--quiet", "--depth=1", scratch.folder.as_uri(), str(tmp_path / "clone"))
    scratch.folder = tmp_path / "clone"
    result = outdated(scratch)
    assert result.shallow
    assert [document.outdated for document in result.documents] == [()]


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    scratch = ScratchRepository(tmp_path / "project")
    save(scratch, commit=False, en=EN, pl=PL)
    (scratch.folder / ".git").rename(tmp_path / "gone")
    with pytest.raises(InputError, match="is not in a git repository"):
        found(scratch)
