"""TC407."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import CorpusRule
from termcheck.rules.concept_rows import source_words
from termcheck.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.concept_rows import SourceWord
    from termcheck.rules.facts import CorpusFacts


class TermUntranslated(CorpusRule):
    """The source's word for a concept was left untranslated, although the language has its own.

    ## Why
    Readers meet a foreign word for a thing that has another name in the rest of the texts.

    ## How it is decided
    The source's paragraph uses a glossary word, the same word stands in the version's paragraph, and none of the
    version's own words for the concept does. The version has a word of its own: one of the glossary, or the usual one
    of this corpus. Code, quotations, names in capitals, words in brackets and copied phrases do not count. Nor do
    paragraphs that are not translated at all (TC301), concepts that are not to be translated, or a loan that is one
    of the language's words in this corpus.

    ## Wrong
    Polish "Ten workspace jest pusty" for "This workspace is empty", with `pl: obszar roboczy`.

    ## Right
    "Ten obszar roboczy jest pusty".
    """

    code = "TC407"
    name = "term-untranslated"
    severity = Severity.WARNING

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for found in source_words(facts):
            yield self._left(facts, found)

    def _left(self, facts: CorpusFacts, found: SourceWord) -> Finding:
        document, place = found.document, found.place
        entry = facts.glossary.words(found.concept, place.lang)
        words = [term.text for term in entry.accepted] if entry else []
        if not words:
            words = [
                use.renderings[0].word
                for use in facts.uses
                if (use.concept, use.lang) == (found.concept, place.lang) and use.renderings
            ]
        marks = {**document.term_marks(place.row, found.concept), place.lang: (found.span,)}
        return self.finding(
            document.cell(place).location(found.span),
            f"“{found.word}” was left untranslated; the {display_name(place.lang)} term for {found.concept} is "
            f"{any_of(words)}.",
            document=document.key,
            confidence=0.9 if entry else 0.7,
            excerpts=document.excerpts(place, marks),
            evidence={"word": found.word, "expected": words},
            concepts=(found.concept,),
        )
