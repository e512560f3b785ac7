from __future__ import annotations

import pytest
from lxml import etree

from glossary_samples import FULL
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.format import Languages
from termcheck.exchange.reduce import reduce
from termcheck.exchange.registry import FORMATS
from termcheck.glossary import Glossary
from termcheck.glossary_file import parse_glossary

PAIR = Languages("en", "pl")
XLIFF = FORMATS["xliff"]
NAMES = {"x": "urn:oasis:names:tc:xliff:document:2.0", "g": "urn:oasis:names:tc:xliff:glossary:2.0"}

OTHER = """\
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:gls="urn:oasis:names:tc:xliff:glossary:2.0" version="2.1"
 srcLang="en" trgLang="de"><file id="f"><unit id="1" translate="no"><gls:glossary>
 <gls:glossEntry id="g1" ref="#m1"><gls:term source="base">TAB key</gls:term>
  <gls:translation>Tabstopptaste</gls:translation><gls:translation>TAB-TASTE</gls:translation>
  <gls:definition source="x">A key.</gls:definition></gls:glossEntry>
 <gls:glossEntry ref="#m2"><gls:term>enter</gls:term><gls:definition>Go.</gls:definition></gls:glossEntry>
 </gls:glossary><notes><note category="usage">of the sentence</note></notes>
 <segment><source>Press the <mrk id="m1" type="term">TAB key</mrk>.</source></segment></unit></file></xliff>
"""


def test_entries_of_any_file_are_read() -> None:
    glossary, losses = XLIFF.read(OTHER.encode(), Languages())
    key, enter = glossary.concepts
    # Their ids are numbers, and what is said of a unit with two entries is said of neither.
    assert (key.id, key.definition, key.note, key.do_not_translate) == ("tab-key", "A key.", "", False)
    assert [term.text for term in key.terms["de"].terms] == ["Tabstopptaste", "TAB-TASTE"]
    assert (enter.id, list(enter.terms)) == ("enter", ["en"])
    assert losses == ()


def test_what_is_written_has_the_structure_of_the_standard() -> None:
    kept, _ = reduce(parse_glossary(FULL), XLIFF, PAIR)
    root = etree.fromstring(XLIFF.write(kept, PAIR).encode())
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.0", "en", "pl")
    for unit in root.findall("x:file/x:unit", NAMES):
        order = [etree.QName(child).localname for child in unit]
        assert order in (["glossary", "segment"], ["glossary", "notes", "segment"])
        (entry,) = unit.findall("g:glossary/g:glossEntry", NAMES)
        assert [etree.QName(child).localname for child in entry][:2] == ["term", "translation"]
        assert entry.get("ref") == "#" + unit.find("x:segment/x:source/x:mrk", NAMES).get("id")
        assert unit.findtext("x:segment/x:target", None, NAMES) == entry.findtext("g:translation", None, NAMES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<tbx/>", "this is not XLIFF"),
        ('<xliff version="1.2"/>', "this is XLIFF 1.2"),
        ('<xliff version="2.0"/>', "no source language"),
        (OTHER.replace(' trgLang="de"', ""), "no target language"),
    ],
)
def test_what_cannot_be_read(text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        XLIFF.read(text.encode(), Languages())
    assert message in caught.value.message


def test_a_file_needs_a_unit() -> None:
    with pytest.raises(ExchangeError):
        XLIFF.write(Glossary(), PAIR)
