"""SARIF 2.1.0 (OASIS, 2020), the part of it that GitHub code scanning reads, for it and for other viewers.

Columns count code points. A text that is missing is reported at the place where it should be inserted. What other
versions say is in related locations, which the message links to, since only then are they shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from termcheck import __version__
from termcheck.languages import display_name
from termcheck.model import Severity
from termcheck.report.json_text import json_text
from termcheck.report.plain import left_out, most_severe_first, one_line
from termcheck.report.sanitize import well_formed
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.model import Excerpt, Finding, Location, RunResult, Skipped, Suppressed
    from termcheck.report.context import RuleInfo

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

FINGERPRINT = "termcheck/v1"
"""The name of our fingerprint among the others that a result can have."""

MOST_RESULTS = 25_000
"""Results of a run beyond which GitHub refuses the file."""

_ROOT = "%SRCROOT%"
_LONGEST_DESCRIPTION = 1024
# GitHub shows the first hundred.
_MOST_RELATED = 100
_MOST_NOTIFICATIONS = 1000

# The surer a rule is, the more severe are its findings.
_PRECISION = {Severity.ERROR: "high", Severity.WARNING: "medium", Severity.NOTE: "low"}
_PROBLEM_SEVERITY = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def to_sarif(
    result: RunResult, rules: Sequence[RuleInfo], *, langs: Sequence[str] = (), suppressed: bool = False
) -> str:
    """The report as JSON text, with a line break at its end.

    ``rules`` are all active rules. ``langs``, the languages that were asked for, make a category of their own, so
    that runs for single languages do not replace each other's results. ``suppressed`` adds the suppressed findings
    as suppressed results; GitHub shows those as open, so it must not get them. Beyond ``MOST_RESULTS`` only the most
    severe findings are in it, and a notification says how many are not.
    """
    index = {rule.code: number for number, rule in enumerate(rules)}
    kept = most_severe_first(result.findings)[:MOST_RESULTS]
    chosen = {id(finding) for finding in kept}
    results = [_result(finding, index) for finding in result.findings if id(finding) in chosen]
    if suppressed:
        results += [_suppressed(item, index) for item in result.suppressed[: MOST_RESULTS - len(results)]]
    run = {
        "tool": {"driver": _driver(rules)},
        "automationDetails": {"id": f"termcheck/{'+'.join(langs)}/" if langs else "termcheck/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": _notifications(result, len(result.findings) - len(kept)),
            }
        ],
        "results": results,
        "properties": {"model": result.model, "suppressed": len(result.suppressed), "skipped": len(result.skipped)},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log, indent=1)


def file_uri(path: str) -> str:
    """A relative POSIX path as a relative URI reference (RFC 3986): the bytes of its name, percent-encoded.

    Bytes that are not UTF-8 come as lone surrogates (``surrogateescape``); any others become U+FFFD.
    """
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = well_formed(path).encode()
    return quote(name, safe="/")


def _driver(rules: Sequence[RuleInfo]) -> dict[str, Any]:
    return {
        "name": "termcheck",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }


def _rule(rule: RuleInfo) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _description(rule.summary)},
        "fullDescription": {"text": _description(_introduction(rule))},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "precision": _PRECISION[rule.severity],
            "problem.severity": _PROBLEM_SEVERITY[rule.severity],
            "tags": ["translation", rule.name],
        },
    }


def _introduction(rule: RuleInfo) -> str:
    """The rule's summary, and why there is such a rule when its page has a section on that."""
    why = re.search(r"^## Why\n+(.+?)(?=\n## |\Z)", rule.page, flags=re.DOTALL | re.MULTILINE)
    return f"{rule.summary} {' '.join(why[1].split())}" if why else rule.summary


def _description(text: str) -> str:
    return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"


def _result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    related = [excerpt for excerpt in finding.excerpts if not _is_shown(excerpt, finding)][:_MOST_RELATED]
    result: dict[str, Any] = {"ruleId": finding.code}
    if finding.code in index:
        result["ruleIndex"] = index[finding.code]
    result |= {
        "level": finding.severity.value,
        "message": {"text": _message(finding, related)},
        "locations": [_location(finding.location)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "rank": round(finding.confidence * 100, 2),
    }
    if related:
        result["relatedLocations"] = [_related(number, excerpt) for number, excerpt in enumerate(related, start=1)]
    return result


def _is_shown(excerpt: Excerpt, finding: Finding) -> bool:
    """Whether the text is the one that the finding is shown at."""
    place, shown = excerpt.location, finding.location
    return (place.path, place.start.line) == (shown.path, shown.start.line)


def _suppressed(item: Suppressed, index: Mapping[str, int]) -> dict[str, Any]:
    justification = _literal(one_line(item.reason))
    return {**_result(item.finding, index), "suppressions": [{"kind": "external", "justification": justification}]}


def _message(finding: Finding, related: Sequence[Excerpt]) -> str:
    """The message, then a link to each related text."""
    links = [f"[{_name(excerpt)}]({number})" for number, excerpt in enumerate(related, start=1)]
    message = _literal(one_line(finding.message))
    return f"{message} See {', '.join(links)}." if links else message


def _name(excerpt: Excerpt) -> str:
    where = excerpt.location
    name = display_name(where.lang) if where.lang else one_line(where.path).replace("[", "(").replace("]", ")")
    return f"{name}, line {where.start.line}"


def _literal(text: str) -> str:
    """The text without embedded links (section 3.11.6).

    A viewer that knows them takes ``[text](target)`` for one, one that does not shows the escape, so they are parted.
    """
    return text.replace("](", "] (")


def _related(number: int, excerpt: Excerpt) -> dict[str, Any]:
    text = _literal(one_line(excerpt.text, 500))
    return {"id": number, **_location(excerpt.location), "message": {"text": text or excerpt.role.value}}


def _location(location: Location) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": file_uri(location.path), "uriBaseId": _ROOT},
            "region": {
                "startLine": location.start.line,
                "startColumn": location.start.column,
                "endLine": location.end.line,
                "endColumn": location.end.column,
            },
        }
    }


def _notifications(result: RunResult, cut: int) -> list[dict[str, Any]]:
    """What the results do not show: findings beyond the limit, suppressed findings, files skipped."""
    texts = [f"Not in this file: the {counted(cut, 'least severe finding')}."] if cut else []
    texts += [f"{sentence}." for sentence in left_out(result)]
    notes: list[dict[str, Any]] = [{"level": "note", "message": {"text": _literal(text)}} for text in texts]
    return notes + [_skipped(item) for item in result.skipped[:_MOST_NOTIFICATIONS]]


def _skipped(item: Skipped) -> dict[str, Any]:
    artifact = {"uri": file_uri(item.path), "uriBaseId": _ROOT}
    return {
        "level": "note",
        "message": {"text": _literal(f"Skipped: {one_line(item.reason)}")},
        "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
    }
