"""One message of a catalogue as segments: markup and placeholders protected, ICU branches taken apart.

What a translator sees as one text is one segment. A message that is a plural or select argument (ICU MessageFormat,
https://unicode-org.github.io/icu/userguide/format_parse/messages/) is one segment for every branch, with the branch's
selector in square brackets behind the key: the categories of one language need not be those of another. Where words
stand around such an argument, the message is one segment that shows the words of all branches.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.segmentation import TextBuilder
from termcheck.model import ProtectedKind, SegmentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.corpus.readers.editable import Editable
    from termcheck.corpus.readers.source_map import MappedText
    from termcheck.corpus.segmentation import Draft

# Every repetition is bounded, so that hostile text cannot make the search quadratic.
_MARKUP = re.compile(
    r"""
    (?P<tag> </?[A-Za-z][\w:.-]{0,60}(?:\s[^<>]{0,2000})?\s?/?> | <!--[^<>]{0,2000}--> )
  | (?P<entity> &(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31}); )
  | (?P<typed> \{\s{0,9}[\w.-]{1,60}\s{0,9},\s{0,9}(?:number|date|time|spellout|ordinal|duration)\b[^{}]{0,120}\} )
    """,
    re.VERBOSE,
)
_COMPLEX = re.compile(r"\{\s{0,9}(?P<name>[\w.-]{1,60})\s{0,9},\s{0,9}(?P<type>plural|select|selectordinal)\s{0,9},")
_SELECTOR = re.compile(r"\s{0,200}(?:offset:\s?\d{1,9}\s{1,9})?(?P<selector>=\d{1,9}|[\w.-]{1,60})\s{0,200}\{")
_WORD = re.compile(r"[^\W_]")
_NUMBER_SIGN = re.compile("#")
_SYNTAX = re.compile("['{}]")
_BRACE = re.compile("[{}]")
_NO_KEY = '""'
"""In place of an empty key, which would say that there is none."""
_CLOSE = re.compile(r"\s{0,200}\}")
_MAX_DEPTH = 8


class Literal(NamedTuple):
    """``[start, end)`` of a message is no text but has to stay the same, or as ``value`` when that is not empty."""

    start: int
    end: int
    kind: ProtectedKind = ProtectedKind.PLACEHOLDER
    value: str = ""


def message_drafts(
    message: MappedText,
    key: str,
    *,
    icu: bool = True,
    markup: bool = True,
    literals: tuple[Literal, ...] = (),
    edit: Editable | None = None,
    branch_edit: Editable | None = None,
) -> Iterator[Draft]:
    """The segments of a message, whose escapes are resolved already.

    ``icu``: whether the format may hold ICU messages; ``markup``: whether tags and entities of HTML are markup in it.
    ``literals`` are placeholders that the format knows, in order. ``edit`` says how the whole message is changed;
    ``branch_edit`` says it for a part, where that is another way.
    """
    text = message.text
    part = _parsed(text) if icu and _COMPLEX.search(text) else None
    for suffix, own, pieces in _texts(text, part or _Part([_Piece(0, len(text))], len(text)), ""):
        builder = TextBuilder(message.source)
        for piece in pieces:
            if piece.argument:
                builder.protect(ProtectedKind.PLACEHOLDER, builder.length, builder.length, piece.argument)
            elif piece.gap:
                builder.replaced(" ", *message.raw_range(piece.start, piece.end))
            else:
                _show(message, builder, piece, _found(text, piece, markup, literals))
        branch = _edit_of_branch(branch_edit or edit, message, own) if suffix else edit
        draft = builder.finish(SegmentKind.PARAGRAPH, key=key + suffix or _NO_KEY, edit=branch)
        if draft:
            yield draft


def _edit_of_branch(edit: Editable | None, message: MappedText, branch: _Part) -> Editable | None:
    """As ``edit``, for one branch; None where what is edited is not the message as it was parsed."""
    if edit is None or edit.text is not message:
        return None
    return replace(edit, span=(branch.start, branch.end))


def _show(message: MappedText, builder: TextBuilder, piece: _Piece, found: list[tuple[Literal, str]]) -> None:
    start = piece.start
    for literal, shown in found:
        if literal.start < start:
            continue
        message.show(builder, start, literal.start)
        start = literal.end
        at = builder.length
        if literal.kind is not ProtectedKind.HTML:
            message.show(builder, literal.start, literal.end)
        elif shown:
            builder.replaced(shown, *message.raw_range(literal.start, literal.end))
            continue
        value = literal.value or message.text[literal.start : literal.end]
        builder.protect(literal.kind, at, builder.length, value)
    message.show(builder, start, piece.end)


def _found(text: str, piece: _Piece, markup: bool, literals: tuple[Literal, ...]) -> list[tuple[Literal, str]]:
    """What is no plain text in a piece, each with what it shows instead, in order."""
    found = [(each, "") for each in literals if piece.start <= each.start and each.end <= piece.end]
    for match in _MARKUP.finditer(text, piece.start, piece.end):
        if match.lastgroup == "typed":
            found.append((Literal(*match.span()), ""))
        elif markup:
            shown = "" if match.lastgroup == "tag" else html.unescape(match[0])
            if shown != match[0] and "\0" not in shown:
                found.append((Literal(*match.span(), ProtectedKind.HTML), shown))
    if piece.plural:
        found += [(Literal(*match.span()), "") for match in _NUMBER_SIGN.finditer(text, piece.start, piece.end)]
    # What holds something else comes before it, and takes its place.
    return sorted(found, key=lambda each: (each[0].start, -each[0].end))


class _Piece(NamedTuple):
    """Text between two braces, in a branch of a plural where ``#`` is the number.

    Or else the name of an ``argument``, in the place of its braces, or the ``gap`` behind one of its branches.
    """

    start: int
    end: int
    plural: bool = False
    argument: str = ""
    gap: bool = False


@dataclass(slots=True)
class _Branching:
    """A plural or select argument; ``shown`` stands for it among the placeholders."""

    shown: str
    branches: list[tuple[str, _Part]] = field(default_factory=list)


@dataclass(slots=True)
class _Part:
    """A message or a branch of one: pieces and arguments in order."""

    items: list[_Piece | _Branching] = field(default_factory=list)
    end: int = 0
    start: int = 0
    after: int = 0
    """Behind the brace that closes a branch and the character that follows it, of which there always is one."""


class _BrokenError(Exception):
    """The braces do not say what a plural or select argument has to say."""


def _texts(text: str, part: _Part, suffix: str) -> Iterator[tuple[str, _Part, list[_Piece]]]:
    """What stands for itself in a part: its branches, or all of it."""
    arguments = [item for item in part.items if isinstance(item, _Branching)]
    around = (item for item in part.items if isinstance(item, _Piece))
    if len(arguments) == 1 and not any(_WORD.search(text, piece.start, piece.end) for piece in around):
        for selector, branch in arguments[0].branches:
            yield from _texts(text, branch, f"{suffix}[{selector}]")
    else:
        yield suffix, part, list(_flat(part))


def _flat(part: _Part) -> Iterator[_Piece]:
    for item in part.items:
        if isinstance(item, _Piece):
            yield item
        else:
            yield _Piece(0, 0, argument=item.shown)
            for _, branch in item.branches:
                yield from _flat(branch)
                yield _Piece(branch.end, branch.after, gap=True)


def _parsed(text: str) -> _Part | None:
    """An ICU message; None if it is no well-formed one."""
    try:
        return _part(text, 0, False, 0)[0]
    except _BrokenError:
        return None


def _part(text: str, start: int, plural: bool, depth: int) -> tuple[_Part, int]:
    """The text from ``start`` to the brace that closes it, or to the end of the message."""
    if depth > _MAX_DEPTH:
        raise _BrokenError
    part = _Part(start=start)
    position = begin = start
    while position < len(text) and text[position] != "}":
        if text[position] == "'":
            position = _quoted(text, position)
        elif text[position] != "{":
            position = stop.start() if (stop := _SYNTAX.search(text, position)) else len(text)
        elif match := _COMPLEX.match(text, position):
            part.items.append(_Piece(begin, position, plural))
            argument, position = _argument(text, match, depth)
            part.items.append(argument)
            begin = position
        else:
            position = _simple(text, position)
    if (position >= len(text)) is not (depth == 0):
        raise _BrokenError
    part.items.append(_Piece(begin, position, plural))
    part.end = position
    return part, position


def _argument(text: str, match: re.Match[str], depth: int) -> tuple[_Branching, int]:
    position = match.end()
    found = _Branching(f"{{{match['name']}, {match['type']}}}")
    while branch := _SELECTOR.match(text, position):
        part, position = _part(text, branch.end(), match["type"] != "select", depth + 1)
        position += 1
        part.after = position + 1
        found.branches.append((branch["selector"], part))
    close = _CLOSE.match(text, position)
    if close is None or not found.branches:
        raise _BrokenError
    return found, close.end()


def _quoted(text: str, position: int) -> int:
    """Behind an apostrophe, or behind the text that a pair of them takes out of the syntax."""
    if text[position + 1 : position + 2] not in ("{", "}", "#", "|"):
        return position + 1
    end = text.find("'", position + 2)
    return len(text) if end < 0 else end + 1


def _simple(text: str, position: int) -> int:
    """Behind an argument without branches."""
    stop = _BRACE.search(text, position + 1)
    if stop is None or stop[0] == "{":
        raise _BrokenError
    return stop.end()
