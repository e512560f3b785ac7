"""TC202."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.meaning.judge import Difference
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.judged import judged, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class TextOmitted(DocumentRule):
    """A paragraph leaves out a part of what its counterparts say.

    ## Why
    A dropped clause or sentence is the most common error of hurried translation, and invisible when reading one
    version alone.

    ## How it is decided
    Words next to each other in the other versions that support one another and find no support here add up to a
    passage. Function words and what is usually left unsaid between the two languages count little. The passage is
    marked in the counterparts; where it is a whole sentence, exactly that sentence.

    ## Wrong
    English "We delete the address and send a list of what was deleted", German "Wir löschen die Adresse".

    ## Right
    "Wir löschen die Adresse und schicken eine Liste dessen, was gelöscht wurde".
    """

    code = "TC202"
    name = "text-omitted"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for place, judgement in judged(facts, Difference.OMITS):
            message = "This paragraph leaves out a part of what the other versions say."
            yield self.finding(facts.cell(place).location(), message, **parts(facts, place, judgement))
