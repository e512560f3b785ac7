"""Which language a text is in, and whether that is the wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from termcheck.literal.language_id import UNKNOWN, LanguageIdentifier, are_related
from termcheck.literal.scripts import letters, script_of

NTREX = Path(__file__).parents[3] / "shared" / "data" / "ntrex-dev.tsv"

TEXTS = {
    "en": "Every change to the guide is reviewed by somebody who did not write it.",
    "pl": "Każdą zmianę w przewodniku sprawdza ktoś, kto jej nie napisał.",
    "tr": "Kılavuzdaki her değişikliği onu yazmayan biri gözden geçirir.",
    "ko": "안내서의 모든 변경은 그것을 쓰지 않은 사람이 검토합니다.",
    "id": "Setiap perubahan pada panduan ini ditinjau oleh orang yang tidak menulisnya.",
    "de": "Jede Änderung an der Anleitung wird von jemandem geprüft, der sie nicht geschrieben hat.",
    "fr": "Chaque modification du guide est relue par quelqu’un qui ne l’a pas écrite.",
    "es": "Cada cambio en la guía lo revisa alguien que no lo ha escrito.",
    "ja": "ガイドの変更はすべて、書いた本人ではない人が確認します。",
    "zh-Hans": "对指南的每一次修改都由没有参与撰写的人来审阅。",
    "ru": "Каждое изменение в руководстве проверяет тот, кто его не писал.",
    "ar": "تتم مراجعة كل تغيير في الدليل من قبل شخص لم يكتبه.",
    "el": "Κάθε αλλαγή στον οδηγό ελέγχεται από κάποιον που δεν την έγραψε.",
    "th": "ทุกการเปลี่ยนแปลงในคู่มือจะได้รับการตรวจสอบโดยผู้ที่ไม่ได้เขียน",
}


@pytest.fixture(scope="module")
def identifier() -> LanguageIdentifier:
    return LanguageIdentifier([lang for lang in TEXTS if lang != "en"])


def test_probabilities_do_not_depend_on_the_process(identifier: LanguageIdentifier) -> None:
    # The library adds up in another order in every process: beyond some decimals, its answers differ.
    found = [value for lang in ("de", "fr", "es") for value in identifier.probabilities(TEXTS[lang][:30]).values()]
    assert any(0 < value < 1 for value in found)
    assert found == [round(value, 6) for value in found]


@pytest.mark.parametrize("lang", TEXTS)
def test_identifies_a_sentence(identifier: LanguageIdentifier, lang: str) -> None:
    found = identifier.identify(TEXTS[lang])
    assert found.lang == lang
    assert found.confidence > 0.5


@pytest.mark.parametrize("lang", TEXTS)
def test_a_sentence_of_any_other_language_is_wrong(identifier: LanguageIdentifier, lang: str) -> None:
    assert identifier.wrong_language(TEXTS[lang], lang) is None
    for other, text in TEXTS.items():
        if other != lang:
            found = identifier.wrong_language(text, lang)
            assert found is not None
            assert found.lang == other


@pytest.mark.parametrize("text", [
    "",
    "OK",
    "GitHub Actions",
    "1234 5678 90",
    "https://example.org/a/very/long/path/that/is/english",
    "Lena Reinhard, Ada Lovelace & Grace Hopper",
    "`git commit --amend` {name} %s",
    "Der Die Das",
])  # fmt: skip
def test_too_little_to_say(identifier: LanguageIdentifier, text: str) -> None:
    assert identifier.identify(text) == UNKNOWN
    assert identifier.wrong_language(text, "pl") is None


def test_protected_text_does_not_count(identifier: LanguageIdentifier) -> None:
    text = "Wpisz: please read the whole contributing guide before you start"
    assert identifier.wrong_language(text, "pl") is not None
    assert identifier.wrong_language(text, "pl", [(7, len(text))]) is None


def test_a_quoted_title_is_not_left_untranslated(identifier: LanguageIdentifier) -> None:
    assert identifier.wrong_language('— @ada, "How to run a project that people like to join"', "pl") is None
    assert identifier.wrong_language("Ada Lovelace, «How to run a project that people join»", "fr") is None
    assert identifier.wrong_language('"How to run a project that people like to join"', "pl") is not None


def test_a_quotation_inside_a_translated_text_is_fine(identifier: LanguageIdentifier) -> None:
    text = "Na stronie napisali wprost: “we do not accept any changes from outside at the moment”, więc poszukaj innej."
    assert identifier.wrong_language(text, "pl") is None


def test_english_terms_in_another_script_are_fine(identifier: LanguageIdentifier) -> None:
    text = "pull request를 보내기 전에 continuous integration이 통과하는지 확인하세요"
    assert identifier.wrong_language(text, "ko") is None
    assert identifier.wrong_language("请在提交 pull request 之前运行 continuous integration 测试", "zh-Hans") is None


def test_chinese_in_japanese_and_korean(identifier: LanguageIdentifier) -> None:
    for lang in ("ja", "ko"):
        found = identifier.wrong_language(TEXTS["zh-Hans"], lang)
        assert found is not None
        assert found.lang == "zh-Hans"
    assert identifier.wrong_language("貢献者行動規範", "ja") is None


def test_a_text_of_names_needs_more(identifier: LanguageIdentifier) -> None:
    text = "Ada Lovelace and Grace Hopper spoke at the Open Source Summit"
    found = identifier.wrong_language(text, "pl")
    assert found is not None
    assert found.lang == "en"
    assert identifier.wrong_language("Ada Lovelace i Grace Hopper na Open Source Summit w Europie", "pl") is None


def test_the_library_is_not_asked_about_a_text_that_is_too_short(monkeypatch: pytest.MonkeyPatch) -> None:
    # It takes most of the time of all literal checks.
    asked: list[str] = []
    identifier = LanguageIdentifier(["en", "pl"])

    def ask(_: object, text: str, __: object) -> dict[str, float]:
        asked.append(text)
        return {}

    monkeypatch.setattr(LanguageIdentifier, "_lingua", ask)
    assert identifier.wrong_language("See the map", "pl") is None
    assert asked == []
    assert identifier.wrong_language(TEXTS["en"], "pl") is None
    assert asked


@pytest.mark.parametrize(("left", "right", "related"), [
    ("id", "ms", True),
    ("cs", "sk", True),
    ("hr", "sr-Latn", True),
    ("nb", "sv", True),
    ("zh-Hans", "zh-TW", True),
    ("pt-BR", "pt", True),
    ("pl", "cs", False),
    ("tr", "id", False),
])  # fmt: skip
def test_related_languages(left: str, right: str, related: bool) -> None:
    assert are_related(left, right) is related
    assert are_related(right, left) is related


def test_close_relatives_are_not_confused() -> None:
    identifier = LanguageIdentifier(["cs", "sk", "id", "ms"])
    slovak = "Každú zmenu v príručke skontroluje niekto, kto ju nenapísal."
    assert identifier.wrong_language(slovak, "cs") is None
    assert identifier.wrong_language(TEXTS["id"], "ms") is None
    assert identifier.wrong_language(slovak, "id") is not None


def test_several_tags_of_one_language_and_languages_unknown_to_the_library() -> None:
    identifier = LanguageIdentifier(["pt-BR", "pt-PT", "am"])
    found = identifier.identify("Cada mudança no guia é revista por alguém que não a escreveu.")
    assert found.lang == "pt-BR"
    assert identifier.identify("እያንዳንዱ ለውጥ ባልጻፈው ሰው ይገመገማል እና ይጸድቃል").lang == "am"
    only_english = LanguageIdentifier([])
    assert only_english.identify(TEXTS["en"]).lang == "en"
    assert only_english.identify(TEXTS["el"]) == UNKNOWN


def test_probabilities_of_a_short_text(identifier: LanguageIdentifier) -> None:
    found = identifier.probabilities("Getting started")
    assert max(found, key=lambda lang: found[lang]) == "en"
    assert identifier.probabilities("123") == {}


def test_the_same_answer_every_time() -> None:
    answers = {LanguageIdentifier(["pl", "tr", "de"]).identify(TEXTS["de"]) for _ in range(3)}
    assert len(answers) == 1


@pytest.mark.parametrize(
    "piece", ['"a', "a@", "{", "<", "a'", "Aa ", "http://", "`a", "«", "一", "a-", "\x00", "\ud800"]
)
@pytest.mark.timeout(60)
def test_hostile_text_comes_to_an_end(identifier: LanguageIdentifier, piece: str) -> None:
    identifier.wrong_language(piece * 100_000, "pl")


def test_scripts() -> None:
    assert letters("") == {}
    assert letters("abc déf") == {"Latn": 6.0}
    assert letters("한글 漢字 かな") == {"Hang": 5.0, "Kana": 4.0, "Hani": 6.0}
    assert [script_of(lang) for lang in ("pl", "ja", "ko", "zh", "sr-Latn", "sr")] == [
        "Latn", "Kana", "Hang", "Hani", "Latn", "Cyrl",
    ]  # fmt: skip


@pytest.mark.shared_data
@pytest.mark.skipif(not NTREX.exists(), reason="needs ../shared/data")
def test_clean_translations_are_quiet_and_other_languages_are_found() -> None:
    header, *rows = [line.split("\t") for line in NTREX.read_text(encoding="utf-8").splitlines()[:200]]
    langs = ["en", "pl", "tr", "ko", "id"]
    identifier = LanguageIdentifier(langs)
    alarms = found = planted = 0
    for row in rows:
        for index, lang in enumerate(langs):
            other = row[header.index(langs[index - 1])]
            alarms += identifier.wrong_language(row[header.index(lang)], lang) is not None
            if sum(char.isalpha() for char in other) >= 40:
                planted += 1
                found += identifier.wrong_language(other, lang) is not None
    assert alarms <= 0.005 * len(rows) * len(langs)
    assert found >= 0.97 * planted > 100
