from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from term_rows import cell, evidence, filled, plain, same
from termcheck.model import Span, Verdict
from termcheck.terms.evidence import CellTerms, Hit, RowTerms, TermEvidence, Word
from termcheck.terms.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from termcheck.model import GroupVerdict
    from termcheck.terms.verdicts import TermReport

PAIR = ("client", "customer")
ENGLISH = {"client": {"en": ["client"]}, "customer": {"en": ["customer"]}}


def run(
    rows: Sequence[Mapping[str, str]],
    words: Mapping[str, Mapping[str, Sequence[str]]] = ENGLISH,
    source: str | None = "en",
    key: Callable[[str], str] = same,
    **options: Any,
) -> TermReport:
    sources = {"guide": source} if source else None
    return judge(evidence(rows, words, key), words, [PAIR], sources=sources, **options)


def verdict(report: TermReport, lang: str) -> GroupVerdict:
    return next(item for item in report.verdicts if item.lang == lang)


def corpus(client: str, customer: str, lang: str, count: int = 8) -> list[dict[str, str]]:
    return (
        filled({"en": "client", lang: client}, count)
        + filled({"en": "customer", lang: customer}, count)
        + plain("en", lang)
    )


@pytest.mark.parametrize("source", ["en", None])
@pytest.mark.parametrize(("lang", "word"), [("pl", "klient"), ("tr", "müşteri")])
def test_one_word_for_both_is_a_collapse_without_glossary_words(lang: str, word: str, source: str | None) -> None:
    report = run(corpus(word, word, lang), source=source)
    found = verdict(report, lang)
    assert found.verdict is Verdict.COLLAPSED
    assert found.shared == (word,)
    assert f"“{word}” stands for both: in 8 of the 8 rows that show only client" in found.explanation
    assert "8 of the 8 that show only customer, against 0 of the 10 that show neither" in found.explanation
    assert [use.verdict for use in found.uses] == [Verdict.COLLAPSED] * 2
    assert all(use.induced and use.renderings[0].word == word and use.renderings[0].rows == 8 for use in found.uses)
    (collapse,) = report.collapses
    assert (collapse.lang, collapse.word, collapse.concepts) == (lang, word, PAIR)
    assert collapse.p_value < 1e-3
    assert 0.6 < collapse.bound < 1
    assert {sighting.row for sighting in collapse.first} == set(range(8))
    assert {sighting.row for sighting in collapse.second} == set(range(8, 16))
    assert all(sighting.spans for sighting in (*collapse.first, *collapse.second))
    assert report.choices == (), "the collapse is told once, not in every row"


def test_the_most_telling_row_of_a_collapse_is_the_shortest() -> None:
    rows = corpus("klient", "klient", "pl")
    (collapse,) = run(rows).collapses
    shortest = min(range(8), key=lambda number: len(rows[number]["pl"].split()))
    assert collapse.first[0].row == shortest
    start, end = collapse.first[0].spans[0]
    assert rows[shortest]["pl"][start:end].startswith("klient")


def test_a_glossary_that_gives_one_word_twice_collapses_too() -> None:
    words = {concept: {**by_lang, "pl": ["klient"]} for concept, by_lang in ENGLISH.items()}
    found = verdict(run(corpus("klient", "klient", "pl"), words), "pl")
    assert (found.verdict, found.shared) == (Verdict.COLLAPSED, ("klient",))
    assert not found.uses[0].induced


def test_words_of_their_own_are_distinct() -> None:
    report = run(corpus("Mandant", "Kunde", "de"))
    found = verdict(report, "de")
    assert found.verdict is Verdict.DISTINCT
    assert found.shared == ()
    assert (
        found.explanation
        == "client is “mandant” in 8 rows; customer is “kunde” in 8 rows. No row uses one for the other."
    )
    assert not report.collapses
    assert not report.choices
    assert verdict(report, "en").verdict is Verdict.DISTINCT


GERMAN = {"client": {"en": ["client"], "de": ["Mandant"]}, "customer": {"en": ["customer"], "de": ["Kunde"]}}


