"""The statistics of a glossary as Markdown, for a page or a comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.report.markdown_text import escape
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termcheck.terms.statistics import ConceptStatistics, TermStatistics

_WORDS = 3


def stats_markdown(statistics: TermStatistics) -> str:
    """Two tables, and a third when there are concepts that must stay distinct."""
    return "\n".join(_lines(statistics)) + "\n"


def _lines(statistics: TermStatistics) -> Iterator[str]:
    yield "## Concepts"
    yield ""
    names = [f"{escape(display_name(lang))} ({escape(lang)})" for lang in statistics.languages]
    yield from _table(
        ["Concept", *names],
        (
            [escape(concept), *(_cell(statistics.cells[concept, lang]) for lang in statistics.languages)]
            for concept in statistics.concepts
        ),
    )
    yield ""
    yield "× counts the rows in which a word renders the concept, hits are the places where the glossary's words stand,"
    yield "and \\* marks words learned from the texts."
    yield ""
    yield "## Coverage"
    yield ""
    yield from _table(
        ["Language", "Words in the glossary", "Shown in the texts", "Rendered"],
        (
            [
                name,
                f"{each.worded:,} of {each.concepts:,}",
                f"{each.shown:,} of {each.concepts:,}",
                f"{each.rendered:,} of {each.concepts:,}",
            ]
            for name, each in zip(names, statistics.coverage, strict=True)
        ),
    )
    if statistics.groups:
        yield ""
        yield "## Concepts that must stay distinct"
        yield ""
        yield from _table(
            ["Concepts", "Language", "Verdict", "Shared words"],
            (
                [
                    escape(", ".join(verdict.group)),
                    f"{escape(display_name(verdict.lang))} ({escape(verdict.lang)})",
                    verdict.verdict.value,
                    escape(", ".join(verdict.shared)),
                ]
                for verdict in statistics.groups
            ),
        )


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _cell(cell: ConceptStatistics) -> str:
    from termcheck.terms.statistics import Origin

    words = [f"{escape(item.word)} {item.rows:,}×" for item in cell.renderings[:_WORDS]]
    if len(cell.renderings) > _WORDS:
        words.append(f"{len(cell.renderings) - _WORDS} more")
    learned = "\\*" if cell.origin is Origin.LEARNED else ""
    hits = f", {counted(cell.occurrences, 'hit')}" if cell.occurrences else ""
    return f"{', '.join(words)}{learned}<br>{cell.verdict.value}{hits}" if words else "–"
