from __future__ import annotations

import dataclasses

from hostile_texts import many
from sample_result import sample_result
from termcheck.model import RunResult, SetSummary, VersionSummary
from termcheck.report.html.overview import elsewhere, heat_map


def test_a_cell_for_every_document_and_language() -> None:
    languages = ["ar", "de", "id", "pl", "tr"]
    [guide, _] = heat_map(sample_result(), languages)
    assert [cell.lang for cell in guide.cells] == languages
    arabic, german, indonesian, polish, turkish = guide.cells
    assert (arabic.coverage, arabic.heat, arabic.findings) == (95, 0, 0)
    assert german.version is None
    assert indonesian.coverage is None
    assert (polish.findings, polish.heat, polish.summary) == (2, 1, "1 error and 1 warning")
    assert turkish.summary == "1 error"


def test_warmer_with_more_findings() -> None:
    version = VersionSummary("pl", many(1).findings[0].location.path, 10, 0.999)
    summary = (SetSummary("guide/clients.md", None, 10, (version,)),)
    heats = []
    for count in (0, 1, 2, 3, 9, 10, 29, 30, 500):
        [row] = heat_map(dataclasses.replace(many(count), sets=summary), ["pl"])
        assert row.cells[0].coverage == 99
        heats.append(row.cells[0].heat)
    assert heats == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_files_that_are_no_versions_are_listed() -> None:
    [glossary] = elsewhere(sample_result())
    assert (glossary.path, glossary.findings, glossary.summary) == ("glossary.yaml", 1, "1 warning")
    assert elsewhere(RunResult(())) == []
