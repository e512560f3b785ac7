"""reStructuredText (``.rst``, ``.rest``), with the roles and directives of Sphinx.

Segments are headings, paragraphs, list items, table cells, quotes, terms, the arguments and the contents of directives
that hold text. Left out are code, comments, options, the contents of all other directives, and targets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.corpus.segmentation import Draft
    from termcheck.model import Span


class RstReader(Reader):
    """Reads what docutils, which is loaded for that, takes for text."""

    name: ClassVar[str] = "rst"
    suffixes: ClassVar[tuple[str, ...]] = (".rst", ".rest")

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        from termcheck.corpus.readers.rst_blocks import rst_drafts

        return rst_drafts(text)

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        from termcheck.corpus.readers.rst_blocks import rst_comments

        return rst_comments(text)

    def passed_over(self, text: str) -> Iterable[tuple[int, str]]:
        from termcheck.corpus.readers.rst_blocks import rst_passed_over

        return rst_passed_over(text)
