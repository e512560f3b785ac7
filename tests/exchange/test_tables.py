"""Tables: columns, pairs, Google's sets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from termcheck.exchange.delimited import join_words, protect, split_words, unprotect
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.format import Languages, Read
from termcheck.exchange.registry import FORMATS
from termcheck.glossary_file import parse_glossary

if TYPE_CHECKING:
    from termcheck.glossary import Glossary

PAIR, NONE = Languages("en", "pl"), Languages()


def read(name: str, text: str | bytes, languages: Languages = NONE) -> Read:
    return FORMATS[name].read(text if isinstance(text, bytes) else text.encode(), languages)


def words(glossary: Glossary) -> dict[str, dict[str, list[str]]]:
    return {
        concept.id: {lang: [term.text for term in entry.terms] for lang, entry in concept.terms.items()}
        for concept in glossary.concepts
    }


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_spreadsheet_s_table(delimiter: str, encoding: str) -> None:
    text = "id,PL,en-us,definition\r\nklien,klient|kontrahent,client,Firma\r\n,,,\r\n".replace(",", delimiter)
    glossary, losses = read("csv", text.encode(encoding))
    assert words(glossary) == {"client": {"en-US": ["client"], "id": ["klien"], "pl": ["klient", "kontrahent"]}}
    assert glossary.concepts[0].definition == "Firma"
    assert losses == ()


def test_columns_that_are_not_read_are_listed() -> None:
    _, losses = read("csv", "en,Status,xy colour\nclient,ok,red,more\n")
    assert [str(loss) for loss in losses] == [
        "line 1: the column 'Status' is no language tag and no property: left out",
        "line 1: the column 'xy colour' is no language tag and no property: left out",
        "line 2: has more cells than the first line has names: they are left out",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("word,wort\na,b\n", "1:1: the first line names no language"),
        ("en,en\na,b\n", "1:1: the column 'en' is given twice"),
        ('en,pl\n"a,b\n', "this is not a table"),
        ("en,pl\n" + "x" * 200_000, "2:1: this is not a table: field larger than field limit"),
    ],
)
def test_what_is_no_table_of_columns(text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read("csv", text)
    assert message in caught.value.message


@pytest.mark.parametrize("raw", [b"en,pl\na,\xff\n", b"\xff\xfea"])
def test_what_is_no_text(raw: bytes) -> None:
    with pytest.raises(ExchangeError):
        read("csv", raw)


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@a", "'=x", "''@a", "＝x", "plain", "'plain", "a=b", ""])
def test_formulas_are_made_harmless_and_come_back(cell: str) -> None:
    shown = protect(cell)
    assert unprotect(shown) == cell
    assert shown[:1] not in {"=", "+", "-", "@", "＝"}


def test_no_cell_of_an_exported_table_is_a_formula() -> None:
    glossary = parse_glossary(
        'version: 1\nconcepts:\n  - {id: a, definition: "=HYPERLINK()", terms: {en: "@SUM", pl: "-2"}}\n'
    )
    text = FORMATS["csv"].write(glossary, Languages())
    assert list(csv.reader(io.StringIO(text))) == [
        ["concept", "definition", "en", "pl"], ["a", "'=HYPERLINK()", "'@SUM", "'-2"]
    ]  # fmt: skip


@pytest.mark.parametrize("given", [["a"], ["a|b", "c\\"], ["\\|", "|"], []])
def test_words_share_a_cell(given: list[str]) -> None:
    assert split_words(join_words(given)) == given


def test_a_backslash_before_another_letter_is_one() -> None:
    assert split_words("C:\\dir|x\\") == ["C:\\dir", "x\\"]


@pytest.mark.parametrize("text", ["client,klient\n", "client\tklient\n", "client,klient,EN,PL\n", "client;klient\n"])
def test_deepl_pairs(text: str) -> None:
    languages = Languages() if "PL" in text else PAIR
    assert words(read("deepl", text, languages).glossary) == {"client": {"en": ["client"], "pl": ["klient"]}}


def test_pairs_need_languages() -> None:
    with pytest.raises(ExchangeError) as caught:
        read("deepl", "client,klient\n")
    assert "--source en --target pl" in caught.value.hint


def test_a_repeated_source_word_is_one_concept() -> None:
    glossary, losses = read("deepl", "client,klient\nclient,kontrahent\nlone\n", PAIR)
    assert words(glossary) == {"client": {"en": ["client"], "pl": ["klient", "kontrahent"]}}
    assert [str(loss) for loss in losses] == ["line 3: is no pair of words: left out"]


def test_omegat() -> None:
    text = '# Glossary\nclient\tklient\tA firm.\nclient\tkontrahent\tOr so.\n"quote\tcytat\n'
    glossary = read("omegat", text, PAIR).glossary
    assert words(glossary) == {
        "client": {"en": ["client"], "pl": ["klient", "kontrahent"]},
        "quote": {"en": ['"quote'], "pl": ["cytat"]},
    }
    assert (glossary.concepts[0].definition, glossary.concepts[0].note) == ("A firm.", "Or so.")


def test_google_in_one_direction_and_as_a_set() -> None:
    assert words(read("google", "client,klient\n", PAIR).glossary) == {"client": {"en": ["client"], "pl": ["klient"]}}
    glossary = read("google", "pl,en,pos,description\nklient,client,noun,A firm.\n,lone,,\n").glossary
    assert words(glossary) == {"client": {"en": ["client"], "pl": ["klient"]}, "lone": {"en": ["lone"]}}
    assert (glossary.concepts[0].part_of_speech, glossary.concepts[0].definition) == ("noun", "A firm.")


def test_words_that_no_glossary_can_hold_are_listed() -> None:
    glossary, losses = read("csv", "en,pl\n" + "x" * 300 + ",klient\n\u200b,b\nc\x07d,e\n")
    assert len(glossary.concepts) == 3
    assert [loss.where for loss in losses] == ["line 2, en", "line 3, en", "line 4, en"]


def test_a_term_set_stays_one_when_languages_are_named() -> None:
    raw = b"de,en,pl,pos\nMandant,client,klient,noun\n"
    read = FORMATS["google-set"].read(raw, Languages("en", "de"))
    assert {tag: entry.preferred[0].text for tag, entry in read.glossary.concepts[0].terms.items()} == {
        "de": "Mandant",
        "en": "client",
        "pl": "klient",
    }


def test_two_words_that_look_like_tags_are_a_pair_when_languages_are_named() -> None:
    read = FORMATS["google"].read(b"de,en\nhaus,house\n", Languages("de", "en"))
    assert [concept.terms["en"].preferred[0].text for concept in read.glossary.concepts] == ["en", "house"]
