"""What people write into Markdown files that is no Markdown: found and hidden before the parser sees it.

Liquid and Hugo shortcodes, kramdown attributes, admonition fences, alert marks, and for MDX its imports, components
and expressions. One pass over the lines for what takes whole lines, one over the text between code for the rest; both
look ahead only a bounded distance, so the time is linear in the length of the file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.corpus.readers.front_matter import front_matter_end
from termcheck.corpus.readers.markdown_indented import IndentedBlocks
from termcheck.corpus.readers.markdown_lines import SyntaxLines
from termcheck.corpus.readers.masking import Masked, Masker
from termcheck.corpus.readers.mdx import hide_mdx_tag_or_expression, module_block_end
from termcheck.model import ProtectedKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE_BREAK = re.compile(r"\r\n?|\n")
_CONTAINER = r"[ \t>]{0,200}(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,20}){0,8}"
_FENCE_OPEN = re.compile(_CONTAINER + r"(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_FENCE_CLOSE = re.compile(r"[ \t>]{0,200}(?P<mark>`{3,}|~{3,})[ \t]*$")

# Where something may start that the second pass has to look at. Longer marks come before shorter ones.
_START = re.compile(r"\\.|`+|<!--|\$\$|\{%|\{\{[<%/]|\{/\*|\{:|\{\{|[<{]", re.DOTALL)
_MDX_ONLY = frozenset({"{/*", "<", "{"})
_RAW_BLOCK = re.compile(r"\{%-?[ ]*(comment|highlight)\b|\{\{[<%][ ]*(highlight|mermaid)\b")
_VARIABLE = re.compile(r"\{\{[^{}\r\n]{1,300}\}\}")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_SHORTCODE_REACH = 4000
_CODE_REACH = 4000


def mask_dialects(text: str, *, mdx: bool) -> Masked:
    """The text for the Markdown parser, of the same length, with front matter, shortcodes and the like hidden."""
    masker = Masker(text)
    front = front_matter_end(text)
    masker.blank(0, front)
    indented = IndentedBlocks(masker)
    for start, end in _outside_fences(text, front, masker, indented, mdx=mdx):
        _Scan(text, start, end, masker, mdx=mdx).run()
    return masker.finish(() if mdx else indented.finish())


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    for match in _LINE_BREAK.finditer(text, start):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _outside_fences(
    text: str, start: int, masker: Masker, indented: IndentedBlocks, *, mdx: bool
) -> Iterator[tuple[int, int]]:
    """The stretches of ``text[start:]`` between fenced code; lines that are only syntax are blanked on the way."""
    lines = SyntaxLines(masker)
    fence = ""
    region = start
    module_end = 0
    previous_blank = True
    for first, last in _lines(text, start):
        line = text[first:last] if last - first <= _SHORTCODE_REACH else text[first : first + _SHORTCODE_REACH]
        is_opening = not mdx and indented.take(line, first, last, in_code=bool(fence))
        if fence:
            closing = _FENCE_CLOSE.match(line)
            if closing and closing["mark"].startswith(fence):
                fence = ""
                region = last
            continue
        if first < module_end:
            continue
        opening = _FENCE_OPEN.match(line)
        if opening:
            fence = opening["mark"]
            yield region, first
            region = last
        elif mdx and previous_blank and (module_end := module_block_end(text, first)):
            masker.blank(first, module_end)
            yield region, first
            region = module_end
        elif not is_opening:
            lines.take(line, first)
        previous_blank = not line.strip() or first < module_end
    if not fence:
        yield region, len(text)


class _Scan:
    """The second pass over one stretch between fenced code."""

    def __init__(self, text: str, start: int, end: int, masker: Masker, *, mdx: bool) -> None:
        self._text = text
        self._position = start
        self._end = end
        self._masker = masker
        self._mdx = mdx
        self._absent: set[str] = set()

    def run(self) -> None:
        while match := _START.search(self._text, self._position, self._end):
            mark = match[0]
            self._position = match.end()
            if mark[0] == "\\" or (mark in _MDX_ONLY and not self._mdx):
                continue
            if mark[0] == "`":
                self._skip_code(match.start(), len(mark))
            elif mark == "<!--":
                self._comment(match.start())
            elif mark == "$$":
                self._formula(match.start())
            elif mark == "{:":
                self._attributes(match.start())
            elif mark == "{{" and not self._mdx:
                self._variable(match.start())
            elif mark in ("{%", "{{<", "{{%", "{{/"):
                self._shortcode(match.start(), mark)
            else:
                end = hide_mdx_tag_or_expression(self._text, match.start(), self._end, self._masker)
                self._position = end or match.start() + 1

    def _skip_code(self, start: int, length: int) -> None:
        """Go behind the inline code that starts here, if it ends in the same paragraph."""
        limit = min(self._end, start + _CODE_REACH)
        if blank := _BLANK_LINE.search(self._text, start, limit):
            limit = blank.start()
        for closing in re.compile("`+").finditer(self._text, start + length, limit):
            if closing.end() - closing.start() == length:
                self._position = closing.end()
                return

    def _comment(self, start: int) -> None:
        """Leave comments to the parser, but do not look into them."""
        end = self._find("-->", start + 2)
        if end >= 0:
            self._position = end + 3

    def _formula(self, start: int) -> None:
        """``$$ … $$`` in one paragraph: mathematics, in the notation of TeX."""
        limit = min(self._end, start + _CODE_REACH)
        if blank := _BLANK_LINE.search(self._text, start, limit):
            limit = blank.start()
        end = self._text.find("$$", start + 2, limit)
        if end >= 0:
            self._position = end + 2
            self._masker.blank_or_hide(start, self._position, ProtectedKind.CODE, visible=True)

    def _attributes(self, start: int) -> None:
        end = self._text.find("}", start, min(self._end, start + 1000))
        if end >= 0 and "\n" not in self._text[start:end]:
            self._position = end + 1
            self._masker.hide(start, self._position)

    def _variable(self, start: int) -> None:
        """``{{ site.title }}``: readers see its value, so it stays in the text."""
        match = _VARIABLE.match(self._text, start, self._end)
        if match:
            self._position = match.end()
            self._masker.hide(start, self._position, ProtectedKind.PLACEHOLDER, visible=True)

    def _shortcode(self, start: int, mark: str) -> None:
        closing = {"{%": "%}", "{{<": ">}}", "{{%": "%}}", "{{/": "}}"}[mark]
        end = self._text.find(closing, start + len(mark), min(self._end, start + _SHORTCODE_REACH))
        if end < 0:
            return
        end += len(closing)
        raw = _RAW_BLOCK.match(self._text, start)
        if raw:
            end = self._raw_block_end(raw[1] or raw[2], mark, end)
            self._masker.blank_or_hide(start, end, None)
        else:
            self._masker.blank_or_hide(start, end, ProtectedKind.PLACEHOLDER if mark != "{{/" else None)
        self._position = end

    def _raw_block_end(self, name: str, mark: str, start: int) -> int:
        """Where the block ends whose content is code or a comment; ``start`` if it does not end."""
        if mark in self._absent:
            return start
        ending = rf"\{{%-?[ ]*end{name}[ ]*-?%\}}" if mark == "{%" else rf"\{{\{{[<%][ ]*/[ ]*{name}[ ]*[>%]\}}\}}"
        match = re.compile(ending).search(self._text, start, self._end)
        if match is None:
            self._absent.add(mark)
            return start
        return match.end()

    def _find(self, what: str, start: int) -> int:
        """`str.find`, not repeated once there is nothing more to find."""
        if what in self._absent:
            return -1
        found = self._text.find(what, start, self._end)
        if found < 0:
            self._absent.add(what)
        return found
