"""TC409."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule
from termcheck.rules.facts import Place
from termcheck.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts
    from termcheck.terms.qualifiers import Unqualified


class QualifierMissing(CorpusRule):
    """A word that serves two concepts stands without the qualifier that the glossary asks for.

    ## Why
    The project accepts one word for two concepts in this language on the condition that a qualifier tells them apart.

    ## How it is decided
    `acknowledge:` names the concepts, the language and the `qualifier:` words. In rows that show one of the concepts
    without the other, the common word stands and none of the qualifiers does, in whatever inflection. Only one concept
    has to be qualified: the one in whose rows the qualifiers stand more often; when they stand nowhere, the one that
    the entry names first.

    ## Wrong
    Polish "Klient łączy się z serwerem" for a program, with `qualifier: [aplikacja kliencka]`.

    ## Right
    "Aplikacja kliencka łączy się z serwerem".
    """

    code = "TC409"
    name = "qualifier-missing"
    severity = Severity.WARNING

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for found in facts.unqualified:
            yield self._bare(facts, found)

    def _bare(self, facts: CorpusFacts, found: Unqualified) -> Finding:
        sighting = found.sighting
        document = facts.documents[sighting.document]
        place = Place(sighting.row, found.lang)
        marks = {**document.term_marks(sighting.row, found.concept), found.lang: sighting.spans}
        text = document.cell(place).text
        word = text[slice(*sighting.spans[0])] if sighting.spans else found.word
        where = document.cell(place).location(sighting.spans[0] if sighting.spans else None)
        return self.finding(
            where,
            f"{display_name(found.lang)} “{word}” means {found.concept} here, and {found.other} elsewhere: "
            f"the glossary asks for {any_of(found.qualifiers)}.",
            document=sighting.document,
            confidence=0.8,
            excerpts=document.excerpts(place, marks),
            evidence={"word": word, "qualifiers": list(found.qualifiers)},
            concepts=(found.concept, found.other),
        )
