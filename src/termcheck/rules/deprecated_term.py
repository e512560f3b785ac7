"""TC405."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Finding, Severity, Span
from termcheck.rules.base import CorpusRule
from termcheck.wording import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.rules.facts import CorpusFacts, DocumentFacts, Place
    from termcheck.terms.matcher import TermHit


class DeprecatedTerm(CorpusRule):
    """A word that the glossary lists as deprecated or forbidden is used.

    ## Why
    The project has decided on another word. Old texts keep the old one until somebody looks.

    ## How it is decided
    The words under `deprecated:` and `forbidden:` are found in running text whatever their inflection. A hit that the
    matcher is not sure of is not reported. A forbidden word is an error, a deprecated one a warning.

    ## Wrong
    German "Allen Abnehmern steht die Hilfe offen", with `deprecated: [Abnehmer]`.

    ## Right
    "Allen Kunden steht die Hilfe offen".
    """

    code = "TC405"
    name = "deprecated-term"
    severity = Severity.WARNING

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:
        for document in facts.documents.values():
            for place, hits in document.hits.items():
                for hit in hits:
                    if hit.status in ("deprecated", "forbidden") and hit.certainty == "match":
                        yield self._use(facts, document, place, hit)

    def _use(self, facts: CorpusFacts, document: DocumentFacts, place: Place, hit: TermHit) -> Finding:
        entry = facts.glossary.words(hit.concept, place.lang)
        words = [term.text for term in entry.accepted] if entry else []
        instead = f"; use {any_of(words)}" if words else ""
        span = Span(hit.start, hit.end)
        return self.finding(
            document.cell(place).location(span),
            f"“{hit.surface}” is a {hit.status} {display_name(place.lang)} word for {hit.concept}{instead}.",
            document=document.key,
            excerpts=document.excerpts(place, {place.lang: [span]}),
            evidence={"word": hit.surface, "term": hit.term, "instead": words},
            concepts=(hit.concept,),
            severity=Severity.ERROR if hit.status == "forbidden" else None,
        )
