"""Runs of paragraphs that are not in their language, for the two rules that report them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termcheck.model import Location, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from termcheck.model import Excerpt
    from termcheck.rules.facts import DocumentFacts, Place

SHOWN = 3
"""Paragraphs of a longer run that are quoted."""


class ForeignRun(NamedTuple):
    """Neighbouring paragraphs of one version in one foreign language; ``whole`` when they are the whole file."""

    lang: str
    identified: str
    places: list[Place]
    whole: bool

    def location(self, facts: DocumentFacts) -> Location:
        """From the first paragraph to the last."""
        first, last = (facts.cell(self.places[index]).location() for index in (0, -1))
        return Location(first.path, first.lang, min(first.start, last.start), max(first.end, last.end))

    def excerpts(self, facts: DocumentFacts) -> tuple[Excerpt, ...]:
        """A single paragraph beside its counterparts; of a run the first few alone."""
        if len(self.places) == 1:
            (place,) = self.places
            return facts.excerpts(place, {self.lang: [Span(0, len(facts.cell(place).text))]})
        return tuple(facts.excerpts(place)[0] for place in self.places[:SHOWN])

    def subject(self) -> str:
        """What the message is about, with its verb."""
        if self.whole:
            return "This file is"
        return "This paragraph is" if len(self.places) == 1 else f"These {len(self.places)} paragraphs in a row are"


def foreign_runs(facts: DocumentFacts, identified: Mapping[Place, str]) -> Iterator[ForeignRun]:
    """The runs among cells with the language that each is in, in the order of the text."""
    for lang in facts.alignment.languages:
        cells = sorted((facts.cell(place).segments[0].index, place) for place in identified if place.lang == lang)
        total = sum(bool(row.cells[lang]) for row in facts.alignment.rows)
        run: list[Place] = []
        last = -1
        for index, place in cells:
            if run and (index != last + 1 or identified[place] != identified[run[-1]]):
                yield ForeignRun(lang, identified[run[0]], run, whole=False)
                run = []
            run.append(place)
            last = facts.cell(place).segments[-1].index
        if run:
            yield ForeignRun(lang, identified[run[0]], run, whole=len(run) == total > 1)
