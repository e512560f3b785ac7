from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from sample_result import sample_result
from termcheck.cli import run
from termcheck.cli.options import Session
from termcheck.report.formats import FORMATS
from termcheck.report.github import SUMMARY_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import RunResult


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a project in a folder of it, in which every run finds the sample result."""
    monkeypatch.setattr(Session, "run", lambda _: sample_result())
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "docs"
    (folder / "pl/guide").mkdir(parents=True)
    (folder / "pl/guide/clients.md").write_text("\n" * 11 + "Żółty Klient\n", "utf-8")
    (folder / "termcheck.yaml").write_text("fail_on: error\n")
    monkeypatch.chdir(folder)
    return folder


def sarif(path: Path) -> dict[str, Any]:
    found = json.loads(path.read_text("utf-8"))["runs"][0]
    assert isinstance(found, dict)
    return found


def test_several_outputs_come_from_one_run(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = []

    def once(session: Session) -> RunResult:
        runs.append(session)
        return sample_result()

    monkeypatch.setattr(Session, "run", once)
    outputs = [option for name in FORMATS for option in ("--output", f"{name}=out.{name}")]
    assert run(["report", "--format", "none", *outputs]) == 1
    assert len(runs) == 1
    assert capsys.readouterr().out == ""
    assert {path.name for path in project.glob("out.*")} == {f"out.{name}" for name in FORMATS}
    assert json.loads((project / "out.json").read_text("utf-8"))["schema"] == "termcheck/report/v1"


def test_outputs_leave_standard_output_as_it_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["report"])
    alone = capsys.readouterr().out
    run(["report", "--output", "junit=report.xml"])
    assert capsys.readouterr().out == alone
    assert (project / "report.xml").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_printed_is_what_is_written(
    name: str, project: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    run(["report", "--format", name, "--output", f"{name}=out"])
    assert capsysbinary.readouterr().out == (project / "out").read_bytes()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("pdf=x", "one of the names json, sarif"),
        ("sarif", "not NAME=FILE"),
        ("sarif=", "names no file"),
        ("sarif=-", "--format sarif prints"),
        ("sarif=pl", "is a folder"),
        ("sarif=no/such/folder.sarif", "does not exist"),
    ],
)
def test_outputs_that_cannot_work_are_refused_before_the_run(
    value: str, message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "run", lambda _: pytest.fail("it ran"))
    assert run(["report", "--output", value]) == 2
    assert message in " ".join(capsys.readouterr().err.split())


def test_a_file_cannot_be_named_twice(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--output", "sarif=a", "--output", "json=./a"]) == 2
    assert "named twice" in capsys.readouterr().err


def test_a_baseline_is_no_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--output", "sarif=a", "--write-baseline", "b"]) == 2
    assert "--write-baseline" in capsys.readouterr().err


def test_a_file_may_hold_an_equals_sign(project: Path) -> None:
    run(["report", "--output", "gitlab=a=b.json"])
    assert (project / "a=b.json").exists()


def test_paths_are_those_of_the_repository(project: Path) -> None:
    run(["report", "--output", "sarif=a.sarif"])
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif(project / "a.sarif")["results"]
    }
    assert "docs/pl/guide/clients.md" in uris


def test_without_a_repository_paths_are_those_of_the_project(project: Path) -> None:
    (project.parent / ".git").rmdir()
    run(["report", "--output", "gitlab=a.json"])
    paths = {issue["location"]["path"] for issue in json.loads((project / "a.json").read_text("utf-8"))}
    assert "pl/guide/clients.md" in paths


def test_columns_in_bytes_come_from_the_files(project: Path) -> None:
    run(["report", "--output", "rdjson=a.json"])
    found = json.loads((project / "a.json").read_text("utf-8"))["diagnostics"]
    [place] = [each["location"] for each in found if each["code"]["value"] == "TC401"]
    # The sample's columns 1 to 7 cover "Żółty K", of which three letters have two bytes.
    assert place["range"] == {"start": {"line": 12, "column": 1}, "end": {"line": 12, "column": 10}}


def test_the_rules_in_sarif_are_those_that_the_project_wants(project: Path) -> None:
    run(["report", "--select", "TC4", "--ignore", "TC402", "--lang", "pl", "--output", "sarif=a.sarif"])
    found = sarif(project / "a.sarif")
    codes = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert codes[0] == "TC401"
    assert "TC402" not in codes
    assert found["automationDetails"]["id"] == "termcheck/pl/"


def test_a_severity_from_the_configuration_is_the_rules(project: Path) -> None:
    (project / "termcheck.yaml").write_text("severity:\n  TC401: note\n  TC101: 'off'\n")
    run(["report", "--output", "sarif=a.sarif"])
    rules = {
        rule["id"]: rule["defaultConfiguration"]["level"]
        for rule in sarif(project / "a.sarif")["tool"]["driver"]["rules"]
    }
    assert rules["TC401"] == "note"
    assert "TC101" not in rules


def test_files_are_written_whatever_the_exit_code(project: Path) -> None:
    assert run(["report", "--fail-on", "note", "--output", "sarif=a.sarif"]) == 1
    assert run(["report", "--exit-zero", "--output", "sarif=b.sarif"]) == 0
    assert (project / "a.sarif").read_bytes() == (project / "b.sarif").read_bytes()


def test_github_adds_to_the_summary_of_the_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Earlier")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(["report", "--format", "github"])
    assert summary.read_text("utf-8").startswith("# Earlier\n## termcheck\n")
    assert "| error | docs/pl/guide/clients.md:12 |" in summary.read_text("utf-8")


def test_only_github_on_standard_output_adds_to_the_summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    run(["report", "--output", "github=a.txt"])
    run(["report", "--format", "json"])
    assert not (tmp_path / "summary.md").exists()


def test_the_summary_leaves_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * (SUMMARY_BYTES - 10))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert run(["report", "--format", "github"]) == 1
    assert summary.stat().st_size == SUMMARY_BYTES - 10


def test_a_summary_that_cannot_be_written_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    assert run(["report", "--format", "github"]) == 2
    assert "the summary cannot be written" in capsys.readouterr().err
