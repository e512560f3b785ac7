"""The action's own shell steps, run as the build service would, on a repository with a branch and a merge base.

Only the steps that use other actions, install the program or talk to GitHub are left out.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import termcheck
from scratch_repository import ScratchRepository

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from termcheck.model import RunResult

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: Mapping[str, Mapping[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


class Runner:
    """A build of ``checkout``: its temporary folder, the environment of its steps, and what they wrote."""

    def __init__(self, folder: Path, checkout: Path, **event: str) -> None:
        self.checkout = checkout
        self.temp = folder / "runner"
        self.temp.mkdir()
        self.output = folder / "output"
        self.summary = folder / "summary"
        self.event = event
        program = self.temp / "termcheck-venv" / "bin" / "termcheck"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m termcheck "$@"\n', "utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def run(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run one shell step with these inputs of the action, the others having their defaults."""
        step = STEPS[name]
        assert step["shell"] == "bash"
        values = {key: given.get("default", "") for key, given in ACTION["inputs"].items()}
        values |= {key.replace("_", "-"): value for key, value in inputs.items()}
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.temp),
            "PYTHONPATH": str(Path(termcheck.__file__).parent.parent),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            **self.event,
            **{key: self._filled(str(value), values) for key, value in step.get("env", {}).items()},
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(
            command, cwd=self.checkout, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
        )

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text("utf-8").splitlines())

    def _filled(self, text: str, inputs: Mapping[str, str]) -> str:
        def value(match: re.Match[str]) -> str:
            scope, _, name = match[1].partition(".")
            if scope == "inputs":
                return inputs[name]
            if match[1] == "steps.check.outputs.exit-code":
                return self.outputs()["exit-code"]
            return {"runner.temp": str(self.temp)}[match[1]]

        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", value, text)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration corpus with its known problems in ``main``, after 20 commits, and three branches to merge."""
    scratch = ScratchRepository(tmp_path_factory.mktemp("project"))
    shutil.copytree(ROOT / "corpus", scratch.folder / "corpus")
    shutil.copy(ROOT / "glossary.yaml", scratch.folder)
    scratch.commit({"README.md": "# Docs\n"}, "Add the corpus")
    for number in range(19):
        scratch.commit({"CHANGES": f"{number}\n"}, f"Note {number}")

    def branch(name: str, old: str, new: str, *paths: str) -> None:
        scratch.git("switch", "--quiet", "--create", name, "main")
        texts = {path: (scratch.folder / path).read_text("utf-8") for path in paths}
        assert all(old in text for text in texts.values())
        scratch.commit({path: text.replace(old, new) for path, text in texts.items()}, name)

    branch("good", "Es führt Anfragen", "Es bringt Anfragen", "corpus/de/product.md")
    branch("source", "1,500", "1,600", "corpus/en/product.md")
    branch("collapse", "klien", "pelanggan", "corpus/id/clients-and-customers.md", "corpus/id/product.md")
    scratch.git("switch", "--quiet", "main")
    scratch.commit({"CHANGES": "later\n"}, "Main goes on")
    return scratch.folder


@pytest.fixture
def runner_of(project: Path, demo_result: RunResult, demo_cache: Path, tmp_path: Path) -> Callable[..., Runner]:
    """Makes the build of a pull request: a fresh clone, with the branch merged into ``main``, and a warm cache."""
    assert demo_result.findings

    def make(branch: str | None, *, depth: int | None = None, **event: str) -> Runner:
        checkout = tmp_path / "checkout"
        scratch = ScratchRepository(tmp_path / "unused")
        how = ["--no-tags"] if depth is None else [f"--depth={depth}", "--no-single-branch"]
        scratch.git("clone", "--quiet", *how, project.as_uri(), str(checkout))
        scratch.folder = checkout
        if branch is not None:
            if depth is None:
                scratch.git("merge", "--quiet", "--no-ff", "--message", "Merge", f"origin/{branch}")
            else:
                scratch.git("switch", "--quiet", branch)
            event.setdefault("GITHUB_BASE_REF", "main")
        runner = Runner(tmp_path, checkout, **event)
        (runner.temp / "termcheck-cache").symlink_to(demo_cache, target_is_directory=True)
        return runner

    return make


