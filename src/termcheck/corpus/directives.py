"""Comments in a file that tell termcheck what to leave alone.

    <!-- termcheck-ignore TC401[client], numbers-differ: the firm calls it so -->
    <!-- termcheck off: quoted from the law -->
    <!-- termcheck on -->

In MDX, ``{/* ... */}`` stands for a comment too. A comment beside text covers the paragraph it stands in, one between
paragraphs the next paragraph and the gap in between, ``off`` everything up to ``on`` or the end of the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.corpus.readers import reader_of
from termcheck.model import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.model import Document, Segment, Span

_BODY = re.compile(r"\s*termcheck(?P<verb>-ignore|\s+off|\s+on)?(?![\w-])(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_SELECTOR = re.compile(r"(?P<rule>[A-Za-z][A-Za-z0-9-]*)(?:\[(?P<concept>[^\]\n]+)\])?")
_LONGEST = 2000
"""Characters of a comment that are looked at; a longer one is no instruction."""


@dataclass(frozen=True, slots=True)
class IgnoreSelector:
    """A rule's code, the beginning of codes, a rule's name or ALL; with ``concept``, only on that glossary concept."""

    rule: str
    concept: str | None = None


@dataclass(frozen=True, slots=True)
class InlineIgnore:
    """What a comment asks to leave alone.

    ``location`` is the comment's; ``scope`` is what it covers, both ends included. Empty ``selectors`` mean
    all rules (``off``).
    """

    location: Location
    scope: Location
    selectors: tuple[IgnoreSelector, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class DirectiveProblem:
    """A comment that is meant for termcheck and does not work. ``reason`` is a clause, ``text`` the whole comment."""

    location: Location
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Directives:
    """What the comments of a file say, in file order."""

    ignores: tuple[InlineIgnore, ...] = ()
    problems: tuple[DirectiveProblem, ...] = ()


def find_directives(document: Document, segments: Sequence[Segment]) -> Directives:
    """The instructions in a document, whose segments are given in file order. Nothing is raised for what it holds."""
    if "termcheck" not in document.text.casefold():
        return Directives()
    return _Collector(document, segments).collect(reader_of(document.format).comments(document.text))


class _Collector:
    def __init__(self, document: Document, segments: Sequence[Segment]) -> None:
        self._document = document
        self._starts = [segment.span.start for segment in segments]
        self._ends = [segment.span.end for segment in segments]
        self._ignores: list[InlineIgnore] = []
        self._problems: list[DirectiveProblem] = []
        self._off: tuple[Span, str] | None = None

    def collect(self, comments: Iterable[tuple[Span, str]]) -> Directives:
        for span, body in comments:
            if len(body) <= _LONGEST and (match := _BODY.fullmatch(body)):
                self._read(span, (match["verb"] or "").strip().lower(), match["rest"])
        if self._off is not None:
            self._close(len(self._document.text))
        return Directives(
            tuple(sorted(self._ignores, key=lambda ignore: ignore.location.start)),
            tuple(sorted(self._problems, key=lambda problem: problem.location.start)),
        )

    def _read(self, span: Span, verb: str, rest: str) -> None:
        head, colon, reason = rest.strip().partition(":")
        reason = " ".join(reason.split())
        if verb == "-ignore":
            self._ignore(span, head.strip(), reason)
        elif not verb or (head.strip() and colon) or (head and not colon):
            self._problem(span, "it says neither 'termcheck-ignore', 'termcheck off' nor 'termcheck on'")
        elif verb == "off":
            if self._off is not None:
                self._problem(span, "checking is off here already")
            else:
                self._off = (span, reason)
        elif self._off is None:
            self._problem(span, "checking was not turned off before")
        else:
            self._close(span.end)

    def _ignore(self, span: Span, head: str, reason: str) -> None:
        selectors = []
        for item in head.split(","):
            match = _SELECTOR.fullmatch(item.strip())
            if match is None:
                what = f"{item.strip()!r} is no rule" if item.strip() else "it names no rule"
                self._problem(span, f"{what}; write 'termcheck-ignore TC401[client]: reason'")
                return
            selectors.append(IgnoreSelector(match["rule"], match["concept"]))
        if not reason:
            self._problem(span, "it gives no reason; write it behind a colon")
            return
        scope = self._between(*self._scope(span))
        self._ignores.append(InlineIgnore(self._between(*span), scope, tuple(selectors), reason))

    def _scope(self, span: Span) -> tuple[int, int]:
        """The paragraph that the comment stands in or behind, or else the next one with the gap before it."""
        before = bisect_right(self._starts, span.start) - 1
        if before >= 0 and self._beside(self._ends[before], span.start):
            return self._starts[before], max(self._ends[before], span.end)
        after = bisect_left(self._starts, span.end)
        start = self._ends[before] if before >= 0 else 0
        return start, self._ends[after] if after < len(self._ends) else len(self._document.text)

    def _beside(self, end: int, start: int) -> bool:
        return end >= start or not any(mark in self._document.text[end:start] for mark in "\r\n")

    def _close(self, end: int) -> None:
        if self._off is not None:
            (start, stop), reason = self._off
            self._ignores.append(InlineIgnore(self._between(start, stop), self._between(start, end), (), reason))
            self._off = None

    def _problem(self, span: Span, reason: str) -> None:
        text = " ".join(self._document.text[span.start : span.end].split())
        self._problems.append(DirectiveProblem(self._between(*span), text, reason))

    def _between(self, start: int, end: int) -> Location:
        document = self._document
        return Location(document.path, document.lang, document.position(start), document.position(end))
