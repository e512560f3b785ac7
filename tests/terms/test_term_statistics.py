from __future__ import annotations

from termcheck.glossary import Concept, Glossary, LanguageTerms, Term
from termcheck.model import ConceptUse, GroupVerdict, Rendering, Verdict
from termcheck.terms.collect import CellRecord
from termcheck.terms.matcher import Certainty, TermHit
from termcheck.terms.statistics import LanguageCoverage, Origin, TermStatistics, term_statistics
from termcheck.terms.verdicts import TermReport

GLOSSARY = Glossary(
    concepts=(
        Concept("b", {"en": LanguageTerms(preferred=(Term("bee"),))}),
        Concept("a", {"en": LanguageTerms(preferred=(Term("ant"),)), "pl": LanguageTerms(preferred=(Term("mrówka"),))}),
    )
)


def use(concept: str, lang: str, verdict: Verdict, *words: tuple[str, int]) -> ConceptUse:
    return ConceptUse(concept, lang, verdict, sum(n for _, n in words), tuple(Rendering(*word) for word in words))


def hit(concept: str, certainty: Certainty) -> TermHit:
    return TermHit(0, 3, concept, "ant", "preferred", certainty, "ant", compound=False)


def statistics(*langs: str, accepted: Verdict = Verdict.ACKNOWLEDGED) -> TermStatistics:
    uses = (
        use("a", "en", Verdict.DISTINCT, ("ant", 2)),
        use("a", "pl", Verdict.COLLAPSED, ("owad", 3), ("mrówka", 1)),
        use("b", "en", Verdict.UNKNOWN),
        use("b", "pl", Verdict.COLLAPSED, ("owad", 2)),
    )
    groups = (GroupVerdict(("a", "b"), "pl", accepted, ("owad",), (), ""),)
    hits = (hit("a", Certainty.MATCH), hit("a", Certainty.MATCH), hit("a", Certainty.UNSURE))
    return term_statistics(GLOSSARY, {"x": [{"en": CellRecord((), hits)}]}, TermReport(uses, groups, (), ()), langs)


def test_every_concept_in_every_language() -> None:
    found = statistics()
    assert (found.concepts, found.languages) == (("b", "a"), ("en", "pl"))
    cell = found.cells["a", "en"]
    assert (cell.occurrences, cell.rows, cell.origin, cell.house_word) == (2, 2, Origin.GLOSSARY, Rendering("ant", 2))
    assert found.cells["b", "pl"].origin is Origin.LEARNED
    assert found.cells["b", "en"].house_word is None


def test_coverage_counts_concepts() -> None:
    assert statistics().coverage == (
        LanguageCoverage("en", concepts=2, worded=2, shown=1, rendered=1),
        LanguageCoverage("pl", concepts=2, worded=1, shown=2, rendered=2),
    )


def test_an_accepted_collapse_is_acknowledged() -> None:
    assert statistics().cells["a", "pl"].verdict is Verdict.ACKNOWLEDGED
    assert statistics(accepted=Verdict.COLLAPSED).cells["a", "pl"].verdict is Verdict.COLLAPSED


def test_languages_are_chosen() -> None:
    assert statistics("pl").languages == ("pl",)
    assert statistics("de").languages == ()
