"""The glossary module of XLIFF 2 (OASIS, namespace ``urn:oasis:names:tc:xliff:glossary:2.0``).

A unit for each concept: its text is the word, its glossary has the entry with the translations and the definition, and
what the module has no element for stands in notes of the unit, told apart by their categories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from termcheck.exchange.draft import GlossaryDraft
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.xml_source import children, local_name, namespace, parse_xml, place, text_of
from termcheck.report.xml_text import add_text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from termcheck.exchange.draft import ConceptDraft
    from termcheck.exchange.format import Languages, Read
    from termcheck.glossary import Concept, Glossary

CORE = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"

_DOMAIN, _PART_OF_SPEECH, _NOTE = "subject-field", "part-of-speech", "usage"


def write_xliff(glossary: Glossary, languages: Languages) -> str:
    """The glossary as XLIFF 2.0."""
    attributes = {"version": "2.0", "srcLang": languages.source, "trgLang": languages.target}
    root = ElementTree.Element("xliff", {**attributes, "xmlns": CORE, "xmlns:gls": GLOSSARY})
    file = ElementTree.SubElement(root, "file", id="glossary")
    for concept in glossary.concepts:
        _unit(file, concept, languages)
    if not glossary.concepts:
        raise ExchangeError("no concept has words in both languages, and XLIFF needs one at least")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _unit(file: ElementTree.Element, concept: Concept, languages: Languages) -> None:
    word = concept.terms[languages.source].accepted[0].text
    translations = [term.text for term in concept.terms[languages.target].accepted]
    unit = ElementTree.SubElement(file, "unit", id=concept.id)
    if concept.do_not_translate:
        unit.set("translate", "no")
    glossary = ElementTree.SubElement(unit, "gls:glossary")
    entry = ElementTree.SubElement(glossary, "gls:glossEntry", id=concept.id, ref="#term")
    add_text(entry, "gls:term", word)
    for translation in translations:
        add_text(entry, "gls:translation", translation)
    add_text(entry, "gls:definition", concept.definition)
    remarks = {_DOMAIN: concept.domain, _PART_OF_SPEECH: concept.part_of_speech, _NOTE: concept.note}
    if any(remarks.values()):
        notes = ElementTree.SubElement(unit, "notes")
        for category, text in remarks.items():
            add_text(notes, "note", text, category=category)
    segment = ElementTree.SubElement(unit, "segment")
    add_text(ElementTree.SubElement(segment, "source"), "mrk", word, id="term", type="term")
    add_text(segment, "target", translations[0])


def read_xliff(raw: bytes, languages: Languages) -> Read:
    """Read the glossary entries of an XLIFF 2 file, whatever else is in it. Raises ``ExchangeError``."""
    root = parse_xml(raw)
    if local_name(root) != "xliff":
        raise ExchangeError(f"this is not XLIFF: it begins with <{local_name(root)}>")
    if not root.get("version", "").startswith("2"):
        raise ExchangeError(
            f"this is XLIFF {root.get('version', 'of no version')}, which has no glossary entries",
            "only version 2 does",
        )
    tags = (languages.source or root.get("srcLang", ""), languages.target or root.get("trgLang", ""))
    if not tags[0]:
        raise ExchangeError("the file names no source language", "name it with --source")
    draft = GlossaryDraft()
    for unit in root.iter(f"{{{CORE}}}unit", "{*}unit"):
        for glossary in children(unit, "glossary"):
            if namespace(glossary) == GLOSSARY:
                entries = list(children(glossary, "glossEntry"))
                for entry in entries:
                    _entry(draft, entry, unit, tags, alone=len(entries) == 1)
    return draft.build(languages.source)


def _entry(draft: GlossaryDraft, entry: Element, unit: Element, tags: tuple[str, str], *, alone: bool) -> None:
    concept = draft.concept(place(entry), entry.get("id", ""))
    source = draft.language(concept, tags[0])
    for term in children(entry, "term"):
        if source is not None:
            source.words.append((text_of(term), None))
    translations = [text_of(translation) for translation in children(entry, "translation")]
    if translations and not tags[1]:
        raise ExchangeError("the file names no target language", "name it with --target")
    target = draft.language(concept, tags[1]) if translations else None
    if target is not None:
        target.words += [(word, None) for word in translations]
    concept.definition = " ".join(text_of(definition) for definition in children(entry, "definition"))
    # What is said of the unit is said of its one entry.
    if alone:
        concept.do_not_translate = unit.get("translate") == "no"
        _notes(draft, concept, unit)


def _notes(draft: GlossaryDraft, concept: ConceptDraft, unit: Element) -> None:
    for notes in children(unit, "notes"):
        for note in children(notes, "note"):
            match note.get("category"):
                case "subject-field":
                    concept.domain = text_of(note)
                case "part-of-speech":
                    concept.part_of_speech = draft.part_of_speech(place(note), text_of(note))
                case "usage":
                    concept.notes.append(text_of(note))
