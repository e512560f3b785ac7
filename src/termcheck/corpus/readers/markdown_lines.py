"""Lines of a Markdown file that are nothing but syntax of a dialect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.model import SegmentKind, Span

if TYPE_CHECKING:
    from termcheck.corpus.readers.masking import Masker

_ATTRIBUTES = re.compile(r"[ \t>]{0,200}\{:[^{}]{0,1000}\}[ \t]*$")
_ADMONITION = re.compile(
    r"[ \t>]{0,200}(?::{3,}|/{3,})[ \t]*(?:[\w-]{1,40})?"
    r"(?:\[(?P<bracketed>[^\]]{1,500})\]|[ \t]*\|[ \t]*(?P<barred>.{1,500}))?[ \t]*(?:\{[^}]{0,500}\})?[ \t]*$"
)
# "::: info A title" of VitePress, ":::{note} A title" of MyST, "::: package.module" of mkdocstrings.
_CONTAINER_LINE = re.compile(
    r"[ \t>]{0,200}:{3,}+[ \t]*+(?:\{[\w:-]{1,40}\}|[\w.-][\w.:-]{0,199}+)"
    r"(?:[ \t]{1,9}+(?P<title>[^\s{\[:].{0,300}?))?[ \t]*+(?:\{[^}]{0,500}\})?[ \t]*+:{0,9}$"
)
# "*[HTML]: Hyper Text Markup Language"
_ABBREVIATION = re.compile(r"[ ]{0,3}\*\[[^\]]{1,80}\]:[ \t]{0,9}(?P<title>.{1,500})$")
_ALERT = re.compile(r"[ \t]{0,3}>[ \t>]{0,20}(?P<mark>\[![A-Za-z]{1,20}\][+-]?)[ \t]*$")
# "[TOC]", "[[toc]]"; files put in at this place by MkDocs, FastAPI and VitePress.
_COMMAND = re.compile(
    r"[ \t>]{0,200}(?:\[{1,2}_?(?:TOC|toc)_?\]{1,2}|-{1,9}8<-{1,9}(?:[ \t].{0,1000})?"
    r"|\{[*!].{1,1000}[*!]\}|<<<[ \t]@/.{1,1000})[ \t]*$"
)
_CONTENTS = re.compile(r"[ \t>]{0,200}\{:[^{}]{0,99}\btoc\b")
_LIST_ITEM = re.compile(r"[ \t>]{0,200}(?:[-*+]|\d{1,9}[.)])[ \t]")


class SyntaxLines:
    """Blanks such lines, one after the other, and keeps the titles that they may carry."""

    def __init__(self, masker: Masker) -> None:
        self._masker = masker
        self._last = (0, "")

    def take(self, line: str, start: int) -> None:
        """Take the next line outside of code, of which ``line`` is the beginning."""
        if _ATTRIBUTES.match(line):
            self._blank(line, start)
            before, item = self._last
            if _CONTENTS.match(line) and _LIST_ITEM.match(item):
                # In kramdown a table of contents stands in the place of this list.
                self._blank(item, before)
        elif admonition := _ADMONITION.match(line):
            self._blank(line, start)
            for group in ("bracketed", "barred"):
                self._keep(admonition, group, start)
        elif titled := _CONTAINER_LINE.match(line) or _ABBREVIATION.match(line):
            self._blank(line, start)
            self._keep(titled, "title", start)
        elif alert := _ALERT.match(line):
            self._masker.blank(start + alert.start("mark"), start + alert.end("mark"))
        elif _COMMAND.match(line):
            self._blank(line, start)
        self._last = (start, line)

    def _blank(self, line: str, start: int) -> None:
        self._masker.blank(start, start + len(line))

    def _keep(self, match: re.Match[str], group: str, start: int) -> None:
        if match[group]:
            first, last = match.span(group)
            self._masker.keep(Span(start + first, start + last), SegmentKind.PARAGRAPH)
