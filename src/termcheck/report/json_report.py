"""The JSON report, version 1: a public format of its own, described in ``schemas/report.v1.schema.json``.

Offsets and columns count Unicode code points, offsets from 0 with their end excluded, lines and columns from 1.
Fields may be added within version 1; none is removed or changes its meaning.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from termcheck import __version__
from termcheck.decisions_tally import rule_records
from termcheck.policy import count_by_severity
from termcheck.report.json_text import json_text
from termcheck.report.review_status import expired_json, rules_json

if TYPE_CHECKING:
    from termcheck.model import (
        ConceptUse,
        Decision,
        Excerpt,
        Finding,
        GroupVerdict,
        Location,
        Position,
        RunResult,
        SetSummary,
    )

SCHEMA = "termcheck/report/v1"

DECIMALS = 4
"""Decimal places of the report's numbers: more of them would differ between machines."""


def to_json(result: RunResult) -> str:
    """The report as JSON text: UTF-8 characters unescaped, keys in a fixed order, a line break at the end."""
    data = {
        "schema": SCHEMA,
        "tool": {"name": "termcheck", "version": __version__},
        "model": result.model,
        "summary": _summary(result),
        "documents": [_document(summary) for summary in result.sets],
        "findings": [_finding(finding) for finding in result.findings],
        "suppressed": [{"reason": item.reason, "finding": _finding(item.finding)} for item in result.suppressed],
        "skipped": [{"path": item.path, "reason": item.reason} for item in result.skipped],
        "verdicts": [_verdict(verdict) for verdict in result.verdicts],
        "expired": [expired_json(item) for item in result.expired],
        "rules": rules_json(rule_records(result.decisions)),
    }
    return json_text(data)


def _summary(result: RunResult) -> dict[str, Any]:
    by_code = Counter(finding.code for finding in result.findings)
    return {
        "findings": len(result.findings),
        "by_severity": {severity.value: count for severity, count in count_by_severity(result.findings).items()},
        "by_code": dict(sorted(by_code.items())),
        "suppressed": len(result.suppressed),
        "skipped": len(result.skipped),
    }


def _document(summary: SetSummary) -> dict[str, Any]:
    return {
        "key": summary.key,
        "source": summary.source,
        "rows": summary.rows,
        "versions": [
            {
                "lang": version.lang,
                "path": version.path,
                "paragraphs": version.segments,
                "coverage": _plain(version.coverage),
                "excluded": version.excluded,
                "outdated": version.outdated,
            }
            for version in summary.versions
        ],
        "missing": list(summary.missing),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": _plain(finding.confidence),
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "document": finding.document,
        "location": _location(finding.location),
        "concepts": list(finding.concepts),
        "excerpts": [_excerpt(excerpt) for excerpt in finding.excerpts],
        "why": list(finding.why),
        "evidence": _plain(finding.evidence),
        "decision": None if finding.decision is None else _decision(finding.decision),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {"kind": decision.kind.value, "reason": decision.reason, "by": decision.by}


def _excerpt(excerpt: Excerpt) -> dict[str, Any]:
    return {
        "role": excerpt.role.value,
        "location": _location(excerpt.location),
        "text": excerpt.text,
        "marks": [[mark.start, mark.end] for mark in excerpt.marks],
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "lang": location.lang,
        "start": _position(location.start),
        "end": _position(location.end),
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _verdict(verdict: GroupVerdict) -> dict[str, Any]:
    return {
        "group": list(verdict.group),
        "lang": verdict.lang,
        "verdict": verdict.verdict.value,
        "shared": list(verdict.shared),
        "explanation": verdict.explanation,
        "concepts": [_use(use) for use in verdict.uses],
    }


def _use(use: ConceptUse) -> dict[str, Any]:
    return {
        "concept": use.concept,
        "verdict": use.verdict.value,
        "rows": use.rows,
        "induced": use.induced,
        "renderings": [{"word": rendering.word, "rows": rendering.rows} for rendering in use.renderings],
    }


def _plain(value: object) -> Any:
    """A JSON value: mappings sorted by key, fractions rounded, numbers that JSON lacks (NaN, infinities) as null."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        return round(number, DECIMALS) + 0.0 if math.isfinite(number) else None  # -0.0 + 0.0 is 0.0
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, Iterable):
        return [_plain(item) for item in value]
    return str(value)
