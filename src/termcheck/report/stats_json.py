"""The statistics of a glossary as JSON: a public format of its own, version 1; fields may be added within it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from termcheck import __version__
from termcheck.report.json_text import json_text

if TYPE_CHECKING:
    from termcheck.terms.statistics import ConceptStatistics, TermStatistics

SCHEMA = "termcheck/glossary-stats/v1"


def stats_json(statistics: TermStatistics) -> str:
    """The statistics as JSON text, in the order of the glossary."""
    return json_text(
        {
            "schema": SCHEMA,
            "tool": {"name": "termcheck", "version": __version__},
            "languages": [
                {
                    "lang": each.lang,
                    "concepts": each.concepts,
                    "with_words": each.worded,
                    "shown": each.shown,
                    "rendered": each.rendered,
                }
                for each in statistics.coverage
            ],
            "concepts": [
                {
                    "concept": concept,
                    "languages": [_cell(statistics.cells[concept, lang]) for lang in statistics.languages],
                }
                for concept in statistics.concepts
            ],
            "distinct": [
                {
                    "group": list(verdict.group),
                    "lang": verdict.lang,
                    "verdict": verdict.verdict.value,
                    "shared": list(verdict.shared),
                }
                for verdict in statistics.groups
            ],
        }
    )


def _cell(cell: ConceptStatistics) -> dict[str, Any]:
    house = cell.house_word
    return {
        "lang": cell.lang,
        "verdict": cell.verdict.value,
        "rows": cell.rows,
        "occurrences": cell.occurrences,
        "words_from": cell.origin.value,
        "house_word": house.word if house else None,
        "renderings": [{"word": item.word, "rows": item.rows} for item in cell.renderings],
    }
