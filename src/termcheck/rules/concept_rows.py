"""What the versions of a row say of the glossary's concepts, for the rules that miss a word there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from termcheck.model import Span, Verdict
from termcheck.rules.facts import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import Row
    from termcheck.rules.facts import CorpusFacts, DocumentFacts

SHARE = 0.75
"""Of the versions with a word for the concept, at least so many must use it in the row."""

_WORD = re.compile(r"\w+")
_QUOTES = re.compile(r"[\"“”„«»「」『』‘’‚‹›]")


class Missing(NamedTuple):
    """A paragraph of a version that leaves out a concept which the row's other versions name."""

    document: DocumentFacts
    place: Place
    concept: str


class SourceWord(NamedTuple):
    """The source's word for a concept, left as it is at ``span`` of a version's paragraph."""

    document: DocumentFacts
    place: Place
    concept: str
    word: str
    span: Span


def missing_terms(facts: CorpusFacts, *, fixed: bool) -> Iterator[Missing]:
    """Where a glossary word is missing; ``fixed`` chooses the concepts that are not to be translated, or the others."""
    chosen = {(choice.document, choice.row, choice.lang, choice.concept) for choice in facts.choices}
    shared = _shared_words(facts)
    for document in facts.documents.values():
        for row in document.alignment.rows:
            for concept, lang in _left_out(facts, document, row, shared, fixed=fixed):
                place = Place(row.index, lang)
                if (document.key, row.index, lang, concept) not in chosen and not document.is_foreign(place):
                    yield Missing(document, place, concept)


def source_words(facts: CorpusFacts) -> Iterator[SourceWord]:
    """Where the source's word for a concept stands in a version that has another word for it, and uses none here."""
    house = {(use.concept, use.lang): [found.word for found in use.renderings] for use in facts.uses}
    fixed = {concept.id for concept in facts.glossary.concepts if concept.do_not_translate}
    for document in facts.documents.values():
        source = document.source
        if source is None:
            continue
        for place, hits in document.hits.items():
            if place.lang != source:
                continue
            surfaces: dict[str, str] = {}
            for hit in hits:
                is_name = len(hit.surface) > 1 and hit.surface.isupper()
                if hit.certainty == "match" and not hit.compound and not is_name and hit.concept not in fixed:
                    surfaces.setdefault(hit.concept, hit.surface)
            for lang in document.alignment.rows[place.row].present():
                target = Place(place.row, lang)
                if lang == source or document.is_foreign(target) or _is_name(document, place, target):
                    continue
                said = {hit.concept for hit in document.hits.get(target, ())}
                for concept, surface in surfaces.items():
                    # A loan that the texts use as a word of the language is a question of consistency.
                    words = _words(facts, concept, lang) or house.get((concept, lang)) or [surface]
                    if concept in said or any(_same(word, surface) for word in words):
                        continue
                    span = _find(document, place, target, surface)
                    if span is not None:
                        yield SourceWord(document, target, concept, surface, span)


def stands_as_is(document: DocumentFacts, place: Place, concept: str) -> bool:
    """Whether the source's word for a concept stands in a paragraph as it is: copied, quoted or left untranslated."""
    if document.source is None:
        return False
    hits = document.hits.get(Place(place.row, document.source), ())
    text = document.cell(place).text
    return any(
        re.search(rf"(?<!\w){re.escape(hit.surface)}(?!\w)", text, re.IGNORECASE) is not None
        for hit in hits
        if hit.concept == concept
    )


def _is_name(document: DocumentFacts, source: Place, place: Place) -> bool:
    """Whether a paragraph is the source's as it is, and so it is in most versions: a title that nobody translates."""
    cells = document.alignment.rows[place.row].cells
    text = document.cell(source).text
    if document.cell(place).text != text:
        return False
    others = [cell.text == text for lang, cell in cells.items() if cell and lang != source.lang]
    return len(others) > 1 and 2 * sum(others) > len(others)


def _words(facts: CorpusFacts, concept: str, lang: str) -> list[str]:
    entry = facts.glossary.words(concept, lang)
    return [term.text for term in entry.accepted] if entry else []


def _same(word: str, surface: str) -> bool:
    """Whether the language's word is a loan that looks like the source's, up to its ending."""
    one, other = word.casefold(), surface.casefold()
    size = min(len(one), len(other))
    return one[:size] == other[:size] or (size > 5 and one[: size - 2] == other[: size - 2])


def _find(document: DocumentFacts, source: Place, place: Place, surface: str) -> Span | None:
    """Where the word stands as such in a version's own text.

    Not in code, a link's address, a quotation, brackets that explain a term, or beside a word that the source has
    beside it too: there a name, a fixed phrase or a whole sentence was copied. Nor with a capital that the source has
    inside a sentence, for that is the label of something.
    """
    cell = document.cell(place)
    text = cell.text
    source_text = document.cell(source).text
    original = " ".join(_WORD.findall(source_text.casefold()))
    shut = [part.span for part in cell.protected() if part.span.start < part.span.end]
    quotes = [match.start() for match in _QUOTES.finditer(text)]
    pattern = re.compile(rf"(?<![\w@#/.-]){re.escape(surface)}(?![\w@/-]|\.\w)", re.IGNORECASE)
    for match in pattern.finditer(text):
        start, end = match.span()
        inside = any(span.start < end and start < span.end for span in shut)
        quoted = sum(at < start for at in quotes) % 2 == 1
        bracketed = text[:start].rstrip().endswith(("(", "（", "["))
        before, after = _WORD.findall(text[max(0, start - 40) : start])[-1:], _WORD.findall(text[end : end + 40])[:1]
        beside = (" ".join([*before, match.group()]), " ".join([match.group(), *after]))
        copied = any(" " in pair and f" {pair.casefold()} " in f" {original} " for pair in beside)
        word = match.group()
        is_label = word[0].isupper() and re.search(rf"[\w,;] {re.escape(word)}(?!\w)", source_text) is not None
        is_name = word.isupper() or is_label
        if not (inside or quoted or bracketed or copied or is_name):
            return Span(start, end)
    return None


def _shared_words(facts: CorpusFacts) -> frozenset[tuple[str, str]]:
    """Concepts with the languages in which their word is another concept's too, so that it proves neither."""
    shared = {(concept, collision.lang) for collision in facts.glossary.collisions() for concept in collision.concepts}
    for verdict in facts.verdicts:
        if verdict.verdict in (Verdict.COLLAPSED, Verdict.ACKNOWLEDGED):
            shared.update((concept, verdict.lang) for concept in verdict.group)
    return frozenset(shared)


def _left_out(
    facts: CorpusFacts, document: DocumentFacts, row: Row, shared: frozenset[tuple[str, str]], *, fixed: bool
) -> Iterator[tuple[str, str]]:
    """Concepts that a row shows, with the languages that say nothing of them."""
    for concept in facts.glossary.concepts:
        if concept.do_not_translate is not fixed:
            continue
        prescribed = [
            lang for lang in row.present() if (concept.id, lang) not in shared and _words(facts, concept.id, lang)
        ]
        marks = document.term_marks(row.index, concept.id, certain=True)
        using = [lang for lang in prescribed if lang in marks]
        shown = document.source in using if document.source in prescribed else len(using) >= 2
        if shown and len(using) >= SHARE * (len(prescribed) - 1):
            maybe = document.term_marks(row.index, concept.id)
            for lang in prescribed:
                if lang not in maybe:
                    yield concept.id, lang
