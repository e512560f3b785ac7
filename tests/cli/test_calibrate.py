from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from small_corpus import use_stand_in, write_corpus
from termcheck.cli import run
from termcheck.meaning.calibration import Calibration, DecidedFound, KindFound

if TYPE_CHECKING:
    from pathlib import Path

Capture = pytest.CaptureFixture[str]

FOUND = Calibration(1.31, 640, 4, 12, 6, {"paragraph swapped": KindFound(50, 50, 49)})


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_stand_in(monkeypatch)
    monkeypatch.setenv("TERMCHECK_CACHE_DIR", str(tmp_path / "cache"))
    folder = write_corpus(tmp_path / "project")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def calibrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("termcheck.surveys.calibrate_corpus", lambda *_args, **_options: FOUND)


@pytest.mark.usefixtures("calibrated")
def test_the_threshold_is_written_and_told(project: Path, capsys: Capture) -> None:
    before = '# ours\r\nsource: en\r\nkeep: ["ż"]\r\n'
    (project / "termcheck.yaml").write_bytes(before.encode())
    assert run(["calibrate"]) == 0
    assert (project / "termcheck.yaml").read_bytes().decode() == before + "thresholds:\r\n  meaning: 1.31\r\n"
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "paragraphs as they are, flagged 636 12 6" in lines
    assert "paragraph swapped, found 50 50 49" in lines
    assert (
        "4 paragraphs of the corpus look like gross errors and were not counted; termcheck report shows them." in lines
    )
    assert lines[-1] == "thresholds: {meaning: 1.31} Written to termcheck.yaml"
    assert run(["config"]) == 0
    assert "1.31" in capsys.readouterr().out


def test_what_decisions_fitted_is_told(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    found = replace(FOUND, decided=DecidedFound(40, 12, 39, 37, 11, 2))
    monkeypatch.setattr("termcheck.surveys.calibrate_corpus", lambda *_args, **_options: found)
    assert run(["calibrate", "--dry-run"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "decided to be right, reported 40 39 37" in lines
    assert "decided to be false alarms, reported 12 11 2" in lines


@pytest.mark.usefixtures("calibrated")
def test_a_byte_order_mark_stays(project: Path) -> None:
    (project / "termcheck.yaml").write_bytes(b"\xef\xbb\xbfsource: en\n")
    assert run(["calibrate"]) == 0
    assert (project / "termcheck.yaml").read_bytes() == b"\xef\xbb\xbfsource: en\nthresholds:\n  meaning: 1.31\n"


@pytest.mark.usefixtures("calibrated")
def test_without_a_configuration_one_is_made_but_not_on_a_dry_run(project: Path, capsys: Capture) -> None:
    assert run(["calibrate", "--dry-run"]) == 0
    assert not (project / "termcheck.yaml").exists()
    assert "Not written, would go to termcheck.yaml" in capsys.readouterr().out
    assert run(["calibrate"]) == 0
    assert (project / "termcheck.yaml").read_text("utf-8") == "thresholds:\n  meaning: 1.31\n"


@pytest.mark.usefixtures("calibrated")
def test_only_yaml_can_be_written(project: Path, capsys: Capture) -> None:
    (project / "pyproject.toml").write_text('[tool.termcheck]\nsource = "en"\n', "utf-8")
    assert run(["calibrate"]) == 2
    assert "only YAML configurations can be edited" in capsys.readouterr().err
    assert run(["calibrate", "--dry-run"]) == 0


def test_a_small_corpus_is_refused(project: Path, capsys: Capture) -> None:
    assert run(["calibrate"]) == 3
    errors = capsys.readouterr().err
    assert "12 aligned paragraphs are too few to fit a threshold" in errors
    assert not (project / "termcheck.yaml").exists()


def test_the_threshold_must_be_positive(project: Path, capsys: Capture) -> None:
    (project / "termcheck.yaml").write_text("thresholds: {meaning: 0}\n", "utf-8")
    assert run(["report"]) == 2
    assert "the threshold meaning must be above 0, not 0" in capsys.readouterr().err
