"""Where sentences are, for the literal checks. The one place to change for another splitter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termcheck.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCE_END = re.compile(r"[.!?…:؟]+[\"'”’»)\]]*\s|[。！？]+[」』”’）]*|\n")


def split_sentences(text: str) -> Iterator[Span]:
    """The sentences of a text in order, without the white space between them."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    body = piece.strip()
    if body:
        first = start + len(piece) - len(piece.lstrip())
        yield Span(first, first + len(body))
