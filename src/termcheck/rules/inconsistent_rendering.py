"""TC406."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule
from termcheck.rules.facts import Place
from termcheck.wording import counted, listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import Excerpt
    from termcheck.rules.facts import CorpusFacts
    from termcheck.terms.verdicts import Sighting, Wandering


class InconsistentRendering(CorpusRule):
    """A language has several words for one concept and uses now this one, now that.

    ## Why
    Readers who meet two words take it that two things are meant.

    ## How it is decided
    In the rows that show the concept, words of the language are counted: those that the glossary gives, and those
    learned from the rows. When a word that is not in the glossary (or not the most usual one, where the glossary gives
    none) stands alone in at least three rows and in 15 % of all, the concept has no fixed word. One finding per concept
    and language gives the counts; the usual word comes first. Several words that are all right belong in the glossary,
    as preferred and admitted.

    ## Wrong
    Indonesian *berkas* for "file" in 30 paragraphs and *file* in 10 others.

    ## Right
    One of the two, or both listed: `id: [berkas, file]`.
    """

    code = "TC406"
    name = "inconsistent-rendering"
    severity = Severity.NOTE

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for found in facts.wanderings:
            yield self._wandering(facts, found)

    def _wandering(self, facts: CorpusFacts, found: Wandering) -> Finding:
        (usual, common), (other, rare) = found.words[:2]
        shown = [_row(facts, found, sightings[0]) for sightings in (rare, common) if sightings]
        counts = listing([f"“{word}” ({counted(len(rows), 'row')})" for word, rows in found.words])
        return self.finding(
            shown[0][0].location,
            f"{display_name(found.lang)} has several words for {found.concept}: {counts}.",
            confidence=min(1.0, 0.5 + len(rare) / found.rows),
            excerpts=[excerpt for row in shown for excerpt in row],
            why=[
                f"Of {counted(found.rows, 'row')} each stands in so many without those before it; the clearest with "
                f"“{other}” is shown" + (f", and the clearest with “{usual}”." if common else ".")
            ],
            evidence={"lang": found.lang, "words": {word: len(rows) for word, rows in found.words}, "rows": found.rows},
            concepts=(found.concept,),
        )


def _row(facts: CorpusFacts, found: Wandering, sighting: Sighting) -> tuple[Excerpt, ...]:
    document = facts.documents[sighting.document]
    marks = document.term_marks(sighting.row, found.concept)
    return document.excerpts(Place(sighting.row, found.lang), {**marks, found.lang: sighting.spans})
