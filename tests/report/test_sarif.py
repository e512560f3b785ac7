from __future__ import annotations

import dataclasses
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import check_golden
from hostile_texts import HOSTILE_TEXTS, many, with_text
from sample_result import sample_result
from termcheck import __version__
from termcheck.model import RunResult, Severity
from termcheck.report import sarif
from termcheck.report.context import RuleInfo
from termcheck.report.sarif import file_uri, to_sarif
from termcheck.rules.registry import RULES

if TYPE_CHECKING:
    from pathlib import Path

ALL = tuple(RuleInfo(rule.code, rule.name, rule.severity, rule.summary(), rule.page()) for rule in RULES)
TWO = (
    RuleInfo(
        "TC101",
        "paragraph-missing",
        Severity.ERROR,
        "A paragraph is missing.",
        "A paragraph is missing.\n\n## Why\nReaders do not\nget to know it.\n\n## Wrong\nNothing.",
    ),
    RuleInfo("TC401", "terms-collapsed", Severity.WARNING, "One word for two.", "One word for two."),
)


def run(text: str) -> dict[str, Any]:
    log = json.loads(text)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    found = log["runs"][0]
    assert isinstance(found, dict)
    return found


def by_rule(found: dict[str, Any], code: str) -> dict[str, Any]:
    [result] = [result for result in found["results"] if result["ruleId"] == code]
    assert isinstance(result, dict)
    return result


def test_golden_sarif() -> None:
    check_golden("report.sarif", to_sarif(sample_result(), TWO, suppressed=True))


def test_a_reader_of_sarif_understands_it(tmp_path: Path) -> None:
    path = tmp_path / "report.sarif"
    path.write_text(to_sarif(sample_result(), ALL), "utf-8")
    report = import_module("sarif.loader").load_sarif_file(str(path)).get_report()
    counts = {level: report.get_issue_count_for_severity(level) for level in ("error", "warning", "note")}
    assert counts == {"error": 2, "warning": 2, "note": 1}


def test_all_rules_are_described_within_the_limits() -> None:
    driver = run(to_sarif(RunResult(()), ALL))["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("termcheck", __version__)
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in ALL]
    for rule in driver["rules"]:
        assert 0 < len(rule["shortDescription"]["text"]) <= len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert rule["properties"]["precision"] in {"very-high", "high", "medium", "low"}
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
        assert 0 < len(rule["properties"]["tags"]) <= 20


def test_a_long_description_is_cut() -> None:
    rule = dataclasses.replace(TWO[0], page=f"x\n\n## Why\n{'word ' * 1000}")
    [described] = run(to_sarif(RunResult(()), [rule]))["tool"]["driver"]["rules"]
    assert len(described["fullDescription"]["text"]) == 1024


def test_a_result_has_its_rule_place_and_fingerprint() -> None:
    found = run(to_sarif(sample_result(), ALL))
    assert found["columnKind"] == "unicodeCodePoints"
    result = by_rule(found, "TC401")
    assert ALL[result["ruleIndex"]].code == "TC401"
    assert result["partialFingerprints"] == {"termcheck/v1": sample_result().findings[1].fingerprint}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "pl/guide/clients.md", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 12, "startColumn": 1, "endLine": 12, "endColumn": 7},
            }
        }
    ]


def test_a_missing_paragraph_is_where_it_belongs() -> None:
    result = by_rule(run(to_sarif(sample_result(), ALL)), "TC101")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "tr/guide/clients.md"
    assert place["region"] == {"startLine": 23, "startColumn": 1, "endLine": 23, "endColumn": 1}


def test_the_message_links_to_every_other_version() -> None:
    result = by_rule(run(to_sarif(sample_result(), ALL)), "TC101")
    assert result["message"]["text"].endswith("See [English, line 23](1), [German, line 22](2), [Korean, line 23](3).")
    assert [related["id"] for related in result["relatedLocations"]] == [1, 2, 3]
    assert result["relatedLocations"][2]["message"]["text"] == "매일 데이터를 백업하세요."


def test_suppressed_findings_are_counted_and_shown_only_when_asked_for() -> None:
    plain, full = run(to_sarif(sample_result(), ALL)), run(to_sarif(sample_result(), ALL, suppressed=True))
    assert plain["properties"]["suppressed"] == full["properties"]["suppressed"] == 3
    assert not any("suppressions" in result for result in plain["results"])
    reasons = [result["suppressions"] for result in full["results"] if "suppressions" in result]
    assert reasons[0] == [{"kind": "external", "justification": "in the baseline"}]
    assert (len(reasons), len(full["results"])) == (3, 8)


def test_what_was_not_checked_is_notified() -> None:
    [invocation] = run(to_sarif(sample_result(), ALL))["invocations"]
    notes = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
    assert notes[1:] == [
        "Skipped: 2 files.",
        "Skipped: not UTF-8: byte 0xff at line 3",
        "Skipped: symbolic link that leaves the folder",
    ]


def test_languages_asked_for_are_a_category() -> None:
    ids = [run(to_sarif(RunResult(()), (), langs=langs))["automationDetails"]["id"] for langs in ((), ("pl", "tr"))]
    assert ids == ["termcheck/", "termcheck/pl+tr/"]


def test_too_many_results_are_cut_by_severity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 4)
    result = RunResult((*many(3, Severity.NOTE).findings, *many(3).findings), suppressed=sample_result().suppressed)
    found = run(to_sarif(result, ALL, suppressed=True))
    assert [each["level"] for each in found["results"]] == ["note", "error", "error", "error"]
    notes = found["invocations"][0]["toolExecutionNotifications"]
    assert notes[0]["message"]["text"] == "Not in this file: the 2 least severe findings."


def test_a_finding_of_a_rule_that_is_not_listed_has_no_index() -> None:
    result = by_rule(run(to_sarif(sample_result(), TWO)), "TC201")
    assert "ruleIndex" not in result


def test_paths_are_encoded() -> None:
    assert file_uri("pl/żółty plik:a#b?.md") == "pl/%C5%BC%C3%B3%C5%82ty%20plik%3Aa%23b%3F.md"
    assert file_uri("a\udcff.md") == "a%FF.md"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_an_encoded_path_decodes_to_the_path(path: str) -> None:
    uri = file_uri(path)
    assert uri.isascii()
    assert unquote_to_bytes(uri) == path.encode()


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_make_no_links(text: str) -> None:
    written = to_sarif(with_text(text), ALL, suppressed=True)
    assert "\x1b" not in written
    assert "##[" not in written
    for result in run(written)["results"]:
        links = result["message"]["text"].count("](")
        assert links == len(result.get("relatedLocations", ()))
        for related in result.get("relatedLocations", ()):
            assert related["message"]["text"]
            assert "](" not in related["message"]["text"]


def test_it_stays_small_enough_to_upload() -> None:
    text = to_sarif(with_text("word " * 1_000_000), ALL)
    assert len(text) < 200_000
