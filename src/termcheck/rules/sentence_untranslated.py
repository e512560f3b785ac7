"""TC305."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity
from termcheck.rules.base import DocumentRule
from termcheck.rules.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import DocumentFacts


class SentenceUntranslated(DocumentRule):
    """A sentence inside a paragraph is in another language than the rest.

    ## Why
    When the original grows, the new sentence is often pasted into the translations and forgotten. The paragraph as a
    whole is in its language, so that a look at the whole does not find it.

    ## How it is decided
    Every sentence of a paragraph of several is judged like a paragraph by TC301 and TC302: a copy of a counterpart's,
    or surely identified as another language. Quotations, names, code and addresses do not count, nor does a
    counterpart that stands beside its whole translation, or below it as a paragraph of its own. Texts that stay as
    they are on purpose can be listed under `keep` in the configuration.

    ## Wrong
    A Polish paragraph that ends "You can change this in the settings."

    ## Right
    "Możesz to zmienić w ustawieniach."
    """

    code = "TC305"
    name = "sentence-untranslated"
    severity = Severity.WARNING

    def check(self, facts: DocumentFacts) -> Iterator[Finding]:
        for at, sentences in facts.literal.sentences.items():
            place = Place(*at)
            for sentence in sentences:
                own = display_name(place.lang)
                yield self.finding(
                    facts.cell(place).location(sentence.span),
                    f"This sentence is in {display_name(sentence.lang)}, not in {own}.",
                    document=facts.key,
                    confidence=sentence.confidence,
                    excerpts=facts.excerpts(place, {place.lang: [sentence.span]}),
                    why=[f"It is the same as in {display_name(sentence.lang)}."] if sentence.copied else [],
                    evidence={"identified": sentence.lang, "copied": sentence.copied},
                )
