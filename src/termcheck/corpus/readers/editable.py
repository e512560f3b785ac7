"""What a person may edit of a segment, and how the format writes it: the way back that `corpus/writing.py` takes.

A reader hands an `Editable` to each segment that can be changed in the file. It shows what stands there without the
escapes of the format, and says how a new text is escaped. Whether that worked is seen by reading the result, so an
escape may be simple where the rare case is refused.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from termcheck.corpus.readers.source_map import MappedText

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.model import Span

LINE_BREAK = r"(?:\r\n?|\n)"
_LINE_BREAK = re.compile(LINE_BREAK)


class Requoting(NamedTuple):
    """Another way to write a text: ``write`` makes what replaces ``span``, quotes included."""

    span: Span
    write: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Editable:
    """The text to edit, and how to write it.

    ``text`` maps it to the file. ``escape`` makes what a part of it is written as. ``fits`` says whether a whole text
    can be written that way; ``requoting`` is tried when it cannot. ``span``, where given, is the part of ``text``
    that is this segment's.
    """

    text: MappedText = field(repr=False)
    escape: Callable[[str], str]
    requoting: Requoting | None = None
    fits: Callable[[str], bool] | None = None
    span: tuple[int, int] | None = None

    @property
    def shown(self) -> str:
        """What is edited."""
        start, end = self.span or (0, self.text.length)
        return self.text.text[start:end]


def same(text: str) -> str:
    """The escape of a place without escapes."""
    return text


def line_break(text: str) -> str:
    """The line break that a file uses: its first one."""
    found = _LINE_BREAK.search(text)
    return found[0] if found else "\n"


def line_start(text: str, offset: int) -> int:
    """Where the line starts that ``offset`` is in."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def editable_lines(source: str, start: int, end: int, lead: str = r"[ \t]*+", default: str = "") -> Editable:
    """What stands at ``[start, end)`` as it is, its further lines without what the pattern ``lead`` finds before them.

    A new line gets what the second line has there, or ``default`` where there is only one.
    """
    content = MappedText(source)
    position = start
    indent: str | None = None
    for match in re.compile(f"{LINE_BREAK}({lead})").finditer(source, start, end):
        content.add(position, match.start())
        content.add_replaced("\n", *match.span())
        position = match.end()
        if indent is None:
            indent = match[1]
    content.add(position, end)
    new_line = line_break(source) + (default if indent is None else indent)
    return Editable(content, lambda text: text.replace("\n", new_line))


def json_escaped(text: str) -> str:
    """A text as it stands between the quotation marks of JSON, and of YAML."""
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", r"\u007f")


def c_escaped(text: str) -> str:
    """A text as it stands between quotation marks in PO files and Apple's strings."""
    for char, escape in _C_ESCAPES:
        text = text.replace(char, escape)
    return text


_C_ESCAPES = (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\t", r"\t"), ("\r", r"\r"))
