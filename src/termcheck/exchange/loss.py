"""What a format cannot carry: the parts of a glossary, and those that were left out on the way."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """A part of a glossary that a format may have no place for, as messages and the documentation name it."""

    IDS = "concept ids"
    DEFINITION = "definition"
    NOTE = "note"
    DOMAIN = "domain"
    PART_OF_SPEECH = "part of speech"
    PATHS = "paths"
    DO_NOT_TRANSLATE = "do not translate"
    SYNONYMS = "further accepted words"
    STATUS = "preferred or admitted"
    UNWANTED = "deprecated and forbidden words"
    FORMS = "forms"
    NEVER = "never"
    CASE = "case sensitivity"
    LANGUAGE_TEXTS = "definition and note of a language"
    LANGUAGE_PART_OF_SPEECH = "part of speech of a language"
    RELATIONS = "distinct, acknowledge, homonyms"


class Loss(NamedTuple):
    """Something that was not carried over: ``where`` it stood (a concept, a line) and ``what`` it is, with the reason.

    Both may quote the file: they are to be sanitized before they are shown.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def exactly(value: object) -> str:
    """A text, or several, in quotes, at full length: a list of losses must be complete."""
    texts = value if isinstance(value, tuple) else (str(value),)
    return ", ".join(f"'{text}'" for text in texts)
