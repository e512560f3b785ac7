from __future__ import annotations

import dataclasses
import re

import pytest

from sample_result import excerpt, location, sample_result
from termcheck.fingerprint import fingerprint, with_fingerprints
from termcheck.model import Excerpt, Finding, Position, Role, Severity


def finding(*excerpts: Excerpt, line: int = 1, message: str = "m", **changes: object) -> Finding:
    place = dataclasses.replace(location("pl/a.md", "pl", line, "xyz"))
    base = Finding("TC201", "meaning-differs", Severity.WARNING, 0.5, message, place, excerpts=excerpts)
    return dataclasses.replace(base, **changes)  # type: ignore[arg-type]


def prints(*findings: Finding) -> list[str]:
    return [item.fingerprint for item in with_fingerprints(findings)]


TARGET = excerpt(Role.TARGET, "pl/a.md", "pl", 1, "Dzień dobry.")
SOURCE = excerpt(Role.SOURCE, "en/a.md", "en", 1, "Good morning.")
GERMAN = excerpt(Role.WITNESS, "de/a.md", "de", 1, "Guten Morgen.")
KOREAN = excerpt(Role.WITNESS, "ko/a.md", "ko", 1, "안녕하세요.")


def test_a_fingerprint_is_16_hexadecimal_digits_and_never_changes_its_meaning() -> None:
    value = fingerprint("TC401", "pl/a.md", "pl", ("client", "customer"), ("Klient.", "Client."), 0)
    assert re.fullmatch("[0-9a-f]{16}", value)
    assert value == "c526f5af5bb4a7ef"


@pytest.mark.parametrize(
    "changed",
    [
        ("TC402", "a", "pl", ("c",), ("t", "s"), 0),
        ("TC401", "b", "pl", ("c",), ("t", "s"), 0),
        ("TC401", "a", None, ("c",), ("t", "s"), 0),
        ("TC401", "a", "pl", ("d",), ("t", "s"), 0),
        ("TC401", "a", "pl", ("c",), ("t", "S"), 0),
        ("TC401", "a", "pl", ("c",), ("ts",), 0),
        ("TC401", "a", "pl", ("c", "t"), ("s",), 0),
        ("TC401", "a", "pl", ("c",), ("t", "s"), 1),
    ],
)
def test_everything_that_identifies_a_finding_takes_part(
    changed: tuple[str, str, str | None, tuple[str, ...], tuple[str, ...], int],
) -> None:
    assert fingerprint(*changed) != fingerprint("TC401", "a", "pl", ("c",), ("t", "s"), 0)


@pytest.mark.parametrize("text", ["caf\u00e9 au lait", "cafe\u0301 au lait", "  café\n\tau \u00a0 lait "])
def test_reflowing_and_recomposing_a_text_changes_nothing(text: str) -> None:
    assert fingerprint("TC1", "a", "fr", (), (text,), 0) == fingerprint("TC1", "a", "fr", (), ("café au lait",), 0)


def test_a_path_that_is_no_utf_8_has_a_fingerprint() -> None:
    assert len(fingerprint("TC1", "a\udcff", "fr", (), (), 0)) == 16


def test_neither_line_nor_message_nor_severity_nor_confidence_takes_part() -> None:
    before = finding(TARGET, SOURCE)
    after = finding(TARGET, SOURCE, line=99, message="other", severity=Severity.NOTE, confidence=0.1)
    assert prints(before) == prints(after)


def test_target_and_source_take_part() -> None:
    source = dataclasses.replace(SOURCE, text="Good evening.")
    assert prints(finding(TARGET, SOURCE)) != prints(finding(TARGET, source))
    target = dataclasses.replace(TARGET, text="Dobry wieczór.")
    assert prints(finding(TARGET, SOURCE)) != prints(finding(target, SOURCE))


def test_another_language_version_changes_nothing() -> None:
    assert prints(finding(TARGET, SOURCE, GERMAN)) == prints(finding(TARGET, SOURCE, KOREAN, GERMAN))


def test_a_missing_text_without_a_source_is_told_by_the_first_version_that_has_it() -> None:
    other = dataclasses.replace(GERMAN, text="Gute Nacht.")
    assert prints(finding(GERMAN)) == prints(finding(GERMAN, KOREAN))
    assert prints(finding(GERMAN)) != prints(finding(other, KOREAN))
    assert prints(finding(GERMAN)) != prints(finding(GERMAN, other))


def test_equal_findings_are_told_apart_by_their_order() -> None:
    early, late = finding(TARGET, line=3), finding(TARGET, line=8)
    first, second = with_fingerprints([late, early])
    assert (first.location.start, second.location.start) == (Position(3, 1), Position(8, 1))
    assert first.fingerprint != second.fingerprint
    assert prints(early) == [first.fingerprint]


def test_findings_come_out_sorted_and_unique_whatever_their_order() -> None:
    findings = sample_result().findings
    again = with_fingerprints(reversed(findings))
    assert again == findings
    assert len({item.fingerprint for item in findings}) == len(findings)
