from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from small_corpus import use_stand_in, write, write_corpus
from termcheck.cli import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose configuration the tests write; beside it lie a glossary and a baseline."""
    use_stand_in(monkeypatch)
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    baseline = '{"schema": "termcheck/baseline/v1", "findings": []}'
    write(tmp_path, {"glossary.yaml": "version: 1\nconcepts: []\n", "known.json": baseline})
    root = write_corpus(tmp_path / "project" / "docs").parent
    (root / ".git").mkdir()
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    "config", ["glossary: ../glossary.yaml", "baseline: docs/../../known.json", "model: some/model", "model: ./docs"]
)
def test_the_configuration_cannot_lead_out(project: Path, config: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"termcheck.yaml": config + "\n"})
    assert run(["report", "docs", "--offline"]) == 2
    assert capsys.readouterr().err.startswith("Error: termcheck.yaml:1: ")


@pytest.mark.parametrize(
    "command", [["align", "docs/en/story.md", "docs/pl/story.md"], ["glossary", "discover", "docs"]]
)
def test_no_command_loads_the_model_that_it_names(
    project: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"termcheck.yaml": "model: some/model\n"})
    assert run([*command, "--offline"]) == 2
    assert "an offline run loads no model" in capsys.readouterr().err


def test_neither_can_a_link(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "glossary.yaml").symlink_to(project.parent / "glossary.yaml")
    assert run(["report", "docs", "--offline"]) == 2
    assert "'glossary' leads out of the repository" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_the_command_line_is_trusted() -> None:
    assert run(["report", "docs", "--offline", "--glossary", "../glossary.yaml", "--baseline", "../known.json"]) == 0


def test_the_cache_cannot_be_put_elsewhere(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"termcheck.yaml": "cache: ../elsewhere\n"})
    assert run(["report", "docs", "--offline"]) == 0
    assert not (project.parent / "elsewhere").exists()
    monkeypatch.delenv("TERMCHECK_CACHE_DIR")
    assert run(["report", "docs", "--offline"]) == 2
    assert "set TERMCHECK_CACHE_DIR" in capsys.readouterr().err
    assert not (project.parent / "elsewhere").exists()


def test_inside_the_repository_all_is_well(project: Path) -> None:
    write(project, {"docs/termcheck.yaml": "glossary: ../words.yaml\n", "words.yaml": "version: 1\nconcepts: []\n"})
    assert run(["report", "docs", "--offline"]) == 0


def test_online_the_configuration_may_lead_out(project: Path) -> None:
    write(project, {"termcheck.yaml": "glossary: ../glossary.yaml\nbaseline: ../known.json\n"})
    assert run(["report", "docs"]) == 0


def test_a_build_can_set_it_for_all_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERMCHECK_OFFLINE", "1")
    write(project, {"termcheck.yaml": "glossary: ../glossary.yaml\n"})
    assert run(["report", "docs"]) == 2


@pytest.mark.parametrize(
    "command",
    [
        ["report", "docs"],
        ["outdated", "docs"],
        ["glossary", "stats", "docs", "--glossary", "words.yaml"],
        ["glossary", "discover", "docs"],
        ["align", "docs/en/story.md", "docs/pl/story.md"],
        ["align", "docs/en/story.md", "docs/pl/story.md", "--explain", "1"],
    ],
    ids=lambda command: " ".join(word for word in command if "." not in word),
)
def test_no_model_is_downloaded(
    project: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"words.yaml": "version: 1\nconcepts:\n  - id: garden\n    terms: {en: garden}\n"})
    monkeypatch.undo()
    monkeypatch.chdir(project)
    monkeypatch.setenv("HF_HOME", str(project.parent / "hub"))
    monkeypatch.setattr("socket.socket.connect", lambda *_arguments: pytest.fail("the network was asked"))
    assert run([*command, "--offline", "--no-cache", "--model", "some/model"]) == 2
    assert "has not been downloaded, and this run is offline" in capsys.readouterr().err
