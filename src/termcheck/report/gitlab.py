"""GitLab's code quality report: an array of issues in the shape of Code Climate's.

The format has no place for totals, for what was suppressed or for other versions' places.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from termcheck.model import Severity
from termcheck.report.json_text import json_text
from termcheck.report.plain import one_line, rule_title

if TYPE_CHECKING:
    from termcheck.model import Finding, RunResult

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def to_gitlab(result: RunResult) -> str:
    """The findings as JSON text, with a line break at the end."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in result.findings:
        seen[finding.fingerprint] += 1
        issues.append(_issue(finding, seen[finding.fingerprint]))
    return json_text(issues)


def _issue(finding: Finding, occurrence: int) -> dict[str, Any]:
    # GitLab shows only one of the issues that share a fingerprint.
    again = "" if occurrence == 1 else f"-{occurrence}"
    return {
        "description": f"{rule_title(finding)}: {one_line(finding.message)}",
        "check_name": finding.code,
        "fingerprint": finding.fingerprint + again,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.location.path,
            "lines": {"begin": finding.location.start.line, "end": finding.location.end.line},
        },
    }
