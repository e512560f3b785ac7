"""TC312."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place
from termcheck.wording import counted, named, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class NameMissing(DocumentRule):
    """A name in Latin letters that this version usually keeps is missing.

    ## Why
    Names of products and files (GitHub, README) should be called the same throughout a version. One that is translated
    or transliterated in some places only confuses readers, and a lost one often means a lost clause.

    ## How it is decided
    The source and at least three quarters of the other versions have the name in this paragraph, and this version has
    it in at least four fifths of the other paragraphs where that is so (at least five). A language that translates,
    transliterates or inflects the name beyond recognition is not asked about it.

    ## Wrong
    A Korean version with GitHub everywhere and 깃허브 in one paragraph.

    ## Right
    GitHub there, too.
    """

    code = "TC312"
    name = "name-missing"
    severity = Severity.NOTE

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for at, names in facts.literal.names.items():
            place = Place(*at)
            if facts.is_foreign(place):
                continue
            missing = [name.name for name in names]
            marks = {
                lang: sorted({span for name in names for span in name.places.get(lang, ())})
                for lang in facts.alignment.languages
            }
            yield self.finding(
                facts.cell(place).location(),
                f"The {named('name', missing)} {'is' if len(missing) == 1 else 'are'} missing in this version.",
                document=facts.key,
                confidence=0.6,
                excerpts=facts.excerpts(place, marks),
                why=[
                    f"This version has {quoted([name.name])} in {name.kept} of {counted(name.rows, 'other paragraph')} "
                    "where its counterparts have it."
                    for name in names
                ],
                evidence={"missing": missing},
            )
