from __future__ import annotations

import json
from typing import Any

import jsonschema

from aligned_rows import alignment, cell
from termcheck.model import Alignment, Cell
from termcheck.report.align_json import to_align_json
from termcheck.schema import load_schema


def written(found: Alignment) -> dict[str, Any]:
    data = json.loads(to_align_json(found))
    jsonschema.Draft202012Validator(load_schema("alignment.v1")).validate(data)
    assert isinstance(data, dict)
    return data


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(load_schema("alignment.v1"))


def test_rows() -> None:
    data = written(
        alignment(
            {"en": cell("en", "One. Two."), "pl": cell("pl", "Raz.", "Dwa.", confidence=0.98765, first=2)},
            {"en": Cell(confidence=0.75), "pl": cell("pl", "Sam.", moved=True)},
            excluded=True,
        )
    )
    assert data["schema"] == "termcheck/alignment/v1"
    assert data["source"] == "en"
    assert data["versions"][1] == {"lang": "pl", "path": "pl/a.md", "paragraphs": 3, "coverage": 0.6667}
    assert data["excluded"] == [{"lang": "de", "path": "de/a.md", "score": 0.0123}]
    first, second = data["rows"]
    assert (first["row"], first["confidence"]) == (1, 0.9877)
    assert first["cells"]["pl"]["segments"][1] == {
        "number": 4,
        "kind": "paragraph",
        "level": 0,
        "text": "Dwa.",
        "start": {"line": 4, "column": 1},
        "end": {"line": 4, "column": 5},
    }
    assert second["cells"]["en"] == {"confidence": 0.75, "moved": False, "segments": []}
    assert second["cells"]["pl"]["moved"] is True


def test_a_version_without_text() -> None:
    data = written(alignment({"en": cell("en", "A."), "pl": Cell()}, source=None))
    assert data["source"] is None
    assert data["versions"][1] == {"lang": "pl", "path": None, "paragraphs": 0, "coverage": 0.0}


def test_texts_stay_as_they_are() -> None:
    hostile = "<b>\x1b\u202e ##[error] \ud800"
    data = written(alignment({"en": cell("en", hostile), "pl": cell("pl", "x")}))
    assert data["rows"][0]["cells"]["en"]["segments"][0]["text"] == "<b>\x1b\u202e ##[error] \ufffd"
