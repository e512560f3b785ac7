from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import jsonschema
import pytest
from rich.console import Console

from sample_result import HOSTILE, sample_result
from termcheck.decisions import decide
from termcheck.decisions_tally import RuleRecord, Tally, review_status, rule_records
from termcheck.model import DecisionKind, ExpiredDecision, RunResult, Suppressed
from termcheck.report.json_report import to_json
from termcheck.report.review_status import print_status, records_line, status_json
from termcheck.report.terminal import render_terminal
from termcheck.schema import load_schema

FALSE_ALARM, ACCEPTED, LATER, NOTE = DecisionKind


def reviewed() -> RunResult:
    """The sample with one decision of each kind, one that expired and one that waits."""
    base = sample_result()
    marked = [
        replace(each, decision=None if kind is None else decide(each, kind, by="Ada", reason="r"))
        for each, kind in zip(base.findings, (FALSE_ALARM, ACCEPTED, LATER, NOTE, None), strict=True)
    ]
    expired, waiting = (
        replace(decide(base.findings[-1], FALSE_ALARM, by=HOSTILE, reason=HOSTILE), fingerprint=digit * 16, lang="ko")
        for digit in "ab"
    )
    held = [each.decision for each in marked if each.decision is not None]
    return replace(
        base,
        findings=tuple(each for each in marked if each.decision is None or not each.decision.kind.settles),
        suppressed=tuple(Suppressed(each, "r") for each in marked if each.decision and each.decision.kind.settles),
        decisions=(*held, expired, waiting),
        expired=(ExpiredDecision(expired, "the Korean text was changed", "c" * 16),),
    )


def show(result: RunResult, width: int = 100) -> str:
    output = StringIO()
    print_status(review_status(result), Console(file=output, width=width))
    return output.getvalue()


def test_everything_is_counted_once() -> None:
    status = review_status(reviewed())
    assert status.total == Tally(open=2, false_alarm=1, accepted=1, later=1, note=1, expired=1, waiting=1)
    assert status.total.decided == 3
    assert status.people["Ada"] == Tally(false_alarm=1, accepted=1, later=1, note=1)
    for name in ("open", "false_alarm", "accepted", "later", "note", "expired", "waiting"):
        assert sum(getattr(tally, name) for tally in status.languages.values()) == getattr(status.total, name)


def test_languages_without_findings_are_there_and_others_are_not() -> None:
    everything = review_status(reviewed()).languages
    assert list(everything) == sorted(everything)
    assert {version.lang for each in reviewed().sets for version in each.versions} <= set(everything)
    assert set(review_status(reviewed(), ["tr"]).languages) <= {"", "tr"}


def test_what_decisions_say_of_the_rules() -> None:
    decisions = reviewed().decisions
    records = rule_records(decisions)
    assert sum(record.decided for record in records) == len(decisions) - 1
    assert RuleRecord("TC303", 3, 1).precision == 0.75
    assert records_line([RuleRecord("TC303", 9, 3), RuleRecord("TC101", 1, 0), RuleRecord("TC402", 3, 0)], 2) == (
        "TC303 9 of 12 right; TC402 3 of 3 right; 1 more rule"
    )


def test_json_fits_its_schema() -> None:
    for result in (reviewed(), RunResult(())):
        jsonschema.validate(json.loads(status_json(review_status(result))), load_schema("review-status.v1"))
        jsonschema.validate(json.loads(to_json(result)), load_schema("report.v1"))
    data = json.loads(to_json(reviewed()))
    assert [item["successor"] for item in data["expired"]] == ["c" * 16]
    assert {item["decision"]["kind"] for item in data["findings"] if item["decision"]} == {"later", "note"}
    assert data["rules"]


@pytest.mark.parametrize("width", [40, 100])
def test_names_and_reasons_do_nothing(width: int) -> None:
    text = show(reviewed(), width)
    assert "\x1b" not in text
    assert "::error" not in text
    assert "Korean" in text.replace("\n", "")


def test_the_end_is_told() -> None:
    assert "3 of 5 findings decided (60 %), 2 open." in show(reviewed())
    assert "Nothing is found" in show(RunResult(()))
    done = replace(reviewed(), findings=())
    assert "All 2 findings are decided." in show(done)


def test_the_report_tells_what_was_decided() -> None:
    output = StringIO()
    render_terminal(reviewed(), Console(file=output, width=100))
    text = output.getvalue()
    assert "(to be fixed later)" in text
    assert "1 accepted; 1 decided to be false alarms" in text
    assert "Decided so far: " in text
