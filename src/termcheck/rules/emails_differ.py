"""TC310."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.items import ItemKind
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.items import item_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class EmailsDiffer(DocumentRule):
    """An e-mail address differs from the other versions, or is missing.

    ## Why
    Mail to a wrong address is lost, or read by a stranger.

    ## How it is decided
    The addresses in the text and in `mailto:` links are compared, letter case aside.

    ## Wrong
    English "help@example.org", Indonesian "hepl@example.org".

    ## Right
    "help@example.org".
    """

    code = "TC310"
    name = "emails-differ"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from item_findings(self, facts, ItemKind.EMAIL)
