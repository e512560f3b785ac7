"""A table with a column for each language: the form in which glossaries are kept in spreadsheets.

The first row names the columns. A language tag heads the preferred words; ``pl admitted``, ``pl forms`` and so on say
more on the language, ``definition`` and others on the concept. The ids are headed ``concept``: ``id`` is Indonesian.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.exchange.delimited import (
    decode,
    delimiter_of,
    join_words,
    protect,
    read_lines,
    split_words,
    table_text,
    unprotect,
)
from termcheck.exchange.draft import GlossaryDraft
from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.loss import exactly
from termcheck.glossary import TermStatus
from termcheck.languages import LanguageTagError, normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from termcheck.exchange.draft import ConceptDraft, LanguageDraft
    from termcheck.exchange.format import Languages, Read
    from termcheck.glossary import Concept, Glossary, LanguageTerms

_YES = "yes"
_TRUE = frozenset({"yes", "true", "1", "x"})

_CONCEPT: dict[str, Callable[[Concept], str]] = {
    "concept": lambda concept: concept.id,
    "definition": lambda concept: concept.definition,
    "note": lambda concept: concept.note,
    "domain": lambda concept: concept.domain,
    "part_of_speech": lambda concept: concept.part_of_speech,
    "paths": lambda concept: join_words(concept.paths),
    "do_not_translate": lambda concept: _YES if concept.do_not_translate else "",
}

_LANGUAGE: dict[str, Callable[[LanguageTerms], str]] = {
    "": lambda entry: join_words(term.text for term in entry.preferred),
    "admitted": lambda entry: join_words(term.text for term in entry.admitted),
    "deprecated": lambda entry: join_words(term.text for term in entry.deprecated),
    "forbidden": lambda entry: join_words(term.text for term in entry.forbidden),
    "forms": lambda entry: join_words(entry.forms),
    "never": lambda entry: join_words(entry.never),
    "case_sensitive": lambda entry: _YES if entry.case_sensitive else "",
    "definition": lambda entry: entry.definition,
    "note": lambda entry: entry.note,
    "part_of_speech": lambda entry: entry.part_of_speech,
}


def write_columns(glossary: Glossary, delimiter: str) -> str:
    """The glossary as a table; a column stands there only when a concept has something for it."""
    head = ["concept"]
    columns: list[list[str]] = [[concept.id for concept in glossary.concepts]]

    def add(name: str, cells: list[str], *, always: bool = False) -> None:
        if always or any(cells):
            head.append(name)
            columns.append(cells)

    for name, get in list(_CONCEPT.items())[1:]:
        add(name, [get(concept) for concept in glossary.concepts])
    for lang in glossary.languages():
        entries = [concept.terms.get(lang) for concept in glossary.concepts]
        for kind, say in _LANGUAGE.items():
            cells = ["" if entry is None else say(entry) for entry in entries]
            add(f"{lang} {kind}".rstrip(), cells, always=not kind)
    rows = [head, *zip(*columns, strict=True)]
    return table_text([[protect(cell) for cell in row] for row in rows], delimiter)


def read_columns(raw: bytes, languages: Languages, delimiter: str = "") -> Read:
    """Read such a table; without a ``delimiter`` its first line tells. Raises ``ExchangeError``."""
    text = decode(raw)
    lines = read_lines(text, delimiter or delimiter_of(text))
    if not lines:
        raise ExchangeError("the file is empty")
    draft = GlossaryDraft()
    columns = _columns(lines[0].cells, draft)
    for where, cells in lines[1:]:
        concept = draft.concept(where)
        for (lang, kind), cell in zip(columns, cells, strict=False):
            value = unprotect(cell.strip())
            if value:
                _take(draft, concept, lang, kind, value)
        if any(cell.strip() for cell in cells[len(columns) :]):
            draft.lose(where, "has more cells than the first line has names: they are left out")
    return draft.build(languages.source)


def _columns(head: tuple[str, ...], draft: GlossaryDraft) -> list[tuple[str, str]]:
    """Language (empty for what belongs to the concept) and kind of every column; ``("", "")`` for one not read."""
    columns: list[tuple[str, str]] = []
    for name in map(str.strip, head):
        tag, _, kind = name.partition(" ")
        column = ("", "")
        if name.casefold() in _CONCEPT:
            column = ("", name.casefold())
        elif kind in _LANGUAGE:
            try:
                column = (normalise(tag), kind)
            except LanguageTagError:
                column = ("", "")
        if column == ("", "") and name:
            draft.lose("line 1", f"the column {exactly(name)} is no language tag and no property: left out")
        elif column in columns and name:
            raise ExchangeError(f"1:1: the column {exactly(name)} is given twice")
        columns.append(column)
    if not any(lang and not kind for lang, kind in columns):
        raise ExchangeError(
            "1:1: the first line names no language",
            "head each column with a language tag such as en or pt-BR; a file without a first line of names may be "
            "deepl, google or omegat: say which with --from",
        )
    return columns


def _take(draft: GlossaryDraft, concept: ConceptDraft, lang: str, kind: str, value: str) -> None:
    if lang:
        language = draft.language(concept, lang)
        if language is not None:
            _take_language(draft, concept.where, language, kind, value)
        return
    match kind:
        case "concept":
            concept.id = value
        case "definition":
            concept.definition = value
        case "note":
            concept.notes.append(value)
        case "domain":
            concept.domain = value
        case "part_of_speech":
            concept.part_of_speech = draft.part_of_speech(concept.where, value)
        case "paths":
            concept.paths = tuple(split_words(value))
        case "do_not_translate":
            concept.do_not_translate = value.casefold() in _TRUE


def _take_language(draft: GlossaryDraft, where: str, language: LanguageDraft, kind: str, value: str) -> None:
    match kind:
        case "" | "admitted" | "deprecated" | "forbidden":
            status = TermStatus(kind or "preferred")
            language.words += [(word, status) for word in split_words(value)]
        case "forms":
            language.forms += split_words(value)
        case "never":
            language.never += split_words(value)
        case "case_sensitive":
            language.case_sensitive = value.casefold() in _TRUE
        case "definition":
            language.definition = value
        case "note":
            language.notes.append(value)
        case "part_of_speech":
            language.parts_of_speech.append(draft.part_of_speech(where, value))
