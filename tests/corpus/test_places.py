"""Lines and columns, in every format: each character of a text is where its place says, whatever stands before it."""

from __future__ import annotations

import re
import unicodedata

import pytest

from segment_checks import check_segments
from termcheck.corpus.reading import parse_document, segment
from termcheck.corpus.writing import edited
from termcheck.errors import EditError
from termcheck.model import Document
from writable_files import WRITABLE_FILES

# A tab, an astral character, one that NFC composes, and one that takes no column of its own.
PRESSURE = "\U0001f600 z\u0307a\u0301 \t\u200d日"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("path", WRITABLE_FILES)
def test_every_character_is_where_its_place_says(path: str, newline: str) -> None:
    content = "\ufeff" + WRITABLE_FILES[path].replace("\n", newline)
    document = parse_document(content.encode(), path, "pl")
    assert isinstance(document, Document)
    # Every text gets what shifts columns, so that all that follows in its line and file is shifted too.
    for index, each in enumerate(segment(document)):
        try:
            document = edited(segment(document)[index], f"x{PRESSURE} {each.text}")
        except EditError:
            continue
    assert document.text.count(PRESSURE[0]) > 0
    check_places(document)


def check_places(document: Document) -> None:
    segments = segment(document)
    check_segments(segments)
    lines = re.split("\r\n|\r|\n", document.text)
    exact = 0
    for each in segments:
        start, end = each.location().start, each.location().end
        first = document.text[each.span.start]
        assert first in "\r\n" or lines[start.line - 1][start.column - 1] == first
        assert lines[end.line - 1][: end.column - 1].endswith(document.text[each.span.end - 1].strip("\r\n"))
        for at, char in enumerate(each.text):
            span = each.raw_span(at, at + 1)
            if span.end - span.start != 1 or char.isspace():
                continue
            place = each.location(at, at + 1).start
            stands = lines[place.line - 1][place.column - 1]
            exact += stands == char
            assert stands == char or unicodedata.normalize("NFC", stands) == char
    assert exact > 5
