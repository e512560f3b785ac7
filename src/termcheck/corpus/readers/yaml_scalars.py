"""The scalars of YAML: what a text says in each of the five styles, with its places, and how it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from termcheck.corpus.readers.editable import Editable, Requoting, editable_lines, json_escaped, line_start, same
from termcheck.corpus.readers.escapes import add_escaped, visible
from termcheck.corpus.readers.source_map import MappedText

if TYPE_CHECKING:
    from termcheck.model import Span

_WORD = re.compile(r"\S+")
_LINE_END = re.compile(r"\r\n?|\n")
_BREAK = r"[ \t]*+(?:\r\n?|\n)[ \t\r\n]*+"
_SINGLE = re.compile(rf"''|{_BREAK}")
_DOUBLE = re.compile(rf"\\x[0-9a-fA-F]{{2}}|\\u[0-9a-fA-F]{{4}}|\\U[0-9a-fA-F]{{8}}|\\(?:\r\n?|\n)[ \t]*+|\\.|{_BREAK}")
_NAMED = {
    "0": "\ufffd", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
# What the library does not take as it is between quotation marks; JSON escapes the rest.
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


def yaml_text(text: str, span: Span, style: str, value: str) -> MappedText:
    """What the scalar at ``span`` says, which is ``value``; ``style`` is as the library names it, or empty."""
    message = MappedText(text)
    if style == '"':
        add_escaped(message, span.start + 1, span.end - 1, _DOUBLE, _unescaped)
    elif style == "'":
        add_escaped(message, span.start + 1, span.end - 1, _SINGLE, lambda found: "'" if found == "''" else " ")
    else:
        _add_words(message, text, span, style, value)
    if message.text.split() != value.split() and "\ufffd" not in message.text:
        message = MappedText(text)
        message.add_replaced(value, *span)
    return message


def yaml_editable(text: str, span: Span, style: str, message: MappedText) -> Editable | None:
    """How the scalar is changed, whose text is ``message``; in blocks, which keep their lines, as it stands there."""
    if style in ("|", ">"):
        return _editable_block(text, span)
    requoting = Requoting(span, lambda new: f'"{_escaped(new)}"')
    if style == '"':
        return Editable(message, _escaped, requoting)
    if style == "'":
        return Editable(message, lambda new: new.replace("'", "''"), requoting, lambda new: "\n" not in new)
    return Editable(message, same, requoting, _is_plain)


def _editable_block(text: str, span: Span) -> Editable | None:
    header = _LINE_END.search(text, *span)
    if header is None:
        return None
    body = text[header.end() : span.end]
    start = header.end() + len(body) - len(body.lstrip())
    indent = start - line_start(text, start)
    return editable_lines(text, start, header.end() + len(body.rstrip()), rf"[ ]{{0,{indent}}}", " " * indent)


def _is_plain(new: str) -> bool:
    """Whether a text says itself without quotes."""
    try:
        return bool(yaml.safe_load(f"x: {new}") == {"x": new})
    except (yaml.YAMLError, ValueError, RecursionError):
        return False


def _escaped(text: str) -> str:
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json_escaped(text))


def _add_words(message: MappedText, text: str, span: Span, style: str, value: str) -> None:
    """The words of a scalar without escapes, in which only white space differs from the file."""
    position = span.start
    if style:
        header = _LINE_END.search(text, position, span.end)
        position = header.end() if header else span.end
    first = True
    for word in _WORD.finditer(value):
        at = text.find(word[0], position, span.end)
        if at < 0:
            return
        if not first:
            message.add_replaced(" ", position, at)
        message.add(at, at + len(word[0]))
        position = at + len(word[0])
        first = False


def _unescaped(escape: str) -> str:
    if escape[0] != "\\":
        return " "
    if escape[1] in "\r\n":
        return ""
    if len(escape) > 2:
        return visible(int(escape[2:], 16))
    return _NAMED.get(escape[1], escape[1])
