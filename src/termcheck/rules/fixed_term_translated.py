"""TC408."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule
from termcheck.rules.concept_rows import missing_terms
from termcheck.wording import any_of, languages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.concept_rows import Missing
    from termcheck.rules.facts import CorpusFacts


class FixedTermTranslated(CorpusRule):
    """A word that is not to be translated is missing where the other versions have it.

    ## Why
    A product's name, translated, is a name that nobody knows.

    ## How it is decided
    The concept has `do_not_translate: true`. The row shows it when the source has its word, or without a source at
    least two versions, and three quarters of all other versions. The paragraph at hand does not hold the word, in
    whatever inflection. A text in another script than the word may transliterate it: such a version is only checked
    when the glossary gives it a word of its own. Initials stand for a term of several words (PR for "pull request"). A
    version that has the word in another paragraph of the document knows it, and may do without it here.

    ## Wrong
    German "Öffnen Sie die Leuchtbox" for "Open Lumenta Box".

    ## Right
    "Öffnen Sie Lumenta Box".
    """

    code = "TC408"
    name = "fixed-term-translated"
    severity = Severity.WARNING

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for found in missing_terms(facts, fixed=True):
            entry = facts.glossary.words(found.concept, found.place.lang)
            words = [term.text for term in entry.accepted] if entry else []
            text = found.document.cell(found.place).text
            is_own = found.place.lang in facts.glossary.concept(found.concept).terms
            held = any(word.casefold() in text.casefold() or _is_abbreviated(word, text) for word in words)
            if not held and not _knows(found) and (is_own or _share_a_script(words, text)):
                yield self._translated(found, words)

    def _translated(self, found: Missing, words: list[str]) -> Finding:
        document, place = found.document, found.place
        marks = document.term_marks(place.row, found.concept)
        return self.finding(
            document.cell(place).location(),
            f"{any_of(words)} is not to be translated, but is missing in this {display_name(place.lang)} paragraph.",
            document=document.key,
            confidence=0.8,
            excerpts=document.excerpts(place, marks),
            why=[f"It stands in {languages(marks, document.source)}."],
            evidence={"expected": words, "witnesses": sorted(marks)},
            concepts=(found.concept,),
        )


def _knows(found: Missing) -> bool:
    """Whether the version has the word elsewhere in the document."""
    return any(
        hit.concept == found.concept and hit.certainty == "match"
        for place, hits in found.document.hits.items()
        if place.lang == found.place.lang
        for hit in hits
    )


def _is_abbreviated(word: str, text: str) -> bool:
    """Whether the initials of a term of several words stand in the text, with an ending or without."""
    initials = "".join(part[0] for part in word.split()).upper()
    return len(initials) > 1 and re.search(rf"(?<![^\W_]){re.escape(initials)}(?![A-Z])", text) is not None


def _share_a_script(words: list[str], text: str) -> bool:
    """Whether most letters of the text are of a script of the words."""
    wanted = {_script(char) for word in words for char in word if char.isalpha()}
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(_script(char) in wanted for char in letters) > len(letters)


def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
