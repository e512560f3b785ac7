from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from scratch_repository import ScratchRepository
from small_corpus import paragraphs, use_stand_in, write
from termcheck.cli import run
from termcheck.schema import load_schema

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ScratchRepository:
    """The English first paragraph was edited after its translations; the working directory is the project."""
    use_stand_in(monkeypatch)
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    scratch = ScratchRepository(tmp_path / "project")
    scratch.commit(
        {f"{lang}/story.md": paragraphs(lang) for lang in ("en", "pl", "tr")} | {"termcheck.yaml": "source: en\n"}
    )
    scratch.commit({"en/story.md": ["Gardeners water \x1b[31mflowers every second morning.", *paragraphs("en")[1:]]})
    monkeypatch.chdir(scratch.folder)
    return scratch


def test_the_table(capsys: Capture) -> None:
    assert run(["outdated"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if "story.md" in line] == [
        ["pl/story.md", "Polish", "(pl)", "6", "1", "2023-11-16"],
        ["tr/story.md", "Turkish", "(tr)", "6", "1", "2023-11-16"],
    ]
    assert lines[-1] == "2 outdated paragraphs in 2 files. -v lists them."


def test_the_list_shows_both_texts_and_no_control_characters(scratch: ScratchRepository, capsys: Capture) -> None:
    assert run(["outdated", "-v", "--lang", "pl"]) == 0
    output = capsys.readouterr().out
    edit = scratch.git("rev-parse", "HEAD")[:10]
    assert "pl/story.md:1:1  last edited 2023-11-15 in " in output
    assert paragraphs("pl")[0] in output
    assert f"en/story.md:1:1  edited 2023-11-16 in {edit}" in output
    assert "second morning" in output
    assert "\x1b" not in output


def test_json(capsys: Capture) -> None:
    assert run(["outdated", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    jsonschema.validate(data, load_schema("outdated.v1"))
    (document,) = data["documents"]
    assert document["versions"][0] == {"lang": "pl", "path": "pl/story.md", "paragraphs": 6, "outdated": 1}
    assert document["outdated"][0]["source"]["commit"]["time"] == "2023-11-16T22:13:20+00:00"


def test_the_exit_code_for_checks(scratch: ScratchRepository, capsys: Capture) -> None:
    assert run(["outdated", "--exit-code"]) == 1
    scratch.commit({f"{lang}/story.md": ["Nowe.", *paragraphs(lang)[1:]] for lang in ("pl", "tr")})
    capsys.readouterr()
    assert run(["outdated", "--exit-code"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Every translation is as new as its source."


def test_a_corpus_without_source(capsys: Capture) -> None:
    assert run(["outdated", "--source", "none"]) == 0
    assert "No document has a source language" in capsys.readouterr().out


def test_a_report_counts_them(capsys: Capture) -> None:
    assert run(["report", "--freshness", "--exit-zero"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["Language", "File", "Paragraphs", "Matched", "Outdated", "Errors", "Warnings", "Notes"]
    assert [line.split()[6] for line in lines if "pl/story.md" in line][:1] == ["1"]
    assert run(["report", "--freshness", "--format", "json", "--exit-zero"]) == 0
    versions = json.loads(capsys.readouterr().out)["documents"][0]["versions"]
    assert [version["outdated"] for version in versions] == [None, 1, 1]


def test_outside_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    write(tmp_path / "plain", {f"{lang}/story.md": paragraphs(lang) for lang in ("en", "pl")})
    assert run(["outdated", str(tmp_path / "plain")]) == 2
    assert "is not in a git repository" in capsys.readouterr().err
