"""How far the review of a corpus is, by language, person and rule."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from termcheck.languages import is_among
from termcheck.model import DecisionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from termcheck.model import Decision, ExpiredDecision, RunResult

EXPIRY_CODE = "TC004"
"""The rule whose findings tell of expired decisions, which are counted as such."""


@dataclass(slots=True)
class Tally:
    """Counts of one language, one person, or all together.

    ``open`` findings are shown and nobody decided about them; those with a ``note`` are open too. The decisions that
    hold are counted by kind. Of the others, ``expired`` are those whose texts were changed, and ``waiting`` those whose
    texts are as they were while the rule does not find anything.
    """

    open: int = 0
    false_alarm: int = 0
    accepted: int = 0
    later: int = 0
    note: int = 0
    expired: int = 0
    waiting: int = 0

    @property
    def decided(self) -> int:
        """The findings that somebody decided about."""
        return self.false_alarm + self.accepted + self.later

    def count(self, kind: DecisionKind) -> None:
        """Count a decision that holds."""
        match kind:
            case DecisionKind.FALSE_ALARM:
                self.false_alarm += 1
            case DecisionKind.ACCEPTED:
                self.accepted += 1
            case DecisionKind.LATER:
                self.later += 1
            case DecisionKind.NOTE:
                self.note += 1


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What people made of a rule's findings: ``right`` ones are accepted or to be fixed, the others false alarms."""

    code: str
    right: int
    false_alarms: int

    @property
    def decided(self) -> int:
        """All of them, at least one."""
        return self.right + self.false_alarms

    @property
    def precision(self) -> float:
        """The share of the decided findings that are right, in [0, 1]."""
        return self.right / self.decided


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """``languages`` by tag, the empty one for files in none; ``people`` by name, empty where nobody is named."""

    total: Tally = field(default_factory=Tally)
    languages: Mapping[str, Tally] = field(default_factory=dict)
    people: Mapping[str, Tally] = field(default_factory=dict)
    rules: tuple[RuleRecord, ...] = ()
    expired: tuple[ExpiredDecision, ...] = ()


def review_status(result: RunResult, langs: Collection[str] = ()) -> ReviewStatus:
    """Count the findings and the decisions of a run in these languages (empty: in all)."""
    languages: defaultdict[str, Tally] = defaultdict(Tally)
    people: defaultdict[str, Tally] = defaultdict(Tally)
    total = Tally()
    for summary in result.sets:
        for version in summary.versions:
            if _is_wanted(version.lang, langs):
                languages[version.lang] = Tally()
    for finding in result.findings:
        undecided = finding.decision is None or finding.decision.kind is DecisionKind.NOTE
        if undecided and finding.code != EXPIRY_CODE and _is_wanted(finding.lang, langs):
            total.open += 1
            languages[finding.lang or ""].open += 1
    decisions = [decision for decision in result.decisions if _is_wanted(decision.lang, langs)]
    expired = [item for item in result.expired if _is_wanted(item.decision.lang, langs)]
    ended = {item.decision.fingerprint for item in expired}
    everything = (*result.findings, *(item.finding for item in result.suppressed))
    held = {finding.decision.fingerprint for finding in everything if finding.decision is not None}
    for decision in decisions:
        for tally in (total, languages[decision.lang or ""], people[decision.by]):
            if decision.fingerprint in held:
                tally.count(decision.kind)
            elif decision.fingerprint in ended:
                tally.expired += 1
            else:
                tally.waiting += 1
    return ReviewStatus(
        total,
        dict(sorted(languages.items())),
        dict(sorted(people.items())),
        rule_records(decisions),
        tuple(sorted(expired, key=lambda item: item.decision.sort_key())),
    )


def rule_records(decisions: Iterable[Decision]) -> tuple[RuleRecord, ...]:
    """What decisions, whether they still hold or not, say of each rule, by code; notes say nothing."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for decision in decisions:
        if decision.kind is not DecisionKind.NOTE:
            counts[decision.code][decision.kind is DecisionKind.FALSE_ALARM] += 1
    return tuple(RuleRecord(code, *counts[code]) for code in sorted(counts))


def _is_wanted(lang: str | None, langs: Collection[str]) -> bool:
    return not langs or lang is None or is_among(lang, langs)
