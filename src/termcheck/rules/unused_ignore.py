"""TC003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Excerpt, Finding, Role, Severity
from termcheck.rules.base import PolicyRule

if TYPE_CHECKING:
    from termcheck.ignores import UnusedRequest


class UnusedIgnore(PolicyRule):
    """A comment or an exemption silences nothing any more.

    ## Why
    What was to be ignored is gone: the text was corrected, or the rule's name is misspelt. The request would go on to
    silence the next real problem at that place.

    ## How it is decided
    On a run over a whole folder, no finding of any rule, selected or not, is covered by the request. Runs over single
    files do not report it.

    ## Wrong
    `<!-- termcheck-ignore TC303: a joke with numbers -->` above a paragraph whose numbers agree.

    ## Right
    No comment there, and no entry under `exempt:`.
    """

    code = "TC003"
    name = "unused-ignore"
    severity = Severity.NOTE

    def report(self, unused: UnusedRequest) -> Finding:
        """The finding on one request."""
        request = Excerpt(Role.TARGET, unused.location, unused.what)
        return self.finding(unused.location, f"Nothing is left to ignore here ({unused.what}).", excerpts=[request])
