"""The cases in ``cases/``, one file per rule: everything that all rules find in them, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from case_facts import BuiltCase, build
from termcheck.ignores import UnusedRequest
from termcheck.model import Decision, DecisionKind, ExpiredDecision, Location, Position
from termcheck.pipeline import run_rules
from termcheck.rules.decision_expired import DecisionExpired
from termcheck.rules.registry import RULES
from termcheck.rules.unused_ignore import UnusedIgnore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termcheck.model import Excerpt, Finding

FOLDER = Path(__file__).with_name("cases")
FILES = sorted(FOLDER.glob("*.yml"))
LEAST_CASES = 5
_PLACE = Location("en/guide.md", "en", Position(3, 1), Position(3, 40))


def _load(path: Path) -> tuple[str, dict[str, dict[str, Any]]]:
    """The code of a file's rule and its cases by name. ``shared`` holds texts that the cases refer to."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data["code"], data["cases"]


CASES = [
    pytest.param(code, case, id=f"{code}-{name}")
    for code, cases in map(_load, FILES)
    for name, case in cases.items()
]  # fmt: skip


@pytest.mark.parametrize(("code", "case"), CASES)
def test_case(code: str, case: Mapping[str, Any], tmp_path: Path) -> None:
    built = build(case, tmp_path)
    unused = [UnusedRequest(_PLACE, what) for what in case.get("ignored", ())]
    expired = [_expired(**each) for each in case.get("expired", ())]
    expiry = DecisionExpired("termcheck-decisions.yaml", built.facts.summaries)
    findings = [
        *run_rules(built.facts, RULES),
        *map(UnusedIgnore().report, unused),
        *(expiry.report(each) for each in expired if expiry.is_worth_telling(each)),
    ]
    found = sorted(findings, key=lambda finding: finding.sort_key())
    expected = [{"code": code, **item} for item in case.get("finds", ())]
    actual = [_seen(finding, wanted, built) for finding, wanted in zip_longest(found, expected)]
    assert actual == expected


def _expired(
    kind: str, *, lang: str = "pl", why: str = "the Polish text was changed", reason: str = "", successor: str = ""
) -> ExpiredDecision:
    path = f"{lang}/guide.md"
    decision = Decision("0" * 16, DecisionKind(kind), "TC303", path, "A number differs.", lang, reason=reason)
    return ExpiredDecision(replace(decision, position=Position(4, 1)), why, successor)


def _seen(finding: Finding | None, wanted: Mapping[str, Any] | None, built: BuiltCase) -> dict[str, Any] | None:
    """What the case asks about a finding, in its words; the main facts about one that it does not expect."""
    if finding is None:
        return None
    asked = wanted if wanted is not None else dict.fromkeys(("code", "lang", "line", "at", "message", "concepts"))
    return {name: _ANSWERS[name](finding, asked[name], built) for name in asked}


def _marked(excerpts: tuple[Excerpt, ...]) -> dict[str, list[str]]:
    """The marked words of every version that has some."""
    found: dict[str, list[str]] = {}
    for excerpt in excerpts:
        for start, end in excerpt.marks:
            found.setdefault(excerpt.location.lang or "", []).append(excerpt.text[start:end])
    return found


def _containing(texts: list[str], wanted: str | None) -> str:
    """The wanted text if one of the texts contains it, else all texts."""
    whole = " ".join(texts)
    return wanted if wanted is not None and any(wanted in text for text in texts) else whole


_ANSWERS: Mapping[str, Any] = {
    "code": lambda finding, _, __: finding.code,
    "lang": lambda finding, _, __: finding.lang,
    "path": lambda finding, _, __: finding.location.path,
    "line": lambda finding, _, __: finding.location.start.line,
    "column": lambda finding, _, __: finding.location.start.column,
    "at": lambda finding, _, built: built.text_at(finding),
    "severity": lambda finding, _, __: finding.severity.value,
    "confidence": lambda finding, _, __: round(finding.confidence, 2),
    "concepts": lambda finding, _, __: list(finding.concepts),
    "message": lambda finding, wanted, _: _containing([finding.message], wanted),
    "why": lambda finding, wanted, _: _containing(list(finding.why), wanted),
    "marks": lambda finding, _, __: _marked(finding.excerpts),
    "shows": lambda finding, _, __: [excerpt.text for excerpt in finding.excerpts],
    "roles": lambda finding, _, __: [excerpt.role.value for excerpt in finding.excerpts],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_cases_of_both_sorts(rule: Any) -> None:
    (path,) = (path for path in FILES if path.name.startswith(rule.code))
    code, cases = _load(path)
    assert path.name == f"{rule.code}_{rule.name.replace('-', '_')}.yml"
    assert code == rule.code
    assert len(cases) >= LEAST_CASES
    finding = [any(item.get("code", code) == code for item in case.get("finds", ())) for case in cases.values()]
    assert any(finding)
    assert not all(finding)


def test_every_file_belongs_to_a_rule() -> None:
    assert [path.name.partition("_")[0] for path in FILES] == sorted(rule.code for rule in RULES)
