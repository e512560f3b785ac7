"""What every reader of a format offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Literal

from termcheck.corpus.decode import Decoded, Undecodable, decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.corpus.segmentation import Draft
    from termcheck.model import Span

# Bytes of a file in which it may say its encoding.
_HEAD = 65_536

ParagraphMode = Literal["auto", "line", "blank-line"]


class FileKind(StrEnum):
    """What files of a format are.

    ``TEXT``: running text. ``SUBTITLES``: text that is no version of other running text. ``CATALOGUE``: messages in one
    language, whatever the file's place. ``DATA``: anything that a program reads, so messages only where the place says
    so. ``BILINGUAL``: messages with their source. ``MULTILINGUAL``: all versions in one file.
    """

    TEXT = "text"
    SUBTITLES = "subtitles"
    CATALOGUE = "catalogue"
    DATA = "data"
    BILINGUAL = "bilingual"
    MULTILINGUAL = "multilingual"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read.

    ``text_paragraphs``: what a paragraph is in plain text. For formats that hold several languages,
    ``lang`` is the one wanted, normalised, ``path`` the file's, and ``named`` the languages that the path may name.
    """

    text_paragraphs: ParagraphMode = "auto"
    lang: str = ""
    path: str = ""
    named: frozenset[str] = frozenset()


class BrokenFileError(Exception):
    """A file is not what its format asks for: a clause that says why, and the offset where that shows."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


class Reader(ABC):
    """Knows one format: a new format is a module with a subclass and an entry in the registry.

    ``name`` is the format's name, a single word; ``suffixes`` are lower-case file name endings with their dot.
    ``kind`` says which layouts a file of this format can be a version in, ``utf16`` whether programs read the format in
    UTF-16, too.
    """

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    kind: ClassVar[FileKind] = FileKind.TEXT
    utf16: ClassVar[bool] = False

    def decode(self, content: bytes, max_size: int) -> Decoded | Undecodable:  # noqa: ARG002
        """The text of a file. What a file unpacks to may not be larger than ``max_size`` bytes either."""
        return decode(content, self.encoding(content[:_HEAD].decode("latin-1")), utf16=self.utf16)

    def encoding(self, head: str) -> str | None:  # noqa: ARG002
        """The encoding that a file declares, as it is written there; ``head`` is its beginning, byte by byte."""
        return None

    def languages(self, text: str) -> tuple[str, ...]:  # noqa: ARG002
        """The tags of the languages that one file says it holds, as written there; none for a file in one language."""
        return ()

    def format(self, text: str, options: ReadOptions) -> str:  # noqa: ARG002
        """The format of a file as `Document.format` says it: the name, then details that `drafts` needs."""
        return self.name

    def sides(self, text: str) -> tuple[str, ...]:  # noqa: ARG002
        """The formats of all versions that one file holds; none for a file in one language."""
        return ()

    @abstractmethod
    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        """The segments of a file, in any order; ``format`` is what `format` answered for it.

        Raises `BrokenFileError` for a file that is none of this format.
        """

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:  # noqa: ARG002
        """The place and the content of every comment in a file, in file order; none in a format without comments."""
        return ()

    def passed_over(self, text: str) -> Iterable[tuple[int, str]]:  # noqa: ARG002
        """What is not read because this reader does not know what it is: offsets and noun phrases, in file order."""
        return ()
