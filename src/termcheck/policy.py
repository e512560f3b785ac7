"""Which findings count: the selection of rules, their severities, the languages asked for, the exit code."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from termcheck.errors import ConfigError
from termcheck.languages import is_among
from termcheck.model import DecisionKind, Severity, Suppressed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from termcheck.model import Finding

ALL = "ALL"
"""The selector of every rule."""

OFF = "off"
"""In place of a severity: the rule's findings are suppressed."""

NEVER = "never"
"""In place of a severity to fail on: findings never make a run fail."""


class Outcome(NamedTuple):
    """Findings that are shown and findings that are only counted, both in the order in which they came."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]


def specificity(selector: str, code: str, name: str) -> int | None:
    """How closely a selector names the rule, or None when it does not.

    0 for ``ALL``, else the length of the code or of the beginning of the code (``TC4``); a rule's name counts like its
    whole code. Case does not matter.
    """
    wanted = selector.strip().upper()
    if wanted == ALL:
        return 0
    if wanted and code.upper().startswith(wanted):
        return len(wanted)
    return len(code) if wanted == name.upper() else None


def apply_policy(
    findings: Iterable[Finding],
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    severity: Mapping[str, str] | None = None,
    langs: Collection[str] = (),
) -> Outcome:
    """Sort out what the project does not want to see, and set severities.

    ``select`` and ``ignore`` hold selectors (see ``specificity``); the most specific one decides, at a tie ``ignore``.
    An empty ``select`` selects every rule. ``severity`` maps selectors to a severity or ``OFF``, again the most
    specific one decides. An empty ``langs`` means all languages; ``pt`` covers ``pt-BR``; findings in no language
    stay. Raises ``ConfigError`` for a severity that there is none of.
    """
    levels = {selector: _level(selector, value) for selector, value in (severity or {}).items()}
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    for finding in findings:
        level = _most_specific(levels, finding)
        reason = (
            _deselected(finding, select, ignore)
            or ("rule turned off" if level is not None and levels[level] is None else "")
            or ("in languages not selected" if not _in_languages(finding.lang, langs) else "")
        )
        if reason:
            suppressed.append(Suppressed(finding, reason))
            continue
        wanted = None if level is None else levels[level]
        kept.append(finding if wanted in (None, finding.severity) else replace(finding, severity=wanted))
    return Outcome(tuple(kept), tuple(suppressed))


def exit_code(findings: Iterable[Finding], fail_on: str = Severity.ERROR.value) -> int:
    """1 when a finding is at or above ``fail_on`` (a severity, or ``NEVER``), else 0.

    Findings that somebody decided to fix later are shown, but make no run fail.
    Raises ``ConfigError`` for any other ``fail_on``.
    """
    if fail_on == NEVER:
        return 0
    threshold = _severity(fail_on, "the severity to fail on", NEVER)
    return int(any(finding.severity.rank >= threshold.rank and not _is_put_off(finding) for finding in findings))


def count_by_severity(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, the most severe first, those without any included."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}


def _is_put_off(finding: Finding) -> bool:
    return finding.decision is not None and finding.decision.kind is DecisionKind.LATER


def _deselected(finding: Finding, select: Sequence[str], ignore: Sequence[str]) -> str:
    selected = _best(select or (ALL,), finding)
    ignored = _best(ignore, finding)
    if ignored is not None and (selected is None or ignored >= selected):
        return "rule ignored"
    return "of rules not selected" if selected is None else ""


def _best(selectors: Iterable[str], finding: Finding) -> int | None:
    found = (specificity(selector, finding.code, finding.name) for selector in selectors)
    return max((value for value in found if value is not None), default=None)


def _most_specific(selectors: Iterable[str], finding: Finding) -> str | None:
    best, best_value = None, -1
    for selector in selectors:
        value = specificity(selector, finding.code, finding.name)
        if value is not None and value > best_value:
            best, best_value = selector, value
    return best


def _in_languages(lang: str | None, langs: Collection[str]) -> bool:
    return lang is None or not langs or is_among(lang, langs)


def _level(selector: str, value: str) -> Severity | None:
    return None if value == OFF else _severity(value, f"the severity of {selector}", OFF)


def _severity(value: str, what: str, otherwise: str) -> Severity:
    try:
        return Severity(value)
    except ValueError:
        choices = ", ".join(Severity)
        raise ConfigError(f"{what} cannot be {value!r}", f"use {choices} or {otherwise}") from None
