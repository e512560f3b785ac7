from __future__ import annotations

import pytest

from termcheck.cache import MemoryCache
from termcheck.corpus.reading import segment
from termcheck.corpus_terms import collect_terms
from termcheck.glossary import Concept, Glossary, LanguageTerms, Term
from termcheck.model import Alignment, Cell, Document, Row
from termcheck.progress import NoProgress
from termcheck.terms.endings import Endings, is_learned
from termcheck.terms.matcher import Certainty

# Invented words of a language without rules: "-as" and "-ui" in five paradigms, "-ybe" behind one beginning alone.
BEGINNINGS = ("namelt", "durvent", "galdon", "sperind", "mokest")
FORMS = [*(beginning + ending for beginning in BEGINNINGS for ending in ("as", "ui")), "nameltybe"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("klientui", True),
        ("klientas", True),
        ("klientybe", False),
        ("klinikui", False),
        ("klientui naujas", False),
    ],
)
def test_endings_that_take_each_others_place_make_forms(second: str, expected: bool) -> None:
    assert Endings("lt", FORMS).are_forms("klientas", second) is expected


def test_every_word_of_a_term_may_change() -> None:
    endings = Endings("lt", FORMS)
    assert endings.are_forms("sistemas klientas", "sistemui klientui")
    assert not endings.are_forms("sistemas klientas", "sistemybe klientui")


def test_too_few_words_prove_no_ending() -> None:
    assert not Endings("lt", FORMS[:8]).are_forms("klientas", "klientui")


def test_short_beginnings_prove_nothing() -> None:
    assert not Endings("lt", FORMS).are_forms("namas", "namui")


def test_languages_with_rules_or_without_spaces_learn_nothing() -> None:
    assert [lang for lang in ("pl", "pt-BR", "ja", "zh-Hans", "lt", "lv-LV") if is_learned(lang)] == ["lt", "lv-LV"]


def table(*texts: str) -> Alignment:
    rows = tuple(
        Row(number, {"lt": Cell(segment(Document("lt/a.md", "lt", text, "markdown")))})
        for number, text in enumerate(texts)
    )
    return Alignment("a.md", None, ("lt",), rows)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [(" ".join(FORMS), [Certainty.MATCH, Certainty.UNSURE]), ("", [Certainty.UNSURE, Certainty.UNSURE])],
    ids=["known endings", "unknown endings"],
)
def test_the_endings_of_the_whole_corpus_settle_unsure_hits(rest: str, expected: list[Certainty]) -> None:
    glossary = Glossary("glossary.yaml", (Concept("client", {"lt": LanguageTerms((Term("klientas"),))}),))
    alignments = [table("Klientui ir klientybe."), table(rest or "Nieko.")]
    first = collect_terms(
        [alignments[0], Alignment("b.md", None, ("lt",), alignments[1].rows)], glossary, MemoryCache(), NoProgress()
    )["a.md"]
    assert [hit.certainty for hit in first[0]["lt"].hits] == expected
