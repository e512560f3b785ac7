"""TC307."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.literal.items import ItemKind
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.items import item_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class CodeDiffers(DocumentRule):
    """Inline code differs from the other versions.

    ## Why
    A command or the name of a file is copied and run by readers; it must be the same in every language.

    ## How it is decided
    Code is compared with quotation marks and white space set aside. Code that stands in the other text without its
    markup is there. Examples whose words were translated (`your-name`, `{{path/to/file}}`, texts in quotation marks and
    comments) are left alone.

    ## Wrong
    English "run `git push`", German "führen Sie `git posh` aus".

    ## Right
    "führen Sie `git push` aus".
    """

    code = "TC307"
    name = "code-differs"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        yield from item_findings(self, facts, ItemKind.CODE)
