from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small_corpus import write, write_corpus
from termcheck.cli import run
from termcheck.config import load_config
from termcheck.glossary_file import load_glossary

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write_corpus(tmp_path / "docs")
    monkeypatch.chdir(folder)
    return folder


def test_what_it_writes_can_be_loaded(root: Path, capsys: Capture) -> None:
    assert run(["init"]) == 0
    config = load_config(root)
    assert (config.languages, config.source) == (("en", "pl", "tr"), "en")
    assert config.glossary == root / "glossary.yaml"
    assert load_glossary(root / "glossary.yaml", "glossary.yaml").concepts == ()
    assert capsys.readouterr().out == (
        "wrote termcheck.yaml\nwrote glossary.yaml\n"
        "1 document in 3 languages found; check them with: termcheck report .\n"
    )


def test_a_folder_without_documents(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["init", str(tmp_path / "empty")]) == 0
    assert load_config(tmp_path / "empty").languages == ()
    shown = capsys.readouterr().out
    assert "No document with two or more language versions was found" in shown
    assert f"termcheck discover -v {tmp_path / 'empty'}" in shown


@pytest.mark.parametrize("names", [["termcheck.yaml"], ["glossary.yaml"], ["termcheck.yaml", "glossary.yaml"]])
def test_nothing_is_overwritten(names: list[str], root: Path, capsys: Capture) -> None:
    write(root, dict.fromkeys(names, "# mine\n"))
    before = sorted(root.iterdir())
    assert run(["init"]) == 2
    assert all((root / name).read_text() == "# mine\n" for name in names)
    assert sorted(root.iterdir()) == before
    error = capsys.readouterr().err
    assert all(name in error for name in names)
    assert "--force" in error


@pytest.mark.parametrize("names", [["termcheck.yaml"], ["termcheck.yaml", "glossary.yaml"]])
def test_unless_told_to(names: list[str], root: Path) -> None:
    write(root, dict.fromkeys(names, "# mine\n"))
    assert run(["init", "--force"]) == 0
    assert "# mine" not in (root / "termcheck.yaml").read_text()


def test_a_link_that_leads_nowhere_is_not_followed(root: Path) -> None:
    (root / "termcheck.yaml").symlink_to(root.parent / "elsewhere.yaml")
    assert run(["init"]) == 2
    assert not (root.parent / "elsewhere.yaml").exists()


@pytest.mark.parametrize(
    ("name", "content"), [("termcheck.yml", "source: en\n"), ("pyproject.toml", '[tool.termcheck]\nsource = "en"\n')]
)
@pytest.mark.parametrize("options", [[], ["--force"]])
def test_a_second_configuration_is_not_made(
    name: str, content: str, options: list[str], root: Path, capsys: Capture
) -> None:
    write(root, {name: content})
    assert run(["init", *options]) == 2
    assert name in capsys.readouterr().err
    assert not (root / "termcheck.yaml").exists()
    assert load_config(root).source == "en"


def test_one_in_a_folder_above_does_not_matter(root: Path) -> None:
    write(root.parent, {"termcheck.yml": "source: pl\n"})
    assert run(["init"]) == 0


def test_a_folder_that_is_not_there(root: Path, capsys: Capture) -> None:
    assert run(["init", "none"]) == 2
    assert run(["init", "en/story.md"]) == 2
    error = capsys.readouterr().err
    assert "none does not exist" in error
    assert "story.md is not a folder" in error
    assert not (root / "none").exists()
