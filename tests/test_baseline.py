from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from golden import check_golden
from sample_result import location, sample_result
from termcheck.baseline import REASON, SCHEMA, Baseline
from termcheck.errors import InputError
from termcheck.fingerprint import with_fingerprints
from termcheck.model import Finding, Severity

if TYPE_CHECKING:
    from pathlib import Path

FINDINGS = sample_result().findings


def saved(baseline: Baseline, folder: Path) -> Path:
    path = folder / "baseline.json"
    path.write_text(baseline.dump(), encoding="utf-8", newline="")
    return path


def test_a_baseline_of_all_findings_leaves_nothing_new(tmp_path: Path) -> None:
    known = Baseline.load(saved(Baseline.of(FINDINGS), tmp_path))
    new, suppressed, stale = known.apply(FINDINGS)
    assert (new, stale) == ((), ())
    assert tuple(item.finding for item in suppressed) == FINDINGS
    assert {item.reason for item in suppressed} == {REASON}


def test_new_findings_are_kept_and_stale_entries_named() -> None:
    known = Baseline.of(FINDINGS[:3])
    new, suppressed, stale = known.apply(FINDINGS[2:])
    assert new == FINDINGS[3:]
    assert [item.finding for item in suppressed] == [FINDINGS[2]]
    assert {entry.fingerprint for entry in stale} == {item.fingerprint for item in FINDINGS[:2]}
    assert known.without(stale) == Baseline.of(FINDINGS[2:3])


def test_an_entry_answers_for_one_finding_only() -> None:
    twins = (FINDINGS[0], FINDINGS[0], FINDINGS[0])
    known = Baseline.of(twins[:2])
    assert len(known.apply(twins).new) == 1
    assert known.apply(twins).stale == ()
    stale = known.apply(twins[:1]).stale
    assert len(stale) == 1
    assert len(known.without(stale).entries) == 1


def test_one_of_two_equal_paragraphs_corrected_leaves_one_stale_entry() -> None:
    twins = [
        Finding("TC202", "untranslated", Severity.ERROR, 1.0, "m", location("a.md", "pl", line)) for line in (3, 9)
    ]
    known = Baseline.of(with_fingerprints(twins))
    new, suppressed, stale = known.apply(with_fingerprints(twins[1:]))
    assert (len(new), len(suppressed), len(stale)) == (0, 1, 1)


def test_the_file_is_sorted_with_one_finding_a_line() -> None:
    text = Baseline.of(reversed(FINDINGS)).dump()
    assert text == Baseline.of(FINDINGS).dump()
    data = json.loads(text)
    assert data["schema"] == SCHEMA
    assert [entry["path"] for entry in data["findings"]] == sorted(finding.location.path for finding in FINDINGS)
    lines = text.split("\n")
    assert len([line for line in lines if '"fingerprint"' in line]) == len(FINDINGS)
    assert all(json.loads(line.strip().rstrip(",")) for line in lines if '"fingerprint"' in line)
    assert text.endswith("}\n")


def test_golden_baseline() -> None:
    check_golden("baseline.json", Baseline.of(FINDINGS).dump())


def test_an_empty_baseline_can_be_read_again(tmp_path: Path) -> None:
    assert json.loads(Baseline().dump()) == {"schema": SCHEMA, "findings": []}
    assert Baseline.load(saved(Baseline(), tmp_path)) == Baseline()


def test_paths_that_are_no_utf_8_and_unusual_line_ends_survive(tmp_path: Path) -> None:
    odd = Finding("TC101", "n", Severity.ERROR, 1.0, "a\u2028b\x85c\ud800", location("a\udcff.md", "pl", 1))
    known = Baseline.of(with_fingerprints([odd]))
    assert Baseline.load(saved(known, tmp_path)) == known


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = saved(Baseline.of(FINDINGS), tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(Baseline.load(path).entries) == len(FINDINGS)


ENTRY: dict[str, object] = {
    "fingerprint": "0",
    "code": "TC101",
    "path": "a",
    "lang": None,
    "concepts": [],
    "message": "m",
}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not valid JSON: Expecting value"),
        (b'{"schema":\n oops', r"json:2:2: the baseline is not valid JSON"),
        (b'{"schema": "\xff"}', "not valid JSON in UTF-8"),
        (b"[" * 200_000, "not valid JSON"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "not valid JSON"),
        (b"[]", "not a baseline of the form"),
        (b'{"schema": "termcheck/report/v1", "findings": []}', "not a baseline of the form"),
        (b'{"schema": "termcheck/baseline/v1", "findings": {}}', "not a baseline of the form"),
    ],
)
def test_what_is_no_baseline_is_an_error_with_a_hint(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        Baseline.load(path)
    assert "--write-baseline" in caught.value.hint
    assert str(path) in caught.value.message


@pytest.mark.parametrize(
    "change",
    [{"fingerprint": ""}, {"fingerprint": 3}, {"code": None}, {"lang": 1}, {"concepts": "c"}, {"concepts": [1]}],
)
def test_a_damaged_entry_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps({"schema": SCHEMA, "findings": [ENTRY, {**ENTRY, **change}]}), encoding="utf-8")
    with pytest.raises(InputError, match="finding 2 of the baseline"):
        Baseline.load(path)
    path.write_text(json.dumps({"schema": SCHEMA, "findings": ["x"]}), encoding="utf-8")
    with pytest.raises(InputError, match="finding 1 of the baseline"):
        Baseline.load(path)


def test_a_missing_or_unreadable_baseline_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such baseline") as caught:
        Baseline.load(tmp_path / "none.json")
    assert "--write-baseline" in caught.value.hint
    with pytest.raises(InputError, match="cannot be read: Is a directory"):
        Baseline.load(tmp_path)