@pytest.mark.parametrize("words", [ENGLISH, GERMAN], ids=["induced", "given"])
def test_the_rival_s_word_in_some_rows_is_mixed_and_each_row_is_named(
    words: Mapping[str, Mapping[str, Sequence[str]]],
) -> None:
    rows = corpus("Mandant", "Kunde", "de", 10)
    wrong = filled({"en": "client", "de": "Kunde"}, 4)
    report = run(rows + wrong, words)
    found = verdict(report, "de")
    assert found.verdict is Verdict.MIXED
    assert "but 4 rows use “" in found.explanation
    assert [(choice.row, choice.concept, choice.found) for choice in report.choices] == [
        (number, "client", "customer") for number in range(30, 34)
    ]
    choice = report.choices[0]
    text = wrong[0]["de"]
    assert [text[start:end] for start, end in choice.spans] == ["Kunde"]
    assert choice.expected[0].casefold() == "mandant"
    assert choice.witnesses == ("en",)
    assert choice.confidence > 0.8
    client = found.uses[0]
    assert {item.word.casefold(): item.rows for item in client.renderings} == {"mandant": 10, "kunde": 4}
    assert (client.verdict, found.uses[1].verdict) == (Verdict.MIXED, Verdict.DISTINCT)


def test_a_word_of_both_beside_a_word_of_one_is_mixed() -> None:
    rows = filled({"en": "client", "pl": "klient"}, 7) + filled({"en": "client", "pl": "zleceniodawc"}, 5, start=7)
    rows += filled({"en": "customer", "pl": "klient"}, 8) + plain("en", "pl") * 4
    report = run(rows)
    found = verdict(report, "pl")
    assert found.verdict is Verdict.MIXED
    assert found.explanation == (
        "customer has no word of its own: 8 rows use “klient”, which serves client too. "
        "client is “zleceniodawc” in 5 rows, but 7 rows use “klient”, which serves customer too."
    )
    assert report.choices == (), "nothing else can be expected in these rows"


def test_a_single_slip_is_named_but_does_not_spoil_the_verdict() -> None:
    rows = corpus("Mandant", "Kunde", "de", 10) * 2 + [{"en": "ask the client", "de": "frag den Kunden"}]
    report = run(rows, GERMAN)
    found = verdict(report, "de")
    assert found.verdict is Verdict.DISTINCT
    assert found.explanation.endswith("1 row uses one for the other.")
    assert [(choice.row, choice.found) for choice in report.choices] == [(60, "customer")]


def test_a_rival_s_word_that_is_common_anyway_replaces_nothing() -> None:
    """Where German leaves the client out, "Kunde" is there no more often than in any other row."""
    rows = corpus("Mandant", "Kunde", "de", 10)
    rows += [{"en": f"the client {n}", "de": f"x{n} Kunde" if n < 3 else f"x{n}"} for n in range(10)]
    rows += [{"en": f"no concept {n}", "de": f"y{n} Kunde" if n < 12 else f"y{n}"} for n in range(40)]
    report = run(rows, GERMAN)
    assert verdict(report, "de").verdict is Verdict.DISTINCT
    assert not report.choices


def test_rows_with_both_concepts_tell_merging_from_leaving_out() -> None:
    rows = corpus("Mandant", "Kunde", "de", 10)
    left_out = [{"en": "a client, that is a customer", "de": "also ein Kunde"}]
    assert not run(rows + left_out, GERMAN).choices
    rows += [{"en": "a client and a customer", "de": "ein Kunde und ein Kunde"}] * 2 + left_out
    rows.append({"en": "a client and a customer", "de": "ein Mandant und ein Kunde"})
    merged, again, omitted = run(rows, GERMAN).choices
    assert (merged.row, again.row, omitted.row) == (30, 31, 32)
    assert merged.confidence > omitted.confidence
    assert len(merged.spans) == 2


def test_wandering_between_two_words_is_mixed_without_any_rival() -> None:
    rows = corpus("Mandant", "Kunde", "de", 8) + filled({"en": "client", "de": "Klient"}, 6) + plain("en", "de") * 3
    found = verdict(run(rows), "de")
    assert found.verdict is Verdict.MIXED
    assert "client wanders between “mandant” (8 rows), “klient” (6 rows)" in found.explanation


def test_allowed_words_of_the_glossary_may_alternate() -> None:
    words = {"client": {"en": ["client"], "de": ["Mandant", "Klient"]}, "customer": GERMAN["customer"]}
    rows = corpus("Mandant", "Kunde", "de", 8) + filled({"en": "client", "de": "Klient"}, 6)
    found = verdict(run(rows, words), "de")
    assert found.verdict is Verdict.DISTINCT
    assert {item.word for item in found.uses[0].renderings} == {"Mandant", "Klient"}


def test_little_evidence_is_unknown() -> None:
    for client, customer in (("klient", "klient"), ("zleceniodawca", "klient")):
        report = run(corpus(client, customer, "pl", 2))
        found = verdict(report, "pl")
        assert found.verdict is Verdict.UNKNOWN
        assert found.explanation == (
            "Too little evidence: 2 rows show only client and 2 rows show only customer; 3 of each are needed."
        )
        assert report.collapses == ()


