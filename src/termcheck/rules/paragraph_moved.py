"""TC103."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Excerpt, Finding, Location, Role, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.wording import counted, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class ParagraphMoved(DocumentRule):
    """Paragraphs stand at another place than in the other versions.

    ## Why
    Text that was moved in one version only makes later updates go wrong, and readers who are told "as described
    above" look in vain.

    ## How it is decided
    Segments that the in-order alignment leaves alone in two versions are matched once more, regardless of order. A
    run of neighbours counts as moved together; a lone sentence needs a much closer match. The smaller of the two
    parts that changed places is the one that counts as moved.

    ## Wrong
    The section "Limits" stands before "Troubleshooting" in all versions and after it in the Polish one.

    ## Right
    One order in all versions.
    """

    code = "TC103"
    name = "paragraph-moved"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for lang in facts.alignment.languages:
            moved = [
                (cell.segments[0].index, row.index)
                for row in facts.alignment.rows
                if (cell := row.cells[lang]) and cell.moved
            ]
            run: list[tuple[int, int]] = []
            for segment, row_index in sorted(moved):
                if run and not 0 < segment - run[-1][0] <= 2:
                    yield self._run(facts, lang, run)
                    run = []
                run.append((segment, row_index))
            if run:
                yield self._run(facts, lang, run)

    def _run(self, facts: DocumentFacts, lang: str, run: list[tuple[int, int]]) -> Finding:
        rows = [row for _, row in run]
        cells = [facts.cell(Place(row, lang)) for row in rows]
        first, last = cells[0].location(), cells[-1].location()
        expected = facts.insertion_point(Place(rows[-1], lang))
        others = languages((o for o in facts.alignment.rows[rows[0]].present() if o != lang), facts.source)
        what = "This paragraph stands" if len(run) == 1 else f"These {counted(len(run), 'paragraph')} stand"
        it = "it" if len(run) == 1 else "they"
        excerpts = list(facts.excerpts(Place(rows[0], lang)))
        if len(run) > 1:
            excerpts.insert(1, Excerpt(Role.CONTEXT, last, cells[-1].text))
        return self.finding(
            Location(first.path, first.lang, first.start, max(first.end, last.end)),
            f"{what} at another place than in {others}: there {it} would be at line {expected.start.line}.",
            document=facts.key,
            confidence=min(cell.confidence for cell in cells),
            excerpts=excerpts,
            evidence={"paragraphs": len(run), "rows": rows, "expected_line": expected.start.line},
        )
