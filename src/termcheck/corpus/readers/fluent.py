"""Fluent (https://projectfluent.org/fluent/guide/), parsed by its reference implementation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader
from termcheck.corpus.readers.editable import Editable, editable_lines, line_start
from termcheck.corpus.readers.messages import Literal, message_drafts
from termcheck.corpus.readers.source_map import MappedText
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fluent.syntax import ast

    from termcheck.corpus.segmentation import Draft

_COMMENT = re.compile(r"^#{1,3}(?: ([^\r\n]*))?", re.MULTILINE)
_WORD = re.compile(r"[^\W_]")
_LARGEST = 1_000_000
"""The parser joins the lines of a text one by one, which takes quadratic time."""


class FluentReader(Reader):
    """Reads ``.ftl``: messages, terms and their attributes."""

    name: ClassVar[str] = "fluent"
    suffixes: ClassVar[tuple[str, ...]] = (".ftl",)
    kind: ClassVar[FileKind] = FileKind.CATALOGUE

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        from fluent.syntax import FluentParser, ast

        if len(text) > _LARGEST:
            raise BrokenFileError(f"a Fluent file of more than {_LARGEST:,} characters is not read")
        try:
            resource = FluentParser(with_spans=True).parse(text)
        except RecursionError:
            raise BrokenFileError("its placeables are nested too deeply") from None
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                found = entry.annotations[0]
                raise BrokenFileError(f"it is no Fluent: {found.message}", _span(found).start)
            if isinstance(entry, ast.Message | ast.Term):
                key = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
                if entry.value is not None:
                    yield from _pattern(text, entry.value, key)
                for attribute in entry.attributes:
                    yield from _pattern(text, attribute.value, f"{key}.{attribute.id.name}")

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        for match in _COMMENT.finditer(text):
            yield Span(*match.span()), match[1] or ""


def _pattern(text: str, pattern: ast.Pattern, key: str) -> Iterator[Draft]:
    """A pattern as segments: its variants, or all of it where words stand around them."""
    from fluent.syntax import ast

    selects = [select for element in pattern.elements if (select := _select(element)) is not None]
    around = (element.value for element in pattern.elements if isinstance(element, ast.TextElement))
    if len(selects) == 1 and len(pattern.elements) < 4 and not any(map(_WORD.search, around)):
        for variant in selects[0].variants:
            yield from _pattern(text, variant.value, f"{key}[{_name(variant)}]")
        return
    message = MappedText(text)
    literals: list[Literal] = []
    _add(message, pattern, literals)
    yield from message_drafts(message, key, icu=False, literals=tuple(literals), edit=_edit(text, pattern))


def _edit(text: str, pattern: ast.Pattern) -> Editable:
    """A pattern as it stands in the file, without the indentation of its lines."""
    span = _span(pattern)
    start = span.start + len(text[span.start : span.end]) - len(text[span.start : span.end].lstrip())
    line = text[line_start(text, start) : start]
    indent = " " * (len(line) - len(line.lstrip(" ")) + 4)
    return editable_lines(text, start, start + len(text[start : span.end].rstrip()), default=indent)


def _add(message: MappedText, pattern: ast.Pattern, literals: list[Literal]) -> None:
    from fluent.syntax import ast

    for element in pattern.elements:
        span = _span(element)
        select = _select(element)
        if isinstance(element, ast.TextElement):
            message.add(span.start, span.end)
        elif select is not None:
            for variant in select.variants:
                _add(message, variant.value, literals)
                end = _span(variant).end
                message.add_replaced(" ", end, end + 2)
        elif isinstance(element.expression, ast.StringLiteral):
            message.add_replaced(element.expression.parse()["value"].replace("\0", "\ufffd"), span.start, span.end)
        else:
            start = message.length
            message.add(span.start, span.end)
            # White space inside the braces is a matter of style.
            value = "".join(message.source[span.start : span.end].split())
            literals.append(Literal(start, message.length, value=value))


def _select(element: ast.TextElement | ast.Placeable) -> ast.SelectExpression | None:
    from fluent.syntax import ast

    expression = getattr(element, "expression", None)
    return expression if isinstance(expression, ast.SelectExpression) else None


def _name(variant: ast.Variant) -> str:
    from fluent.syntax import ast

    return f"={variant.key.value}" if isinstance(variant.key, ast.NumberLiteral) else variant.key.name


def _span(node: ast.SyntaxNode) -> Span:
    span = node.span
    return Span(span.start, span.end) if span is not None else Span(0, 0)