def test_rows_without_a_rendering_are_unknown() -> None:
    rows = [{"en": f"client {n}", "pl": f"a{n}xyz"} for n in range(6)]
    rows += [{"en": f"customer {n}", "pl": f"b{n}xyz"} for n in range(6)] + plain("en", "pl")
    found = verdict(run(rows), "pl")
    assert found.verdict is Verdict.UNKNOWN
    assert "no word stands out as the rendering of client or customer" in found.explanation


def test_concepts_that_always_come_together_are_unknown() -> None:
    rows = [{"en": f"client and customer {n}", "pl": f"klient oraz klient {n}"} for n in range(9)]
    assert verdict(run(rows + plain("en", "pl")), "pl").verdict is Verdict.UNKNOWN


def test_a_word_of_nearly_all_rows_is_no_collapse() -> None:
    rows = [
        {"en": row["en"], "pl": f"firma {row['pl']}"}
        for row in corpus("zleceniodawc", "nabywc", "pl") + plain("en", "pl")
    ]
    found = verdict(run(rows), "pl")
    assert found.verdict is Verdict.DISTINCT
    assert found.shared == ()


def test_a_word_beside_the_concepts_own_words_is_no_collapse() -> None:
    """ "umowa" stands in every row of both concepts and nowhere else, but each has a word of its own."""
    rows = [
        {"en": row["en"], "pl": f"{row['pl']} umowa" if number < 16 else row["pl"]}
        for number, row in enumerate(corpus("zleceniodawc", "nabywc", "pl"))
    ]
    assert verdict(run(rows), "pl").verdict is not Verdict.COLLAPSED


def test_a_shared_key_of_two_words_is_no_collapse() -> None:
    """A crude stemmer gives "contributeur" and "contribution" one key; no form of one stands for the other."""
    rows = [{"en": f"client {n}", "fr": f"le contributeur{'s' * (n % 2)} {n}"} for n in range(8)]
    rows += [{"en": f"customer {n}", "fr": f"la contribution{'s' * (n % 2)} {n}"} for n in range(8)]
    rows += [{"en": row["en"], "fr": f"autre {n}"} for n, row in enumerate(plain("en"))]
    found = verdict(run(rows, key=lambda word: word[:8]), "fr")
    assert found.verdict is Verdict.DISTINCT
    assert [use.renderings[0].word for use in found.uses] == ["contributeur", "contribution"]


def test_a_compound_is_no_use_of_the_word() -> None:
    """ "Kundendienst" (customer service) renders nothing here, and hides no wrong word either."""
    rows = corpus("Mandant", "Kunde", "de", 10)
    rows += [{"en": "the client waits", "de": "der Großkunde wartet"}] * 3
    report = run(rows, GERMAN)
    assert verdict(report, "de").verdict is Verdict.DISTINCT
    assert report.choices == ()


def test_a_doubtful_own_word_keeps_a_row_from_being_reported() -> None:
    rows = corpus("Mandant", "Kunde", "de", 10)
    seen = evidence(rows, GERMAN)
    text = "der Mandnt und Kunde"
    hits = {"client": [Hit(4, 10, "Mandnt", "Mandant", certain=False)], "customer": [Hit(15, 20, "Kunde", "Kunde")]}
    words = [Word(word, word, 0, 0) for word in text.split()]
    seen.add(RowTerms("z", 0, {"en": cell("a client", "en", GERMAN), "de": CellTerms(words, hits)}))
    report = judge(seen, GERMAN, [PAIR], sources={"guide": "en", "z": "en"})
    assert report.choices == ()


def test_an_accepted_collapse_is_acknowledged() -> None:
    report = run(corpus("klient", "klient", "pl"), accepted=[(PAIR, "pl")])
    found = verdict(report, "pl")
    assert (found.verdict, found.shared) == (Verdict.ACKNOWLEDGED, ("klient",))
    assert verdict(report, "en").verdict is Verdict.DISTINCT


def test_an_acknowledgement_no_longer_needed_does_not_hide_that() -> None:
    report = run(corpus("Mandant", "Kunde", "de"), accepted=[(PAIR, "de")])
    assert verdict(report, "de").verdict is Verdict.DISTINCT


def test_equal_versions_in_dispute_accuse_nobody() -> None:
    """Without a source and with two versions, rows in which they disagree prove nothing against either."""
    rows = corpus("Mandant", "Kunde", "de", 8) + filled({"en": "client", "de": "Kunde"}, 5)
    report = run(rows, GERMAN, source=None)
    assert report.choices == ()
    assert run(rows, GERMAN, source="en").choices


