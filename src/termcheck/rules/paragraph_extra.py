"""TC102."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Location, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.rules.gaps import extra_in, named, runs
from termcheck.rules.paragraph_missing import SHOWN
from termcheck.wording import counted, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class ParagraphExtra(DocumentRule):
    """A version has a paragraph that the source, or most other versions, lack.

    ## Why
    It may have been removed from the source since, belong to another document, or be an addition by the translator
    that the other languages should have too.

    ## How it is decided
    As for TC101, the other way round: with a source language, what the source lacks is extra; without one, what only
    a minority has. Neighbouring paragraphs are one finding. A title in the front matter is not extra: a site may ask
    for it where the original has none.

    ## Wrong
    A Polish page with a paragraph on opening hours that no other version has.

    ## Right
    The same paragraphs in all versions; or a local addition that the project has decided to accept.
    """

    code = "TC102"
    name = "paragraph-extra"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        extra: dict[str, list[int]] = {}
        for row in facts.alignment.rows:
            for lang in extra_in(facts, row):
                extra.setdefault(lang, []).append(row.index)
        for lang, rows in extra.items():
            for run in runs(rows):
                yield self._run(facts, lang, run)

    def _run(self, facts: DocumentFacts, lang: str, run: list[int]) -> Finding:
        cells = [facts.cell(Place(row, lang)) for row in run]
        first, last = cells[0].location(), cells[-1].location()
        row = facts.alignment.rows[run[0]]
        lack = languages((other for other, cell in row.cells.items() if not cell), facts.source)
        noun = "message" if row.key else "paragraph"
        what = f"These {counted(len(run), noun)} have"
        if len(run) == 1:
            what = f"The {named(row)} has" if row.key else "This paragraph has"
        excerpts = [excerpt for row_index in run[:SHOWN] for excerpt in facts.excerpts(Place(row_index, lang))[:1]]
        if len(run) == 1:
            excerpts = list(facts.excerpts(Place(run[0], lang)))
        return self.finding(
            Location(first.path, first.lang, first.start, max(first.end, last.end)),
            f"{what} no counterpart in {lack}.",
            document=facts.key,
            confidence=min(other.confidence for other in row.cells.values() if not other),
            excerpts=excerpts,
            why=[f"The first {SHOWN} of {counted(len(run), noun)} are shown."] if len(run) > SHOWN else [],
            evidence={"paragraphs": len(run), "rows": list(run)},
        )
