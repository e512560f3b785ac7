"""TC002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Excerpt, Finding, Role, Severity
from termcheck.rules.base import CorpusRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts


class DirectiveNotUnderstood(CorpusRule):
    """A comment is meant for termcheck, but does not say what to leave alone, or why.

    ## Why
    A comment that silences nothing, or that silences something for no known reason, misleads whoever reads it next.

    ## How it is decided
    Every comment that starts with "termcheck" and is not in code is read. `termcheck-ignore` names rules, with the
    concept in brackets where only one is meant, and gives the reason behind a colon. `termcheck off` (a reason may
    follow) and `termcheck on` come in pairs; `off` without `on` holds to the end of the file. Anything else is this
    finding.

    ## Wrong
    `<!-- termcheck-ignore TC201 -->`, `<!-- termcheck ignore -->`

    ## Right
    `<!-- termcheck-ignore TC201: the Polish law has another wording -->`,
    `<!-- termcheck-ignore TC401[client]: quoted -->`, `<!-- termcheck off: quoted from the law -->`
    """

    code = "TC002"
    name = "directive-not-understood"
    severity = Severity.WARNING

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for problem in facts.directive_problems:
            comment = Excerpt(Role.TARGET, problem.location, problem.text)
            yield self.finding(problem.location, f"This comment has no effect: {problem.reason}.", excerpts=[comment])
