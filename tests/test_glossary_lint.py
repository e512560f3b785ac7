from __future__ import annotations

import pytest

from termcheck.glossary_file import parse_glossary
from termcheck.glossary_lint import CHECKS, lint


def found(concepts: list[str], *rest: str) -> list[str]:
    text = "\n".join(["version: 1", "concepts:", *(f"  - {concept}" for concept in concepts), *rest])
    return [f"{problem.position.line}:{problem.check}: {problem.message}" for problem in lint(parse_glossary(text))]


A, B = "{id: a, terms: {en: bank, pl: bank}}", "{id: b, terms: {en: Bank, pl: brzeg}}"


def test_a_sound_glossary_has_no_problems() -> None:
    assert found(["{id: a, terms: {en: client, pl: klient}}", "{id: b, terms: {en: customer, pl: nabywca}}"]) == []


def test_distinct_concepts_with_one_word() -> None:
    assert found([A, B], "distinct: [[a, b]]") == [
        (
            "4:collision: “bank” is the English word for a (line 3) and b, which must stay distinct: use two words, or "
            "acknowledge it"
        )
    ]


def test_a_homonym_that_is_not_declared() -> None:
    assert found([A, B]) == ["4:homonym: “Bank” is the English word for a and b: list them under distinct or homonyms"]


@pytest.mark.parametrize("lang", ["en", "[en, de]"])
def test_a_declared_homonym(lang: str) -> None:
    assert found([A, B], f"homonyms: [{{concepts: [a, b], lang: {lang}}}]") == []


def test_letter_case_tells_words_apart_where_both_ask_for_it() -> None:
    assert (
        found(
            [
                "{id: a, terms: {en: {preferred: [MIA], case_sensitive: true}}}",
                "{id: b, terms: {en: {preferred: [mia], case_sensitive: true}}}",
            ]
        )
        == []
    )


def test_two_concepts_that_may_be_one() -> None:
    same = ["{id: a, terms: {en: x, pl: y}}", "{id: b, terms: {en: x, pl: y}}"]
    assert found(same) == ["4:duplicate: a and b have the same words in en and pl: they may be one concept"]


def test_a_word_that_is_right_for_one_concept_and_wrong_for_another() -> None:
    concepts = ["{id: a, terms: {en: {preferred: [x], forbidden: [y]}}}", "{id: b, terms: {en: y}}"]
    assert found(concepts) == [
        (
            "3:contradiction: “y” is forbidden for a and the English word for b (line 4): its correct uses will be "
            "reported, too"
        )
    ]


def test_unwanted_words_without_a_replacement() -> None:
    assert "no-replacement" in found(["{id: a, terms: {en: x, pl: {deprecated: [y]}}}"])[0]


def test_a_fixed_word_with_translations() -> None:
    assert "3:translated: " in found(["{id: a, do_not_translate: true, terms: {en: Git, pl: Zgit, de: git}}"])[0]
    assert found(["{id: a, do_not_translate: true, terms: {en: Git}}", "{id: b, terms: {en: x, pl: y}}"]) == []


def test_several_preferred_words() -> None:
    assert "“x” and “y”" in found(["{id: a, terms: {en: {preferred: [x, y]}}}"])[0]


def test_acknowledgements_without_a_collapse() -> None:
    rest = ("distinct: [[a, b]]", "acknowledge: [{concepts: [a, b], lang: [pl, en, de], reason: r}]")
    assert [line.split(": ")[0] for line in found([A, B], *rest)] == ["6:idle"]


def test_languages_without_words() -> None:
    assert found(["{id: a, terms: {en: x}}", "{id: b, terms: {en: y, pt-BR: z}}"]) == [
        "3:no-word: Portuguese (Brazil) has no word for 1 of 2 concepts, which are learned from the texts: a"
    ]


def test_an_empty_glossary() -> None:
    (problem,) = lint(parse_glossary("version: 1\nconcepts: []\n"))
    assert problem.check == "empty"


def test_every_check_says_what_it_is_about() -> None:
    assert all(check.__doc__ for check in CHECKS.values())
