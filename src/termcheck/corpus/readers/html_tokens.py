"""The tokens of an HTML file with their exact places, as the standard's tokenizer finds them in any text.

turbohtml gives the line and the column where each token starts; a token ends where the next one starts.
"""

from __future__ import annotations

import html
import re
from enum import Enum
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from turbohtml import Token

_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
_TAG_NAME = re.compile(r"</?[^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>=][^\s/>=]*+)"""
    r"""(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+)))?+"""
)


class HtmlTokenKind(Enum):
    """What a token is; what a browser shows nothing of is ``OTHER``."""

    TEXT = "text"
    REFERENCE = "character reference"
    START = "start tag"
    END = "end tag"
    COMMENT = "comment"
    OTHER = "other"


class HtmlToken(NamedTuple):
    """``[start, end)`` of the file.

    ``value`` is the lower-case name of a tag, what a text or a reference shows (line breaks as line feeds), or the
    content of a comment.
    """

    kind: HtmlTokenKind
    start: int
    end: int
    value: str


class Attribute(NamedTuple):
    """The place of an attribute's value in the file, without quotes, and the value, its references resolved."""

    start: int
    end: int
    value: str


def html_tokens(text: str) -> Iterator[HtmlToken]:
    """All tokens of a file in order. What only browsers without scripts show (``noscript``) is taken apart, too."""
    script_free = False
    for token in _tokens(text):
        if script_free and token.kind is HtmlTokenKind.TEXT:
            inner = text[token.start : token.end]
            for each in _tokens(inner):
                yield each._replace(start=token.start + each.start, end=token.start + each.end)
        else:
            yield token
        script_free = token.kind is HtmlTokenKind.START and token.value == "noscript"


def attributes(text: str, token: HtmlToken) -> Mapping[str, Attribute]:
    """The attributes of a start tag by their lower-case names; of two with one name the first counts."""
    found: dict[str, Attribute] = {}
    name = _TAG_NAME.match(text, token.start, token.end)
    position = name.end() if name else token.end
    while match := _ATTRIBUTE.match(text, position, token.end):
        position = match.end()
        group = match.lastgroup or "name"
        start, end = match.span(group) if group != "name" else (match.end(), match.end())
        found.setdefault(match["name"].lower(), Attribute(start, end, html.unescape(text[start:end])))
    return found


def _tokens(text: str) -> Iterator[HtmlToken]:
    import turbohtml

    # Where the lines start; turbohtml counts them as HTML does, with any of the three line breaks.
    lines = list(accumulate(chain((0,), (len(match[0]) for match in _LINE.finditer(text)))))
    before: Token | None = None
    start = 0
    for token in turbohtml.tokenize(text, resolve_references=False):
        place = lines[token.line - 1] + token.col
        if before is not None:
            yield _placed(before, start, place)
        before, start = token, place
    if before is not None:
        yield _placed(before, start, len(text))


def _placed(token: Token, start: int, end: int) -> HtmlToken:
    kind = _KINDS.get(token.type.name, HtmlTokenKind.OTHER)
    is_tag = kind in (HtmlTokenKind.START, HtmlTokenKind.END)
    return HtmlToken(kind, start, end, (token.tag if is_tag else token.data) or "")


_KINDS = {
    "TEXT": HtmlTokenKind.TEXT,
    "CHARACTER_REFERENCE": HtmlTokenKind.REFERENCE,
    "START_TAG": HtmlTokenKind.START,
    "END_TAG": HtmlTokenKind.END,
    "COMMENT": HtmlTokenKind.COMMENT,
}
