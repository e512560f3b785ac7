"""Reading one file: bytes to a document, a document to its segments."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termcheck.corpus.decode import Undecodable
from termcheck.corpus.layouts import named_languages
from termcheck.corpus.readers import reader_for, reader_of
from termcheck.corpus.readers.base import BrokenFileError, ParagraphMode, ReadOptions
from termcheck.corpus.segmentation import number
from termcheck.model import Document, Position, Segment

if TYPE_CHECKING:
    from pathlib import Path

_START = Position(1, 1)
LARGEST = 10 * 2**20
"""Bytes that a file may have, or unpack to, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class ReadProblem:
    """A file that cannot be read as text. ``reason`` is a clause; ``position`` is where the trouble starts."""

    path: str
    lang: str
    reason: str
    position: Position = _START


def read_document(
    root: Path, path: str, lang: str, *, max_size: int, text_paragraphs: ParagraphMode = "auto"
) -> Document | ReadProblem:
    """Read the file ``path`` (POSIX, relative to ``root``) as a version in the language ``lang``.

    A file larger than ``max_size`` bytes is not read. Nothing is raised for what the file is or holds.
    """
    if reader_for(path.rpartition("/")[2]) is None:
        return ReadProblem(path, lang, "no reader knows this kind of file")
    content = read_bytes(root, path, max_size)
    if isinstance(content, str):
        return ReadProblem(path, lang, content)
    return parse_document(content, path, lang, text_paragraphs=text_paragraphs, max_size=max_size)


def parse_document(
    content: bytes,
    path: str,
    lang: str,
    *,
    text_paragraphs: ParagraphMode = "auto",
    max_size: int = LARGEST,
) -> Document | ReadProblem:
    """The content of a file ``path`` as a version in the language ``lang``.

    What it unpacks to may not be larger than ``max_size`` bytes.
    """
    reader = reader_for(path.rpartition("/")[2])
    if reader is None:
        return ReadProblem(path, lang, "no reader knows this kind of file")
    decoded = reader.decode(content, max_size)
    if isinstance(decoded, Undecodable):
        return ReadProblem(path, lang, decoded.reason, decoded.position)
    options = ReadOptions(text_paragraphs=text_paragraphs, lang=lang, path=path, named=named_languages(path))
    return Document(path, lang, decoded.text, reader.format(decoded.text, options), decoded.bom, decoded.encoding)


def passed_over(document: Document) -> tuple[tuple[Position, str], ...]:
    """What of a document is not read because its reader does not know what it is: places and noun phrases."""
    found = reader_of(document.format).passed_over(document.text)
    return tuple((document.position(offset), what) for offset, what in found)


def segment(document: Document) -> tuple[Segment, ...]:
    """The segments of a document in file order; their spans do not overlap.

    Only those of cells that are drawn beside each other, over several lines, do.

    Raises `BrokenFileError` for a document that is not what its format asks for, which running text always is.
    """
    reader = reader_of(document.format)
    return number(document, reader.drafts(document.text, document.format))


def segment_or_problem(document: Document) -> tuple[Segment, ...] | ReadProblem:
    """As `segment`, without raising anything."""
    try:
        return segment(document)
    except BrokenFileError as error:
        offset = min(error.offset, len(document.text))
        return ReadProblem(document.path, document.lang, error.reason, document.position(offset))


def read_bytes(root: Path, path: str, max_size: int) -> bytes | str:
    """A file's content, or why there is none: it lies outside the root, is no regular file, or is too large."""
    try:
        place = (root / path).resolve()
        if not place.is_relative_to(root.resolve()):
            return "the path leads out of the folder"
        # Without O_NONBLOCK, opening a named pipe waits for a writer.
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return "it is no regular file"
            data = file.read(max_size + 1)
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return f"the file cannot be read: {reason or error}"
    if len(data) > max_size:
        return f"the file is larger than {max_size:,} bytes"
    return data
