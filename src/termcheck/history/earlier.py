"""The segments that a file had, from the content that git kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.corpus.reading import parse_document, segment_or_problem
from termcheck.model import Document

if TYPE_CHECKING:
    from termcheck.corpus.readers.base import ParagraphMode
    from termcheck.model import Segment


def earlier_segments(
    content: bytes | None, path: str, lang: str, text_paragraphs: ParagraphMode
) -> tuple[Segment, ...] | None:
    """The segments in ``content``, read as a version in ``lang`` at ``path``; None without one that can be read."""
    read = None if content is None else parse_document(content, path, lang, text_paragraphs=text_paragraphs)
    found = segment_or_problem(read) if isinstance(read, Document) else None
    return found if isinstance(found, tuple) else None
