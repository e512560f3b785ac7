from __future__ import annotations

import pytest

from termcheck.exchange.detect import detect
from termcheck.exchange.errors import ExchangeError


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.tbx", "<?xml version='1.0'?><martif/>", "tbx"),
        ("a.xml", "\ufeff<tbx/>", "tbx"),
        ("-", "<x:xliff xmlns:x='y'/>", "xliff"),
        ("a.csv", "concept,pl,en\n", "csv"),
        ("a.csv", "en;pl;de admitted\n", "csv"),
        ("A.TSV", "en\tpl\n", "tsv"),
        ("a.csv", "en,pl,pos,description\n", "google-set"),
        ("a.csv", "client,klient\n", "deepl"),
        ("a.csv", "client,klient,EN,PL\n", "deepl"),
        ("a.csv", "client,klient,EN,PL,0.5\n", "deepl"),
        ("a.csv", '"a\nb",c\n', "deepl"),
        ("a.tab", "client\tklient\n", "omegat"),
        ("a.txt", "client\tklient\n", "omegat"),
        ("glossary.utf8", "# Glossary\n", "omegat"),
    ],
)
def test_formats_are_told_by_name_and_content(name: str, text: str, found: str) -> None:
    assert detect(name, text.encode()).name == found


def test_utf_16_is_seen_through() -> None:
    assert detect("a.xlf", "<xliff/>".encode("utf-16")).name == "xliff"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.docx", "PK", "nothing is known about .docx"),
        ("-", "a,b", "files without an extension"),
        ("a.tbx", "a,b", "this is not XML"),
        ("a.xml", "<html/>", "neither TBX nor XLIFF"),
    ],
)
def test_what_is_no_format(name: str, text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        detect(name, text.encode())
    assert message in caught.value.message
