"""A glossary in the making: what a file says put into its place, ids proposed, the impossible left out and listed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.exchange.errors import ExchangeError
from termcheck.exchange.format import Read
from termcheck.exchange.loss import Loss, exactly
from termcheck.glossary import Concept, Glossary, LanguageTerms, Term, TermStatus, comparable
from termcheck.glossary_ids import ID, is_telling, slug, unique
from termcheck.languages import LanguageTagError, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_CONCEPTS = 100_000
"""Concepts that a file may hold."""

# As in the glossary's schema.
_LONGEST_WORD = 200
_LONGEST_TEXT = 10_000
_PARTS_OF_SPEECH = ("noun", "proper noun", "verb", "adjective", "adverb", "other")


def folded(text: str | None) -> str:
    """The text composed (NFC), with white space folded."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


@dataclass(slots=True)
class LanguageDraft:
    """The words of a concept in one language, in the order of the file, with what is said about them."""

    words: list[tuple[str, TermStatus | None]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    case_sensitive: bool = False
    definition: str = ""
    notes: list[str] = field(default_factory=list)
    parts_of_speech: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ConceptDraft:
    """A concept as a file has it; ``where`` names its place in messages, ``id`` may be empty."""

    where: str
    id: str = ""
    definition: str = ""
    notes: list[str] = field(default_factory=list)
    domain: str = ""
    part_of_speech: str = ""
    paths: tuple[str, ...] = ()
    do_not_translate: bool = False
    languages: dict[str, LanguageDraft] = field(default_factory=dict)


class GlossaryDraft:
    """Collects concepts and what is lost of them."""

    def __init__(self) -> None:
        self._concepts: list[ConceptDraft] = []
        self._tags: dict[str, str] = {}
        self.losses: list[Loss] = []

    def concept(self, where: str, concept_id: str = "") -> ConceptDraft:
        """A new concept. Raises ``ExchangeError`` for one too many."""
        if len(self._concepts) == MAX_CONCEPTS:
            raise ExchangeError(f"there are more than {MAX_CONCEPTS:,} concepts", "split the file")
        draft = ConceptDraft(where, concept_id)
        self._concepts.append(draft)
        return draft

    def lose(self, where: str, what: str) -> None:
        """Note something of the file that the glossary will not hold."""
        self.losses.append(Loss(where, what))

    def language(self, concept: ConceptDraft, tag: str) -> LanguageDraft | None:
        """The concept's part for a language tag as a file has it; None, with a loss, when the tag does not exist."""
        if tag not in self._tags:
            try:
                self._tags[tag] = normalise(tag)
            except LanguageTagError as error:
                self._tags[tag] = ""
                hint = f"; {error.hint}" if error.hint else ""
                self.lose(concept.where, f"{error.message}: its words are left out{hint}")
        lang = self._tags[tag]
        return concept.languages.setdefault(lang, LanguageDraft()) if lang else None

    def part_of_speech(self, where: str, value: str) -> str:
        """The glossary's name for a part of speech; empty, with a loss, for one that it does not have."""
        name = folded(value)
        spaced = "proper noun" if name in ("properNoun", "proper-noun", "propn") else name.casefold()
        if spaced and spaced not in _PARTS_OF_SPEECH:
            self.lose(where, f"the part of speech {exactly(name)} is unknown")
            return ""
        return spaced

    def build(self, source: str = "") -> Read:
        """The glossary. The ids of the file are kept unless all of them are numbers or generated; others are proposed
        from the words of the ``source`` language, or else of English, or else of the first language of the file.
        """
        drafts = [(draft, self._terms(draft)) for draft in self._concepts]
        usable = []
        for draft, terms in drafts:
            if terms:
                usable.append((draft, terms))
            else:
                self.lose(draft.where, "has no word: left out")
        keep = any(is_telling(draft.id) for draft, _ in usable)
        ids = unique(_wanted_id(draft, terms, source, keep=keep) for draft, terms in usable)
        concepts = [self._concept(draft, terms, name) for (draft, terms), name in zip(usable, ids, strict=True)]
        return Read(Glossary(concepts=tuple(concepts)), tuple(self.losses))

    def _concept(self, draft: ConceptDraft, terms: dict[str, LanguageTerms], concept_id: str) -> Concept:
        part, terms = self._shared_part_of_speech(draft, terms)
        return Concept(
            id=concept_id,
            terms=MappingProxyType(dict(sorted(terms.items()))),
            definition=self._text(draft.where, draft.definition, "definition"),
            note=self._text(draft.where, " ".join(draft.notes), "note"),
            domain=self._text(draft.where, draft.domain, "domain"),
            part_of_speech=part,
            paths=draft.paths,
            do_not_translate=draft.do_not_translate,
        )

    def _shared_part_of_speech(
        self, draft: ConceptDraft, terms: dict[str, LanguageTerms]
    ) -> tuple[str, dict[str, LanguageTerms]]:
        """The concept's part of speech, and the languages with theirs only where it is another one."""
        counts = Counter(entry.part_of_speech for entry in terms.values() if entry.part_of_speech)
        whole = all(entry.part_of_speech for entry in terms.values())
        part = draft.part_of_speech or (counts.most_common(1)[0][0] if counts and whole else "")
        return part, {
            lang: replace(entry, part_of_speech="") if entry.part_of_speech == part else entry
            for lang, entry in terms.items()
        }

    def _terms(self, draft: ConceptDraft) -> dict[str, LanguageTerms]:
        found = {
            lang: self._language_terms(f"{draft.where}, {lang}", lang, part) for lang, part in draft.languages.items()
        }
        return {lang: terms for lang, terms in found.items() if terms is not None}

    def _language_terms(self, where: str, lang: str, draft: LanguageDraft) -> LanguageTerms | None:
        lists: dict[TermStatus, list[Term]] = {status: [] for status in TermStatus}
        seen: dict[str, str] = {}
        said = any(status is TermStatus.PREFERRED for _, status in draft.words)
        for given, wanted in draft.words:
            word = self._word(where, given)
            if not word:
                continue
            status = wanted
            if status is None:
                # Of words without a status the first is the preferred one, unless another is said to be.
                status = TermStatus.ADMITTED if said else TermStatus.PREFERRED
                said = True
            key = comparable(word, lang, exact=draft.case_sensitive)
            if key in seen:
                self.lose(where, f"{exactly(word)} is there already, as {seen[key]}: left out")
                continue
            seen[key] = status.value
            lists[status].append(Term(word, status))
        if not any(lists.values()):
            return None
        parts = list(dict.fromkeys(part for part in draft.parts_of_speech if part))
        if len(parts) > 1:
            self.lose(where, f"its words are {' and '.join(parts)}: only the first is kept")
        never = [
            word
            for word in self._words(where, draft.never)
            if comparable(word, lang, exact=draft.case_sensitive) not in seen
        ]
        return LanguageTerms(
            preferred=tuple(lists[TermStatus.PREFERRED]),
            admitted=tuple(lists[TermStatus.ADMITTED]),
            deprecated=tuple(lists[TermStatus.DEPRECATED]),
            forbidden=tuple(lists[TermStatus.FORBIDDEN]),
            forms=tuple(self._words(where, draft.forms)),
            never=tuple(never),
            case_sensitive=draft.case_sensitive,
            definition=self._text(where, draft.definition, "definition"),
            note=self._text(where, " ".join(draft.notes), "note"),
            part_of_speech=parts[0] if parts else "",
        )

    def _words(self, where: str, given: Iterable[str]) -> list[str]:
        return list(filter(None, (self._word(where, word) for word in given)))

    def _word(self, where: str, given: str) -> str:
        """The word as a glossary may hold it, or nothing."""
        word = folded(given)
        if not word:
            return ""
        if len(word) > _LONGEST_WORD:
            self.lose(where, f"{exactly(word)} has more than {_LONGEST_WORD} characters: left out")
            return ""
        categories = {unicodedata.category(char) for char in word}
        if categories & {"Cc", "Cs"} or not any(name[0] in "LNPS" for name in categories):
            self.lose(where, f"{exactly(word)} holds a control character or shows none at all: left out")
            return ""
        return word

    def _text(self, where: str, given: str, what: str) -> str:
        text = folded(given)
        if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
            text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))
            self.lose(where, f"control characters of the {what}")
        if len(text) > _LONGEST_TEXT:
            self.lose(where, f"the {what} after {_LONGEST_TEXT:,} characters")
            text = text[:_LONGEST_TEXT].rstrip()
        return text


def _wanted_id(draft: ConceptDraft, terms: Mapping[str, LanguageTerms], source: str, *, keep: bool) -> str:
    if keep and ID.fullmatch(draft.id):
        return draft.id
    languages = sorted(terms, key=lambda lang: (lang != source, lang.partition("-")[0] != "en"))
    words = (term.text for lang in languages for term in (terms[lang].accepted or terms[lang].terms)[:1])
    return next((name for name in map(slug, words) if name), "")
