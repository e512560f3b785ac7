"""Which format a file is in, by its name and its first lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.exchange.delimited import decode, delimiter_of, read_lines
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.pairs import COMMENT
from termcheck.exchange.registry import FORMATS
from termcheck.languages import LanguageTagError, normalise

if TYPE_CHECKING:
    from termcheck.exchange.format import Format

_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*:)?(xliff|tbx|martif)\b", re.IGNORECASE)
_XML_START = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
_BEGINNING = 65_536


def detect(name: str, raw: bytes) -> Format:
    """The format of a file of that name with that content. Raises ``ExchangeError`` when none fits."""
    if raw.lstrip().startswith(_XML_START):
        found = _ROOT.search(raw[:_BEGINNING].replace(b"\x00", b"").decode("latin-1"))
        if found is None:
            raise _unknown("this XML is neither TBX nor XLIFF")
        return FORMATS["xliff" if found[1].lower() == "xliff" else "tbx"]
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if not any(suffix in form.suffixes for form in FORMATS.values()):
        raise _unknown(f"nothing is known about {suffix or 'files without an extension'}")
    if suffix in FORMATS["tbx"].suffixes or suffix in FORMATS["xliff"].suffixes:
        raise ExchangeError("this is not XML")
    text = decode(raw)
    if suffix in FORMATS["omegat"].suffixes or text.startswith(COMMENT):
        return FORMATS["omegat"]
    return _table(text, suffix)


def _table(text: str, suffix: str) -> Format:
    first = text.lstrip("\r\n").partition("\n")[0]
    lines = read_lines(first + "\n", delimiter_of(text)) if first.count('"') % 2 == 0 else []
    cells = [cell.strip() for cell in lines[0].cells] if lines else []
    named = sum(map(_is_tag, cells))
    if named and {"pos", "description"} & set(cells):
        return FORMATS["google-set"]
    # DeepL's own exports name the languages behind the two words.
    paired = len(cells) in (4, 5) and list(map(_is_tag, cells[:4])) == [False, False, True, True]
    if named and not (paired and "concept" not in cells):
        return FORMATS["tsv" if suffix in FORMATS["tsv"].suffixes else "csv"]
    return FORMATS["omegat" if suffix in FORMATS["tsv"].suffixes else "deepl"]


def _is_tag(cell: str) -> bool:
    try:
        normalise(cell)
    except LanguageTagError:
        return False
    return True


def _unknown(what: str) -> ExchangeError:
    return ExchangeError(what, f"say what it is with --from and one of {', '.join(FORMATS)}")
