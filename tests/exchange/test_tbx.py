from __future__ import annotations

import pytest
from lxml import etree

from glossary_samples import FULL
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.format import Languages, Read
from termcheck.exchange.reduce import reduce
from termcheck.exchange.registry import FORMATS
from termcheck.exchange.tbx_reader import read_tbx
from termcheck.glossary import TermStatus
from termcheck.glossary_file import parse_glossary

CORE = "{urn:iso:std:iso:30042:ed-2}"

VERSION_2 = """\
<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en">
 <martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
 <text><body>
  <termEntry id="c1">
   <descripGrp><descrip type="definition">A firm
      with a contract.</descrip><admin type="source">book</admin></descripGrp>
   <descrip type="subjectField">billing</descrip>
   <transacGrp><transac type="transactionType">origination</transac><date>2010-04-17</date></transacGrp>
   <langSet xml:lang="en-us">
    <tig><term>client</term><termNote type="partOfSpeech">noun</termNote></tig>
    <ntig><termGrp><term>account <hi>holder</hi></term>
      <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp><note>rare</note></ntig>
   </langSet>
   <langSet xml:lang="pl">
    <tig><term>petent</term><termNote type="normativeAuthorization">notRecommended</termNote></tig>
    <tig><term>klient</term></tig>
    <tig><term>kontrahent</term></tig>
   </langSet>
   <langSet xml:lang="xx-bogus"><tig><term>blah</term></tig></langSet>
  </termEntry>
 </body></text>
</martif>
"""

DCT = """\
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <text><body><conceptEntry id="client"><min:subjectField>billing</min:subjectField>
  <langSec xml:lang="pl"><basic:definition>Firma.</basic:definition><note>Uwaga.</note>
   <termSec><term>klient</term><min:partOfSpeech>properNoun</min:partOfSpeech>
    <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus><basic:context>…</basic:context></termSec>
   <termSec><term>petent</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec></conceptEntry></body></text></tbx>
"""


def read(text: str) -> Read:
    return read_tbx(text.encode(), Languages())


def test_version_2_is_read() -> None:
    glossary, losses = read(VERSION_2)
    (concept,) = glossary.concepts
    assert (concept.id, concept.definition, concept.domain) == ("client", "A firm with a contract.", "billing")
    english, polish = concept.terms["en-US"], concept.terms["pl"]
    assert [(term.text, term.status) for term in english.terms] == [
        ("client", TermStatus.PREFERRED),
        ("account holder", TermStatus.ADMITTED),
    ]
    assert (english.part_of_speech, english.note) == ("noun", "account holder: rare")
    assert [term.text for term in polish.preferred + polish.admitted] == ["klient", "kontrahent"]
    assert [term.text for term in polish.forbidden] == ["petent"]
    assert [str(loss) for loss in losses] == [
        (
            "line 6: the language tag 'xx-bogus' does not exist: its words are left out; use a BCP 47 tag such as pl, "
            "pt-BR or zh-Hans"
        ),
        "the whole file: the category 'source', 1 time",
    ]


def test_dct_style_is_read() -> None:
    glossary, losses = read(DCT)
    (concept,) = glossary.concepts
    assert (concept.id, concept.domain, concept.part_of_speech) == ("client", "billing", "proper noun")
    polish = concept.terms["pl"]
    assert (polish.definition, polish.note) == ("Firma.", "Uwaga.")
    assert [term.text for term in polish.forbidden] == ["petent"]
    assert [str(loss) for loss in losses] == ["the whole file: the category 'context', 1 time"]


def test_tbx_min_is_read() -> None:
    text = (
        '<TBX dialect="TBX-Min"><body><entry id="C002"><subjectField>biology</subjectField>'
        '<langGroup xml:lang="en"><termGroup><term>dog</term><termStatus>obsolete</termStatus></termGroup></langGroup>'
        "</entry></body></TBX>"
    )
    (concept,) = read(text).glossary.concepts
    assert (concept.id, concept.domain) == ("dog", "biology")
    assert concept.terms["en"].deprecated[0].text == "dog"


def test_what_is_odd_is_listed_and_does_not_stop_the_rest() -> None:
    text = (
        '<tbx><conceptEntry id="a"><langSec xml:lang="en"><termSec><term>x</term>'
        '<termNote type="administrativeStatus">splendid</termNote><termNote type="partOfSpeech">gerund</termNote>'
        "</termSec><termSec><term>X</term></termSec><termSec/></langSec></conceptEntry>"
        '<conceptEntry id="b"><langSec xml:lang="en"><termSec><term> </term></termSec></langSec></conceptEntry></tbx>'
    )
    glossary, losses = read(text)
    assert [concept.id for concept in glossary.concepts] == ["a"]
    assert [loss.what for loss in losses] == [
        "the status 'splendid' is unknown",
        "the part of speech 'gerund' is unknown",
        "has no term: left out",
        "'X' is there already, as preferred: left out",
        "has no word: left out",
    ]


