"""TermBase eXchange: writing TBX-Basic (ISO 30042:2019) in both its styles.

In DCA style the data category is the value of an attribute (``<termNote type="partOfSpeech">``), in DCT style the name
of an element (``<min:partOfSpeech>``). Reading is in ``tbx_reader``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.tbx_categories import BASIC, CORE, MIN, STATUSES, id_to_xml
from termcheck.report.xml_text import add_text

if TYPE_CHECKING:
    from termcheck.exchange.format import Languages
    from termcheck.glossary import Concept, Glossary, LanguageTerms, Term

# For each data category, its element in DCA style and its module in DCT style.
_CATEGORIES = {
    "subjectField": ("descrip", "min"),
    "definition": ("descrip", "basic"),
    "partOfSpeech": ("termNote", "min"),
    "administrativeStatus": ("termNote", "min"),
}


def write_dca(glossary: Glossary, languages: Languages) -> str:  # noqa: ARG001
    """The glossary as TBX-Basic in DCA style."""
    return _document(glossary, dct=False)


def write_dct(glossary: Glossary, languages: Languages) -> str:  # noqa: ARG001
    """The glossary as TBX-Basic in DCT style."""
    return _document(glossary, dct=True)


def _document(glossary: Glossary, *, dct: bool) -> str:
    if not glossary.concepts:
        raise ExchangeError("no concept has a word, and TBX needs one at least")
    attributes = {"type": "TBX-Basic", "style": "dct" if dct else "dca", "xml:lang": "en", "xmlns": CORE}
    if dct:
        attributes |= {"xmlns:min": MIN, "xmlns:basic": BASIC}
    root = ElementTree.Element("tbx", attributes)
    description = ElementTree.SubElement(ElementTree.SubElement(root, "tbxHeader"), "fileDesc")
    add_text(ElementTree.SubElement(description, "sourceDesc"), "p", "Written by termcheck.")
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    for concept in glossary.concepts:
        _concept(body, concept, dct=dct)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _concept(body: ElementTree.Element, concept: Concept, *, dct: bool) -> None:
    entry = ElementTree.SubElement(body, "conceptEntry", id=id_to_xml(concept.id))
    _category(entry, "subjectField", concept.domain, dct=dct)
    _category(entry, "definition", concept.definition, dct=dct)
    add_text(entry, "note", concept.note)
    for lang, terms in concept.terms.items():
        section = ElementTree.SubElement(entry, "langSec", {"xml:lang": lang})
        _category(section, "definition", terms.definition, dct=dct)
        add_text(section, "note", terms.note)
        for term in terms.terms:
            _term(section, concept, terms, term, dct=dct)


def _term(section: ElementTree.Element, concept: Concept, terms: LanguageTerms, term: Term, *, dct: bool) -> None:
    entry = ElementTree.SubElement(section, "termSec")
    add_text(entry, "term", term.text)
    _category(entry, "partOfSpeech", terms.part_of_speech or concept.part_of_speech, dct=dct)
    _category(entry, "administrativeStatus", STATUSES[term.status], dct=dct)


def _category(parent: ElementTree.Element, name: str, value: str, *, dct: bool) -> None:
    element, module = _CATEGORIES[name]
    if dct:
        add_text(parent, f"{module}:{name}", value)
    else:
        add_text(parent, element, value, type=name)
