"""Cutting a glossary down to what a format can carry, with a list of what is cut off."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.exchange.draft import folded
from termcheck.exchange.loss import Loss, Part, exactly
from termcheck.glossary import Glossary, LanguageTerms, Term, TermStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termcheck.exchange.format import Format, Languages
    from termcheck.glossary import Concept


def reduce(glossary: Glossary, form: Format, languages: Languages) -> tuple[Glossary, tuple[Loss, ...]]:
    """The part of the glossary that the format carries, and everything else, in the order of the glossary.

    For a bilingual format the concepts have the two languages only, with the words that the glossary would use for
    texts in them (``pt`` for ``pt-BR``).
    """
    reducer = _Reducer(glossary, form, languages)
    concepts = [kept for concept in glossary.concepts for kept in reducer.concepts(concept)]
    if Part.RELATIONS not in form.carries:
        for group in glossary.distinct:
            reducer.lose(" and ".join(group.concepts), "that they must stay distinct")
        for entry in glossary.acknowledgements:
            reducer.lose(
                " and ".join(entry.concepts), f"that one word is acknowledged for {', '.join(entry.languages)}"
            )
        for homonym in glossary.homonyms:
            reducer.lose(" and ".join(homonym.concepts), f"that they are homonyms in {', '.join(homonym.languages)}")
    return Glossary(concepts=tuple(concepts)), tuple(reducer.losses)


class _Reducer:
    def __init__(self, glossary: Glossary, form: Format, languages: Languages) -> None:
        self._glossary = glossary
        self._form = form
        self._languages = languages
        self._sources: dict[str, str] = {}
        self.losses: list[Loss] = []

    def lose(self, where: str, what: str) -> None:
        self.losses.append(Loss(where, what))

    def concepts(self, concept: Concept) -> list[Concept]:
        """The concept as the format has it: none, one, or one for each source word."""
        terms = self._pair(concept) if self._form.bilingual else concept.terms
        if terms is None:
            return []
        if not self._has(Part.STATUS):
            terms = {lang: entry for lang, entry in terms.items() if self._has_accepted(concept.id, lang, entry)}
        kept = replace(
            concept,
            terms=MappingProxyType({lang: self._language(concept.id, lang, entry) for lang, entry in terms.items()}),
            definition=self._text(concept.id, Part.DEFINITION, concept.definition),
            note=self._text(concept.id, Part.NOTE, concept.note),
            domain=self._text(concept.id, Part.DOMAIN, concept.domain),
            part_of_speech=self._part_of_speech(concept.id, Part.PART_OF_SPEECH, concept.part_of_speech),
            paths=concept.paths if self._keeps(concept.id, Part.PATHS, concept.paths) else (),
            do_not_translate=self._keeps(concept.id, Part.DO_NOT_TRANSLATE, concept.do_not_translate),
        )
        if not kept.terms:
            return []
        return self._by_source(kept) if self._by_words else [kept]

    def _has(self, part: Part) -> bool:
        return part in self._form.carries

    def _keeps(self, where: str, part: Part, value: object) -> bool:
        """Whether there is a value and the format carries it; a loss when it does not."""
        if value and not self._has(part):
            listed = f": {exactly(value)}" if isinstance(value, tuple | str) else ""
            self.lose(where, f"{part}{listed}")
        return bool(value) and self._has(part)

    def _text(self, where: str, part: Part, value: str) -> str:
        if not self._keeps(where, part, value):
            return ""
        text = folded(value)
        if text != value:
            self.lose(where, f"line breaks and repeated blanks of the {part}")
        return text

    def _part_of_speech(self, where: str, part: Part, value: str) -> str:
        kept = self._text(where, part, value)
        nearest = self._form.nearest.get(kept, kept)
        if nearest != kept:
            self.lose(where, f"that it is a {kept}: written as {nearest}")
        return nearest

    def _pair(self, concept: Concept) -> dict[str, LanguageTerms] | None:
        """The words of the two languages; None, with a loss, when one of them has none."""
        found = {}
        for lang in (self._languages.source, self._languages.target):
            entry = self._glossary.words(concept.id, lang)
            if entry is None or not entry.accepted:
                self.lose(concept.id, f"the whole concept: it has no word for {lang}")
                return None
            found[lang] = entry
        used = {id(entry) for entry in found.values()}
        for lang, entry in concept.terms.items():
            if id(entry) not in used:
                self.lose(f"{concept.id}, {lang}", f"another language: {exactly(_texts(entry.terms))}")
        return found

    def _has_accepted(self, concept: str, lang: str, entry: LanguageTerms) -> bool:
        if not entry.accepted:
            self.lose(f"{concept}, {lang}", f"{Part.UNWANTED}: {exactly(_texts(entry.unwanted))}")
        return bool(entry.accepted)

    def _language(self, concept: str, lang: str, entry: LanguageTerms) -> LanguageTerms:
        where = f"{concept}, {lang}"
        kept = LanguageTerms(
            forms=entry.forms if self._keeps(where, Part.FORMS, entry.forms) else (),
            never=entry.never if self._keeps(where, Part.NEVER, entry.never) else (),
            case_sensitive=self._keeps(where, Part.CASE, entry.case_sensitive),
            definition=self._text(where, Part.LANGUAGE_TEXTS, entry.definition),
            note=self._text(where, Part.LANGUAGE_TEXTS, entry.note),
            part_of_speech=self._part_of_speech(where, Part.LANGUAGE_PART_OF_SPEECH, entry.part_of_speech),
        )
        preferred, admitted = self._accepted(where, lang, entry)
        unwanted = self._keeps(where, Part.UNWANTED, _texts(entry.unwanted))
        return replace(
            kept,
            preferred=preferred,
            admitted=admitted,
            deprecated=entry.deprecated if unwanted else (),
            forbidden=entry.forbidden if unwanted else (),
        )

    def _accepted(self, where: str, lang: str, entry: LanguageTerms) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        if self._has(Part.STATUS):
            return entry.preferred, entry.admitted
        first, *others = entry.accepted
        is_source = self._form.bilingual and lang == self._languages.source
        many = self._by_words if is_source else self._has(Part.SYNONYMS)
        if others and not many:
            self.lose(where, f"{Part.SYNONYMS}: {exactly(_texts(others))}")
            others = []
        again = [term for term in entry.preferred[1:] if term in others]
        if again:
            self.lose(where, f"that {exactly(_texts(again))} is preferred, too")
        if first.status is not TermStatus.PREFERRED:
            self.lose(where, f"that {exactly(first.text)} is admitted and not preferred")
        return (Term(first.text),), tuple(Term(term.text, TermStatus.ADMITTED) for term in others)

    @property
    def _by_words(self) -> bool:
        """Whether an entry is a pair of words and nothing else, so that a second source word makes a second entry."""
        return self._form.bilingual and not self._has(Part.IDS)

    def _by_source(self, concept: Concept) -> list[Concept]:
        """In a table of pairs every source word is an entry of its own, and one word is one entry."""
        entry = concept.terms[self._languages.source]
        target = concept.terms[self._languages.target]
        result = []
        for term in entry.accepted:
            other = self._sources.setdefault(term.text, concept.id)
            if other != concept.id:
                pair = f"{exactly(term.text)}, {exactly(target.accepted[0].text)}"
                self.lose(concept.id, f"the pair {pair} as one of its own: {other} has that word already")
                if not self._has(Part.SYNONYMS):
                    continue
            if self._form.comment and term.text.startswith(self._form.comment):
                self.lose(concept.id, f"the pair with {exactly(term.text)}: such a line is a comment")
                continue
            source = replace(entry, preferred=(Term(term.text),), admitted=())
            terms = {self._languages.source: source, self._languages.target: target}
            result.append(replace(concept, terms=MappingProxyType(dict(sorted(terms.items())))))
        if len(result) > 1:
            self.lose(concept.id, f"that {exactly(_texts(entry.accepted))} are words for one concept")
        return result


def _texts(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(term.text for term in terms)
