from __future__ import annotations

import re

import pytest

from golden import Printed, check_golden
from sample_result import LONG, location, sample_result
from termcheck.model import Finding, Severity
from termcheck.report.explain import Measure, measures, render_explanation


def render(finding: Finding, width: int = 80) -> str:
    printed = Printed(width)
    render_explanation(finding, printed.console)
    return printed.getvalue()


def sample(code: str) -> Finding:
    return next(item for item in sample_result().findings if item.code == code)


@pytest.mark.parametrize("code", ["TC401", "TC301", "TC101", "TC403"])
def test_golden_explanation(code: str) -> None:
    check_golden(f"explain-{code}.txt", render(sample(code)))


def test_texts_are_shown_in_full_with_their_places() -> None:
    text = render(sample("TC201"))
    shown = " ".join(re.findall(r"│ (.*)", text)).replace("⟦", "").replace("⟧", "")
    assert " ".join(LONG.split()) in shown
    assert "│ en/guide/clients.md:41:1\n" in text
    assert "…" not in text


def test_a_measure_stands_beside_its_threshold() -> None:
    assert re.search(r"^  similarity +0\.314 +0\.450$", render(sample("TC201")), re.MULTILINE)


def test_measures_are_in_words() -> None:
    evidence = {
        "usual_similarity": 0.5,
        "share": 0.25,
        "share_threshold": 0.6,
        "alone_threshold": 3,
        "scores": {"pl": 1, "pt-BR": None},
        "pairs": [{"a": True}, ["x", 2.0]],
        "empty": [],
        "none": {},
        "words": ("klient", "client", 1234),
        "count": 12345,
        "text": "t",
    }
    assert measures(evidence) == [
        Measure("usual similarity", "0.500"),
        Measure("share", "0.250", "0.600"),
        Measure("alone threshold", "3"),
        Measure("scores › pl", "1"),
        Measure("scores › pt-BR", "not known"),
        Measure("pairs › 1 › a", "yes"),
        Measure("pairs › 2", "x, 2.000"),
        Measure("empty", "none"),
        Measure("none", "none"),
        Measure("words", "klient, client, 1234"),
        Measure("count", "12,345"),
        Measure("text", "t"),
    ]


def test_a_finding_with_nothing_but_a_message_can_be_explained() -> None:
    finding = Finding("TC101", "n", Severity.NOTE, 0.2, "Something.", location("glossary.yaml", None, 2))
    text = render(finding)
    assert "Place        glossary.yaml:2:1\n" in text
    assert "Language" not in text
    assert "What was measured" not in text


@pytest.mark.parametrize("width", [30, 80])
def test_nothing_from_the_texts_acts_on_a_terminal(width: int) -> None:
    text = render(sample("TC301"), width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", text)
    assert not re.search(r"^\s*::[A-Za-z]", text, re.MULTILINE)