def test_the_worst_pair_of_a_larger_group_is_its_verdict() -> None:
    words = {**ENGLISH, "user": {"en": ["user"]}}
    rows = corpus("klient", "klient", "pl") + filled({"en": "user", "pl": "użytkownik"}, 8)
    group = ("client", "customer", "user")
    report = judge(evidence(rows, words), words, [group, PAIR], sources={"guide": "en"})
    large, small = (item for item in report.verdicts if item.lang == "pl")
    assert (large.verdict, large.shared) == (Verdict.COLLAPSED, ("klient",))
    assert large.explanation == small.explanation
    assert [use.verdict for use in large.uses] == [Verdict.COLLAPSED, Verdict.COLLAPSED, Verdict.DISTINCT]
    assert len(report.collapses) == 1, "a pair of two groups is judged once"


def test_concepts_outside_groups_get_their_uses() -> None:
    words = {"file": {"en": ["file"]}, "bridge": {"en": ["bridge"]}}
    rows = filled({"en": "file", "de": "Beleg"}, 8) + plain("en", "de")
    uses = {(use.concept, use.lang): use for use in judge(evidence(rows, words), words).uses}
    assert uses["file", "de"].verdict is Verdict.DISTINCT
    assert [(item.word, item.rows) for item in uses["file", "de"].renderings] == [("beleg", 8)]
    assert uses["bridge", "de"].verdict is Verdict.UNKNOWN
    assert (uses["bridge", "de"].rows, uses["bridge", "de"].renderings) == (1, ())


def test_the_result_does_not_depend_on_the_order_or_the_parts() -> None:
    rows = corpus("Mandant", "Kunde", "de", 10) + filled({"en": "client", "de": "Kunde"}, 4)
    made = [
        RowTerms("guide", number, {lang: cell(text, lang, ENGLISH) for lang, text in row.items()})
        for number, row in enumerate(rows)
    ]
    straight = judge(TermEvidence(made), ENGLISH, [PAIR], sources={"guide": "en"})
    merged = TermEvidence(reversed(made[20:]))
    merged.merge(TermEvidence(made[7:20]))
    merged.merge(TermEvidence(made[:7]))
    assert judge(merged, ENGLISH, [PAIR], sources={"guide": "en"}) == straight


def test_nothing_to_judge() -> None:
    report = judge(TermEvidence(), ENGLISH, [PAIR])
    assert not any((report.verdicts, report.uses, report.collapses, report.choices))


SEED_STEMS = {
    "client": {"id": ["klien"], "ko": ["클라이언트"], "pl": ["klien"], "tr": ["müşteri"]},
    "customer": {"id": ["pelanggan"], "ko": ["고객"], "pl": ["klien"], "tr": ["müşteri"]},
}
WRONG_KOREAN_ROWS = {19, 24, 26, 28, 36, 44, 45, 46, 47, 52, 53, 54, 56, 62}


def seed_report(folder: Path, known: Sequence[str], langs: Sequence[str]) -> TermReport:
    texts = {}
    for lang in langs:
        lines = (folder / "seeds" / f"client-vs-customer.{lang}.txt").read_text("utf-8").splitlines()
        texts[lang] = [line for line in lines if line.strip()]
    rows = [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]
    assert len(rows) == 63
    words = {concept: {lang: stems[lang] for lang in known} for concept, stems in SEED_STEMS.items()}
    return judge(evidence(rows, words), words, [PAIR])


@pytest.mark.shared_data
@pytest.mark.parametrize("known", [("id", "ko", "pl", "tr"), ("id", "ko"), ("id",)], ids="-".join)
def test_the_article_on_clients_and_customers(shared_data: Path, known: Sequence[str]) -> None:
    report = seed_report(shared_data, known, ("id", "ko", "pl", "tr"))
    assert {item.lang: item.verdict for item in report.verdicts} == {
        "id": Verdict.DISTINCT,
        "ko": Verdict.MIXED,
        "pl": Verdict.COLLAPSED,
        "tr": Verdict.COLLAPSED,
    }
    assert verdict(report, "pl").shared[0].startswith("klien")
    assert verdict(report, "tr").shared == ("müşteri",)
    assert {choice.lang for choice in report.choices} == {"ko"}
    rows = {choice.row for choice in report.choices if choice.concept == "client"}
    assert len(rows & WRONG_KOREAN_ROWS) >= 13
    assert len(rows - WRONG_KOREAN_ROWS) <= 1


