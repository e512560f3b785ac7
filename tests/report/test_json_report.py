from __future__ import annotations

import copy
import dataclasses
import json
import math
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from golden import check_golden
from sample_result import sample_result
from termcheck import __version__
from termcheck.model import RunResult
from termcheck.report.json_report import SCHEMA, to_json
from termcheck.schema import load_schema

DOCS = Path(__file__).parents[2] / "docs" / "json-report.md"


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with every key that it does not name forbidden, except where it leaves the keys open."""

    def close(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                node["additionalProperties"] = False
            for value in node.values():
                close(value)
        elif isinstance(node, list):
            for value in node:
                close(value)

    result = copy.deepcopy(schema)
    close(result)
    return result


def with_evidence(evidence: dict[str, Any]) -> RunResult:
    return RunResult((dataclasses.replace(sample_result().findings[0], evidence=evidence),))


def test_the_schema_is_a_valid_schema() -> None:
    schema = load_schema("report.v1")
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == SCHEMA


@pytest.mark.parametrize("result", [sample_result(), RunResult(())], ids=["sample", "empty"])
def test_the_report_fits_its_schema_and_has_no_other_keys(result: RunResult) -> None:
    data = json.loads(to_json(result))
    jsonschema.Draft202012Validator(closed(load_schema("report.v1"))).validate(data)


def test_the_schema_allows_fields_of_later_versions() -> None:
    data = json.loads(to_json(sample_result()))
    data["findings"][0]["new"] = data["new"] = 1
    jsonschema.Draft202012Validator(load_schema("report.v1")).validate(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "termcheck/report/v2"),
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "fingerprint"), ""),
        (("findings", 0, "location", "start", "line"), 0),
        (("findings", 1, "excerpts", 0, "marks"), [[1]]),
        (("findings", 1, "excerpts", 0, "marks"), [[1, 2, 3]]),
        (("documents", 0, "versions", 0, "coverage"), 1.5),
        (("verdicts", 0, "verdict"), "perhaps"),
    ],
)
def test_the_schema_refuses_what_a_report_never_holds(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(to_json(sample_result()))
    node = data
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(load_schema("report.v1")).validate(data)


def test_golden_json() -> None:
    text = to_json(sample_result())
    check_golden("report.json", text.replace(f'"version": "{__version__}"', '"version": "<version>"'))


def test_text_is_utf_8_as_it_is_and_ends_with_one_line_break() -> None:
    text = to_json(sample_result())
    assert "클라이언트" in text
    assert "żądanie" in text
    assert text.endswith("\n}\n")
    assert to_json(sample_result()) == text


def test_controls_are_escaped_and_nothing_is_lost() -> None:
    text = to_json(sample_result())
    assert not re.search("[\x00-\x09\x0b-\x1f]", text)
    hostile = next(item for item in sample_result().findings if item.code == "TC301")
    found = next(item for item in json.loads(text)["findings"] if item["code"] == "TC301")
    assert found["excerpts"][0]["text"] == hostile.excerpts[0].text
    assert found["message"] == hostile.message


def test_marks_are_offsets_into_the_text() -> None:
    data = json.loads(to_json(sample_result()))
    collapsed = next(item for item in data["findings"] if item["code"] == "TC401")
    words = {
        item["location"]["lang"]: [item["text"][start:end] for start, end in item["marks"]]
        for item in collapsed["excerpts"]
    }
    assert words["pl"] == ["Klient", "klient"]
    assert words["ko"] == ["클라이언트", "고객"]


def test_counts_agree_with_what_is_listed() -> None:
    data = json.loads(to_json(sample_result()))
    summary = data["summary"]
    assert summary["findings"] == len(data["findings"]) == sum(summary["by_severity"].values()) == 5
    assert summary["by_code"] == {"TC101": 1, "TC201": 1, "TC301": 1, "TC401": 1, "TC403": 1}
    assert list(summary["by_code"]) == sorted(summary["by_code"])
    assert summary["suppressed"] == len(data["suppressed"]) == 3
    assert summary["skipped"] == len(data["skipped"]) == 2


def test_numbers_are_rounded_and_evidence_is_sorted() -> None:
    evidence = {
        "z": 0.123456,
        "a": [1 / 3, (2, Fraction(1, 7))],
        "n": math.nan,
        "i": -math.inf,
        "m": -0.00001,
        "t": True,
    }
    found = json.loads(to_json(with_evidence(evidence)))["findings"][0]["evidence"]
    assert found == {"a": [0.3333, [2, 0.1429]], "i": None, "m": 0.0, "n": None, "t": True, "z": 0.1235}
    assert list(found) == sorted(found)
    assert math.copysign(1, found["m"]) == 1


def test_evidence_that_is_no_json_value_becomes_text() -> None:
    found = json.loads(to_json(with_evidence({"place": Path("a"), "deep": {3: None, 1: {"x": {1}}}})))["findings"][0]
    assert found["evidence"] == {"place": "a", "deep": {"1": {"x": [1]}, "3": None}}


def test_a_path_that_is_no_utf_8_can_be_written() -> None:
    finding = sample_result().findings[0]
    place = dataclasses.replace(finding.location, path="a\udcff.md")
    text = to_json(RunResult((dataclasses.replace(finding, location=place),)))
    assert json.loads(text.encode())["findings"][0]["location"]["path"] == "a\ufffd.md"


def test_every_key_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_]+)`", DOCS.read_text(encoding="utf-8")))

    def keys(node: Any) -> set[str]:
        if isinstance(node, dict):
            own = set(node.get("properties", {})) if isinstance(node.get("properties"), dict) else set()
            return own.union(*map(keys, node.values()))
        return set().union(*map(keys, node)) if isinstance(node, list) else set()

    assert keys(load_schema("report.v1")) - documented == set()