def annotated(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str, int, str]]:
    """Level, file, line and rule of every workflow command."""
    found = re.findall(r"^::(\w+) file=([^,]+),line=(\d+),.*?title=(\S+)", done.stdout, re.MULTILINE)
    return [(level, path, int(line), title) for level, path, line, title in found]


def test_a_good_change_is_green(runner_of: Callable[..., Runner]) -> None:
    runner = runner_of("good")
    done = runner.run("Check")
    assert annotated(done) == [], done.stdout
    assert runner.outputs()["exit-code"] == "0"
    assert runner.run("Result").returncode == 0
    assert "18 not touched by the change" in runner.summary.read_text("utf-8")


def test_a_change_of_the_source_alone(runner_of: Callable[..., Runner]) -> None:
    runner = runner_of("source")
    found = annotated(runner.run("Check"))
    langs = ("de", "id", "ko", "pl", "tr")
    for code in ("TC106", "TC303"):
        assert [entry for entry in found if entry[3] == code] == [
            ("warning", f"corpus/{lang}/product.md", 8, code) for lang in langs
        ]
    assert runner.outputs()["exit-code"] == "0"
    assert runner.run("Check", fail_on="warning").returncode == 0
    assert runner.run("Result").returncode == 1


def test_a_change_that_collapses_a_term(runner_of: Callable[..., Runner]) -> None:
    runner = runner_of("collapse")
    found = annotated(runner.run("Check"))
    assert {(level, code, path.split("/")[1]) for level, path, _, code in found if level == "error"} == {
        ("error", "TC401", "id")
    }
    outputs = runner.outputs()
    assert outputs["exit-code"] == "1"
    sarif = json.loads(Path(outputs["sarif-file"]).read_text("utf-8"))
    results = sarif["runs"][0]["results"]
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert {result["ruleId"] for result in results} >= {"TC401"}
    assert all(place.startswith("corpus/id/") for place in places)
    assert json.loads(Path(outputs["json-file"]).read_text("utf-8"))["schema"] == "termcheck/report/v1"
    assert (runner.temp / "termcheck" / "termcheck.md").read_text("utf-8").startswith("<!-- termcheck -->")
    assert runner.run("Result").returncode == 1


def test_a_push_is_checked_in_full(runner_of: Callable[..., Runner]) -> None:
    runner = runner_of(None)
    done = runner.run("Check", paths="corpus", languages="pl\ntr")
    assert {path.split("/")[1] for _, path, _, _ in annotated(done) if path.startswith("corpus")} == {"pl", "tr"}
    assert runner.outputs()["exit-code"] == "1"


def test_a_shallow_clone_says_what_to_do(runner_of: Callable[..., Runner]) -> None:
    runner = runner_of("good", depth=1)
    done = runner.run("Check")
    assert "fetch-depth: 0" in done.stderr
    assert runner.outputs() == {"exit-code": "2"}
    assert runner.run("Result").returncode == 2


def test_inputs_are_data(runner_of: Callable[..., Runner]) -> None:
    runner = runner_of(None)
    evil = "$(touch sprung) `touch sprung`; touch sprung #"
    for name in ("paths", "languages", "config", "baseline", "since", "fail_on"):
        assert runner.run("Check", **{name: evil}).returncode == 0
        assert runner.outputs()["exit-code"] == "2"
    assert not (runner.checkout / "sprung").exists()


def test_the_offline_default_keeps_to_the_repository(runner_of: Callable[..., Runner]) -> None:
    runner = runner_of(None)
    (runner.checkout / "termcheck.yaml").write_text("model: someone/else\n", "utf-8")
    assert "an offline run loads no model" in runner.run("Check").stderr


def test_scripts_hold_no_expressions_and_actions_are_pinned() -> None:
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")
        assert "uses" not in step or re.fullmatch(r"[\w-]+(/[\w-]+)+@[0-9a-f]{40}", step["uses"])
        assert ("run" in step) == (step.get("shell") == "bash")


def test_the_pre_commit_hooks_run_commands_that_exist() -> None:
    from termcheck.cli import cli

    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")):
        program, name, *_ = hook["entry"].split()
        assert program == "termcheck"
        assert cli.get_command(cli.make_context("termcheck", ["rules"], resilient_parsing=True), name) is not None
        assert (hook["language"], hook["pass_filenames"], hook["require_serial"]) == ("python", False, True)
