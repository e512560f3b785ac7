"""TC308."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.items import ItemKind
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.items import item_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class TagsDiffer(DocumentRule):
    """HTML or component tags differ from the other versions.

    ## Why
    A lost tag loses what it does, and a tag that is opened and never closed can spoil the rest of the page.

    ## How it is decided
    The names of opening and closing tags are compared. Tags that only lay text out (`em`, `b`, `br`, `span`, `p` and
    the like) are free, as they may be Markdown in another version; links and pictures are compared by their target.

    ## Wrong
    English "Press `<kbd2>`Enter`</kbd2>`", German "Drücken Sie `<kbd2>`Enter".

    ## Right
    "Drücken Sie `<kbd2>`Enter`</kbd2>`".
    """

    code = "TC308"
    name = "tags-differ"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from item_findings(self, facts, ItemKind.TAG)
