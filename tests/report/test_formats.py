from __future__ import annotations

import json
import posixpath
from pathlib import Path

import pytest

from hostile_texts import HOSTILE_TEXTS, with_text
from sample_result import sample_result
from termcheck.model import RunResult, Skipped
from termcheck.report.context import ReportContext
from termcheck.report.formats import FORMATS
from termcheck.report.relocate import relocate


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_text_again(name: str) -> None:
    context = ReportContext()
    text = FORMATS[name](sample_result(), context)
    assert text == FORMATS[name](sample_result(), context)
    assert text.endswith("\n")
    assert "\r" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_say_that_there_is_nothing(name: str) -> None:
    assert FORMATS[name](RunResult(()), ReportContext()).endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_every_format_takes_any_text_and_path(name: str, text: str) -> None:
    written = FORMATS[name](with_text(text, f"a{text}"), ReportContext())
    written.encode("utf-8")
    assert not any(sign in written for sign in ("\x1b", "\x07", "##[", "\n::add-mask", "\n::stop"))


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "json"])
def test_paths_are_those_of_the_repository(name: str) -> None:
    plain = FORMATS[name](sample_result(), ReportContext())
    moved = FORMATS[name](sample_result(), ReportContext(prefix="docs/"))
    assert "docs/pl/guide/clients.md" not in plain
    assert "docs/pl/guide/clients.md" in moved


def test_the_json_report_is_relative_to_the_project() -> None:
    assert FORMATS["json"](sample_result(), ReportContext(prefix="docs/")) == FORMATS["json"](
        sample_result(), ReportContext()
    )


def test_only_the_full_sarif_has_suppressed_findings() -> None:
    sizes = {
        name: len(json.loads(FORMATS[name](sample_result(), ReportContext()))["runs"][0]["results"])
        for name in ("sarif", "sarif-full")
    }
    assert sizes == {"sarif": 5, "sarif-full": 8}


def test_lines_are_asked_for_by_the_path_in_the_repository() -> None:
    asked = set()

    def line_text(path: str, line: int) -> str:
        asked.add((path, line))
        return "x" * 9999

    FORMATS["rdjson"](sample_result(), ReportContext(prefix="docs/", line_text=line_text))
    assert ("docs/glossary.yaml", 18) in asked


def test_relocating_moves_every_path() -> None:
    result = relocate(sample_result(), "docs/")
    paths = [finding.location.path for finding in result.findings]
    paths += [excerpt.location.path for finding in result.findings for excerpt in finding.excerpts]
    paths += [item.finding.location.path for item in result.suppressed]
    paths += [item.path for item in result.skipped]
    paths += [version.path for summary in result.sets for version in summary.versions]
    assert len(paths) > 20
    assert all(posixpath.dirname(path).startswith("docs") for path in paths)
    assert [summary.key for summary in result.sets] == [summary.key for summary in sample_result().sets]


def test_a_file_beside_the_project_is_named_from_the_repository() -> None:
    [item] = relocate(RunResult((), skipped=(Skipped("../glossary.yaml", "x"),)), "docs/").skipped
    assert item.path == "glossary.yaml"
    assert relocate(sample_result(), "") == sample_result()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented(name: str) -> None:
    page = Path(__file__).parents[2] / "docs/outputs.md"
    assert f"| `{name}` |" in page.read_text("utf-8")
