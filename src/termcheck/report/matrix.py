"""Concepts that must stay apart, against languages: the verdicts and the words with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from termcheck.model import Verdict
from termcheck.report.wording import language, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from termcheck.model import ConceptUse, GroupVerdict, Rendering

VERDICT_STYLES = {
    Verdict.DISTINCT: "green",
    Verdict.COLLAPSED: "bold red",
    Verdict.MIXED: "bold yellow",
    Verdict.UNKNOWN: "dim",
    Verdict.ACKNOWLEDGED: "blue",
}
"""How each verdict looks."""

# A group of more concepts has one column for all of them.
_MOST_COLUMNS = 3
# The most frequent words of a concept that are listed at verbosity 0.
_WORDS = 3

_LEARNED = "*"


def concept_matrices(verdicts: Sequence[GroupVerdict], verbosity: int) -> Iterator[tuple[RenderableType, ...]]:
    """For each group of concepts, in the order of the verdicts, its table and what is to be said on it."""
    groups = dict.fromkeys(verdict.group for verdict in verdicts)
    for group in groups:
        members = [verdict for verdict in verdicts if verdict.group == group]
        yield _table(group, members, verbosity), *_notes(members, verbosity)


def _table(group: tuple[str, ...], verdicts: Sequence[GroupVerdict], verbosity: int) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD,
        title=safe(" ≠ ".join(group), "bold").append("  must stay apart", "dim not bold"),
        title_justify="left",
        title_style="",
        pad_edge=False,
        show_edge=False,
        header_style="dim",
        border_style="dim",
    )
    table.add_column("Language", overflow="fold")
    table.add_column("Verdict", no_wrap=True)
    columns = len(group) <= _MOST_COLUMNS
    for heading in group if columns else ["Words"]:
        table.add_column(safe(heading), overflow="fold")
    for verdict in verdicts:
        uses = {use.concept: use for use in verdict.uses}
        words = [_words(uses.get(concept), verdict.shared, verbosity) for concept in group]
        if not columns:
            named = [safe(f"{concept}: ", "dim").append_text(text) for concept, text in zip(group, words, strict=True)]
            words = [Text("\n").join(named)]
        table.add_row(
            Text(language(verdict.lang)), Text(verdict.verdict.value, VERDICT_STYLES[verdict.verdict]), *words
        )
    return table


def _words(use: ConceptUse | None, shared: Sequence[str], verbosity: int) -> Text:
    if use is None or not use.renderings:
        return Text("–", "dim")
    most = _WORDS if verbosity < 1 else len(use.renderings)
    items = [_word(rendering, shared) for rendering in use.renderings[:most]]
    if len(use.renderings) > most:
        items.append(Text(f"{len(use.renderings) - most} more", "dim"))
    text = Text(", ").join(items)
    return text.append(_LEARNED, "dim") if use.induced else text


def _word(rendering: Rendering, shared: Sequence[str]) -> Text:
    style = "bold red" if rendering.word in shared else ""
    return safe(rendering.word, style).append(f" {rendering.rows:,}×", "dim")


def _notes(verdicts: Sequence[GroupVerdict], verbosity: int) -> Iterator[RenderableType]:
    silent = set() if verbosity > 0 else {Verdict.DISTINCT, Verdict.UNKNOWN}
    for verdict in verdicts:
        if verdict.explanation and verdict.verdict not in silent:
            line = Text(f"{language(verdict.lang)}: ", "bold").append_text(safe(verdict.explanation, "not bold"))
            yield Padding(line, (0, 0, 0, 2))
    if any(use.induced and use.renderings for verdict in verdicts for use in verdict.uses):
        yield Text(f"  {_LEARNED} The glossary has no word here; these were learned from the texts.", "dim")
