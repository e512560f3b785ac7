from __future__ import annotations

import io
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from junitparser import Failure, JUnitXml, TestCase, TestSuite

from golden import check_golden
from hostile_texts import HOSTILE_TEXTS, hostile_text, with_text
from sample_result import sample_result
from termcheck.errors import ConfigError
from termcheck.model import RunResult
from termcheck.report.junit import to_junit


def suites(text: str) -> dict[str, TestSuite]:
    return {str(suite.name): suite for suite in JUnitXml.fromstring(text.encode())}


def failures(case: TestCase) -> list[Failure]:
    return [entry for entry in case.result if isinstance(entry, Failure)]


def test_golden_junit() -> None:
    check_golden("report.junit.xml", to_junit(sample_result(), "error"))


def test_a_suite_is_a_language_and_a_case_a_document() -> None:
    found = suites(to_junit(sample_result(), "error"))
    assert list(found)[:3] == ["no language", "Arabic (ar)", "English (en)"]
    polish = list(found["Polish (pl)"])
    assert [case.name for case in polish] == ["guide/clients.md"]
    [failure] = failures(polish[0])
    assert failure.message is not None
    assert failure.message.startswith("pl/guide/clients.md:12: Polish says")
    assert "pl/guide/clients.md:40: warning: TC201 meaning-differs: This paragraph" in str(failure.text)


def test_counts_agree_with_the_cases() -> None:
    xml = JUnitXml.fromstring(to_junit(sample_result(), "error").encode())
    counted = (xml.tests, xml.failures)
    xml.update_statistics()  # type: ignore[no-untyped-call]
    assert counted == (xml.tests, xml.failures) == (10, 2)


@pytest.mark.parametrize(("fail_on", "count"), [("never", 0), ("error", 2), ("warning", 3), ("note", 4)])
def test_what_fails_the_run_fails_the_case(fail_on: str, count: int) -> None:
    text = to_junit(sample_result(), fail_on)
    assert sum(len(failures(case)) for suite in suites(text).values() for case in suite) == count
    # What does not fail is told all the same.
    assert text.count("TC403 glossary-collision") >= 1


def test_an_unknown_threshold_is_an_error() -> None:
    with pytest.raises(ConfigError):
        to_junit(sample_result(), "severe")


def test_suppressed_findings_are_counted_where_they_are() -> None:
    found = suites(to_junit(sample_result(), "error"))
    numbers = {
        name: {each.name: each.value for each in suite.properties()}["suppressed"]  # type: ignore[no-untyped-call]
        for name, suite in found.items()
    }
    assert {name: number for name, number in numbers.items() if number != "0"} == {
        "Korean (ko)": "1",
        "Polish (pl)": "2",
    }


def test_suppressed_findings_in_a_language_without_documents_are_counted() -> None:
    result = RunResult((), suppressed=sample_result().suppressed)
    assert sorted(suites(to_junit(result, "error"))) == ["Korean (ko)", "Polish (pl)"]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_are_only_shown(text: str) -> None:
    check_structure(to_junit(with_text(text), "note"), 3 if text else 4)


@settings(max_examples=60)
@given(hostile_text)
def test_any_text_can_be_written(text: str) -> None:
    check_structure(to_junit(with_text(text), "note"), 3 if text else 4)


def check_structure(text: str, failing: int) -> None:
    """Findings on one document, whatever its name, are one case in a language."""
    events = ElementTree.iterparse(io.BytesIO(text.encode()), events=("start",))  # noqa: S314
    tags = [element.tag for _, element in events]
    assert set(tags) <= {"testsuites", "testsuite", "properties", "property", "testcase", "failure"}
    assert tags.count("failure") == failing
    assert "\x1b" not in text


def test_nothing_checked_is_an_empty_report() -> None:
    assert suites(to_junit(RunResult(()), "error")) == {}
