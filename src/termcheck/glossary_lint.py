"""What is doubtful about a valid glossary, found without looking at any text.

Each check is a function that yields problems; ``CHECKS`` names them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from termcheck.glossary import comparable
from termcheck.languages import best_match, covers, display_name
from termcheck.model import Position, Severity
from termcheck.wording import counted, listing
from termcheck.wording import quoted as in_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from termcheck.glossary import Concept, Glossary, LanguageTerms, Term

# Words that two concepts must have in common, in as many languages, to look like one concept.
_LEAST_COMMON = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """Something doubtful at one place of a glossary file; ``lang`` is empty when it is in no language."""

    position: Position
    check: str
    severity: Severity
    message: str
    concepts: tuple[str, ...] = ()
    lang: str = ""


def lint(glossary: Glossary) -> list[Problem]:
    """Everything that the checks find, in the order of the file."""
    found = [problem for check in CHECKS.values() for problem in check(glossary)]
    return sorted(found, key=lambda problem: (problem.position, problem.check, problem.message))


def _collisions(glossary: Glossary) -> Iterator[Problem]:
    """Two concepts that must stay distinct have one word."""
    for collision in glossary.collisions():
        first, second = collision.positions
        yield Problem(
            second,
            "collision",
            Severity.ERROR,
            f"“{collision.word}” is the {display_name(collision.lang)} word for {collision.concepts[0]} (line "
            f"{first.line}) and {collision.concepts[1]}, which must stay distinct: use two words, or acknowledge it",
            collision.concepts,
            collision.lang,
        )


def _undeclared_homonyms(glossary: Glossary) -> Iterator[Problem]:
    """Two concepts have one word in a language, and nothing says that this is meant."""
    settled = {frozenset(pair) for group in glossary.distinct for pair in group.pairs()}
    settled |= {frozenset(pair) for pair in _alike(glossary)}
    for lang, first, second, word in _shared_words(glossary):
        pair = (first.id, second.id)
        if frozenset(pair) in settled or glossary.homonym(pair, lang) is not None:
            continue
        yield Problem(
            word.position,
            "homonym",
            Severity.WARNING,
            f"“{word.text}” is the {display_name(lang)} word for {first.id} and {second.id}: list them under distinct "
            "or homonyms",
            pair,
            lang,
        )


def _duplicate_concepts(glossary: Glossary) -> Iterator[Problem]:
    """Two concepts have the same words wherever both have some: they may be one."""
    by_id = {concept.id: concept for concept in glossary.concepts}
    for (first, second), langs in _alike(glossary).items():
        yield Problem(
            by_id[second].position,
            "duplicate",
            Severity.WARNING,
            f"{first} and {second} have the same words in {listing(sorted(langs))}: they may be one concept",
            (first, second),
        )


def _contradictions(glossary: Glossary) -> Iterator[Problem]:
    """A word is to be used for one concept and not to be used for another, so that every use of it is reported."""
    for lang in glossary.languages():
        accepted: dict[str, list[tuple[Concept, Term]]] = defaultdict(list)
        for concept in glossary.concepts:
            entry = concept.terms.get(lang)
            for term in entry.accepted if entry else ():
                accepted[comparable(term.text, lang)].append((concept, term))
        for concept in glossary.concepts:
            entry = concept.terms.get(lang)
            for term in entry.unwanted if entry else ():
                for other, word in accepted[comparable(term.text, lang)]:
                    # Within a concept only the letter case can differ, which it may.
                    if other is not concept and glossary.homonym((concept.id, other.id), lang) is None:
                        yield Problem(
                            term.position,
                            "contradiction",
                            Severity.WARNING,
                            f"“{term.text}” is {term.status} for {concept.id} and the {display_name(lang)} word for "
                            f"{other.id} (line {word.position.line}): its correct uses will be reported, too",
                            (concept.id, other.id),
                            lang,
                        )


def _no_replacement(glossary: Glossary) -> Iterator[Problem]:
    """Words are unwanted, and none is given to use instead."""
    for concept in glossary.concepts:
        for lang, entry in concept.terms.items():
            if not entry.accepted and not concept.do_not_translate:
                yield Problem(
                    entry.position,
                    "no-replacement",
                    Severity.WARNING,
                    f"{concept.id} has words not to use in {display_name(lang)}, and none to use instead",
                    (concept.id,),
                    lang,
                )


def _translated_anyway(glossary: Glossary) -> Iterator[Problem]:
    """What must not be translated has different words."""
    for concept in glossary.concepts:
        entries = [(lang, entry) for lang, entry in concept.terms.items() if entry.accepted]
        if not concept.do_not_translate or not entries:
            continue
        first_lang, first = entries[0]
        words = {comparable(term.text, first_lang) for term in first.accepted}
        for lang, entry in entries[1:]:
            if words.isdisjoint(comparable(term.text, lang) for term in entry.accepted):
                yield Problem(
                    entry.position,
                    "translated",
                    Severity.WARNING,
                    f"{concept.id} is not to be translated, and has other words in {display_name(lang)} than in "
                    f"{display_name(first_lang)}",
                    (concept.id,),
                    lang,
                )


def _idle_acknowledgements(glossary: Glossary) -> Iterator[Problem]:
    """An acknowledgement or a homonym speaks of a language in which the glossary gives the concepts different words."""
    for kind, entries in (("acknowledgement", glossary.acknowledgements), ("homonym", glossary.homonyms)):
        for entry in entries:
            for lang in entry.languages:
                words = [_words(glossary, concept_id, lang) for concept_id in entry.concepts]
                # Where a concept has no words, the texts may show one for both.
                if all(words) and not any(first & second for first, second in combinations(words, 2)):
                    yield Problem(
                        entry.position,
                        "idle",
                        Severity.NOTE,
                        f"the {kind} of {listing(entry.concepts)} is not needed for {display_name(lang)}: the glossary "
                        "gives them different words",
                        entry.concepts,
                        lang,
                    )


def _missing_words(glossary: Glossary) -> Iterator[Problem]:
    """A language of the glossary lacks words for some concepts."""
    for lang in glossary.languages():
        missing = [
            concept
            for concept in glossary.concepts
            if not concept.do_not_translate and best_match(lang, concept.terms) is None
        ]
        if missing:
            total = counted(len(glossary.concepts), "concept")
            yield Problem(
                missing[0].position,
                "no-word",
                Severity.NOTE,
                f"{display_name(lang)} has no word for {len(missing):,} of {total}, which are learned from the texts: "
                f"{listing([concept.id for concept in missing])}",
                tuple(concept.id for concept in missing),
                lang,
            )


def _no_concepts(glossary: Glossary) -> Iterator[Problem]:
    """There is nothing in the glossary."""
    if not glossary.concepts:
        yield Problem(Position(1, 1), "empty", Severity.NOTE, "the glossary has no concepts: nothing is looked for")


def _many_preferred(glossary: Glossary) -> Iterator[Problem]:
    """A language has several preferred words, which leaves translators the choice."""
    for concept in glossary.concepts:
        for lang, entry in concept.terms.items():
            if len(entry.preferred) > 1:
                words = in_quotes(term.text for term in entry.preferred)
                yield Problem(
                    entry.preferred[1].position,
                    "preferred",
                    Severity.NOTE,
                    f"{concept.id} has {len(entry.preferred)} preferred words in {display_name(lang)}, {words}: only "
                    "one can be the house word, the others are admitted",
                    (concept.id,),
                    lang,
                )


CHECKS: Mapping[str, Callable[[Glossary], Iterator[Problem]]] = MappingProxyType(
    {
        "collision": _collisions,
        "homonym": _undeclared_homonyms,
        "duplicate": _duplicate_concepts,
        "contradiction": _contradictions,
        "no-replacement": _no_replacement,
        "translated": _translated_anyway,
        "preferred": _many_preferred,
        "idle": _idle_acknowledgements,
        "no-word": _missing_words,
        "empty": _no_concepts,
    }
)
"""The checks by the name that their problems carry, the gravest first."""


def _alike(glossary: Glossary) -> dict[tuple[str, str], set[str]]:
    """Pairs of concepts that share a word in every language that has words for both, with these languages."""
    by_id = {concept.id: concept for concept in glossary.concepts}
    common: dict[tuple[str, str], set[str]] = defaultdict(set)
    for lang, first, second, _ in _shared_words(glossary):
        if glossary.homonym((first.id, second.id), lang) is None:
            common[first.id, second.id].add(lang)
    return {
        (first, second): langs
        for (first, second), langs in common.items()
        if len(langs) >= _LEAST_COMMON and langs >= by_id[first].terms.keys() & by_id[second].terms.keys()
    }


def _shared_words(glossary: Glossary) -> Iterator[tuple[str, Concept, Concept, Term]]:
    """Every two concepts, in the order of the file, with an accepted word of both, which is the second's."""
    for lang in glossary.languages():
        owners: dict[str, list[tuple[Concept, LanguageTerms, Term]]] = defaultdict(list)
        for concept in glossary.concepts:
            entry = concept.terms.get(lang)
            if entry is not None:
                for term in entry.accepted:
                    owners[comparable(term.text, lang)].append((concept, entry, term))
        for owned in owners.values():
            for (first, one, word), (second, two, other) in combinations(owned, 2):
                exact = one.case_sensitive and two.case_sensitive
                if first is not second and not (exact and word.text != other.text):
                    yield lang, first, second, other


def _words(glossary: Glossary, concept_id: str, lang: str) -> set[str]:
    """The accepted words for texts in a language, or in its regions, as they are compared."""
    concept = glossary.concept(concept_id)
    found = {tag: entry for tag, entry in concept.terms.items() if covers(lang, tag)}
    entry = glossary.words(concept_id, lang)
    entries = [*found.values(), *([entry] if entry else [])]
    return {comparable(term.text, lang) for entry in entries for term in entry.accepted}
