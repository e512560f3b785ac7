"""TC306."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.items import ItemKind
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.items import item_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class PlaceholdersDiffer(DocumentRule):
    """A placeholder is missing, changed, or one that no other version has.

    ## Why
    What a program fills in must have its place in every language. A lost or misspelt placeholder shows as such, or
    makes the program fail.

    ## How it is decided
    Placeholders are compared by what they stand for: printf (`%s`, `%1$s`, `%(name)s`), Python (`{}`, `{name:.2f}`),
    templates (`${name}`, `{{ name }}`), ICU MessageFormat arguments (`{count, plural, ...}`, without its branches) and
    numbered tags (`<0>`). `%2$s` is the second `%s`, formats may differ, and the order is free. A plural form that the
    source does not have is compared with its `other` form; in forms for one number (`one`, `=0`) the number may be
    left out.

    ## Wrong
    English "Hello {name}", Polish "Witaj {nazwa}".

    ## Right
    "Witaj {name}".
    """

    code = "TC306"
    name = "placeholders-differ"
    severity = Severity.ERROR

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from item_findings(self, facts, ItemKind.PLACEHOLDER)