@pytest.mark.parametrize("name", ["tbx", "tbx-dct"])
def test_what_is_written_has_the_structure_of_the_standard(name: str) -> None:
    kept, _ = reduce(parse_glossary(FULL), FORMATS[name], Languages())
    root = etree.fromstring(FORMATS[name].write(kept, Languages()).encode())
    assert root.tag == f"{CORE}tbx"
    assert root.get("type") == "TBX-Basic"
    assert [child.tag for child in root] == [f"{CORE}tbxHeader", f"{CORE}text"]
    assert root.find(f"{CORE}tbxHeader/{CORE}fileDesc/{CORE}sourceDesc/{CORE}p") is not None
    entries = root.findall(f"{CORE}text/{CORE}body/{CORE}conceptEntry")
    # XML ids begin with no digit.
    assert [entry.get("id") for entry in entries] == ["client", "_2fa.login", "customer"]
    for section in root.iter(f"{CORE}langSec"):
        # What is said about a language stands before its terms, in a term section the term comes first.
        tags = [child.tag == f"{CORE}termSec" for child in section]
        assert tags == sorted(tags)
        assert tags[-1]
        assert section.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert all(section[0].tag == f"{CORE}term" for section in root.iter(f"{CORE}termSec"))
    styled = [element for element in root.iter() if element.get("type") and element is not root]
    assert bool(styled) == (name == "tbx")


def test_statuses_are_those_of_the_standard() -> None:
    kept, _ = reduce(parse_glossary(FULL), FORMATS["tbx"], Languages())
    root = etree.fromstring(FORMATS["tbx"].write(kept, Languages()).encode())
    found = {note.text for note in root.iter(f"{CORE}termNote") if note.get("type") == "administrativeStatus"}
    assert found == {f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated", "superseded")}


# What the published rules of the dialect (TBX-Basic 1.2) allow.
LEVELS = {"subjectField": {"conceptEntry"}, "definition": {"conceptEntry", "langSec"}}
VALUES = {"noun", "verb", "adjective", "adverb", "other"}


def test_categories_stand_where_the_dialect_allows_them_with_its_values() -> None:
    glossary = parse_glossary(FULL.replace("part_of_speech: noun", "part_of_speech: proper noun"))
    kept, losses = reduce(glossary, FORMATS["tbx"], Languages())
    root = etree.fromstring(FORMATS["tbx"].write(kept, Languages()).encode())
    for element in root.iter(f"{CORE}descrip"):
        assert etree.QName(element.getparent()).localname in LEVELS[element.get("type")]
    parts = {note.text for note in root.iter(f"{CORE}termNote") if note.get("type") == "partOfSpeech"}
    assert parts == {"noun", "other"}
    assert parts <= VALUES
    assert "client: that it is a proper noun: written as noun" in [str(loss) for loss in losses]


def test_a_file_needs_a_concept() -> None:
    with pytest.raises(ExchangeError):
        FORMATS["tbx"].write(parse_glossary("version: 1\nconcepts: []\n"), Languages())


def test_what_is_said_twice_becomes_a_note() -> None:
    text = (
        '<tbx><conceptEntry id="a"><descrip type="definition">One.</descrip><descrip type="definition">Two.</descrip>'
        '<descrip type="context">c</descrip><langSec xml:lang="en"><descrip type="context">c</descrip>'
        '<termNote type="partOfSpeech">verb</termNote><termSec><term>x</term><descrip type="definition">X.</descrip>'
        '<descrip type="subjectField">s</descrip></termSec></langSec></conceptEntry></tbx>'
    )
    (concept,), losses = read(text).glossary.concepts, read(text).losses
    assert (concept.definition, concept.note, concept.domain, concept.part_of_speech) == ("One.", "Two.", "s", "verb")
    assert concept.terms["en"].definition == "X."
    assert [str(loss) for loss in losses] == ["the whole file: the category 'context', 2 times"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not well-formed XML"),
        ("<tbx><body></tbx>", "1:18: this is not well-formed XML"),
        ("<html/>", "this is not TBX: it begins with <html>"),
        ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>', "declares entities"),
        ('<!DOCTYPE tbx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tbx>&a;</tbx>', "declares entities"),
        ("<tbx>" + "<a>" * 150 + "</a>" * 150 + "</tbx>", "nested more than 100 deep"),
        ("<tbx>" + "<a>" * 5000 + "</a>" * 5000 + "</tbx>", "not well-formed XML"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        read(text)
    assert message in caught.value.message


def test_entities_do_not_grow() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises(ExchangeError):
        read(f'<!DOCTYPE tbx [<!ENTITY e0 "lol">{bomb}]><tbx a="&e11;"><note>&e11;</note></tbx>')
