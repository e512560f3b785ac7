"""The statistics of a glossary on a terminal: the matrix of concepts and languages, and how much of it is covered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from termcheck.report.console import print_blocks
from termcheck.report.matrix import VERDICT_STYLES
from termcheck.report.wording import language, safe
from termcheck.wording import counted, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from termcheck.terms.statistics import ConceptStatistics, TermStatistics

# What a column needs to be read, and the most frequent words that are shown in it.
_NARROWEST = 18
_CONCEPT_WIDTH = 20
_WORDS = 2


def print_stats(statistics: TermStatistics, console: Console) -> None:
    """Print the matrix, in several parts where the languages do not fit beside each other, and the coverage."""
    fitting = max((console.width - _CONCEPT_WIDTH) // _NARROWEST, 1)
    for start in range(0, len(statistics.languages), fitting):
        print_blocks(console, [_matrix(statistics, statistics.languages[start : start + fitting]), ""])
    print_blocks(console, [_coverage(statistics), "", *_groups(statistics)])


def _new_table(*, title: str = "") -> Table:
    return Table(
        box=box.SIMPLE_HEAD,
        title=Text(title, "bold") if title else None,
        title_justify="left",
        title_style="",
        pad_edge=False,
        show_edge=False,
        header_style="dim",
        border_style="dim",
    )


def _matrix(statistics: TermStatistics, langs: Sequence[str]) -> Table:
    table = _new_table()
    table.add_column("Concept", overflow="fold", max_width=_CONCEPT_WIDTH)
    for lang in langs:
        table.add_column(Text(language(lang)), overflow="fold")
    for concept in statistics.concepts:
        table.add_row(safe(concept), *(_cell(statistics.cells[concept, lang]) for lang in langs))
    return table


def _cell(cell: ConceptStatistics) -> Text:
    from termcheck.terms.statistics import Origin

    if not cell.renderings:
        return Text("–", "dim")
    items = [safe(item.word).append(f" {item.rows:,}×", "dim") for item in cell.renderings[:_WORDS]]
    if len(cell.renderings) > _WORDS:
        items.append(Text(f"{len(cell.renderings) - _WORDS} more", "dim"))
    text = Text(", ").join(items)
    if cell.origin is Origin.LEARNED:
        text.append("*", "dim")
    text.append("\n").append(cell.verdict.value, VERDICT_STYLES[cell.verdict])
    return text.append(f", {counted(cell.occurrences, 'hit')}", "dim") if cell.occurrences else text


def _coverage(statistics: TermStatistics) -> Table:
    table = _new_table(title="Coverage")
    for heading in ("Language", "Words in the glossary", "Shown in the texts", "Rendered"):
        table.add_column(heading, overflow="fold")
    for each in statistics.coverage:
        shares = (f"{count:,} of {each.concepts:,}" for count in (each.worded, each.shown, each.rendered))
        table.add_row(Text(language(each.lang)), *shares)
    return table


def _groups(statistics: TermStatistics) -> Iterator[Text]:
    for verdict in statistics.groups:
        line = safe(f"{' ≠ '.join(verdict.group)}, {language(verdict.lang)}: ")
        line.append(verdict.verdict.value, VERDICT_STYLES[verdict.verdict])
        yield line.append_text(safe(f" in {quoted(verdict.shared)}")) if verdict.shared else line
    legend = "× rows in which a word renders the concept; hits of the glossary's words; * learned from the texts"
    yield Text(legend, "dim")
