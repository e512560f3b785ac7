from __future__ import annotations

import pytest
import spacy

from termcheck.terms import spacy_component


def test_the_component_writes_spans() -> None:
    nlp = spacy.blank("pl")
    nlp.add_pipe(
        "termcheck_terms",
        config={"patterns": [{"concept": "client", "text": "klient", "status": "forbidden", "never": ["klienta"]}]},
    )
    doc = nlp("Nasi klienci i klienta.")
    assert [(span.text, span.label_, span.id_) for span in doc.spans[spacy_component.SPANS_KEY]] == [
        ("klienci", "client", "forbidden")
    ]


def test_a_pipeline_without_terms_finds_nothing() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("termcheck_terms")
    assert list(nlp("client").spans["terms"]) == []


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        spacy.blank("en").add_pipe("termcheck_terms", config={"patterns": [{"concept": "a", "text": "a", "colour": 1}]})
