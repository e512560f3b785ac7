"""Tables as text, RFC 4180 and its kin: reading what spreadsheets write, writing what they may open."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from termcheck.exchange.errors import ExchangeError
from termcheck.positioned import MistakesError, decode_utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), behind any apostrophes.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_SEPARATOR = "|"


class Line(NamedTuple):
    """A row of cells that are not all empty; ``where`` is the line it ends on."""

    where: str
    cells: tuple[str, ...]


def decode(raw: bytes) -> str:
    """The text of a table: UTF-8, or UTF-16 with a byte order mark. Raises ``ExchangeError``."""
    try:
        if raw[:2] in _UTF_16:
            return raw.decode("utf-16")
        return decode_utf8(raw)
    except UnicodeDecodeError:
        raise ExchangeError("the file begins like UTF-16 and is not", "save it in the encoding UTF-8") from None
    except MistakesError as error:
        mistake = error.mistakes[0]
        raise ExchangeError(
            f"{mistake.position.line}:{mistake.position.column}: {mistake.message}", mistake.hint
        ) from None


def read_lines(text: str, delimiter: str, *, quoting: bool = True) -> list[Line]:
    """The rows of a table, empty ones left out. Raises ``ExchangeError`` with the line for what is no table."""
    lines_of = io.StringIO(text, newline="")
    if quoting:
        reader = csv.reader(lines_of, delimiter=delimiter, strict=True)
    else:
        reader = csv.reader(lines_of, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    try:
        lines = [Line(f"line {reader.line_num}", tuple(cells)) for cells in reader]
    except csv.Error as error:
        raise ExchangeError(f"{reader.line_num}:1: this is not a table: {error}") from None
    return [line for line in lines if any(cell.strip() for cell in line.cells)]


def delimiter_of(text: str) -> str:
    """The character that separates the cells of the first line: a comma, a semicolon or a tab."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def table_text(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    """The rows as text, each ending in a line feed, cells quoted where needed."""
    output = io.StringIO()
    csv.writer(output, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return output.getvalue()


def protect(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula: with an apostrophe in front where it might."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unprotect(cell: str) -> str:
    """What ``protect`` was given."""
    return cell[1:] if _PROTECTED.match(cell) else cell


def join_words(words: Iterable[str]) -> str:
    """Several words in one cell, with ``|`` between them; one inside a word is ``\\|``."""
    return _SEPARATOR.join(word.replace("\\", "\\\\").replace(_SEPARATOR, "\\|") for word in words)


def split_words(cell: str) -> list[str]:
    """The words of a cell; see ``join_words``."""
    words, start = [""], False
    for char in cell:
        if start:
            # A backslash before anything else is one, for those who do not know of the escape.
            words[-1] += char if char in "\\|" else f"\\{char}"
            start = False
        elif char == "\\":
            start = True
        elif char == _SEPARATOR:
            words.append("")
        else:
            words[-1] += char
    if start:
        words[-1] += "\\"
    return [word for word in words if word.strip()]
