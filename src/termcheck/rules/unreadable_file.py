"""TC001."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts


class UnreadableFile(CorpusRule):
    """A file of the corpus cannot be read as text.

    ## Why
    A version that cannot be read is not checked at all. The other files are checked as usual, so without this
    finding the report would look better than the corpus is.

    ## What to do
    Save the file as UTF-8 (with or without byte order mark). Binary files that are no content belong in
    `exclude`. A file above `max_file_size` is refused; raise the limit if the size is right.

    ## Wrong
    A file in Latin-2, in UTF-16, with NUL bytes, without read permission, or larger than the limit.

    ## Right
    UTF-8 text.
    """

    code = "TC001"
    name = "unreadable-file"
    severity = Severity.ERROR

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for problem in facts.unreadable:
            yield self.finding(problem.location, f"This file was not checked: {problem.reason}.")
