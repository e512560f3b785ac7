"""The glossary: concepts, their words per language, and which concepts must stay apart.

The file's format is ``schemas/glossary.v1.schema.json``. Everything carries its place in the file, so that a finding
about the glossary can point at the line that caused it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.languages import best_match, covers
from termcheck.model import Position

if TYPE_CHECKING:
    from collections.abc import Mapping

_START = Position(1, 1)


class TermStatus(StrEnum):
    """How a word may be used for its concept (after ISO 30042, "administrative status")."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase for a concept: NFC, white space folded, never empty."""

    text: str
    status: TermStatus = TermStatus.PREFERRED
    position: Position = field(default=_START, compare=False)


@dataclass(frozen=True, slots=True)
class LanguageTerms:
    """The words for one concept in one language, each list in the order of the file.

    ``forms`` are inflected forms of the accepted words, ``never`` texts that look like one and are none. What is said
    in ``definition``, ``note`` and ``part_of_speech`` holds for this language in place of what the concept says.
    """

    preferred: tuple[Term, ...] = ()
    admitted: tuple[Term, ...] = ()
    deprecated: tuple[Term, ...] = ()
    forbidden: tuple[Term, ...] = ()
    forms: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    case_sensitive: bool = False
    definition: str = ""
    note: str = ""
    part_of_speech: str = ""
    position: Position = field(default=_START, compare=False)

    @property
    def accepted(self) -> tuple[Term, ...]:
        """The words that may be used: preferred, then admitted."""
        return self.preferred + self.admitted

    @property
    def unwanted(self) -> tuple[Term, ...]:
        """The words that should not be used: deprecated, then forbidden."""
        return self.deprecated + self.forbidden

    @property
    def terms(self) -> tuple[Term, ...]:
        """All words, whatever their status."""
        return self.accepted + self.unwanted


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea. ``terms`` maps normalised language tags, sorted, to words; a language that lists none is not in it.

    ``paths`` are the globs of the only files in which the concept is looked for; empty for all files. With
    ``do_not_translate`` the words of one language hold in every language that has none of its own.
    """

    id: str
    terms: Mapping[str, LanguageTerms]
    definition: str = ""
    note: str = ""
    domain: str = ""
    part_of_speech: str = ""
    paths: tuple[str, ...] = ()
    do_not_translate: bool = False
    position: Position = field(default=_START, compare=False)


@dataclass(frozen=True, slots=True)
class DistinctGroup:
    """Two or more concept ids, in the order of the file, that must not share a word in any language."""

    concepts: tuple[str, ...]
    position: Position = field(default=_START, compare=False)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two of the group's concepts, in its order."""
        return tuple(combinations(self.concepts, 2))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The project accepts that these concepts share a word in these languages, for a reason.

    ``qualifier`` lists words of which one has to stand with the shared word; empty when none is asked for.
    """

    concepts: tuple[str, ...]
    languages: tuple[str, ...]
    reason: str
    qualifier: tuple[str, ...] = ()
    position: Position = field(default=_START, compare=False)


@dataclass(frozen=True, slots=True)
class Homonym:
    """These concepts share a word in these languages, and the project knows: readers tell them apart by context."""

    concepts: tuple[str, ...]
    languages: tuple[str, ...]
    note: str = ""
    position: Position = field(default=_START, compare=False)


@dataclass(frozen=True, slots=True)
class Collision:
    """The glossary itself gives two distinct concepts one word in a language.

    ``terms`` and ``positions`` belong to ``concepts``, one each.
    """

    concepts: tuple[str, str]
    lang: str
    terms: tuple[Term, Term]

    @property
    def word(self) -> str:
        return self.terms[0].text

    @property
    def positions(self) -> tuple[Position, Position]:
        return self.terms[0].position, self.terms[1].position


@dataclass(frozen=True)
class Glossary:
    """A valid glossary; ``path`` is how messages and findings name its file. Entries are in the order of the file."""

    path: str = ""
    concepts: tuple[Concept, ...] = ()
    distinct: tuple[DistinctGroup, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    homonyms: tuple[Homonym, ...] = ()
    _by_id: Mapping[str, Concept] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = MappingProxyType({concept.id: concept for concept in self.concepts})
        object.__setattr__(self, "_by_id", by_id)

    def __bool__(self) -> bool:
        return bool(self.concepts)

    def concept(self, concept_id: str) -> Concept:
        """The concept of that id. Raises ``KeyError`` when there is none."""
        return self._by_id[concept_id]

    def languages(self) -> tuple[str, ...]:
        """Every language that has words, sorted."""
        return tuple(sorted({lang for concept in self.concepts for lang in concept.terms}))

    def words(self, concept_id: str, lang: str) -> LanguageTerms | None:
        """The concept's words for texts in ``lang``, a normalised tag; None when the glossary gives none.

        Falls back between ``pt-BR`` and ``pt`` as ``termcheck.languages.best_match`` does, and for what is not to be
        translated to the words of the first language that has some.
        """
        concept = self._by_id[concept_id]
        match = best_match(lang, concept.terms)
        if match is None and concept.do_not_translate:
            match = next(iter(concept.terms), None)
        return None if match is None else concept.terms[match]

    def acknowledged(self, pair: tuple[str, str], lang: str) -> Acknowledgement | None:
        """The first entry that accepts one word for both concepts in ``lang``; ``pt`` includes ``pt-BR``."""
        for entry in self.acknowledgements:
            if set(pair) <= set(entry.concepts) and any(covers(general, lang) for general in entry.languages):
                return entry
        return None

    def homonym(self, pair: tuple[str, str], lang: str) -> Homonym | None:
        """The first entry that declares that both concepts have one word in ``lang``; ``pt`` includes ``pt-BR``."""
        for entry in self.homonyms:
            if set(pair) <= set(entry.concepts) and any(covers(general, lang) for general in entry.languages):
                return entry
        return None

    def accepts(self, pair: tuple[str, str], lang: str) -> bool:
        """Whether the project knows that both concepts have one word in ``lang``, for one reason or another."""
        return self.acknowledged(pair, lang) is not None or self.homonym(pair, lang) is not None

    def collisions(self) -> tuple[Collision, ...]:
        """Where two concepts of a distinct group have an accepted word in common that is not acknowledged.

        Ordered by group, pair, language and word. Case counts only when both entries are case-sensitive.
        """
        found: dict[frozenset[tuple[str, Position]], Collision] = {}
        for group in self.distinct:
            for pair in group.pairs():
                for collision in self._pair_collisions(pair):
                    # The same two lines can meet in several groups, and in pt and pt-BR by falling back.
                    found.setdefault(frozenset(zip(pair, collision.positions, strict=True)), collision)
        return tuple(found.values())

    def _pair_collisions(self, pair: tuple[str, str]) -> list[Collision]:
        collisions = []
        for lang in sorted({lang for concept_id in pair for lang in self._by_id[concept_id].terms}):
            first, second = self.words(pair[0], lang), self.words(pair[1], lang)
            if first is None or second is None or self.accepts(pair, lang):
                continue
            exact = first.case_sensitive and second.case_sensitive
            others = {comparable(term.text, lang, exact=exact): term for term in reversed(second.accepted)}
            for term in first.accepted:
                other = others.get(comparable(term.text, lang, exact=exact))
                if other is not None:
                    collisions.append(Collision(pair, lang, (term, other)))
        return collisions


def comparable(word: str, lang: str, *, exact: bool = False) -> str:
    """The form in which two words are the same word: NFC and, unless ``exact``, case folded as the language does.

    Turkish and Azerbaijani pair ı with I and i with İ.
    """
    text = unicodedata.normalize("NFC", word)
    if exact:
        return text
    if lang.partition("-")[0] in ("tr", "az"):
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", text.casefold())
