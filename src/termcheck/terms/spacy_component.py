"""The ``termcheck_terms`` component of spaCy pipelines. Only spaCy imports this module, by its entry point."""

# No postponed annotations: spaCy reads the factory's signature to check the configuration.
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from termcheck.terms.matcher import TermMatcher, TermPattern

SPANS_KEY = "terms"
"""The group in ``doc.spans`` that holds the hits."""


class TermComponent:
    """Writes the terms of a document to ``doc.spans["terms"]``: the label is the concept, the id the term's status.

    A span covers every token that the hit touches.
    """

    def __init__(self, matcher: TermMatcher) -> None:
        self._matcher = matcher

    def __call__(self, doc: Doc) -> Doc:
        spans = (
            doc.char_span(hit.start, hit.end, label=hit.concept, span_id=hit.status, alignment_mode="expand")
            for hit in self._matcher.find(doc.text)
        )
        doc.spans[SPANS_KEY] = [span for span in spans if span is not None]
        return doc


def make_terms(nlp: Language, name: str, patterns: list[dict[str, Any]]) -> TermComponent:
    """Makes the component: ``nlp.add_pipe("termcheck_terms", config={"patterns": [{"concept": ..., "text": ...}]})``.

    ``patterns`` are mappings with the fields of `TermPattern`, for the language of the pipeline.

    Raises:
        TypeError: a pattern has an unknown field, or lacks ``concept`` or ``text``.
    """
    del name
    return TermComponent(TermMatcher(nlp.lang, [_pattern(fields) for fields in patterns]))


Language.factory("termcheck_terms", default_config={"patterns": []}, assigns=["doc.spans"], func=make_terms)


def _pattern(fields: dict[str, Any]) -> TermPattern:
    values: dict[str, Any] = {
        key: tuple(value) if key in {"forms", "never"} else value for key, value in fields.items()
    }
    return TermPattern(**values)
