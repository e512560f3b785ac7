from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden import check_golden
from hostile_texts import HOSTILE_TEXTS, with_text
from sample_result import sample_result
from termcheck.model import Finding, Location, Position, RunResult, Severity
from termcheck.report.context import no_text
from termcheck.report.rdjson import byte_column, to_rdjson
from termcheck.report.source_lines import SourceLines

if TYPE_CHECKING:
    from pathlib import Path

# The part of reviewdog's DiagnosticResult that is used; it refuses fields that it does not know.
POSITION: dict[str, Any] = {
    "type": "object",
    "required": ["line"],
    "properties": {"line": {"minimum": 1}, "column": {"minimum": 1}},
    "additionalProperties": False,
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "object", "required": ["name"]},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity", "code"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string"},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {"type": "object", "required": ["value"]},
                    "location": {
                        "type": "object",
                        "required": ["path", "range"],
                        "properties": {
                            "range": {
                                "type": "object",
                                "required": ["start", "end"],
                                "properties": {"start": POSITION, "end": POSITION},
                                "additionalProperties": False,
                            }
                        },
                    },
                },
            },
        },
    },
}


def finding(path: str, start: tuple[int, int], end: tuple[int, int]) -> RunResult:
    place = Location(path, "ko", Position(*start), Position(*end))
    return RunResult((Finding("TC401", "concepts-collapsed", Severity.ERROR, 1.0, "m", place),))


def marked(folder: Path, result: RunResult) -> bytes:
    """What the bytes of the file say at the range that the report names."""
    [diagnostic] = json.loads(to_rdjson(result, SourceLines(folder)))["diagnostics"]
    place = diagnostic["location"]
    lines = (folder / place["path"]).read_bytes().split(b"\n")
    start, end = place["range"]["start"], place["range"]["end"]
    assert start["line"] == end["line"]
    line: bytes = lines[start["line"] - 1]
    return line[start["column"] - 1 : end["column"] - 1]


def test_golden_rdjson() -> None:
    lines = {"pl/guide/clients.md": "Żółty klient wysyła żądanie, a klient nigdy go nie widzi."}
    check_golden("report.rdjson.json", to_rdjson(sample_result(), lambda path, _: lines.get(path)))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("클라이언트가 요청을 보내며, 고객은 볼 수 없습니다.", "고객"),
        ("Müşteri isteği gönderir; müşteri onu hiç görmez.", "müşteri"),
        ("😀 the client 😀", "client"),
        ("e\u0301 client", "client"),
    ],
)
def test_columns_are_bytes(tmp_path: Path, text: str, word: str) -> None:
    (tmp_path / "a.md").write_text(f"first\n{text}\n", "utf-8")
    at = text.index(word) + 1
    assert marked(tmp_path, finding("a.md", (2, at), (2, at + len(word)))) == word.encode()


def test_a_byte_order_mark_counts(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + "고객 a".encode())
    assert marked(tmp_path, finding("a.md", (1, 1), (1, 3))) == b"\xef\xbb\xbf\xea\xb3\xa0\xea\xb0\x9d"[3:]


def test_an_insertion_point_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("고객\n", "utf-8")
    [found] = json.loads(to_rdjson(finding("a.md", (1, 3), (1, 3)), SourceLines(tmp_path)))["diagnostics"]
    assert found["location"]["range"]["start"] == found["location"]["range"]["end"] == {"line": 1, "column": 7}


def test_without_the_text_only_lines_are_named(tmp_path: Path) -> None:
    [found] = json.loads(to_rdjson(finding("gone.md", (4, 3), (5, 3)), SourceLines(tmp_path)))["diagnostics"]
    assert found["location"]["range"] == {"start": {"line": 4}, "end": {"line": 5}}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")), st.data())
def test_a_column_is_one_more_than_the_bytes_before_it(line: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line)))
    assert line.encode()[: byte_column(line, at + 1) - 1].decode() == line[:at]
    assert byte_column(line, len(line) + 5) == len(line.encode()) + 1


def test_bytes_that_are_not_utf_8_count_as_they_are() -> None:
    line = b"a\xffb".decode("utf-8", "surrogateescape")
    assert byte_column(line, 3) == 3


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_every_report_has_the_shape_that_reviewdog_reads(text: str) -> None:
    report = json.loads(to_rdjson(with_text(text), no_text))
    jsonschema.validate(report, SCHEMA)
    assert len(report["diagnostics"]) == 5
    assert not any("\x1b" in each["message"] or "\n" in each["message"] for each in report["diagnostics"])
