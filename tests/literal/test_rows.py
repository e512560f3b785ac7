from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from case_facts import KEY, build
from termcheck.cache import MemoryCache
from termcheck.evidence import foreign_cells, incomparable_cells
from termcheck.literal.language_id import LanguageIdentifier
from termcheck.literal.rows import LiteralFacts, LiteralStage

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.model import Alignment


def table(folder: Path, **case: Any) -> Alignment:
    return build(case, folder).facts.documents[KEY].alignment


def check(alignment: Alignment, store: MemoryCache | None = None) -> LiteralFacts:
    return LiteralStage(alignment.languages, store or MemoryCache()).check(alignment)


def numbers(alignment: Alignment) -> dict[tuple[int, str], tuple[list[str], dict[str, list[str]]]]:
    """By row and language: the numbers added, and those missing by counterpart."""
    return {
        place: (
            [mention.text for mention in found.added],
            {lang: [mention.text for mention in mentions] for lang, mentions in found.missing.items()},
        )
        for place, found in check(alignment).numbers.items()
    }


def test_nothing_to_say_about_texts_that_agree(tmp_path: Path) -> None:
    rows = [{"en": "Wait for 30 minutes.", "de": "Warten Sie 30 Minuten."}, {"en": "Then go.", "de": "Gehen Sie dann."}]
    assert check(table(tmp_path, source="en", rows=rows)) == LiteralFacts()


def test_numbers_are_compared_row_by_row(tmp_path: Path) -> None:
    rows = [
        {"en": "Wait for 30 minutes.", "de": "Warten Sie 20 Minuten."},
        {"en": "Use 20 litres.", "de": "Nehmen Sie 30 Liter."},
    ]
    assert numbers(table(tmp_path, source="en", rows=rows)) == {
        (0, "de"): (["20"], {"en": ["30"]}),
        (1, "de"): (["30"], {"en": ["20"]}),
    }


def test_the_source_is_not_judged(tmp_path: Path) -> None:
    row = {"en": "Wait for 30 minutes.", "pl": "Poczekaj 20 minut."}
    assert set(numbers(table(tmp_path, source="en", rows=[row]))) == {(0, "pl")}
    assert set(numbers(table(tmp_path, source="pl", rows=[row]))) == {(0, "en")}
    assert set(numbers(table(tmp_path, rows=[row]))) == {(0, "en"), (0, "pl")}


def test_the_places_are_offsets_in_the_whole_cell(tmp_path: Path) -> None:
    row = {"en": "Open the lid and wait for 30 minutes.", "de": ["Öffnen Sie den Deckel.", "Warten Sie 13 Minuten."]}
    alignment = table(tmp_path, source="en", rows=[row])
    (mention,) = check(alignment).numbers[0, "de"].added
    start, end = mention.span
    assert alignment.rows[0].cells["de"].text[start:end] == "13"


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("Run `sleep 30` first.", "Führen Sie zuerst `sleep 20` aus."),
        ("Hello {12}, welcome.", "Hallo {34}, willkommen."),
        ("See [this page](https://example.com/12).", "Siehe [diese Seite](https://example.com/34)."),
        ("See https://example.com/2024/12 for more.", "Siehe https://example.com/de/7 für mehr."),
    ],
    ids=["code", "placeholder", "link", "address"],
)
def test_what_is_no_running_text_holds_no_numbers(english: str, german: str, tmp_path: Path) -> None:
    assert numbers(table(tmp_path, source="en", rows=[{"en": english, "de": german}])) == {}


def test_the_text_of_a_link_does(tmp_path: Path) -> None:
    row = {"en": "See [chapter 12](a.md).", "de": "Siehe [Kapitel 21](a.md)."}
    assert set(numbers(table(tmp_path, source="en", rows=[row]))) == {(0, "de")}


def test_gaps_and_lone_cells_are_compared_with_nothing(tmp_path: Path) -> None:
    rows = [{"en": "Knock.", "de": "Klopfen."}, {"en": "Wait for 30 minutes."}, {"de": "Kapitel 21"}]
    assert numbers(table(tmp_path, source="en", rows=rows)) == {}


def test_a_source_without_a_version_decides_nothing(tmp_path: Path) -> None:
    row = {"de": "30 Minuten", "ko": "30분", "pl": "20 minut"}
    assert numbers(table(tmp_path, source="en", rows=[row])) == {(0, "pl"): (["20"], {"de": ["30"], "ko": ["30"]})}


GERMAN = "Die Monteure sehen sich vor dem Winter einmal jeden Kessel im Haus genau an."
TURKISH = "Teknisyenler her yıl kış gelmeden önce binadaki bütün kazanları kontrol eder."
ENGLISH = "The technicians check every boiler in the building once a year before winter."


