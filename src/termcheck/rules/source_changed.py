"""TC106."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.history.comparison import changed_words
from termcheck.languages import display_name
from termcheck.model import Excerpt, Finding, Role, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import Row, Span
    from termcheck.rules.facts import DocumentFacts


class SourceChanged(DocumentRule):
    """The source of a paragraph changed, and its translation did not.

    ## Why
    The translation still says what the source said before. Nothing else shows it: both texts are fluent, and an edit
    of a few words hardly changes how alike they are.

    ## How it is decided
    Only with `--since`, and where there is a source language: a paragraph of the source whose words, links or
    placeholders are not the ones of the earlier commit, beside a paragraph that is the same as then. Line breaks, white
    space, punctuation and moved paragraphs are no change. A paragraph that is new in the source is TC101's.

    ## Wrong
    English: "Backups are kept for 30 days." became "Backups are kept for 90 days."; Polish still: "Kopie zapasowe są
    przechowywane przez 30 dni."

    ## Right
    The Polish text changes in the same pull request; or a look at it shows that it still holds, and the finding is
    ignored with that reason.
    """

    code = "TC106"
    name = "source-changed"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        change = facts.changes.get(facts.source or "")
        if facts.source is None or change is None:
            return
        for row in facts.alignment.rows:
            edited = [segment for segment in row.cells[facts.source].segments if segment.index in change.before]
            if not edited:
                continue
            before = "\n".join(change.before[segment.index] for segment in edited)
            marks = changed_words(before, row.cells[facts.source].text)
            if (
                marks
                or changed_words(row.cells[facts.source].text, before)
                or change.protected.intersection(segment.index for segment in edited)
            ):
                yield from self._row(facts, row, before, marks)

    def _row(self, facts: DocumentFacts, row: Row, before: str, marks: list[Span]) -> Iterator[Finding]:
        source = facts.source or ""
        for lang, cell in row.cells.items():
            change = facts.changes.get(lang)
            own = any(change and segment.index in change.changed for segment in cell.segments)
            if lang == source or not cell or own:
                continue
            place = Place(row.index, lang)
            earlier = Excerpt(
                Role.CONTEXT, row.cells[source].location(), before, tuple(changed_words(row.cells[source].text, before))
            )
            yield self.finding(
                cell.location(),
                f"The {display_name(source)} text changed, and this translation did not.",
                document=facts.key,
                confidence=cell.confidence,
                excerpts=[*facts.excerpts(place, {source: marks}), earlier],
                why=[f"Before the change the {display_name(source)} text was the one shown last."],
            )
