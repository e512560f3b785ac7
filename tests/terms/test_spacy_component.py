from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import spacy

from termcheck.terms import spacy_component

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


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


def test_a_pipeline_on_disk_makes_the_component_anew(tmp_path: Path) -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    declared = project["entry-points"]["spacy_factories"]["termcheck_terms"]
    assert EntryPoint("termcheck_terms", declared, "spacy_factories").load() is spacy_component.make_terms
    nlp = spacy.blank("tr")
    nlp.add_pipe("termcheck_terms", config={"patterns": [{"concept": "saas", "text": "SaaS"}]})
    nlp.to_disk(tmp_path / "pipeline")
    doc = spacy.load(tmp_path / "pipeline")("Bir SaaS'ın fiyatı")
    assert [(span.text, span.label_) for span in doc.spans["terms"]] == [("SaaS'ın", "saas")]
