"""What the page's scripts work on: languages, documents with their rows, findings, and the texts of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from termcheck.languages import display_name, is_right_to_left
from termcheck.model import Role
from termcheck.report.html.tables import Tables
from termcheck.report.html.texts import TextPool, browser_marks
from termcheck.report.plain import one_line
from termcheck.report.sanitize import show_controls
from termcheck.report.wording import sureness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from termcheck.model import Decision, Excerpt, Finding, RunResult
    from termcheck.report.html.tables import Site

SCHEMA = "termcheck/page/v1"


def page_data(result: RunResult, *, whole: bool = True) -> dict[str, Any]:
    """JSON values only. Without ``whole``, of the documents only the rows near findings.

    Languages are named by their tags, documents and texts by their indices. Everything that is to be shown is
    sanitized. Marks are start and end, one after the other, in UTF-16 code units of the texts as they are here.
    """
    pool = TextPool()
    tables = Tables(result)
    findings = [_finding(finding, tables, pool) for finding in result.findings]
    rows = None if whole else tables.near((row["document"], row["row"]) for found in findings for row in found["rows"])
    documents = []
    for index, summary in enumerate(result.sets):
        languages, table = tables.rows(index, rows, pool)
        documents.append(
            {
                "key": show_controls(summary.key),
                "source": summary.source,
                "paths": {version.lang: show_controls(version.path) for version in summary.versions},
                "languages": languages,
                "rows": table,
            }
        )
    return {
        "schema": SCHEMA,
        "whole": whole,
        "languages": _languages(result),
        "documents": documents,
        "findings": findings,
        "texts": pool.texts,
    }


def direction(lang: str) -> str:
    """``ltr`` or ``rtl``, as the attribute ``dir`` takes it."""
    return "rtl" if is_right_to_left(lang) else "ltr"


def language_tags(result: RunResult) -> list[str]:
    """Every language that the result names, in tag order."""
    tags = {version.lang for summary in result.sets for version in summary.versions}
    tags.update(tag for summary in result.sets for tag in summary.missing)
    tags.update(verdict.lang for verdict in result.verdicts)
    for finding in result.findings:
        tags.update(
            place.lang for place in (finding.location, *(each.location for each in finding.excerpts)) if place.lang
        )
    return sorted(tags)


def _languages(result: RunResult) -> Mapping[str, Mapping[str, str]]:
    return {tag: {"name": display_name(tag), "dir": direction(tag)} for tag in language_tags(result)}


def _finding(finding: Finding, tables: Tables, pool: TextPool) -> dict[str, Any]:
    place = finding.location
    version = tables.version(place.path)
    sites = [(excerpt, tables.find(excerpt)) for excerpt in finding.excerpts]
    return {
        "id": finding.fingerprint,
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence * 100),
        "sureness": sureness(finding.confidence),
        "message": one_line(finding.message),
        "why": [one_line(sentence) for sentence in finding.why],
        "path": show_controls(place.path),
        "line": place.start.line,
        "column": place.start.column,
        "lang": place.lang,
        "document": None if version is None else version[0],
        "concepts": [show_controls(concept) for concept in finding.concepts],
        "rows": _rows(finding.lang, [(excerpt, site) for excerpt, site in sites if site is not None]),
        "others": [_other(excerpt, pool) for excerpt, site in sites if site is None],
        "decision": None if finding.decision is None else _decision(finding.decision),
    }


def _decision(decision: Decision) -> dict[str, str]:
    return {"kind": decision.kind.value, "reason": one_line(decision.reason), "by": one_line(decision.by)}


def _rows(lang: str | None, sites: Sequence[tuple[Excerpt, Site]]) -> list[dict[str, Any]]:
    """The rows that the excerpts are in, those with a text to change first, each with its marks by language."""
    rows: dict[tuple[int, int], dict[str, Any]] = {}
    # The sort is stable: else the order is that of the excerpts.
    for excerpt, site in sorted(sites, key=lambda pair: pair[0].role is not Role.TARGET):
        row = rows.setdefault(
            (site.document, site.row), {"document": site.document, "row": site.row, "targets": [], "marks": {}}
        )
        if excerpt.role is Role.TARGET and site.lang not in row["targets"]:
            row["targets"].append(site.lang)
        marks = browser_marks(site.text, excerpt.marks, site.shift)
        row["marks"].setdefault(site.lang, marks)
    for row in rows.values():
        # What is missing has no text to change; then it is the gap that the finding is about.
        if not row["targets"] and lang is not None:
            row["targets"].append(lang)
    return list(rows.values())


def _other(excerpt: Excerpt, pool: TextPool) -> dict[str, Any]:
    place = excerpt.location
    return {
        "role": excerpt.role.value,
        "path": show_controls(place.path),
        "line": place.start.line,
        "lang": place.lang,
        "text": pool.add(excerpt.text),
        "marks": browser_marks(excerpt.text, excerpt.marks),
    }
