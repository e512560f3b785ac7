"""The inside of a paragraph of reStructuredText: what docutils recognises in it, with the place of each part.

docutils gives the text of inline elements but not where they stand. Its inline parser works step by step, though, each
step taking a stretch off the front of the text; noting that stretch gives exact places without a second parser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst import states
from docutils.utils import escape2null, unescape

from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Iterator

# The parser takes off one stretch after the other by copying the rest, which is quadratic.
_LONGEST = 20_000
_OPENING = re.compile(r"(?::[A-Za-z0-9][^:`\s]{0,80}(?::[^:`\s]{1,80}){0,3}:)?(?:_?`{1,2}|\*{1,2}|\|)|")
_CLOSING = re.compile(r"(?:`{1,2}|\*{1,2}|\|)?(?::[A-Za-z0-9][^`\s]{0,160}:)?_{0,2}\Z")
_TARGET = re.compile(r"(?P<title>.*?\S)\s*<(?P<target>[^<>]+)>\Z", re.DOTALL)
# Roles of Sphinx and docutils whose text is a text of the page.
_TEXT_ROLES = frozenset(
    [
        *("abbr", "dfn", "emphasis", "guilabel", "menuselection", "strong", "sub", "subscript", "sup", "superscript"),
        *("term", "title", "title-reference", "t", "index", "download", "nav", "bdg"),
    ]
)


class Part(NamedTuple):
    """``[start, end)`` of a paragraph: plain text, or an element whose visible text is ``[inner_start, inner_end)``.

    ``kind`` is what it is protected as, if at all, with ``value``; an empty ``value`` stands for the visible text.
    ``raw`` text has no escapes.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    kind: ProtectedKind | None = None
    value: str = ""
    raw: bool = False


class PlacedText(nodes.Text):  # type: ignore[misc]
    """The text of a paragraph as the file has it, the number of its first line (from 1) and its parts."""

    line: int
    parts: tuple[Part, ...]


class PlacingInliner(states.Inliner):  # type: ignore[misc]
    """Makes one `PlacedText` of each text."""

    def parse(
        self, text: str, lineno: int, memo: Any, parent: nodes.Element
    ) -> tuple[list[nodes.Node], list[nodes.Node]]:
        self.document = memo.document
        self.language = memo.language
        self.reporter = self.document.reporter
        self.parent = parent
        placed = PlacedText(text)
        placed.line = lineno
        placed.parts = (
            tuple(self._parts(text, lineno)) if len(text) <= _LONGEST else (Part(0, len(text), 0, len(text)),)
        )
        return [placed], []

    def interpreted(
        self,
        rawsource: str,
        text: str,
        role: str,
        lineno: int,  # noqa: ARG002
    ) -> tuple[list[nodes.Node], list[nodes.Node]]:
        return [nodes.inline(rawsource, text, role=role or "title-reference")], []

    def _parts(self, text: str, lineno: int) -> Iterator[Part]:
        remaining = escape2null(text)
        plain = 0
        while remaining and (match := self.patterns.initial.search(remaining)):
            groups = match.groupdict()
            method = self.dispatch[groups["start"] or groups["backquote"] or groups["refend"] or groups["fnend"]]
            at = len(text) - len(remaining)
            before, found, remaining, _ = method(self, match, lineno)
            start, end = at + len(before), len(text) - len(remaining)
            if found and not isinstance(found[0], nodes.problematic):
                yield Part(plain, start, plain, start)
                yield _part(text, start, end, found[0])
                plain = end
        yield Part(plain, len(text), plain, len(text))


for _name, _value in vars(states.Inliner).items():
    # docutils puts its patterns together from what stands in the very class of the parser.
    if isinstance(_value, str) and not _name.startswith("__"):
        setattr(PlacingInliner, _name, _value)


def _part(text: str, start: int, end: int, node: nodes.Element) -> Part:
    """What one element is, by what docutils made of it."""
    source = text[start:end]
    opening = _OPENING.match(source)
    closing = _CLOSING.search(source, opening.end() if opening else 0)
    first = start + (opening.end() if opening else 0)
    last = start + (closing.start() if closing else len(source))
    if isinstance(node, nodes.footnote_reference | nodes.citation_reference):
        return Part(start, end, start, start, ProtectedKind.PLACEHOLDER, source)
    if isinstance(node, nodes.substitution_reference):
        return Part(start, end, start, end, ProtectedKind.PLACEHOLDER, source, raw=True)
    if isinstance(node, nodes.literal | nodes.math):
        return Part(start, end, first, last, ProtectedKind.CODE, raw=True)
    titled = _TARGET.match(text[first:last])
    if isinstance(node, nodes.reference):
        target = node.get("refuri") or node.get("refname") or ""
        return Part(start, end, first, first + titled.end("title") if titled else last, ProtectedKind.LINK, target)
    if role := node.get("role"):
        name = role.rpartition(":")[2].lower()
        if titled and name not in ("abbr", "guilabel", "menuselection"):
            return Part(start, end, first, first + titled.end("title"), ProtectedKind.LINK, unescape(titled["target"]))
        if name in _TEXT_ROLES:
            return Part(start, end, first, last)
        return Part(start, end, first, last, ProtectedKind.CODE, raw=True)
    return Part(start, end, first, last)
