"""Numbers of one row in several languages: what is the same, what was added, what is missing."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from pathlib import Path

import pytest

from termcheck.literal.numbers import Written, compare, mentions

NTREX = Path(__file__).parents[3] / "shared" / "data" / "ntrex-dev.tsv"

SAME = [
    # grouping and decimals
    ("pl", "40 000 osób", "40,000 people"),
    ("pl", "40\u00a0000 osób", "40,000 people"),
    ("fr", "40\u202f000 personnes", "40,000 people"),
    ("de", "40.000 Menschen", "40,000 people"),
    ("de", "Er zahlte 1.234,5 Euro.", "He paid 1,234.5 euros."),
    ("de", "Er zahlte 1'234.50 Franken.", "He paid 1,234.5 francs."),
    ("hi", "१,२३,४५६ लोग", "123,456 people"),
    ("en", "1,23,456 people", "123456 people"),
    ("ar", "١٢٣ كتابا", "123 books"),
    ("ja", "１２３冊", "123 books"),
    ("tr", "Nüfusun 7,5 katı", "7.5 times the population"),
    # scales
    ("ko", "1억 4400만 명", "144 million people"),
    ("ko", "2만 5천 명", "25,000 people"),
    ("ko", "4천만 원", "40 million won"),
    ("ja", "1億2,500万ポンド", "£125m"),
    ("zh", "569 万观众", "5.69 million viewers"),
    ("zh", "3.5亿人", "350 million people"),
    ("tr", "20,4 milyon kişi", "20.4 million people"),
    ("id", "144 juta orang", "144 million people"),
    ("pl", "2,8 mld funtów", "£2.8bn"),
    ("de", "11 Mio. Pfund", "£11 million"),
    ("es", "2000 millones", "2 billion"),
    ("es", "mil doscientos millones", "1,200 million"),
    ("en", "a 5k run", "a run of 5,000 metres"),
    ("pl", "od 10 do 20 milionów", "10 million to 20 million"),
    # words
    ("pl", "czterdziestodwuletni mechanik", "a 42-year-old mechanic"),
    ("pl", "pięciu z dwunastu", "5 of 12"),
    ("pl", "sto dwadzieścia pięć", "125"),
    ("pl", "półtora roku", "1.5 years"),
    ("tr", "yirmi beş kişi", "25 people"),
    ("tr", "iki buçuk saat", "2.5 hours"),
    ("tr", "yüzde elli", "50 percent"),
    ("ko", "다섯 명", "5 people"),
    ("ko", "스물다섯 살", "25 years old"),
    ("ko", "열두 달", "12 months"),
    ("ko", "이십 년", "20 years"),
    ("ko", "삼 개월", "3 months"),
    ("ko", "일주일", "7 days"),
    ("ja", "国際化", "i18n support"),
    ("fr", "le projet k8s", "the Kubernetes project"),
    ("id", "seratus orang", "100 people"),
    ("id", "seribu dua ratus", "1,200"),
    ("id", "dua puluh lima tahun", "25 years"),
    ("id", "tiga belas", "13"),
    ("id", "setengah", "50%"),
    ("de", "fünfundzwanzig Leute", "25 people"),
    ("de", "anderthalb Stunden", "1.5 hours"),
    ("fr", "quatre-vingt-dix-sept", "97"),
    ("es", "trescientas personas", "300 people"),
    ("it", "un tredicenne", "a 13-year-old"),
    ("ja", "三百五十人", "350 people"),
    ("ja", "ふたつ", "2"),
    ("zh", "十二个月", "12 months"),
    ("zh", "二〇一八年", "2018"),
    ("fi", "kaksikymmentäviisi ihmistä", "25 people"),
    ("hu", "tizenkét ember", "12 people"),
    ("nl", "vijfentwintig mensen", "25 people"),
    ("ru", "двадцать пять человек", "25 people"),
    ("uk", "п’ять людей", "5 people"),
    ("cs", "třicet pět lidí", "35 people"),
    ("vi", "hai mươi lăm người", "25 people"),
    ("ar", "القرن التاسع عشر", "the 19th century"),
    ("ar", "طفلين", "2 children"),
    ("sv", "tjugofem personer", "25 people"),
    ("pt", "duzentos", "about two"),
    ("pl", "czterdziestojednoletni muzyk", "the musician, 41"),
    ("ru", "сорокаоднолетний музыкант", "the musician, 41"),
    ("uk", "тридцятисемирічна ведуча", "the presenter, 37"),
    ("cs", "čtyřicetijednaletý hudebník", "the musician, 41"),
    ("it", "un trentasettenne", "a 37-year-old"),
    ("nl", "hetzelfde elftal", "the same 11"),
    ("ja", "同じイレブン", "the same 11"),
    # figures of speech
    ("pl", "jest przekonany", "he is 100 percent certain"),
    ("ja", "絶対に起きていない", "he is 100% certain that it did not happen"),
    ("fr", "bloquer à 100 % le soleil", "block out the sun completely"),
    ("tr", "bundan yüzde 100 eminim", "I am sure of it"),
    ("ar", "متأكد بنسبة 100% من ذلك", "sure of it"),
    ("cs", "otočím o 180° a souhlasím", "I do a U-turn and agree"),
    ("zh", "政策180度大转弯", "a U-turn in policy"),
    ("zh", "早在本世纪之初", "in the early 2000s"),
    # times and dates
    ("pl", "w godzinach 18–19", "6-7 pm"),
    ("de", "um 15:00 Uhr", "at 3 p.m."),
    ("fr", "à 7 h 55", "at 7.55am"),
    ("ko", "오후 3시", "at 15:00"),
    ("de", "am 29. September 2018", "September 29, 2018"),
    ("ko", "2018년 9월 29일", "September 29, 2018"),
    ("cs", "29. 9. 2018", "29 September 2018"),
    ("en", "2018-09-29", "29.09.2018"),
    ("pl", "w latach 80.", "in the 1980s"),
    ("zh", "20 世纪 30 年代", "in the 1930s"),
    ("fr", "au XIXe siècle", "in the 19th century"),
    ("pl", "w latach 1950–1953", "in 1950-53"),
    ("es", "la colección 2019", "the SS19 collection"),
    # ordinals, fractions, units, codes
    ("fr", "le 1er prix", "1st prize"),
    ("ja", "第1回", "1st time"),
    ("en", "½ cup", "0.5 cup"),
    ("de", "1/2 Tasse", "½ cup"),
    ("de", "250 Kilo", "550 pounds"),
    ("pl", "od 2,5 do 10 cm", "1 to 4 inches"),
    ("pl", "26 stopni Celsjusza", "79 degrees"),
    ("fi", "noin 27 astetta", "in the 80s"),
    ("fi", "tuuli 18 metriä sekunnissa", "winds of 40 mph"),
    ("cs", "vítr 18 m/s", "winds of 40 mph"),
    ("uk", "до 25,4 см, місцями від 2,54 до 10,2 см", "up to 10 inches, in places 1 to 4 inches"),
    ("pl", "od 26 do 32 stopni Celsjusza", "degrees in the 80s"),
    ("cs", "80 mil daleko", "80 miles away"),
    ("fr", "COVID19", "COVID-19"),
    ("id", "Ubah isi Base64 ke format asli", "Decode from stdin"),
    ("uk", "файл у форматі Base64", "a file"),
    ("de", "1. Öffnen Sie die Datei.", "Open the file."),
    ("de", "③ Schritte", "3 steps"),
    ("pl", "Zobacz https://example.org/2024/x7", "See the page"),
]

DIFFERENT = [
    ("pl", "41 000 osób", "40,000 people", "41 000", "40,000"),
    ("de", "380.001 Menschen", "380,000 people", "380.001", "380,000"),
    ("ko", "1억 4500만 명", "144 million people", "1억 4500만", "144 million"),
    ("zh", "5690万观众", "5.69 million viewers", "5690万", "5.69 million"),
    ("tr", "yüzde 53", "52 percent", "53", "52"),
    ("id", "12 orang pada 2019", "21 people in 2019", "12", "21"),
    ("de", "um 16:00 Uhr", "at 3 p.m.", "16:00", "3"),
    ("fr", "Version v2.1.1", "Version v2.1.0", "2.1.1", "2.1.0"),
    ("ko", "COVID-18 사태", "the COVID-19 crisis", "18", "19"),
    ("de", "260 Kilo", "550 pounds and 250 kilos", "260", "250"),
    ("cs", "90 mil daleko", "80 miles away", "90", "80"),
    ("fi", "tuuli 50 metriä sekunnissa", "winds of 40 mph", "50", "40"),
    ("pl", "100 mld USD", "$100 million", "100 mld", "100 million"),
    ("id", "Ubah isi Base32", "Decode Base64", "32", "64"),
    ("pl", "90 procent", "100 percent", "90", "100"),
]


@pytest.mark.parametrize(("lang", "target", "english"), SAME)
def test_the_same_number_in_another_writing_is_no_difference(lang: str, target: str, english: str) -> None:
    assert compare(target, lang, {"en": english}, "en") is None


@pytest.mark.parametrize(("lang", "target", "english"), SAME)
def test_nor_is_it_the_other_way_round(lang: str, target: str, english: str) -> None:
    assert compare(english, "en", {lang: target}) is None


@pytest.mark.parametrize(("lang", "target", "english", "added", "missing"), DIFFERENT)
def test_another_number_is_marked_on_both_sides(lang: str, target: str, english: str, added: str, missing: str) -> None:
    difference = compare(target, lang, {"en": english}, "en")
    assert difference is not None
    assert difference.changed
    assert added in [target[mention.span.start : mention.span.end] for mention in difference.added]
    assert missing in [english[mention.span.start : mention.span.end] for mention in difference.missing["en"]]


def test_a_number_too_many_and_a_number_too_few() -> None:
    added = compare("Dwa pliki z 2017 roku", "pl", {"en": "Two files"}, "en")
    assert added is not None
    assert [mention.text for mention in added.added] == ["2017"]
    assert not added.missing
    assert not added.changed
    missing = compare("Dwa pliki", "pl", {"en": "Two files of 2017"}, "en")
    assert missing is not None
    assert [mention.text for mention in missing.missing["en"]] == ["2017"]
    assert not missing.added


@pytest.mark.parametrize(
    ("lang", "target", "english"),
    [
        ("de", "für 100 Nutzer", "for the users"),
        ("de", "auf 180 °C erhitzen", "heat it"),
        ("pl", "od roku", "since 2000"),
        ("pl", "od 26 do 38 stopni Celsjusza", "degrees in the 80s"),
        ("uk", "до 28,4 см, місцями від 2,54 до 10,2 см", "up to 10 inches, in places 1 to 4 inches"),
        ("ja", "同じチーム", "the same 11"),
    ],
)
def test_what_is_no_figure_of_speech_is_told_if_one_side_has_it(lang: str, target: str, english: str) -> None:
    assert compare(target, lang, {"en": english}, "en") is not None


def test_a_small_count_that_only_one_side_has_is_left_alone() -> None:
    assert compare("Są 2 opcje", "pl", {"en": "There are options"}, "en") is None
    assert compare("Są opcje", "pl", {"en": "There are 10 options"}, "en") is None
    assert compare("Są 2 opcje", "pl", {"en": "There are 3 options"}, "en") is not None


def test_number_words_alone_are_never_reported() -> None:
    assert compare("trzy pliki", "pl", {"en": "five files"}, "en") is None


def test_without_a_source_the_version_that_deviates_is_the_one_reported() -> None:
    row = {"pl": "W roku 2016", "tr": "2016 yılında", "ko": "2016년", "id": "Pada tahun 2019"}
    found = {
        lang: compare(text, lang, {other: row[other] for other in row if other != lang}) for lang, text in row.items()
    }
    assert [lang for lang, difference in found.items() if difference] == ["id"]
    difference = found["id"]
    assert difference is not None
    assert sorted(difference.missing) == ["ko", "pl", "tr"]


def test_counterparts_that_disagree_do_not_blame_the_target() -> None:
    assert compare("około 320 osób", "pl", {"de": "etwa 250 Leute", "fr": "environ 700 personnes"}) is None


def test_the_source_is_not_outvoted_by_a_number_it_lacks() -> None:
    row = {"en": "The second meeting", "ja": "2回目の会議", "ko": "2차 회의"}
    assert compare("Kolejne spotkanie", "pl", row, "en") is None


def test_a_number_that_the_source_alone_has_is_not_held_against_one_version() -> None:
    row = {"en": "He is 100 percent certain", "de": "Er ist ganz sicher", "fr": "Il en est certain"}
    assert compare("Jest pewien", "pl", row, "en") is None


def test_a_conversion_that_all_write_the_same_is_checked() -> None:
    row = {"en": "550 pounds", "ko": "550 파운드", "id": "550 pon"}
    assert compare("505 pond", "nl", row, "en") is not None


def test_a_language_without_a_table_may_write_any_scale() -> None:
    assert compare("144 xyz", "sw", {"en": "144 million"}, "en") is None
    assert compare("145 xyz", "sw", {"en": "144 million"}, "en") is not None
    assert compare("144 milionoj", "eo", {"en": "144,000,000"}, "en") is None


def test_nothing_to_compare() -> None:
    assert compare("", "pl", {"en": ""}) is None
    assert compare("Rok 2016", "pl", {"en": "  "}) is None
    assert compare("Rok 2016", "pl", {}) is None


def test_mentions_in_order_with_spans_and_values() -> None:
    text = "Dwa z 1 234,5 w XIX wieku i ½"
    found = mentions(text, "pl")
    assert [text[mention.span.start : mention.span.end] for mention in found] == [mention.text for mention in found]
    assert [(mention.text, mention.written) for mention in found] == [
        ("Dwa", Written.WORDS),
        ("1 234,5", Written.DIGITS),
        ("XIX", Written.WORDS),
        ("wieku", Written.WORDS),
        ("½", Written.WORDS),
    ]
    assert found[1].values == (Fraction(2469, 2),)
    assert found[2].values == (Fraction(19),)


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("de", "40.000", 40000),
        ("en", "40.000", 40),
        ("de", "1.234,5", Fraction(12345, 10)),
        ("en", "1,234.5", Fraction(12345, 10)),
        ("ko", "1억 4400만", 144_000_000),
        ("ja", "３千", 3000),
    ],
)
def test_the_likeliest_reading_follows_the_language(lang: str, text: str, value: Fraction) -> None:
    assert mentions(text, lang)[0].values == (value,)


def test_a_list_marker_is_no_number() -> None:
    assert mentions("1. Plik", "pl") == ()
    assert mentions("(2) Plik", "pl") == ()
    assert [mention.text for mention in mentions("1.5 razy", "pl")][:1] == ["1.5"]


def test_an_identifier_of_digits_is_compared_as_it_stands() -> None:
    number = "1234567890" * 6
    assert mentions(number, "en")[0].values == ()
    assert compare(f"Nr {number}", "de", {"en": f"No. {number}"}) is None
    assert compare(f"Nr {number[:-1]}5", "de", {"en": f"No. {number}"}) is not None


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1.", "1/", "1\u00a0", "1 000", "1万", "二", "일만", "two ", "a@", "X", "2,"]
)
@pytest.mark.parametrize("lang", ["ko", "zh", "en"])
@pytest.mark.timeout(60)
def test_hostile_text_comes_to_an_end(piece: str, lang: str) -> None:
    compare(piece * 60_000, lang, {"en": piece * 30_000 + " 7"})


def test_a_table_of_data_is_left_alone() -> None:
    text = ", ".join(map(str, range(1000)))
    assert compare(text, "pl", {"en": "one"}) is None


@pytest.mark.shared_data
@pytest.mark.skipif(not NTREX.exists(), reason="needs ../shared/data")
@pytest.mark.parametrize("lang", ["pl", "tr", "ko", "id", "ja"])
def test_clean_translations_are_quiet_and_changed_digits_are_found(lang: str) -> None:
    lines = NTREX.read_text(encoding="utf-8").splitlines()[:400]
    header, *rows = [line.split("\t") for line in lines]
    column, english = header.index(lang), header.index("en")
    generator = random.Random(7)  # noqa: S311
    alarms = found = planted = 0
    for row in rows:
        if compare(row[column], lang, {"en": row[english]}, "en"):
            alarms += 1
            continue
        number = re.search(r"(?<![\d.,])\d{2,4}(?![\d.,])", row[column])
        if number and number[0] in row[english]:
            changed = str(int(number[0]) + generator.choice([-3, 4]))
            planted += 1
            text = row[column][: number.start()] + changed + row[column][number.end() :]
            found += compare(text, lang, {"en": row[english]}, "en") is not None
    assert alarms <= 0.02 * len(rows)
    assert found >= 0.95 * planted > 10
