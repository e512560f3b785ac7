"""What is written and read again is the glossary, less the losses that were listed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from glossary_samples import FULL, glossaries
from termcheck.exchange.format import Languages
from termcheck.exchange.loss import Part
from termcheck.exchange.reduce import reduce
from termcheck.exchange.registry import FORMATS
from termcheck.glossary_file import parse_glossary
from termcheck.glossary_yaml import glossary_yaml

if TYPE_CHECKING:
    from termcheck.exchange.format import Format
    from termcheck.glossary import Concept, Glossary

_QUICK = settings(max_examples=20, suppress_health_check=list(HealthCheck))
_FULL = parse_glossary(FULL)


def pair_of(form: Format) -> Languages:
    return Languages("en", "pl") if form.bilingual else Languages()


def spread(concept: Concept, form: Format) -> object:
    """The concept in the form in which equal meaning is equality: parts of speech with every language."""
    terms = {}
    for lang, entry in concept.terms.items():
        terms[lang] = replace(entry, part_of_speech=entry.part_of_speech or concept.part_of_speech)
    return replace(concept, terms=terms, part_of_speech="", id=concept.id if Part.IDS in form.carries else "")


def pairs(glossary: Glossary) -> Counter[tuple[str, str, str]]:
    return Counter(
        (source.text, target.text, concept.definition)
        for concept in glossary.concepts
        for source in concept.terms["en"].accepted
        for target in concept.terms["pl"].accepted
    )


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
@_QUICK
@given(glossary=glossaries())
def test_what_a_format_carries_comes_back(form: Format, glossary: Glossary) -> None:
    languages = pair_of(form)
    kept, losses = reduce(glossary, form, languages)
    if not kept.concepts:
        assert losses
        return
    read = form.read(form.write(kept, languages).encode(), languages)
    if form.name == "omegat":
        # A source word of two concepts is one entry there.
        assert {pair[:2] for pair in pairs(read.glossary)} == {pair[:2] for pair in pairs(kept)}
        return
    assert read.losses == ()
    assert [spread(concept, form) for concept in read.glossary.concepts] == [
        spread(concept, form) for concept in kept.concepts
    ]


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
@_QUICK
@given(glossary=glossaries())
def test_there_are_losses_exactly_when_something_is_lost(form: Format, glossary: Glossary) -> None:
    kept, losses = reduce(glossary, form, pair_of(form))
    carried = kept if Part.RELATIONS in form.carries else replace(kept, distinct=(), acknowledgements=(), homonyms=())
    if Part.IDS in form.carries:
        assert (carried != glossary) == bool(losses)
    elif carried != glossary:
        assert losses or [replace(c, id="") for c in carried.concepts] == [replace(c, id="") for c in glossary.concepts]


@_QUICK
@given(glossaries())
def test_the_yaml_that_is_written_is_the_glossary(glossary: Glossary) -> None:
    assert parse_glossary(glossary_yaml(glossary)) == glossary


def test_every_part_of_a_full_glossary_is_lost_or_kept() -> None:
    lost = [str(loss) for loss in reduce(_FULL, FORMATS["tbx"], Languages())[1]]
    assert lost == [
        "client, pl: forms: 'klientów'",
        "client, pl: never: 'klientela'",
        "client, pl: case sensitivity",
        "client: paths: 'docs/**'",
        "2fa.login: do not translate",
        "client and customer: that they must stay distinct",
        "client and customer: that one word is acknowledged for tr, de",
        "client and 2fa.login: that they are homonyms in en",
    ]
    assert len(reduce(_FULL, FORMATS["csv"], Languages())[1]) == 3


def test_a_pair_of_languages_names_every_word_that_is_left() -> None:
    kept, losses = reduce(_FULL, FORMATS["deepl"], Languages("en", "pl"))
    lost = [str(loss) for loss in losses]
    assert "customer, ko: another language: '고객', '구매자'" in lost
    assert "client, pl: further accepted words: 'kontrahent'" in lost
    assert "client, pl: deprecated and forbidden words: 'abonent', 'petent'" in lost
    assert "customer: that 'customer', 'buyer' are words for one concept" in lost
    assert [concept.id for concept in kept.concepts] == ["client", "2fa.login", "customer", "customer"]


def test_a_word_that_is_not_to_be_translated_is_its_own_translation() -> None:
    kept, _ = reduce(_FULL, FORMATS["deepl"], Languages("en", "pl"))
    assert "GitHub,GitHub\n" in FORMATS["deepl"].write(kept, Languages("en", "pl"))


def test_words_for_a_language_serve_its_regions() -> None:
    kept, _ = reduce(_FULL, FORMATS["deepl"], Languages("en-GB", "pl"))
    assert len(kept.concepts) == 4


def test_a_source_word_of_two_concepts_is_one_entry() -> None:
    glossary = parse_glossary(
        "version: 1\nconcepts:\n  - {id: a, terms: {en: bank, pl: bank}}\n  - {id: b, terms: {en: bank, pl: brzeg}}\n"
    )
    kept, losses = reduce(glossary, FORMATS["deepl"], Languages("en", "pl"))
    assert [concept.id for concept in kept.concepts] == ["a"]
    assert "b: the pair 'bank', 'brzeg' as one of its own: a has that word already" in [str(loss) for loss in losses]
    assert len(reduce(glossary, FORMATS["omegat"], Languages("en", "pl"))[0].concepts) == 2
