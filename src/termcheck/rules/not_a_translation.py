"""TC104."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Excerpt, Finding, Location, Position, Role, Severity
from termcheck.rules.base import DocumentRule
from termcheck.wording import languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class NotATranslation(DocumentRule):
    """A file is not a translation of the versions that it stands beside.

    ## Why
    A file under the wrong name or in the wrong folder gives readers another document than they asked for. It is left
    out of the alignment, so none of its paragraphs is compared with anything.

    ## How it is decided
    Before versions are aligned, the paragraphs that are each other's nearest neighbour and lie in order are counted,
    weighed by how far they beat their neighbourhood. Texts on one subject have many such pairs with margins around
    zero, translations have clear ones, even where only a part is translated. Very short files are not judged.

    ## Wrong
    `id/help/import-data.md` holds a text on shift schedules.

    ## Right
    It holds the translation of `en/help/import-data.md`.
    """

    code = "TC104"
    name = "not-a-translation"
    severity = Severity.ERROR

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for exclusion in facts.alignment.excluded:
            opening = facts.openings.get(exclusion.lang)
            start = Position(1, 1)
            place = opening.location if opening else Location(exclusion.path, exclusion.lang, start, start)
            excerpts = [] if opening is None else [Excerpt(Role.TARGET, opening.location, opening.text)]
            for lang in facts.alignment.languages:
                if lang in facts.openings:
                    other = facts.openings[lang]
                    role = Role.SOURCE if lang == facts.source else Role.WITNESS
                    excerpts.append(Excerpt(role, other.location, other.text))
            yield self.finding(
                place,
                f"This file is not a translation of {languages(facts.alignment.languages, facts.source)}; "
                "it was not compared with them.",
                document=facts.key,
                excerpts=excerpts,
                why=["Hardly any of its paragraphs has a counterpart there that is closer than chance would have it."],
                evidence={"score": exclusion.score},
            )