@pytest.mark.shared_data
def test_two_versions_are_enough(shared_data: Path) -> None:
    report = seed_report(shared_data, ("id",), ("id", "pl"))
    assert verdict(report, "pl").verdict is Verdict.COLLAPSED
    assert verdict(report, "pl").shared == ("klient",)
    assert all(isinstance(span, Span) for item in report.collapses[0].first for span in item.spans)


def test_a_concept_that_is_part_of_a_phrase_may_share_the_word_of_another() -> None:
    words = {"behavior": {"en": ["behavior"]}, "conduct": {"en": ["conduct"]}}
    rows = (
        filled({"en": "behavior", "tr": "davranış"}, 8)
        + filled({"en": "code of conduct", "tr": "davranış kural"}, 8)
        + plain("en", "tr")
    )
    report = judge(evidence(rows, words, same), words, [("behavior", "conduct")], sources={"guide": "en"})
    (found,) = (item for item in report.verdicts if item.lang == "tr")
    assert (found.verdict, found.shared) == (Verdict.COLLAPSED, ("davranış",))


def test_what_a_word_of_a_phrase_renders_cannot_be_told() -> None:
    words = {"behavior": {"en": ["behavior"]}, "conduct": {"en": ["conduct"]}}
    rows = (
        filled({"en": "behavior", "de": "verhalten"}, 8)
        + filled({"en": "code of conduct", "de": "verhaltenskodex"}, 8)
        + plain("en", "de")
    )
    report = judge(evidence(rows, words, same), words, [("behavior", "conduct")], sources={"guide": "en"})
    (found,) = (item for item in report.verdicts if item.lang == "de")
    assert found.verdict is Verdict.UNKNOWN
    assert "conduct only ever stands beside “code”" in found.explanation


def test_forms_and_compounds_of_a_korean_word_are_no_second_word() -> None:
    words = {"find": {"en": ["find"]}, "team": {"en": ["team"]}}
    fillers = ("오늘", "내일", "집에서", "천천히", "다시", "매일", "비가", "눈이", "강가에", "산에서")
    said = [("find", "찾기")] * 8 + [("find", "찾음")] * 5 + [("team", "팀")] * 8 + [("team", "법률팀")] * 5
    said += [("rain", "바람")] * 10
    rows = [
        {"en": f"{english} {'abcdefghij'[number % 10]}x", "ko": f"{korean} {fillers[number % 10]}"}
        for number, (english, korean) in enumerate(said)
    ]
    report = judge(evidence(rows, words, same), words, [], sources={"guide": "en"})
    assert {use.concept: use.verdict for use in report.uses if use.lang == "ko"} == {
        "find": Verdict.DISTINCT,
        "team": Verdict.DISTINCT,
    }


@pytest.mark.parametrize(
    ("lang", "usual", "other"),
    [
        ("pl", "znajdź", "znaleźć"),
        ("id", "jalankan", "berjalan"),
        ("es", "imágenes", "imagen"),
    ],
)
def test_two_stems_of_one_word_are_no_second_word(lang: str, usual: str, other: str) -> None:
    fillers = [f"{letter}o{letter}" for letter in "bcdfghklmn"]
    said = [("handle", usual)] * 8 + [("handle", other)] * 5 + [("rain", "pudu")] * 20 + [("snow", "lumi")] * 20
    rows = [
        {"en": f"{english} {fillers[number % 10]}x", lang: f"{word} {fillers[number % 10]}"}
        for number, (english, word) in enumerate(said)
    ]
    words = {"handle": {"en": ["handle"]}}
    report = judge(evidence(rows, words, same), words, [], sources={"guide": "en"})
    (use,) = (use for use in report.uses if use.lang == lang)
    assert use.verdict is Verdict.DISTINCT
    assert report.wanderings == ()


def test_a_word_that_is_not_of_the_same_verb_is_a_second_word() -> None:
    fillers = [f"{letter}o{letter}" for letter in "bcdfghklmn"]
    said = [("handle", "znajdź")] * 8 + [("handle", "wyszukaj")] * 5 + [("rain", "pudu")] * 20 + [("snow", "lumi")] * 20
    rows = [
        {"en": f"{english} {fillers[number % 10]}x", "pl": f"{word} {fillers[number % 10]}"}
        for number, (english, word) in enumerate(said)
    ]
    words = {"handle": {"en": ["handle"]}}
    report = judge(evidence(rows, words, same), words, [], sources={"guide": "en"})
    (use,) = (use for use in report.uses if use.lang == "pl")
    assert use.verdict is Verdict.MIXED
