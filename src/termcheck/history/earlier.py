"""The segments that a file had, from the content that git kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.corpus.reading import LARGEST, parse_document, segment_or_problem
from termcheck.model import Document

if TYPE_CHECKING:
    from termcheck.corpus.readers.base import ParagraphMode
    from termcheck.model import Segment


def earlier_segments(
    content: bytes | None, path: str, lang: str, text_paragraphs: ParagraphMode, max_size: int = LARGEST
) -> tuple[Segment, ...] | None:
    """The segments in ``content``, read as a version in ``lang`` at ``path``; None without one that can be read.

    What it unpacks to may not be larger than ``max_size`` bytes.
    """
    if content is None:
        return None
    read = parse_document(content, path, lang, text_paragraphs=text_paragraphs, max_size=max_size)
    found = segment_or_problem(read) if isinstance(read, Document) else None
    return found if isinstance(found, tuple) else None
