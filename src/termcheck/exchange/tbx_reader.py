"""TermBase eXchange: reading version 3 (ISO 30042:2019, DCA and DCT style), version 2 (ISO 30042:2008) and TBX-Min."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.exchange.draft import GlossaryDraft, folded
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.loss import exactly
from termcheck.exchange.tbx_categories import id_from_xml, status_of
from termcheck.exchange.xml_source import XML_LANG, children, local_name, parse_xml, place, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from termcheck.exchange.draft import ConceptDraft, LanguageDraft
    from termcheck.exchange.format import Languages, Read

_ROOTS = ("tbx", "martif", "TBX")
_ENTRIES = ("conceptEntry", "termEntry", "entry")
_SECTIONS = ("langSec", "langSet", "langGroup")
_TERMS = ("termSec", "tig", "ntig", "termGroup")

# Elements whose category is the value of an attribute; in DCT style and TBX-Min it is the element's own name.
_BY_TYPE = ("descrip", "termNote", "admin", "transac", "descripNote", "adminNote", "transacNote", "ref", "xref", "hi")
# Around another element, to say more about it.
_GROUPS = ("descripGrp", "adminGrp", "termNoteGrp", "noteGrp", "termGrp", "auxInfo")
# Who changed what and when, which no glossary needs.
_HISTORY = ("transacGrp", "transac", "date")


def read_tbx(raw: bytes, languages: Languages) -> Read:
    """Read a TBX file of any version and style. Raises ``ExchangeError``."""
    root = parse_xml(raw)
    if local_name(root) not in _ROOTS:
        raise ExchangeError(f"this is not TBX: it begins with <{local_name(root)}>, not with <tbx> or <martif>")
    draft = GlossaryDraft()
    unread: dict[str, int] = {}
    for entry in root.iter("{*}" + _ENTRIES[0], "{*}" + _ENTRIES[1], "{*}" + _ENTRIES[2]):
        _entry(draft, entry, unread)
    for category in sorted(unread):
        count = unread[category]
        draft.lose("the whole file", f"the category {exactly(category)}, {count:,} time{'s' if count > 1 else ''}")
    return draft.build(languages.source)


def _entry(draft: GlossaryDraft, entry: Element, unread: dict[str, int]) -> None:
    concept = draft.concept(place(entry), id_from_xml(entry.get("id", "")))
    for category, value in _categories(entry, unread):
        match category:
            case "subjectField":
                concept.domain = concept.domain or folded(value)
            case "definition" if not concept.definition:
                concept.definition = value
            case "note" | "definition":
                concept.notes.append(value)
            case _:
                unread[category] = unread.get(category, 0) + 1
    for section in children(entry, *_SECTIONS):
        tag = section.get(XML_LANG) or section.get("lang") or ""
        language = draft.language(concept, tag)
        if language is not None:
            _section(draft, concept, language, section, unread)


def _section(
    draft: GlossaryDraft, concept: ConceptDraft, language: LanguageDraft, section: Element, unread: dict[str, int]
) -> None:
    for category, value in _categories(section, unread):
        match category:
            case "definition" if not language.definition:
                language.definition = value
            case "note" | "definition":
                language.notes.append(value)
            case "partOfSpeech":
                language.parts_of_speech.append(draft.part_of_speech(place(section), value))
            case _:
                unread[category] = unread.get(category, 0) + 1
    for term in children(section, *_TERMS):
        _term(draft, concept, language, term, unread)


def _term(
    draft: GlossaryDraft, concept: ConceptDraft, language: LanguageDraft, section: Element, unread: dict[str, int]
) -> None:
    # In version 2 the term of an <ntig> and what is said about it stand in a <termGrp>.
    words = [folded(text_of(term)) for term in section.iter("{*}term")]
    if not words:
        draft.lose(place(section), "has no term: left out")
        return
    status = None
    for category, value in _categories(section, unread):
        match category:
            case "administrativeStatus" | "normativeAuthorization" | "termStatus":
                status = status_of(value)
                if status is None:
                    draft.lose(place(section), f"the status {exactly(folded(value))} is unknown")
            case "partOfSpeech":
                language.parts_of_speech.append(draft.part_of_speech(place(section), value))
            case "subjectField" if not concept.domain:
                concept.domain = folded(value)
            case "definition" if not language.definition:
                language.definition = value
            case "note" | "definition":
                language.notes.append(f"{words[0]}: {folded(value)}")
            case "term":
                pass
            case _:
                unread[category] = unread.get(category, 0) + 1
    language.words.append((words[0], status))


def _categories(element: Element, unread: dict[str, int]) -> Iterator[tuple[str, str]]:
    """The data categories that hold for the element, not for those below it, with their texts."""
    for child in element:
        name = local_name(child)
        if not name or name in (*_SECTIONS, *_TERMS, *_HISTORY):
            continue
        if name in _GROUPS:
            yield from _categories(child, unread)
            continue
        category = child.get("type", name) if name in _BY_TYPE else name
        yield category, text_of(child)