def test_text_in_another_language_is_found_by_place(tmp_path: Path) -> None:
    rows = [{"de": GERMAN, "en": ENGLISH, "tr": TURKISH}, {"de": GERMAN, "en": ENGLISH, "tr": GERMAN}]
    facts = check(table(tmp_path, source="en", rows=rows))
    assert {*facts.wrong_language, *facts.untranslated} == {(1, "tr")}
    assert facts.numbers == {}


def test_code_is_in_no_language(tmp_path: Path) -> None:
    row = {"en": ENGLISH, "tr": f"Şunu çalıştırın: `{GERMAN}`"}
    assert check(table(tmp_path, source="en", rows=[row])) == LiteralFacts()


def test_a_known_answer_comes_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"de": GERMAN, "en": ENGLISH, "tr": TURKISH}, {"de": GERMAN, "en": ENGLISH, "tr": GERMAN[:-1] + "!"}]
    alignment, store = table(tmp_path, source="en", rows=rows), MemoryCache()
    facts = check(alignment, store)
    assert {*facts.wrong_language, *facts.untranslated} == {(1, "tr")}

    def refuse(*_: object) -> None:
        pytest.fail("a cached text was looked at again")

    monkeypatch.setattr(LanguageIdentifier, "_lingua", refuse)
    assert check(alignment, store) == facts


def test_other_languages_to_choose_from_are_another_question(tmp_path: Path) -> None:
    alignment = table(tmp_path, source="en", rows=[{"en": ENGLISH, "tr": GERMAN}])
    store = MemoryCache()
    found = [
        {*facts.wrong_language, *facts.untranslated}
        for facts in (LiteralStage(langs, store).check(alignment) for langs in (["en", "tr"], ["de", "en", "tr"]))
    ]
    assert found == [set(), {(0, "tr")}]


def test_a_text_in_two_languages_on_purpose_is_not_compared_in_meaning(tmp_path: Path) -> None:
    english = "The pump runs at night. You can change the hours in the settings."
    german = (
        "Die Pumpe läuft in der Nacht, wenn alle schlafen und niemand Wasser braucht. "
        "Die Zeiten lassen sich in den Einstellungen des Hauses ändern."
    )
    rows = [{"en": english, "de": f"{german} {english}"}, {"en": english, "de": german}]
    facts = check(table(tmp_path, source="en", rows=rows))
    assert facts.bilingual == {(0, "de")}
    assert not facts.sentences
    assert incomparable_cells({KEY: facts}) == {KEY: {(0, "de")}}
    assert foreign_cells({KEY: facts}) == {KEY: set()}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("id", "Dia berkata: “Pompa itu sudah tua."),
        ("ja", "彼は言った。「ポンプは古い。"),
        ("uk", "Він сказав: «Насос старий."),
    ],
)
def test_a_quotation_that_the_source_leaves_open_in_single_marks(lang: str, text: str, tmp_path: Path) -> None:
    rows = [{"en": "He said: 'The pump is old.", lang: text}, {"en": "It runs.", lang: "1"}]
    assert not check(table(tmp_path, source="en", rows=rows)).unpaired
    closed = [{"en": "He said: 'The pump is old.'", lang: text}, rows[1]]
    assert set(check(table(tmp_path, source="en", rows=closed)).unpaired) == {(0, lang)}


QUOTED = "The whole winter we were busy with the old pumps in the cellar. Nobody thanked us, and I was tired of it all."


@pytest.mark.parametrize(
    ("lang", "translation"),
    [
        ("pl", "Przez całą zimę walczyliśmy ze starymi pompami w piwnicy, nikt nie dziękował i miałem tego dosyć."),
        ("ko", "겨울 내내 지하실의 낡은 펌프 때문에 바빴고, 아무도 고마워하지 않아 모든 것에 지쳤습니다."),
    ],
)
def test_an_original_in_lines_of_its_own_below_its_translation_is_there_on_purpose(
    lang: str, translation: str, tmp_path: Path
) -> None:
    english = QUOTED.replace("The whole winter", "All winter")
    short = "It was hard. " + english
    rows = [{"en": QUOTED, lang: [translation, english]}, {"en": QUOTED, lang: [translation, short]}]
    facts = check(table(tmp_path, source="en", rows=rows))
    assert facts.bilingual == {(0, lang), (1, lang)}
    assert not facts.sentences


def test_what_was_pasted_below_a_translation_is_not_there_on_purpose(tmp_path: Path) -> None:
    pasted = "You can change the hours of the pumps in the settings of the house."
    german = "Den ganzen Winter waren wir mit den alten Pumpen im Keller beschäftigt. Niemand hat uns dafür gedankt."
    rows = [{"en": f"{QUOTED} {pasted}", "de": text} for text in ([german, pasted], f"{german} {pasted}")]
    facts = check(table(tmp_path, source="en", rows=rows))
    assert set(facts.sentences) == {(0, "de"), (1, "de")}
    assert not facts.bilingual
