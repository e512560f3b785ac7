"""TC311."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.items import ItemKind
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.items import item_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class EmojiDiffer(DocumentRule):
    """An emoji differs from the other versions, or is missing.

    ## Why
    Emoji carry a tone or a meaning (done, danger) that should be the same in every language.

    ## How it is decided
    Emoji and their short names (`:tada:`) are compared; skin tones and ways to draw one do not count, nor do check
    marks, arrows and hearts of typography.

    ## Wrong
    English "Shipped 🎉", Korean "배송됨 🔥".

    ## Right
    "배송됨 🎉".
    """

    code = "TC311"
    name = "emoji-differ"
    severity = Severity.NOTE

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from item_findings(self, facts, ItemKind.EMOJI)
