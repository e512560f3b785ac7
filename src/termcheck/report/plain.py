"""A finding's texts as single lines of plain text, of bounded length, that act on nothing that shows them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from termcheck.policy import count_by_severity
from termcheck.report.sanitize import sanitize
from termcheck.report.shorten import shorten
from termcheck.wording import counted, listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.model import Finding, Location, RunResult

LONGEST = 2000
"""Code points of a message that are shown: one may quote a paragraph, and a paragraph may be a whole book."""


def one_line(text: str, longest: int = LONGEST) -> str:
    """The text, cut after about ``longest`` code points, sanitized."""
    return sanitize("".join(piece.text or "…" for piece in shorten(text, (), longest)))


def rule_title(finding: Finding) -> str:
    """``TC401 concepts-collapsed``."""
    return f"{finding.code} {finding.name}"


def place(location: Location, longest: int = LONGEST) -> str:
    """Where something begins: ``path:line``, sanitized, the path cut after about ``longest`` code points."""
    return f"{one_line(location.path, longest)}:{location.start.line}"


def most_severe_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, errors before warnings before notes, else in the order given."""
    return sorted(findings, key=lambda finding: -finding.severity.rank)


def severities(findings: Iterable[Finding]) -> str:
    """``2 errors and 1 note``; empty for no findings."""
    counts = count_by_severity(findings)
    return listing([counted(count, severity.value) for severity, count in counts.items() if count])


def total(findings: Sequence[Finding]) -> str:
    """``3 findings: 2 errors and 1 note``, ``2 errors`` when all are, or ``no findings``."""
    kinds = len({finding.severity for finding in findings})
    named = severities(findings)
    return f"{counted(len(findings), 'finding')}: {named}" if kinds > 1 else named or "no findings"


def left_out(result: RunResult) -> list[str]:
    """What was neither shown nor checked, each a sentence without its full stop, sanitized: at most two of them."""
    sentences = []
    if result.suppressed:
        reasons = Counter(item.group for item in sorted(result.suppressed, key=lambda item: item.group)).most_common()
        listed = listing([f"{count:,} {one_line(reason, 200)}" for reason, count in reasons], 10)
        sentences.append(f"Not counted: {listed}")
    if result.skipped:
        sentences.append(f"Skipped: {counted(len(result.skipped), 'file')}")
    return sentences
