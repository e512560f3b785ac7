from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termcheck.languages import (
    LanguageTagError,
    best_match,
    covers,
    display_name,
    is_language_tag,
    is_right_to_left,
    normalise,
)


@pytest.mark.parametrize(
    ("given_tag", "normal"),
    [
        ("pl", "pl"),
        ("PL", "pl"),
        ("zh_TW", "zh-TW"),
        ("pt-br", "pt-BR"),
        ("zh-hans", "zh-Hans"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("sr_latn", "sr-Latn"),
        ("ca-valencia", "ca-valencia"),
        ("pol", "pl"),
        ("iw", "he"),
        ("fil", "fil"),
        ("no", "no"),
        (" de ", "de"),
    ],
)
def test_normalise(given_tag: str, normal: str) -> None:
    assert normalise(given_tag) == normal


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("cz", "did you mean cs (Czech)?"),
        ("jp", "did you mean ja (Japanese)?"),
        ("gr", "did you mean el (Greek)?"),
        ("Polish", "did you mean pl (Polish)?"),
        ("Deutsch", "did you mean de (German)?"),
        ("pl-POL", "did you mean pl (Polish)?"),
        ("en_US.UTF-8", "did you mean en (English)?"),
        ("xx", "use a BCP 47 tag such as pl, pt-BR or zh-Hans"),
        ("asdfgh", "use a BCP 47 tag such as pl, pt-BR or zh-Hans"),
        ("und", "use a BCP 47 tag such as pl, pt-BR or zh-Hans"),
        ("x-house", "use a BCP 47 tag such as pl, pt-BR or zh-Hans"),
        ("", "use a BCP 47 tag such as pl, pt-BR or zh-Hans"),
        ("en-u", "did you mean en (English)?"),
        ("en" * 500, ""),
    ],
)
def test_a_wrong_tag_is_refused_with_a_suggestion(wrong: str, hint: str) -> None:
    with pytest.raises(LanguageTagError) as caught:
        normalise(wrong)
    assert caught.value.hint == hint
    assert len(caught.value.message) < 120


@example("\x00000")
@example("a\x00\x8d0")
@settings(max_examples=200)
@given(st.text(max_size=12) | st.from_regex(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{1,8}){0,3}", fullmatch=True))
def test_normalising_twice_changes_nothing(tag: str) -> None:
    try:
        normal = normalise(tag)
    except LanguageTagError:
        assert not is_language_tag(tag)
    else:
        assert normalise(normal) == normal
        assert display_name(normal)


@pytest.mark.parametrize(
    ("tag", "name"),
    [("pl", "Polish"), ("pt-BR", "Portuguese (Brazil)"), ("zh-Hans", "Chinese (Simplified)"), ("ko", "Korean")],
)
def test_display_name(tag: str, name: str) -> None:
    assert display_name(tag) == name


_TAGS = "en pl tr ko id de it is no he my be zh pt_BR pt-br zh-CN zh_Hant_TW ZH-HANS sr-Latn es-419 fil ckb deu eng"
_NAMES = """
    docs src lib api test tests new man bin ini img tmp min raw old doc app web www css js ts py rs go sh io os in to cv
    sql xml pdf svg usr var etc opt log dev cat sun mar mon may per run tel lit pan san sin mac tag her ton nan bar war
    map fin_ en2 i18n assets page guide x und mul zxx mis qaa en. .en en- _en en--us x-en i-klingon en-x-house de-formal
    aaaa a 404 1996 to-do v1 no-ip
"""


@pytest.mark.parametrize("name", _TAGS.split())
def test_names_that_stand_for_a_language(name: str) -> None:
    assert is_language_tag(name)


@pytest.mark.parametrize("name", [*_NAMES.split(), "", " ", "en ", "en\n"])
def test_names_that_do_not(name: str) -> None:
    assert not is_language_tag(name)


@pytest.mark.parametrize(
    ("tag", "available", "match"),
    [
        ("pt", ["pt", "pt-BR"], "pt"),
        ("pt-BR", ["pt"], "pt"),
        ("pt-BR", ["pt-PT"], None),
        ("pt", ["pt-PT", "pt-BR"], "pt-BR"),
        ("pt", ["pt-PT"], "pt-PT"),
        ("es", ["es-AR", "es-CO"], None),
        ("zh-TW", ["zh", "zh-Hant"], "zh-Hant"),
        ("zh-TW", ["zh"], None),
        ("zh-CN", ["zh"], "zh"),
        ("zh", ["zh-Hans"], "zh-Hans"),
        ("sr-Latn", ["sr"], None),
        ("en", [], None),
    ],
)
def test_best_match(tag: str, available: list[str], match: str | None) -> None:
    assert best_match(tag, available) == match


def test_the_script_gives_the_direction() -> None:
    tags = ("ar", "he", "fa", "ur", "ckb", "dv", "yi", "uz-Arab", "az-Arab", "uz", "az", "tr", "ko", "zh-Hans", "en")
    assert [tag for tag in tags if is_right_to_left(tag)] == list(tags[:9])


def test_a_general_tag_covers_its_regions_and_not_the_reverse() -> None:
    assert covers("pt", "pt-BR")
    assert covers("pt-BR", "pt-BR")
    assert not covers("pt-BR", "pt")
    assert not covers("pt-PT", "pt-BR")
    assert not covers("zh", "zh-TW")


def test_importing_loads_no_language_data() -> None:
    code = (
        "import sys, termcheck.languages as l\n"
        "assert 'langcodes' not in sys.modules\n"
        "assert l.is_language_tag('pt_BR') and not l.is_language_tag('docs')\n"
        "assert 'language_data.name_data' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
