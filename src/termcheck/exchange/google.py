"""Glossaries of Google's Cloud Translation: one direction, or a set of equivalent terms in several languages.

See https://cloud.google.com/translate/docs/advanced/glossary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termcheck.exchange.delimited import decode, read_lines, table_text
from termcheck.exchange.draft import GlossaryDraft
from termcheck.exchange.pairs import read_google
from termcheck.languages import LanguageTagError, normalise

if TYPE_CHECKING:
    from termcheck.exchange.delimited import Line
    from termcheck.exchange.format import Languages, Read
    from termcheck.glossary import Glossary

_PART_OF_SPEECH, _DESCRIPTION = "pos", "description"
# Two cells that look like language tags are words where the user names the languages.
_PAIR = 2


def write_google_set(glossary: Glossary, languages: Languages) -> str:  # noqa: ARG001
    """CSV with a column for each language, the part of speech and the description."""
    tags = glossary.languages()
    rows = [[*tags, _PART_OF_SPEECH, _DESCRIPTION]]
    for concept in glossary.concepts:
        words = [concept.terms[tag].preferred[0].text if tag in concept.terms else "" for tag in tags]
        rows.append([*words, concept.part_of_speech, concept.definition])
    return table_text(rows, ",")


def read_google_any(raw: bytes, languages: Languages) -> Read:
    """Read either kind; a first row of language tags tells a term set. Raises ``ExchangeError``."""
    lines = read_lines(decode(raw), ",")
    tags = _tags(lines[0].cells) if lines else None
    if tags is None or (len(tags) == _PAIR and languages.source and languages.target):
        return read_google(raw, languages)
    return _read_set(tags, lines[1:], languages)


def _tags(head: tuple[str, ...]) -> list[str] | None:
    """The names of the columns when all of them are language tags, ``pos`` or ``description``."""
    names = [name.strip() for name in head]
    try:
        languages = [normalise(name) for name in names if name not in (_PART_OF_SPEECH, _DESCRIPTION)]
    except LanguageTagError:
        return None
    return names if len(languages) > 1 or len(names) > len(languages) > 0 else None


def _read_set(names: list[str], lines: list[Line], languages: Languages) -> Read:
    draft = GlossaryDraft()
    for where, cells in lines:
        concept = draft.concept(where)
        for name, cell in zip(names, cells, strict=False):
            if not cell.strip():
                continue
            if name == _PART_OF_SPEECH:
                concept.part_of_speech = draft.part_of_speech(where, cell)
            elif name == _DESCRIPTION:
                concept.definition = cell
            else:
                language = draft.language(concept, name)
                if language is not None:
                    language.words.append((cell, None))
    return draft.build(languages.source)
