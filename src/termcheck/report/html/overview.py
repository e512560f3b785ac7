"""The heat map: documents against languages, with findings, coverage and freshness of every version."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.report.plain import severities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import Finding, RunResult, SetSummary, VersionSummary

HEAT = (1, 3, 10, 30)
"""From this many findings on a version is warmer by one degree: the degrees are 0 to 4."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A version in the heat map, or its absence (``version`` is None).

    ``heat`` is in 0 to 4, ``coverage`` in percent, rounded down so that 100 is said only of all, and None where
    nothing was compared; ``summary`` names the findings by severity.
    """

    lang: str
    version: VersionSummary | None = None
    findings: int = 0
    summary: str = ""
    heat: int = 0
    coverage: int | None = None


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A document in the heat map; the cells are in the order of the languages."""

    document: SetSummary
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Findings in a file that is no version of a document, such as the glossary."""

    path: str
    findings: int
    summary: str


def heat_map(result: RunResult, languages: Sequence[str]) -> list[HeatRow]:
    """A row for every document, in the order of the result."""
    found = _by_path(result)
    rows = []
    for document in result.sets:
        versions = {version.lang: version for version in document.versions}
        cells = tuple(_cell(lang, versions.get(lang), found) for lang in languages)
        rows.append(HeatRow(document, cells))
    return rows


def elsewhere(result: RunResult) -> list[Elsewhere]:
    """The files with findings that the heat map has no place for, in the order of the findings."""
    shown = {version.path for document in result.sets for version in document.versions}
    return [
        Elsewhere(path, len(findings), severities(findings))
        for path, findings in _by_path(result).items()
        if path not in shown
    ]


def counts(result: RunResult) -> Counter[str]:
    """The number of findings by rule code."""
    return Counter(finding.code for finding in result.findings)


def _by_path(result: RunResult) -> dict[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        found[finding.location.path].append(finding)
    return found


def _cell(lang: str, version: VersionSummary | None, found: dict[str, list[Finding]]) -> HeatCell:
    if version is None:
        return HeatCell(lang)
    findings = found.get(version.path, [])
    compared = version.segments > 0 and not version.excluded
    return HeatCell(
        lang,
        version,
        len(findings),
        severities(findings),
        sum(len(findings) >= least for least in HEAT),
        int(version.coverage * 100 + 1e-9) if compared else None,
    )
