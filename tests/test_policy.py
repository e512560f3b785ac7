from __future__ import annotations

import pytest

from sample_result import location, sample_result
from termcheck.errors import ConfigError
from termcheck.model import Finding, Severity
from termcheck.policy import apply_policy, count_by_severity, exit_code, specificity

NAMES = {"TC101": "paragraph-missing", "TC201": "meaning-differs", "TC401": "terms-collapsed", "TC402": "terms-mixed"}


def finding(code: str, lang: str | None = "pl", severity: Severity = Severity.ERROR) -> Finding:
    return Finding(code, NAMES[code], severity, 1.0, "m", location("a.md", lang, 1))


FINDINGS = tuple(finding(code) for code in NAMES)


def kept(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> list[str]:
    return [item.code for item in apply_policy(FINDINGS, select=select, ignore=ignore).kept]


def test_everything_is_kept_by_default() -> None:
    outcome = apply_policy(FINDINGS)
    assert outcome.kept == FINDINGS
    assert outcome.suppressed == ()


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("ALL", 0),
        ("TC4", 3),
        ("TC401", 5),
        ("tc401", 5),
        ("terms-collapsed", 5),
        (" Terms-Collapsed ", 5),
        ("terms", None),
        ("TC5", None),
        ("TC4011", None),
        ("", None),
    ],
)
def test_specificity(selector: str, expected: int | None) -> None:
    assert specificity(selector, "TC401", "terms-collapsed") == expected


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        (("TC4",), (), ["TC401", "TC402"]),
        (("terms-mixed", "TC1"), (), ["TC101", "TC402"]),
        ((), ("TC4",), ["TC101", "TC201"]),
        (("TC4",), ("TC402",), ["TC401"]),
        (("TC402",), ("TC4",), ["TC402"]),
        (("ALL", "TC401"), ("TC4", "TC1"), ["TC201", "TC401"]),
        (("TC4",), ("TC4",), []),
        (("ALL",), ("ALL",), []),
        (("terms-collapsed",), ("TC401",), []),
        (("TC9",), (), []),
    ],
)
def test_the_most_specific_selector_decides_and_ignore_at_a_tie(
    select: tuple[str, ...], ignore: tuple[str, ...], expected: list[str]
) -> None:
    assert kept(select, ignore) == expected


def test_what_is_not_kept_is_suppressed_with_a_reason() -> None:
    findings = (finding("TC101"), finding("TC201"), finding("TC401"), finding("TC402", "tr"), finding("TC402"))
    outcome = apply_policy(
        findings, select=("TC2", "TC4", "TC1"), ignore=("TC101",), severity={"TC201": "off"}, langs=("pl",)
    )
    assert outcome.kept == (findings[2], findings[4])
    assert [(item.finding, item.reason) for item in outcome.suppressed] == [
        (findings[0], "rule ignored"),
        (findings[1], "rule turned off"),
        (findings[3], "in languages not selected"),
    ]
    assert apply_policy(findings[:1], select=("TC2",)).suppressed[0].reason == "of rules not selected"


def test_severities_are_changed_by_the_most_specific_selector() -> None:
    outcome = apply_policy(FINDINGS, severity={"TC401": "warning", "TC4": "note", "paragraph-missing": "note"})
    assert [item.severity.value for item in outcome.kept] == ["note", "error", "warning", "note"]
    outcome = apply_policy(FINDINGS, severity={"ALL": "off", "TC2": "error"})
    assert outcome.kept == (FINDINGS[1],)


def test_a_language_covers_its_regions_and_findings_in_no_language_stay() -> None:
    langs = ("pt", "pt-BR", "pl", "ptx", None)
    findings = tuple(finding("TC101", lang) for lang in langs)
    assert [item.lang for item in apply_policy(findings, langs=("pt",)).kept] == ["pt", "pt-BR", None]
    assert [item.lang for item in apply_policy(findings, langs={"pt-BR", "pl"}).kept] == ["pt-BR", "pl", None]


def test_an_unknown_severity_is_an_error_with_a_hint() -> None:
    with pytest.raises(ConfigError, match="severity of TC4 cannot be 'fatal'") as caught:
        apply_policy((), severity={"TC4": "fatal"})
    assert caught.value.hint == "use error, warning, note or off"
    with pytest.raises(ConfigError, match="fail on cannot be 'off'"):
        exit_code((), "off")


@pytest.mark.parametrize(
    ("severity", "fail_on", "expected"),
    [
        ("error", "error", 1),
        ("warning", "error", 0),
        ("warning", "warning", 1),
        ("note", "warning", 0),
        ("note", "note", 1),
        ("error", "note", 1),
        ("error", "never", 0),
    ],
)
def test_exit_code(severity: str, fail_on: str, expected: int) -> None:
    assert exit_code([finding("TC101", severity=Severity(severity))], fail_on) == expected


@pytest.mark.parametrize("fail_on", ["error", "warning", "note", "never"])
def test_no_findings_never_fail(fail_on: str) -> None:
    assert exit_code((), fail_on) == 0


def test_warnings_do_not_fail_by_default() -> None:
    assert exit_code([finding("TC201", severity=Severity.WARNING)]) == 0
    assert exit_code([finding("TC201")]) == 1


def test_counts_by_severity_name_every_severity() -> None:
    assert list(count_by_severity(sample_result().findings).items()) == [
        (Severity.ERROR, 2),
        (Severity.WARNING, 2),
        (Severity.NOTE, 1),
    ]
    assert set(count_by_severity(()).values()) == {0}
