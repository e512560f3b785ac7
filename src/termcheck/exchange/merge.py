"""Adding concepts and words to the text of a glossary file, which keeps everything that stands there.

The text is only ever added to: new concepts behind the last one, new languages behind the last one of their concept.
What the file says otherwise than the addition is a conflict and stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from termcheck.errors import GlossaryError
from termcheck.exchange.loss import Loss, exactly
from termcheck.glossary_file import parse_glossary
from termcheck.glossary_yaml import concept_lines, language_flow, language_lines, scalar
from termcheck.languages import normalise
from termcheck.positioned import MistakesError, mistakes_error
from termcheck.yaml_source import LOADER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termcheck.glossary import Concept, Glossary, LanguageTerms

_SAME = ("definition", "note", "domain", "part_of_speech", "paths", "do_not_translate")


class Merged(NamedTuple):
    """The new text, the numbers of concepts and languages that were added, and what was not for it stands otherwise."""

    text: str
    concepts: int
    languages: int
    conflicts: tuple[Loss, ...]


class _Edit(NamedTuple):
    """``text`` in place of what stands from ``start`` to ``end``; ``order`` keeps several at one place apart."""

    start: int
    end: int
    order: int
    text: str


def merge(text: str, addition: Glossary, display_path: str) -> Merged:
    """Add to the text of a valid glossary file what it does not have.

    Raises ``GlossaryError`` when the file is not valid, or written in a way that cannot be added to.
    """
    try:
        known = {concept.id: concept for concept in parse_glossary(text, display_path).concepts}
    except MistakesError as error:
        raise mistakes_error(GlossaryError, display_path, error.mistakes) from error
    if not text.endswith("\n"):
        text += "\r\n" if "\r\n" in text else "\n"
    document = _Text(text)
    edits: list[_Edit] = []
    conflicts: list[Loss] = []
    added = 0
    new = [concept for concept in addition.concepts if concept.id not in known]
    for concept in addition.concepts:
        if concept.id not in known:
            continue
        conflicts += _conflicts(known[concept.id], concept)
        for lang, entry in concept.terms.items():
            if lang not in known[concept.id].terms:
                edits.append(document.language(concept.id, lang, entry, len(edits)))
                added += 1
    if new:
        edits += document.concepts(new)
    merged = _edited(text, edits)
    _verify(merged, known, addition, display_path)
    return Merged(merged, len(new), added, tuple(conflicts))


def _edited(text: str, edits: list[_Edit]) -> str:
    pieces = []
    done = 0
    for edit in sorted(edits):
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join((*pieces, text[done:]))


def _verify(text: str, known: dict[str, Concept], addition: Glossary, display_path: str) -> None:
    """That the text says what it should: some files are written in ways that nobody foresaw."""
    try:
        found = {concept.id: concept for concept in parse_glossary(text).concepts}
    except MistakesError:
        found = {}
    wanted = {concept_id: dict(concept.terms) for concept_id, concept in known.items()}
    for concept in addition.concepts:
        wanted[concept.id] = {**concept.terms, **wanted.get(concept.id, {})}
    if wanted != {concept_id: dict(concept.terms) for concept_id, concept in found.items()}:
        raise GlossaryError(
            f"{display_path}: cannot be added to as it is written",
            "write the import to another file with -o, and copy from there",
        )


def _conflicts(old: Concept, new: Concept) -> Iterator[Loss]:
    for key in _SAME:
        if getattr(new, key) and getattr(new, key) != getattr(old, key):
            name = key.replace("_", " ")
            yield Loss(old.id, f"the {name} {_shown(getattr(new, key))}: the glossary says {_shown(getattr(old, key))}")
    for lang, entry in new.terms.items():
        if lang in old.terms and entry != old.terms[lang]:
            there = {(term.text, term.status) for term in old.terms[lang].terms}
            missing = [term for term in entry.terms if (term.text, term.status) not in there]
            for term in missing:
                yield Loss(f"{old.id}, {lang}", f"{exactly(term.text)} as {term.status}: the glossary has other words")
            if not missing and _details(entry) - _details(old.terms[lang]):
                yield Loss(f"{old.id}, {lang}", "forms, notes or the like that the glossary does not have")


def _details(entry: LanguageTerms) -> set[object]:
    return {*entry.forms, *entry.never, entry.case_sensitive, entry.definition, entry.note, entry.part_of_speech} - {
        "",
        False,
    }


def _shown(value: object) -> str:
    if value is True:
        return "'true'"
    return exactly(value) if value else "nothing"


class _Text:
    """The text of a glossary file with the places of its parts."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._concepts = _value(yaml.compose(text, Loader=LOADER), "concepts")
        self._terms = {_value(item, "id").value.strip(): _value(item, "terms") for item in self._concepts.value}

    def language(self, concept_id: str, lang: str, entry: LanguageTerms, order: int) -> _Edit:
        """A language added to a concept that is there."""
        terms = self._terms[concept_id]
        for key, value in terms.value:
            if normalise(key.value) == lang:
                # Listed without a word: nothing stands there, or one of YAML's ways to say so.
                start, end = value.start_mark.index, value.end_mark.index
                if start == end:
                    start = end = self._text.index(":", key.end_mark.index) + 1
                    # Before anything else that is put behind it.
                    return _Edit(start, end, -1, f" {language_flow(entry)}")
                return _Edit(start, end, order, language_flow(entry))
        if terms.flow_style:
            start = len(self._text[: terms.end_mark.index - 1].rstrip(" "))
            comma = ", " if terms.value else ""
            return _Edit(start, start, order, f"{comma}{scalar(lang)}: {language_flow(entry)}")
        indent = " " * terms.value[0][0].start_mark.column
        return self._below(terms, [indent + line for line in language_lines(lang, entry)], order)

    def concepts(self, new: Sequence[Concept]) -> list[_Edit]:
        """New concepts behind the last one."""
        items, order = self._concepts.value, len(self._text)
        if not items:
            # The brackets of an empty list make way.
            start, end = self._concepts.start_mark.index, self._concepts.end_mark.index
            start = len(self._text[:start].rstrip(" "))
            lines = [line for concept in new for line in concept_lines(concept)]
            return [_Edit(start, end, order, ""), self._below(self._concepts, lines, order)]
        first = items[0].start_mark.index
        dash = self._text.rfind("-", 0, first)
        indent = " " * (dash - self._text.rfind("\n", 0, dash) - 1)
        lines = [line for concept in new for line in concept_lines(concept, indent)]
        return [self._below(items[-1], lines, order)]

    def _below(self, node: yaml.Node, lines: list[str], order: int) -> _Edit:
        """Lines below the one on which a block ends."""
        text = "".join(line + self._line_end for line in lines)
        last = _last(node).end_mark.index
        if self._text[last - 1 : last] == "\n":
            return _Edit(last, last, order, text)
        end = self._text.index("\n", last) + 1
        return _Edit(end, end, order, text)


def _value(node: Any, name: str) -> Any:
    """The value of a key that a valid glossary has."""
    return next(value for key, value in node.value if key.value == name)


def _last(node: Any) -> Any:
    """The last scalar, or collection between brackets, of a block: where its text really ends."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return node
