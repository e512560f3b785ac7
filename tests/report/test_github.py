from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from golden import check_golden
from hostile_texts import HOSTILE_TEXTS, hostile_text, many, with_text
from sample_result import sample_result
from termcheck.model import Finding, Location, Position, RunResult, Severity
from termcheck.report.github import step_summary, to_github


def runner_commands(log: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands in a log as GitHub's runner reads them: lines end at CR and LF; first ``::``, then ``##[``."""
    commands = []
    for line in re.split("\r\n|\r|\n", log):
        match = re.match(r"\s*::([^\s:]+)(?: (.*?))?::(.*)$", line)
        if match:
            pairs = [pair.split("=", 1) for pair in (match[2] or "").split(",") if "=" in pair]
            commands.append((match[1], {name: plain(value) for name, value in pairs}, plain(match[3])))
        elif "##[" in line or "##vso[" in line.lower():
            commands.append(("##", {}, line))
    return commands


def plain(value: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        value = value.replace(escape, character)
    return value


def finding(
    message: str = "m",
    path: str = "pl/a.md",
    start: tuple[int, int] = (1, 2),
    end: tuple[int, int] = (1, 5),
    severity: Severity = Severity.ERROR,
) -> RunResult:
    place = Location(path, "pl", Position(*start), Position(*end))
    return RunResult((Finding("TC401", "concepts-collapsed", severity, 1.0, message, place),))


def test_golden_github() -> None:
    check_golden("report.github.txt", to_github(sample_result()))


def test_golden_step_summary() -> None:
    check_golden("step-summary.md", step_summary(sample_result()))


def test_a_command_says_where_and_what() -> None:
    assert runner_commands(to_github(finding("50 % of “a”, b: c"))) == [
        (
            "error",
            {
                "file": "pl/a.md",
                "line": "1",
                "endLine": "1",
                "col": "2",
                "endColumn": "5",
                "title": "TC401 concepts-collapsed",
            },
            "50 % of “a”, b: c",
        )
    ]


def test_columns_are_left_out_where_the_runner_refuses_them() -> None:
    [(_, properties, _)] = runner_commands(to_github(finding(start=(1, 9), end=(3, 2))))
    assert (properties["line"], properties["endLine"]) == ("1", "3")
    assert not {"col", "endColumn"} & set(properties)


def test_a_path_with_every_special_character_is_the_file() -> None:
    path = "a,b:c%0A=::d é.md"
    [(_, properties, _)] = runner_commands(to_github(finding(path=path)))
    assert properties["file"] == path


def test_a_path_that_acts_on_terminals_is_only_shown() -> None:
    [(_, properties, message)] = runner_commands(to_github(finding(path="a\x1b[2J\ud800.md")))
    assert "file" not in properties
    assert message == "a␛[2J‹U+D800›.md:1: m"


def test_severities_have_commands_of_their_own() -> None:
    names = [runner_commands(to_github(finding(severity=severity)))[0][0] for severity in Severity]
    assert names == ["error", "warning", "notice"]


def test_the_most_severe_come_first_and_the_others_are_counted() -> None:
    findings = (*many(12, Severity.NOTE).findings, *many(11, Severity.WARNING).findings, *many(3).findings)
    text = to_github(RunResult(findings))
    names = [name for name, _, _ in runner_commands(text)]
    assert names == ["error"] * 3 + ["warning"] * 10 + ["notice"] * 10
    assert text.splitlines()[-1] == (
        "Not among the annotations, of which a step can have 10 of each kind: 1 warning and 2 notes."
    )


def test_nothing_found_is_said() -> None:
    assert to_github(RunResult(())) == "termcheck: no findings.\n"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_make_no_commands(text: str) -> None:
    commands = runner_commands(to_github(with_text(text)))
    assert [name for name, _, _ in commands] == ["error", "error", "warning", "warning", "notice"]


@settings(max_examples=150)
@given(hostile_text, hostile_text)
def test_no_text_can_start_a_command(text: str, path: str) -> None:
    log = to_github(with_text(text, f"a{path}"))
    commands = runner_commands(log)
    assert [name for name, _, _ in commands] == ["error", "error", "warning", "warning", "notice"]
    assert all(set(found) <= {"file", "line", "endLine", "col", "endColumn", "title"} for _, found, _ in commands)
    # The texts themselves hold nothing that acts, whatever a service does with line ends.
    for line in re.split("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", log):
        assert not re.match(r"\s*::(?!(error|warning|notice) )", line)


@settings(max_examples=60)
@given(hostile_text)
def test_no_text_adds_a_row_or_a_cell(text: str) -> None:
    parser = MarkdownIt("commonmark").enable("table")
    tokens = [token.type for token in parser.parse(step_summary(with_text(text)))]
    assert tokens.count("tr_open") == 6
    assert tokens.count("td_open") == 5 * 4


def test_a_long_summary_is_cut_at_a_row() -> None:
    text = step_summary(many(500), room=20_000)
    assert len(text.encode()) <= 20_000
    shown = sum(line.startswith("| error") for line in text.splitlines())
    assert 0 < shown < 500
    assert text.endswith(f"|\n\nNot shown, for want of room: {500 - shown} errors.\n")


def test_a_summary_counts_bytes() -> None:
    wide = RunResult(tuple(dataclasses.replace(each, message="클라이언트 " * 20) for each in many(500).findings))
    assert 15_000 < len(step_summary(wide, room=20_000).encode()) <= 20_000


def test_a_summary_without_room_is_empty() -> None:
    assert step_summary(sample_result(), room=20) == ""


def test_a_huge_message_is_cut() -> None:
    assert len(to_github(finding("word " * 2_000_000))) < 5000
