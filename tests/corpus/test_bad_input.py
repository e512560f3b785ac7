"""What no format may be brought down by: broken bytes, entities, long lines, deep nesting. Each is said or read."""

from __future__ import annotations

import pytest

from office_files import docx, odt
from termcheck.corpus.readers import READERS, reader_for
from termcheck.corpus.reading import ReadProblem, parse_document, segment_or_problem
from termcheck.model import Document, Position
from writable_files import WRITABLE_FILES

PATHS = [*WRITABLE_FILES, "a.docx", "a.odt"]
DEFINED = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
FETCHED = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
IN_XML = [path for path in WRITABLE_FILES if path.endswith((".xml", ".xlf", ".tmx", ".stringsdict"))]


def outcome(path: str, content: bytes) -> ReadProblem | int:
    """Why a file is not read, or how many texts it holds."""
    read = parse_document(content, path, "pl")
    found = segment_or_problem(read) if isinstance(read, Document) else read
    return found if isinstance(found, ReadProblem) else len(found)


def test_every_reader_is_tried() -> None:
    assert {reader_for(path.rpartition("/")[2]) for path in PATHS} == set(READERS)


@pytest.mark.parametrize("path", WRITABLE_FILES)
def test_broken_utf8_has_a_place(path: str) -> None:
    first, *rest = WRITABLE_FILES[path].encode().splitlines(keepends=True)
    found = outcome(path, first + b"\xc3" + b"".join(rest))
    assert isinstance(found, ReadProblem)
    assert "not valid UTF-8: byte 0xC3" in found.reason
    assert found.position == Position(2, 1)


@pytest.mark.parametrize("path", WRITABLE_FILES)
@pytest.mark.parametrize("end", [0.3, 0.6, 0.9])
def test_half_a_file_is_read_or_said(path: str, end: float) -> None:
    content = WRITABLE_FILES[path].encode()
    found = outcome(path, content[: int(len(content) * end)])
    assert isinstance(found, int) or found.reason


@pytest.mark.parametrize("path", [*IN_XML, "a.docx", "a.odt"])
@pytest.mark.parametrize("definition", [DEFINED, FETCHED], ids=["bomb", "file"])
def test_entities_are_refused(path: str, definition: str) -> None:
    if path in IN_XML:
        declaration = '<?xml version="1.0"?>'
        content = (declaration + definition + WRITABLE_FILES[path].removeprefix(declaration)).encode()
    else:
        content = (docx if path == "a.docx" else odt)("<a>&b;</a>")
    found = outcome(path, content)
    assert isinstance(found, ReadProblem)


@pytest.mark.parametrize("path", WRITABLE_FILES)
@pytest.mark.parametrize(
    "content", ["{" * 5000, "[" * 5000, "<a>" * 5000, "a:\n" * 5000, "- " * 3000, "> " * 1000, '"' * 5001]
)
def test_nesting(path: str, content: str) -> None:
    found = outcome(path, content.encode())
    assert isinstance(found, int) or found.reason
