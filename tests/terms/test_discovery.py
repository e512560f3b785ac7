from __future__ import annotations

import pytest

from term_rows import evidence, filled, plain, same
from termcheck.terms.discovery import Discovery, discover

CLIENT = {"en": "client", "de": "Mandant", "pl": "klient", "tr": "müşteri"}
CUSTOMER = {"en": "customer", "de": "Kunde", "pl": "klient", "tr": "alıcı"}


def stem(word: str) -> str:
    """A grouping key for the endings of the frames."""
    word = same(word)
    for known in ("klient", "müşteri", "alıcı", "odbiorc", "mandant", "kunde"):
        if word.startswith(known):
            return known
    return word


def found(*rows: list[dict[str, str]], base: str | None = "en") -> Discovery:
    texts = [row for part in rows for row in part] + plain("en", "de", "pl", "tr") * 4
    return discover(evidence(texts, {}, stem), base=base)


class TestMergers:
    def test_one_word_where_others_have_two(self) -> None:
        report = found(filled(CLIENT), filled(CUSTOMER))
        merger = report.mergers[0]
        assert (merger.words, merger.lang, merger.word) == (("client", "customer"), "pl", "klient")
        assert merger.apart == ("de", "tr")
        assert (merger.same, merger.reason) == ((), "")
        assert (len(merger.first_rows), merger.first_total) == (10, 10)
        assert merger.score > 0

    def test_the_shortest_rows_come_first(self) -> None:
        merger = found(filled(CLIENT), filled(CUSTOMER)).mergers[0]
        assert merger.first_rows[0].row in (6, 7, 8, 4)

    def test_synonyms_are_explained_and_ranked_low(self) -> None:
        same_everywhere = {"en": "customer", "de": "Mandant", "pl": "klient", "tr": "alıcı"}
        mergers = {item.lang: item for item in found(filled(CLIENT), filled(same_everywhere)).mergers}
        assert "may be synonyms: de" in mergers["pl"].reason
        assert mergers["pl"].score < found(filled(CLIENT), filled(CUSTOMER)).mergers[0].score / 5

    def test_words_of_one_family_are_explained(self) -> None:
        kin = {"en": "clientele", "de": "Kunde", "pl": "klient", "tr": "alıcı"}
        merger = found(filled(CLIENT), filled(kin)).mergers[0]
        assert merger.reason == "the two are words of one family"

    def test_two_languages_have_nobody_to_testify(self) -> None:
        rows = [{lang: row[lang] for lang in ("en", "pl")} for row in filled(CLIENT) + filled(CUSTOMER)]
        report = discover(evidence(rows + plain("en", "pl") * 4, {}, stem), base="en")
        assert [(item.words, item.reason) for item in report.mergers] == [(("client", "customer"), "")]
        assert report.mergers[0].score > 0

    def test_a_pair_stands_in_all_its_languages_together(self) -> None:
        one_word = {"en": "supplier", "de": "Lieferant", "pl": "dostawc", "tr": "satıcı"}
        other = {**one_word, "en": "seller", "pl": "sprzedawc", "de": "Lieferant"}
        strong = {**CUSTOMER, "de": "Mandant"}
        mergers = found(filled(CLIENT), filled(strong), filled(one_word, 6), filled(other, 6)).mergers
        words = [item.words for item in mergers]
        assert words == sorted(words, key=words.index)
        assert len(words) > len(set(words)) > 1

    def test_a_pair_that_more_languages_keep_apart_ranks_higher(self) -> None:
        kept = found(filled(CLIENT), filled(CUSTOMER)).mergers[0]
        seldom = [{lang: row[lang] for lang in row if lang != "de"} for row in filled(CLIENT) + filled(CUSTOMER)]
        assert found(seldom).mergers[0].score < kept.score

    def test_two_words_are_no_merger(self) -> None:
        distinct = {**CUSTOMER, "pl": "odbiorca"}
        assert [item.words for item in found(filled(CLIENT), filled(distinct)).mergers] == []


class TestWanderings:
    def test_two_words_for_one(self) -> None:
        report = found(filled(CLIENT), filled({**CLIENT, "de": "Kunde"}, 8))
        (item,) = report.wanderings
        assert (item.word, item.lang, item.total) == ("client", "de", 18)
        assert [(choice.word, len(choice.rows)) for choice in item.choices] == [("mandant", 10), ("kunde", 8)]
        assert item.steady == ("pl", "tr")

    def test_a_slip_is_no_habit(self) -> None:
        assert found(filled(CLIENT), filled({**CLIENT, "de": "Kunde"}, 2)).wanderings == ()


def test_a_language_can_be_asked_for() -> None:
    rows = filled(CLIENT) + filled(CUSTOMER) + plain("en", "de", "pl", "tr") * 4
    assert discover(evidence(rows, {}, stem), base="en", langs=["tr"]).mergers == ()


def test_without_a_source_the_best_known_language_is_the_base() -> None:
    rows = filled(CLIENT) + [{lang: text for lang, text in row.items() if lang != "en"} for row in filled(CUSTOMER)]
    assert discover(evidence(rows, {}, stem)).base == "de"


def test_words_are_found_in_text_without_spaces() -> None:
    said = ["你好", "我们", "今天", "明天", "他们", "北京", "快点", "大家"]
    rows = [
        {"en": f"{english} {'abcdefgh'[number]}xx", "zh": f"{said[number]}用户{said[-number - 1]}"}
        for english in ("client", "customer")
        for number in range(8)
    ]
    rows += [{"en": f"river {'abcdefgh'[n % 8]}xx", "zh": f"{said[n % 8]}下雨{said[n // 8]}"} for n in range(48)]
    report = discover(evidence(rows, {}), base="en")
    assert [(found.words, found.lang, found.word) for found in report.mergers] == [
        (("client", "customer"), "zh", "用户")
    ]
    assert discover(evidence(rows, {}), base="zh").rows == len(rows)


@pytest.mark.parametrize("rows", [[], [{"en": "alone"}]])
def test_nothing_to_compare(rows: list[dict[str, str]]) -> None:
    report = discover(evidence(rows, {}))
    assert (report.mergers, report.wanderings, report.rows) == ((), (), 0)
