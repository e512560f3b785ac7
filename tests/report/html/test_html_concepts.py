from __future__ import annotations

from sample_result import sample_result
from termcheck.model import ConceptUse, GroupVerdict, Rendering, Verdict
from termcheck.report.html.concepts import concept_groups, verdict_languages


def test_a_group_has_a_line_for_every_language() -> None:
    pair, many = concept_groups(sample_result().verdicts)
    assert (pair.index, pair.name) == (1, "client and customer")
    assert many.name == "bug, defect, issue and ticket"
    assert verdict_languages([pair, many]) == ["de", "id", "ko", "pl", "tr"]
    assert pair.verdict("pl") is Verdict.COLLAPSED
    assert many.verdict("tr") is None


def test_bars_are_as_long_as_their_counts() -> None:
    pair, _ = concept_groups(sample_result().verdicts)
    polish = next(line for line in pair.lines if line.verdict.lang == "pl")
    client, customer = polish.usages
    assert [(bar.word, bar.x, bar.width, bar.shade) for bar in client.bars] == [
        ("klient", "0.00", "93.33", "shared"),
        ("program", "93.33", "6.67", "1"),
    ]
    assert [bar.width for bar in customer.bars] == ["60.00"]
    assert client.alternative == "klient 14, program 1"


def test_words_beyond_the_first_are_counted() -> None:
    words = tuple(Rendering(f"w{number}", 20 - number) for number in range(9))
    use = ConceptUse("client", "pl", Verdict.MIXED, 30, words, induced=True)
    [group] = concept_groups([GroupVerdict(("client", "customer"), "pl", Verdict.MIXED, (), (use,), "")])
    client, customer = group.lines[0].usages
    assert (len(client.bars), client.more, client.learned) == (6, 3, True)
    assert (customer.bars, customer.learned, customer.alternative) == ((), False, "no words")
