"""TC004."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import DecisionKind, Excerpt, Finding, Location, Role, Severity
from termcheck.rules.base import PolicyRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.model import ExpiredDecision, SetSummary


class DecisionExpired(PolicyRule):
    """A decision on a finding no longer holds, since the text was changed.

    ## Why
    Somebody looked at two texts and decided that the finding is a false alarm, or acceptable. One of the texts says
    something else now, and nobody has looked at that. The decision is not carried over silently.

    ## How it is decided
    No finding of any rule has the fingerprint that the decision names, and a text that the decision was about is not in
    the document any more, or its file is no longer checked. A decision whose texts are all there is left alone: the
    finding may come back. White space and renamed files do not matter. Decisions to fix something later are not
    reported, since that is how they end.

    ## Wrong
    A decision in `termcheck-decisions.yaml` on a paragraph that was written anew since.

    ## Right
    No decision there: `termcheck review --prune` takes out those that have expired. If the rule finds something in the
    new text, decide about that.
    """

    code = "TC004"
    name = "decision-expired"
    severity = Severity.NOTE

    def __init__(self, path: str = "", sets: Iterable[SetSummary] = ()) -> None:
        """``path`` is how findings name the file of decisions."""
        self._path = path
        self._documents = {version.path: summary.key for summary in sets for version in summary.versions}

    def is_worth_telling(self, expired: ExpiredDecision) -> bool:
        """Whether it is a finding."""
        return expired.decision.kind is not DecisionKind.LATER

    def report(self, expired: ExpiredDecision) -> Finding:
        """The finding on one decision."""
        decision = expired.decision
        what = f"“{decision.kind.words}” on {decision.code} in {decision.path}"
        place = Location(self._path, decision.lang, decision.position, decision.position)
        return self.finding(
            place,
            f"The decision {what} no longer holds: {expired.why}.",
            document=self._documents.get(decision.path, ""),
            excerpts=[Excerpt(Role.TARGET, place, decision.message)],
            why=[
                *([f"What was said then: {decision.reason}"] if decision.reason else []),
                *([f"What the rule finds there now: {expired.successor}."] if expired.successor else []),
            ],
            concepts=decision.concepts,
        )
