"""TC309."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.items import ItemKind
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.items import item_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class LinksDiffer(DocumentRule):
    """A link leads elsewhere than in the other versions, or is missing.

    ## Why
    Readers of a translation should get to the same places. Links that were updated in the original and forgotten in a
    translation lead nowhere.

    ## How it is decided
    The targets of links and images are compared, up to what a translation may change: a language in the path, the
    host or the query (`/pl/docs`, `pl.wikipedia.org`, `hl=pl`), a page named for a language (`rfc2119-es.txt`),
    the article on a Wikipedia, anchors, the protocol, endings of files, copies in an archive. Links within the
    page are not compared.

    ## Wrong
    English `https://example.org/docs/setup`, Turkish `https://example.org/docs/install`.

    ## Right
    `https://example.org/tr/docs/setup`.
    """

    code = "TC309"
    name = "links-differ"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from item_findings(self, facts, ItemKind.LINK)
