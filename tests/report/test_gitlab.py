from __future__ import annotations

import dataclasses
import json
from typing import Any

import jsonschema
import pytest

from golden import check_golden
from hostile_texts import HOSTILE_TEXTS, with_text
from sample_result import sample_result
from termcheck.model import RunResult
from termcheck.report.gitlab import to_gitlab

# What GitLab's documentation requires of an issue.
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": r"^TC\d{3}$"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"minimum": 1}}},
                },
            },
        },
    },
}


def test_golden_gitlab() -> None:
    check_golden("report.gitlab.json", to_gitlab(sample_result()))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_every_report_has_the_documented_shape(text: str) -> None:
    issues = json.loads(to_gitlab(with_text(text)))
    jsonschema.validate(issues, SCHEMA)
    assert len(issues) == 5
    assert not any("\n" in issue["description"] or "\x1b" in issue["description"] for issue in issues)


def test_no_findings_are_an_empty_array() -> None:
    assert json.loads(to_gitlab(RunResult(()))) == []


def test_fingerprints_are_unique_even_where_findings_are_not() -> None:
    first = sample_result().findings[0]
    found = [issue["fingerprint"] for issue in json.loads(to_gitlab(RunResult((first, first, first))))]
    assert found == [first.fingerprint, f"{first.fingerprint}-2", f"{first.fingerprint}-3"]


def test_a_path_that_is_no_utf_8_can_be_written() -> None:
    first = sample_result().findings[0]
    place = dataclasses.replace(first.location, path="a\udcff.md")
    text = to_gitlab(RunResult((dataclasses.replace(first, location=place),)))
    assert json.loads(text.encode())[0]["location"]["path"] == "a\ufffd.md"
