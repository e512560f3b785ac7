"""Subtitles: SubRip (``.srt``) and WebVTT (https://www.w3.org/TR/webvtt1/)."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from termcheck.corpus.readers.base import BrokenFileError, FileKind, Reader
from termcheck.corpus.readers.editable import editable_lines
from termcheck.corpus.segmentation import TextBuilder
from termcheck.model import ProtectedKind, SegmentKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termcheck.corpus.segmentation import Draft

_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n|\Z)")
_STAMP = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s{{0,9}}{_STAMP}\s{{1,9}}-->\s{{1,9}}{_STAMP}")
_MARKUP = re.compile(
    r"(?P<tag></?[A-Za-z][^<>\r\n]{0,200}>|<[\d:.]{5,20}>|\{\\[^{}\r\n]{1,99}\})|(?P<entity>&[a-z]{2,6};)"
)
_ASIDE = ("NOTE", "STYLE", "REGION")


class SrtReader(Reader):
    """Reads ``.srt``: every cue is a segment, its lines joined."""

    name: ClassVar[str] = "srt"
    suffixes: ClassVar[tuple[str, ...]] = (".srt",)
    kind: ClassVar[FileKind] = FileKind.SUBTITLES
    utf16: ClassVar[bool] = True

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002, ARG002
        cues = list(_cues(text))
        if not cues and text.strip():
            raise BrokenFileError("it holds no cue with its times")
        for cue in cues:
            draft = _draft(text, cue)
            if draft:
                yield draft


class VttReader(SrtReader):
    """Reads ``.vtt``; notes, styles and regions are left out."""

    name: ClassVar[str] = "vtt"
    suffixes: ClassVar[tuple[str, ...]] = (".vtt",)

    def drafts(self, text: str, format: str) -> Iterable[Draft]:  # noqa: A002
        if not text.startswith("WEBVTT"):
            raise BrokenFileError('it is no WebVTT: it does not start with "WEBVTT"')
        return super().drafts(text, format)

    def comments(self, text: str) -> Iterable[tuple[Span, str]]:
        for block in _blocks(text):
            start, end = block[0].start(), block[-1].end()
            if text.startswith("NOTE", start):
                yield Span(start, start + len(text[start:end].rstrip())), text[start + 4 : end]


def _blocks(text: str) -> Iterator[list[re.Match[str]]]:
    """The lines that stand together, between blank ones."""
    block: list[re.Match[str]] = []
    for line in _LINE.finditer(text):
        if line[0].strip():
            block.append(line)
        elif block:
            yield block
            block = []


def _cues(text: str) -> Iterator[list[re.Match[str]]]:
    """The lines of text of every cue."""
    for block in _blocks(text):
        if text.startswith(_ASIDE, block[0].start()):
            continue
        for index, line in enumerate(block[:2]):
            if _TIMING.match(line[0]):
                yield block[index + 1 :]
                break


def _draft(text: str, lines: list[re.Match[str]]) -> Draft | None:
    builder = TextBuilder(text)
    behind = 0
    for index, line in enumerate(lines):
        start, end = line.start(), line.start() + len(line[0].rstrip("\r\n"))
        if index:
            builder.replaced("\n", behind, start)
        for match in _MARKUP.finditer(text, start, end):
            builder.literal(start, match.start())
            start = match.end()
            if match["tag"]:
                builder.protect(ProtectedKind.HTML, builder.length, builder.length, match[0])
            else:
                builder.replaced(html.unescape(match[0]), *match.span())
        builder.literal(start, end)
        behind = end
    if not lines:
        return None
    edit = editable_lines(text, lines[0].start(), behind, lead="")
    # An arrow would start another cue.
    return builder.finish(SegmentKind.PARAGRAPH, edit=replace(edit, fits=lambda new: "-->" not in new))
