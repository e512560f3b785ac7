"""Reads a glossary file: its YAML checked against the schema, then everything that a schema cannot see."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from termcheck.errors import GlossaryError
from termcheck.glossary import (
    Acknowledgement,
    Concept,
    DistinctGroup,
    Glossary,
    Homonym,
    LanguageTerms,
    Term,
    TermStatus,
    comparable,
)
from termcheck.languages import LanguageTagError, normalise
from termcheck.model import Position
from termcheck.positioned import (
    MAX_REPORTED,
    Mistake,
    MistakesError,
    mistakes_error,
    quoted,
    read_bytes,
    suggestion,
)
from termcheck.schema import validate
from termcheck.yaml_source import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from termcheck.positioned import DataPath, Positioned

# As in the schema.
_LONGEST_WORD = 200


def load_glossary(path: Path, display_path: str) -> Glossary:
    """Read and check a glossary file; messages and findings name it ``display_path``.

    Raises one ``GlossaryError`` that lists every mistake with line and column. Two distinct concepts with one word are
    no mistake here: see ``Glossary.collisions``.
    """
    raw = read_bytes(path, display_path, GlossaryError)
    try:
        return parse_glossary(raw, display_path)
    except MistakesError as error:
        raise mistakes_error(GlossaryError, display_path, error.mistakes) from error


def parse_glossary(raw: bytes | str, display_path: str = "") -> Glossary:
    """The glossary in the text of a file; raises ``MistakesError`` with everything that is wrong with it."""
    source = parse_yaml(raw)
    if source.data is None:
        raise MistakesError((Mistake(Position(1, 1), "the glossary is empty", "start it with: termcheck init"),))
    reader = _Reader(source, validate(replace(source, data=_without_plain_words(source.data)), "glossary.v1"))
    glossary = reader.glossary(display_path)
    if reader.mistakes:
        raise MistakesError(tuple(reader.mistakes))
    return glossary


def _without_plain_words(data: Any) -> Any:
    """The data less the languages whose words cannot break the schema: nearly all of a large glossary."""
    concepts = data.get("concepts") if isinstance(data, dict) else None
    if not isinstance(concepts, list):
        return data
    thinned = []
    for concept in concepts:
        terms = concept.get("terms") if isinstance(concept, dict) else None
        if isinstance(terms, dict):
            kept = {tag: words for tag, words in terms.items() if not _is_plain(words)}
            thinned.append({**concept, "terms": kept})
        else:
            thinned.append(concept)
    return {**data, "concepts": thinned}


def _is_plain(words: object) -> bool:
    """Nothing, a word, or a list of words as the schema wants them."""
    if isinstance(words, list):
        return bool(words) and all(isinstance(word, str) and _is_plain(word) for word in words)
    return words is None or (isinstance(words, str) and len(words) <= _LONGEST_WORD and bool(words.strip()))


class _Reader:
    """Turns data into a glossary and collects what no schema can see.

    The data may break the schema, which is reported already: values of a wrong type are passed over.
    """

    def __init__(self, source: Positioned, mistakes: list[Mistake]) -> None:
        self._source = source
        self.mistakes = mistakes
        self._ids: dict[str, Position] = {}

    def glossary(self, display_path: str) -> Glossary:
        data = _mapping(self._source.data)
        concepts = [self._concept(item, ("concepts", index)) for index, item in _items(data.get("concepts"))]
        groups = [self._group(item, ("distinct", index)) for index, item in _items(data.get("distinct"))]
        exceptions = [
            self._acknowledgement(_mapping(item), ("acknowledge", index), groups)
            for index, item in _items(data.get("acknowledge"))
        ]
        homonyms = [self._homonym(_mapping(item), ("homonyms", index)) for index, item in _items(data.get("homonyms"))]
        # With mistakes the result is thrown away; building it would trip over them.
        return Glossary(display_path, tuple(concepts), tuple(groups), tuple(exceptions), tuple(homonyms))

    def _mistake(self, path: DataPath, message: str, hint: str = "", *, key: bool = False) -> None:
        position = self._source.key_at(path) if key else self._source.at(path)
        self.mistakes.append(Mistake(position, message, hint))

    def _concept(self, item: object, path: DataPath) -> Concept:
        data = _mapping(item)
        concept_id = _text(data.get("id"))
        place = self._source.at((*path, "id"))
        if concept_id in self._ids:
            first = self._ids[concept_id]
            self._mistake(
                (*path, "id"), f"the concept {quoted(concept_id)} is given twice", f"line {first.line} has it already"
            )
        elif concept_id:
            self._ids[concept_id] = place
        listed = _mapping(data.get("terms"))
        terms: dict[str, LanguageTerms] = {}
        for tag, words in listed.items():
            where = (*path, "terms", tag)
            lang = self._language(tag, where, key=True)
            if lang in terms:
                self._mistake(where, f"the language {lang} is given twice for {quoted(concept_id)}", key=True)
            elif lang and words is not None:
                terms[lang] = self._language_terms(words, where, lang)
        if "terms" in data and not any(words is not None for words in listed.values()):
            what = f"the concept {quoted(concept_id)} has no word in any language"
            self._mistake((*path, "terms"), what, "give its word in at least one language", key=True)
        return Concept(
            id=concept_id,
            terms=MappingProxyType(dict(sorted(terms.items()))),
            definition=_text(data.get("definition")),
            note=_text(data.get("note")),
            domain=_text(data.get("domain")),
            part_of_speech=_text(data.get("part_of_speech")),
            paths=tuple(_text(glob) for _, glob in _items(data.get("paths"))),
            do_not_translate=data.get("do_not_translate") is True,
            position=place,
        )

    def _language_terms(self, given: object, path: DataPath, lang: str) -> LanguageTerms:
        if isinstance(given, str):
            only = self._term(given, path, TermStatus.PREFERRED, lang, {}, exact=False)
            return LanguageTerms(preferred=(only,) if only else (), position=self._source.key_at(path))
        data = given if isinstance(given, dict) else {}
        exact = data.get("case_sensitive") is True
        seen: dict[str, Term] = {}
        lists: dict[TermStatus, tuple[Term, ...]] = {}
        for status in TermStatus:
            terms = [self._term(word, at, status, lang, seen, exact=exact) for word, at in _listed(given, path, status)]
            lists[status] = tuple(term for term in terms if term is not None)
        if isinstance(given, dict) and not any(lists.values()):
            self._mistake(path, f"no word is given for {lang}", "list one under preferred")
        never = self._words(data.get("never"), (*path, "never"))
        for index, word in enumerate(never):
            term = seen.get(comparable(word, lang, exact=exact))
            if term is not None:
                what = f"{quoted(word)} is listed as a word and under never"
                self._mistake((*path, "never", index), what, f"remove it from never, or from {term.status}")
        return LanguageTerms(
            preferred=lists[TermStatus.PREFERRED],
            admitted=lists[TermStatus.ADMITTED],
            deprecated=lists[TermStatus.DEPRECATED],
            forbidden=lists[TermStatus.FORBIDDEN],
            forms=self._words(data.get("forms"), (*path, "forms")),
            never=never,
            case_sensitive=exact,
            definition=_text(data.get("definition")),
            note=_text(data.get("note")),
            part_of_speech=_text(data.get("part_of_speech")),
            position=self._source.key_at(path),
        )

    def _term(
        self, given: object, path: DataPath, status: TermStatus, lang: str, seen: dict[str, Term], *, exact: bool
    ) -> Term | None:
        text = self._word(given, path)
        if not text:
            return None
        term = Term(text, status, self._source.at(path))
        other = seen.setdefault(comparable(text, lang, exact=exact), term)
        if other is not term:
            what = f"{quoted(text)} is listed twice for {lang}"
            if other.status != status:
                what += f", as {other.status} and as {status}"
            hint = f"line {other.position.line} has it already"
            if other.text != text:
                hint += f" as {quoted(other.text)}: set case_sensitive to tell them apart"
            self._mistake(path, what, hint)
        return term

    def _words(self, given: object, path: DataPath) -> tuple[str, ...]:
        return tuple(self._word(word, (*path, index)) for index, word in _items(given))

    def _word(self, given: object, path: DataPath) -> str:
        text = " ".join(unicodedata.normalize("NFC", _text(given)).split())
        if text.isalpha():
            return text
        categories = {unicodedata.category(char) for char in text}
        if "Cc" in categories:
            self._mistake(path, f"the word {quoted(text)} holds a control character", "remove it")
        elif text and not any(category[0] in "LNPS" for category in categories):
            self._mistake(path, f"the word {quoted(text)} shows no character", "remove it")
        return text

    def _language(self, tag: object, path: DataPath, *, key: bool = False) -> str:
        """The normalised tag, or an empty text after noting why there is none."""
        try:
            return normalise(_text(tag)) if isinstance(tag, str) else ""
        except LanguageTagError as error:
            self._mistake(path, error.message, error.hint, key=key)
            return ""

    def _references(self, given: object, path: DataPath, what: str) -> tuple[str, ...]:
        """Concept ids; unknown and repeated ones are noted."""
        found: list[str] = []
        for index, item in _items(given):
            concept_id = _text(item)
            if concept_id and concept_id not in self._ids:
                # Suggestions cost time: not for more mistakes than are shown.
                close = suggestion(concept_id, self._ids) if len(self.mistakes) <= MAX_REPORTED else ""
                hint = close or "add it under concepts"
                self._mistake((*path, index), f"{what} names the unknown concept {quoted(concept_id)}", hint)
            elif concept_id and concept_id in found:
                self._mistake((*path, index), f"{what} names {quoted(concept_id)} twice", "remove one")
            found.append(concept_id)
        return tuple(found)

    def _group(self, item: object, path: DataPath) -> DistinctGroup:
        return DistinctGroup(self._references(item, path, "the distinct group"), self._source.at(path))

    def _acknowledgement(self, data: dict[str, object], path: DataPath, groups: list[DistinctGroup]) -> Acknowledgement:
        concepts = self._references(data.get("concepts"), (*path, "concepts"), "the acknowledgement")
        known = set(concepts) & set(self._ids)
        if len(known) == len(concepts) > 1 and not any(known <= set(group.concepts) for group in groups):
            what = f"{_and(concepts)} are in no distinct group together: there is nothing to acknowledge"
            self._mistake((*path, "concepts"), what, "add them under distinct, or remove this entry")
        return Acknowledgement(
            concepts=concepts,
            languages=self._languages(data.get("lang"), (*path, "lang")),
            reason=" ".join(_text(data.get("reason")).split()),
            qualifier=self._words(data.get("qualifier"), (*path, "qualifier")),
            position=self._source.at(path),
        )

    def _homonym(self, data: dict[str, object], path: DataPath) -> Homonym:
        return Homonym(
            concepts=self._references(data.get("concepts"), (*path, "concepts"), "the homonym"),
            languages=self._languages(data.get("lang"), (*path, "lang")),
            note=_text(data.get("note")),
            position=self._source.at(path),
        )

    def _languages(self, given: object, path: DataPath) -> tuple[str, ...]:
        """One tag or a list of them, normalised, each once."""
        listed = [(tag, (*path, index)) for index, tag in _items(given)] if isinstance(given, list) else [(given, path)]
        tags = [self._language(tag, where) for tag, where in listed]
        return tuple(dict.fromkeys(tag for tag in tags if tag))


def _listed(given: object, path: DataPath, status: TermStatus) -> list[tuple[object, DataPath]]:
    """The words of that status, with their places, in any of the three ways to write them."""
    if isinstance(given, dict):
        return [(word, (*path, status.value, index)) for index, word in _items(given.get(status.value))]
    words: list[tuple[object, DataPath]] = [(given, path)]
    if isinstance(given, list):
        words = [(word, (*path, index)) for index, word in enumerate(given)]
    if status is TermStatus.PREFERRED:
        return words[:1]
    return words[1:] if status is TermStatus.ADMITTED else []


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> list[tuple[int, object]]:
    return list(enumerate(value)) if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _and(names: tuple[str, ...]) -> str:
    return f"{', '.join(map(quoted, names[:-1]))} and {quoted(names[-1])}"
