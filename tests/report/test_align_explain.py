from __future__ import annotations

from aligned_rows import alignment, cell
from termcheck.alignment.row_evidence import GapEvidence, PairEvidence, RowEvidence
from termcheck.alignment.sentences import Sentence, SentenceBead, SentenceGrid
from termcheck.model import Cell, Span
from termcheck.report.align_explain import RowExplanation, explain_lines


def pair(*, linked: bool = True, moved: bool = False, shared: tuple[str, ...] = (), same: bool = True) -> PairEvidence:
    return PairEvidence("en", "pl", 0.61, 0.1, 0.2, 0.125, shared, same, linked, moved)


def lines(explanation: RowExplanation) -> list[str]:
    return list(explain_lines(explanation))


TABLE = alignment(
    {"en": cell("en", "One. Two. Three."), "pl": cell("pl", "Dwa. Raz.", confidence=0.876, first=1, moved=True)},
    {"en": Cell(confidence=0.75), "pl": cell("pl", "Inny.", first=0)},
)
GRID = SentenceGrid(
    (Sentence(Span(0, 4), 0.0), Sentence(Span(5, 9), 0.1), Sentence(Span(10, 16), 0.93)),
    (Sentence(Span(0, 4), 0.0), Sentence(Span(5, 9), 0.0)),
    (SentenceBead((0,), (1,), 0.8, True), SentenceBead((1,), (0,), 0.5, True)),
)


def test_a_row_with_its_evidence() -> None:
    evidence = RowEvidence((pair(shared=("2024", "#a"), same=False),), (), triangles=3, closed=2)
    shown = lines(RowExplanation(TABLE, TABLE.rows[0], evidence, {("en", "pl"): GRID}))
    assert shown == [
        "Row 1 of 2",
        "  English (en): 1 paragraph, en/a.md:1, 100% sure: One. Two. Three.",
        "  Polish (pl): 1 paragraph, pl/a.md:2, 88% sure, moved: in its file it follows row 2: Dwa. Raz.",
        "",
        "Pairs (margin = similarity - mean of the two backgrounds + structure)",
        (
            "  en - pl: margin 0.58; similarity 0.61; backgrounds 0.10 and 0.20; "
            "structure +0.12 (different kinds, both have 2024, #a); linked"
        ),
        "",
        "Triangles of three versions: 2 of 3 close",
        "",
        "Sentences of English (en) and Polish (pl)",
        "  1 - 2 (0.80, another order)",
        "      en: One.",
        "      pl: Raz.",
        "  2 - 1 (0.50, another order, the worst)",
        "      en: Two.",
        "      pl: Dwa.",
        "  sentence 3 of English (en) has no counterpart in Polish (pl) (93% sure)",
        "      en: Three.",
    ]


def test_a_gap() -> None:
    evidence = RowEvidence((), (GapEvidence("en", "pl", 0, 0.12, 0.1),), 0, 0)
    shown = lines(RowExplanation(TABLE, TABLE.rows[1], evidence, {}))
    assert "  English (en): nothing, 75% sure" in shown
    assert shown[-2:] == [
        "Gaps: the paragraph that comes nearest",
        "  English (en) to pl: similarity 0.12 against a background of 0.10, in row 1: One. Two. Three.",
    ]


def test_links() -> None:
    for found, said in [
        (pair(linked=False), "; not linked by themselves"),
        (pair(moved=True), "; linked, out of order"),
    ]:
        shown = lines(RowExplanation(TABLE, TABLE.rows[0], RowEvidence((found,), (), 0, 0), {}))
        assert any(line.endswith(said) for line in shown)


def test_what_stands_first() -> None:
    table = alignment({"en": cell("en", "A"), "pl": cell("pl", "B", moved=True)})
    shown = lines(RowExplanation(table, table.rows[0], RowEvidence((), (), 0, 0), {}))
    assert any("moved: it stands first in its file: B" in line for line in shown)


def test_texts_are_shown_and_do_not_act() -> None:
    table = alignment({"en": cell("en", "\x1b[31m ::error:: \u202e" + "x" * 500), "pl": cell("pl", "y")})
    shown = lines(RowExplanation(table, table.rows[0], RowEvidence((), (), 0, 0), {}))
    assert "\x1b" not in "".join(shown)
    assert "\u202e" not in "".join(shown)
    assert max(map(len, shown)) < 250
