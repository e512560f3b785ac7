"""GNU gettext PO and POT files (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader, ReadOptions
from termcheck.corpus.readers.editable import Editable, c_escaped
from termcheck.corpus.readers.escapes import visible
from termcheck.corpus.readers.messages import message_drafts
from termcheck.corpus.readers.source_map import MappedText
from termcheck.languages import LanguageTagError, normalise
from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.segmentation import Draft

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_KEYWORD = re.compile(
    r"[ \t]{0,99}(?P<word>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<form>\d{1,2})\])?[ \t]{0,99}(?=\")"
)
_STRING = re.compile(r'[ \t]{0,99}"(?P<text>[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*)"[ \t]{0,99}[\r\n]{0,2}\Z')
_ESCAPE = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{2}|.)")
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
# In the header, which is the translation of the empty text.
_LANGUAGE = re.compile(r'"Language:[ \t]{0,9}([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3})[ \t]{0,9}\\n"')
_CHARSET = re.compile(r"\bcharset=([\w.:-]{1,40})\\n")
_TEMPLATE_CHARSET = "CHARSET"
"""In templates that have not been given one."""
_USUAL_SOURCE = "en"
_KEYS = "message ids are the keys of all translations: change it in the program and extract the messages anew"
_SEPARATOR = "\x04"
"""Between context and message id, as in compiled catalogues."""


class _Field(NamedTuple):
    """One string of an entry, as a map into the file, and the place of its keyword."""

    text: MappedText
    offset: int


@dataclass(slots=True)
class _Entry:
    fuzzy: bool = False
    context: _Field | None = None
    id: _Field | None = None
    plural: _Field | None = None
    strings: dict[int, _Field] = field(default_factory=dict)

    @property
    def key(self) -> str:
        own = self.id.text.text if self.id else ""
        return f"{self.context.text.text}{_SEPARATOR}{own}" if self.context else own


class PoReader(Reader):
    """Reads ``.po`` and ``.pot``: ``po (source)`` are the message ids, ``po (target)`` the translations.

    ``po (own)``, for English, are the translations with the message ids where there are none: what gettext shows.
    """

    name: ClassVar[str] = "po"
    suffixes: ClassVar[tuple[str, ...]] = (".po", ".pot")
    kind: ClassVar[FileKind] = FileKind.BILINGUAL

    def encoding(self, head: str) -> str | None:
        declared = _CHARSET.search(head)
        return declared[1] if declared and declared[1] != _TEMPLATE_CHARSET else None

    def format(self, text: str, options: ReadOptions) -> str:
        language = _LANGUAGE.search(text)
        named = options.named or {_normalised(language[1])} if language else options.named
        if options.path.lower().endswith(".pot") or options.lang not in named:
            return "po (source)"
        return "po (own)" if options.lang.partition("-")[0] == _USUAL_SOURCE else "po (target)"

    def languages(self, text: str) -> tuple[str, ...]:
        language = _LANGUAGE.search(text)
        return (language[1],) if language else ()

    def sides(self, text: str) -> tuple[str, ...]:  # noqa: ARG002
        return ("po (source)", "po (target)")

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        for entry in _entries(text):
            if entry.id is None or not entry.id.text.text:
                continue
            found = [] if format.endswith("(source)") else list(_target_drafts(entry))
            yield from found if found or format.endswith("(target)") else _source_drafts(entry)

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        """Translator comments: those that start with ``#`` and a space."""
        for line in _LINE.finditer(text):
            if line[0].startswith("# "):
                yield Span(line.start(), line.start() + len(line[0].rstrip())), line[0][2:].rstrip()


def _normalised(tag: str) -> str:
    try:
        return normalise(tag)
    except LanguageTagError:
        return ""


def _source_drafts(entry: _Entry) -> Iterator[Draft]:
    if entry.id is None:
        return
    if entry.plural is None:
        yield from _ids(entry.id, entry.key)
    else:
        yield from _ids(entry.id, f"{entry.key}[one]")
        yield from _ids(entry.plural, f"{entry.key}[other]")


def _ids(value: _Field, key: str) -> Iterator[Draft]:
    for draft in message_drafts(value.text, key, icu=False):
        yield replace(draft, fixed=_KEYS)


def _target_drafts(entry: _Entry) -> Iterator[Draft]:
    if entry.fuzzy:
        return
    last = max(entry.strings, default=0)
    for form, string in sorted(entry.strings.items()):
        suffix = ""
        if entry.plural is not None:
            suffix = "[other]" if form == last else "[one]" if form == 0 else f"[={form}]"
        yield from message_drafts(string.text, entry.key + suffix, icu=False, edit=Editable(string.text, c_escaped))


def _entries(text: str) -> Iterator[_Entry]:
    """The entries in use; raises `BrokenFileError` for a line that is none of the format."""
    entry = _Entry()
    current: _Field | None = None
    for line in _LINE.finditer(text):
        content = line[0].strip()
        if not content:
            continue
        if content.startswith("#"):
            if entry.strings:
                yield entry
                entry, current = _Entry(), None
            if content.startswith("#,"):
                entry.fuzzy |= "fuzzy" in re.split(r"[\s,]+", content[2:])
            continue
        keyword = _KEYWORD.match(text, line.start(), line.end())
        if keyword is None:
            if current is None:
                raise BrokenFileError("this line is neither a keyword, a comment nor a text in quotes", line.start())
            _take_string(text, current, line.start(), line.end())
            continue
        if keyword["word"] in ("msgctxt", "msgid") and entry.strings:
            yield entry
            entry = _Entry()
        current = _Field(MappedText(text), keyword.start("word"))
        _put(entry, keyword, current)
        _take_string(text, current, keyword.end(), line.end())
    if entry.strings:
        yield entry
    elif entry.id is not None:
        raise BrokenFileError("a msgid without msgstr", entry.id.offset)


def _put(entry: _Entry, keyword: re.Match[str], value: _Field) -> None:
    word = keyword["word"]
    if word == "msgctxt" and entry.id is None and entry.context is None:
        entry.context = value
    elif word == "msgid" and entry.id is None:
        entry.id = value
    elif word == "msgid_plural" and entry.id is not None and entry.plural is None and not entry.strings:
        entry.plural = value
    elif word == "msgstr" and entry.id is not None and int(keyword["form"] or 0) not in entry.strings:
        entry.strings[int(keyword["form"] or 0)] = value
    else:
        raise BrokenFileError(f"{word} is out of place here", value.offset)


def _take_string(text: str, target: _Field, start: int, end: int) -> None:
    string = _STRING.match(text, start, end)
    if string is None:
        raise BrokenFileError("this line is no text in quotes", start)
    position = string.start("text")
    for escape in _ESCAPE.finditer(text, *string.span("text")):
        target.text.add(position, escape.start())
        target.text.add_replaced(_unescaped(escape[0][1:]), *escape.span())
        position = escape.end()
    target.text.add(position, string.end("text"))


def _unescaped(code: str) -> str:
    if code[0] == "x" and len(code) == 3:
        return visible(int(code[1:], 16))
    if code[0] in "01234567":
        return visible(int(code, 8) & 0xFF)
    return _NAMED.get(code, code)
