"""Paths as they are in the repository, which the services that show findings beside the code go by."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termcheck.model import Finding, Location, RunResult


def relocate(result: RunResult, prefix: str) -> RunResult:
    """The result with ``prefix`` (empty, or ending in "/") before the path of every file that it names.

    Documents keep their keys, and tables their segments: their files are those of ``sets``.
    """
    if not prefix:
        return result
    sets = [
        replace(
            summary,
            versions=tuple(replace(version, path=_join(prefix, version.path)) for version in summary.versions),
        )
        for summary in result.sets
    ]
    return replace(
        result,
        findings=tuple(_finding(finding, prefix) for finding in result.findings),
        suppressed=tuple(replace(item, finding=_finding(item.finding, prefix)) for item in result.suppressed),
        skipped=tuple(replace(item, path=_join(prefix, item.path)) for item in result.skipped),
        sets=tuple(sets),
    )


def _finding(finding: Finding, prefix: str) -> Finding:
    return replace(
        finding,
        location=_location(finding.location, prefix),
        excerpts=tuple(replace(excerpt, location=_location(excerpt.location, prefix)) for excerpt in finding.excerpts),
    )


def _location(location: Location, prefix: str) -> Location:
    return replace(location, path=_join(prefix, location.path))


def _join(prefix: str, path: str) -> str:
    # A glossary may lie beside the folder that paths are relative to.
    return posixpath.normpath(prefix + path) if path.startswith("../") else prefix + path
