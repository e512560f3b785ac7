from __future__ import annotations

import re
from pathlib import Path

import pytest

from termcheck.errors import GlossaryError
from termcheck.glossary import (
    Concept,
    DistinctGroup,
    Glossary,
    LanguageTerms,
    Term,
    TermStatus,
    comparable,
)
from termcheck.glossary_file import load_glossary
from termcheck.model import Position
from termcheck.schema import load_schema

ROOT = Path(__file__).resolve().parents[1]

CLIENTS = """\
version: 1
concepts:
  - id: client
    definition: A firm with a contract.
    paths: ["docs/**"]
    terms:
      en: client
      pl: {preferred: [klient], deprecated: [abonent], forms: [klientów], never: [klientela], case_sensitive: true}
      tr:
  - id: customer
    terms:
      en: customer
      ko: [고객, 구매자]
      pl: klient
distinct:
  - [client, customer]
"""


def load(folder: Path, text: str) -> Glossary:
    path = folder / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    return load_glossary(path, "glossary.yaml")


def mistakes(folder: Path, text: str) -> list[str]:
    with pytest.raises(GlossaryError) as caught:
        load(folder, text)
    return caught.value.message.split("\n")


def concept_with(terms: str) -> str:
    return f"version: 1\nconcepts:\n  - id: client\n    terms: {terms}\n"


def test_everything_is_read_with_its_place(tmp_path: Path) -> None:
    glossary = load(tmp_path, CLIENTS)
    client = glossary.concept("client")
    assert client.definition == "A firm with a contract."
    assert client.paths == ("docs/**",)
    assert client.position == Position(3, 9)
    assert list(client.terms) == ["en", "pl"]
    polish = client.terms["pl"]
    assert polish.preferred == (Term("klient", TermStatus.PREFERRED),)
    assert polish.preferred[0].position == Position(8, 24)
    assert polish.unwanted == (Term("abonent", TermStatus.DEPRECATED),)
    assert [term.text for term in polish.terms] == ["klient", "abonent"]
    assert (polish.forms, polish.never, polish.case_sensitive) == (("klientów",), ("klientela",), True)
    korean = glossary.concept("customer").terms["ko"]
    assert korean.preferred == (Term("고객", TermStatus.PREFERRED),)
    assert korean.admitted == (Term("구매자", TermStatus.ADMITTED),)
    assert glossary.distinct == (DistinctGroup(("client", "customer")),)
    assert glossary.distinct[0].position == Position(16, 5)
    assert glossary.languages() == ("en", "ko", "pl")
    assert glossary
    assert not Glossary()


def test_everything_said_about_a_language_is_read(tmp_path: Path) -> None:
    words = "{preferred: [x], definition: Ix, note: Nx, part_of_speech: verb}"
    entry = load(tmp_path, concept_with(f"{{en: {words}}}")).concepts[0].terms["en"]
    assert (entry.definition, entry.note, entry.part_of_speech) == ("Ix", "Nx", "verb")


def test_what_is_not_translated_has_its_words_in_every_language(tmp_path: Path) -> None:
    text = concept_with("{en: GitHub, ko: 깃허브}").replace("terms:", "do_not_translate: true\n    terms:")
    glossary = load(tmp_path, text)
    assert glossary.concepts[0].do_not_translate
    shown = {lang: glossary.words("client", lang) for lang in ("en", "ko", "pl")}
    assert {lang: words.preferred[0].text for lang, words in shown.items() if words} == {
        "en": "GitHub",
        "ko": "깃허브",
        "pl": "GitHub",
    }


def test_homonyms_are_declared_for_languages_and_their_regions(tmp_path: Path) -> None:
    glossary = load(
        tmp_path, CLIENTS + "homonyms:\n  - {concepts: [client, customer], lang: [pt, pl], note: Context.}\n"
    )
    assert glossary.homonyms[0].note == "Context."
    assert glossary.homonym(("customer", "client"), "pt-BR") is glossary.homonyms[0]
    assert glossary.homonym(("customer", "client"), "en") is None
    (line,) = mistakes(tmp_path, CLIENTS + "homonyms:\n  - {concepts: [client, x], lang: pl}\n")
    assert "the homonym names the unknown concept 'x'" in line


def test_words_are_composed_and_folded(tmp_path: Path) -> None:
    glossary = load(tmp_path, concept_with('{"pl": "bezpieczen\u0301stwo   danych "}'))
    assert glossary.concept("client").terms["pl"].preferred[0].text == "bezpieczeństwo danych"


def test_words_fall_back_between_a_language_and_its_region(tmp_path: Path) -> None:
    glossary = load(tmp_path, concept_with("{pt_br: cliente, zh: 客户}"))
    words = glossary.words("client", "pt")
    assert words is not None
    assert words is glossary.words("client", "pt-BR")
    assert glossary.words("client", "pt-PT") is None
    assert glossary.words("client", "zh-TW") is None
    with pytest.raises(KeyError):
        glossary.words("other", "pt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["glossary.yaml:1:1: the glossary is empty"]),
        ("- a\n", ["glossary.yaml:1:1: the file must be a mapping, not a list"]),
        ("version: 1\n", ["glossary.yaml:1:1: the key 'concepts' is missing; for example concepts: []"]),
        ("version: 2\nconcepts: []\n", ["glossary.yaml:1:10: 'version' must be 1, not '2'"]),
        ("version: 1\nconcepts: [\n", ["glossary.yaml:3:1: "]),
        ("version: 1\nconcepts: []\nconcepts: []\n", ["glossary.yaml:3:1: the key 'concepts' is given twice"]),
        (
            "version: 1\nconcepts: []\ndistnct: []\n",
            ["glossary.yaml:3:1: unknown key 'distnct'; did you mean 'distinct'?"],
        ),
        (
            concept_with("{cz: klient}"),
            ["glossary.yaml:4:13: the language tag 'cz' does not exist; did you mean cs (Czech)?"],
        ),
        (concept_with("{pt-BR: a, pt_br: b}"), ["glossary.yaml:4:23: the language pt-BR is given twice for 'client'"]),
        (
            concept_with("{en: 404}"),
            ["glossary.yaml:4:17: 'en' must be text, a list, a mapping or empty, not the number 404"],
        ),
        (concept_with("{en: [a, ' ']}"), ["glossary.yaml:4:21: item 2 of 'en' is empty"]),
        (concept_with("{en: []}"), ["glossary.yaml:4:17: 'en' is empty"]),
        (concept_with("{en: }"), ["glossary.yaml:4:5: the concept 'client' has no word in any language"]),
        (concept_with("{en: {never: [a]}}"), ["glossary.yaml:4:17: no word is given for en"]),
        (concept_with('{en: "a\\0b"}'), ["glossary.yaml:4:17: the word 'a\\x00b' holds a control character"]),
        (concept_with('{en: "\\u200b"}'), ["glossary.yaml:4:17: the word '\\u200b' shows no character"]),
        (concept_with("{en: " + "a" * 201 + "}"), ["glossary.yaml:4:17: 'en' is longer than 200 characters"]),
        (
            concept_with("{en: {preferred: [a], forbidden: [a]}}"),
            ["glossary.yaml:4:46: 'a' is listed twice for en, as preferred and as forbidden; line 4 has it already"],
        ),
        (
            concept_with("{tr: [ışık, IŞIK]}"),
            ["glossary.yaml:4:24: 'IŞIK' is listed twice for tr, as preferred and as admitted; line 4 has it"],
        ),
        (
            concept_with("{en: {preferred: [a], never: [A]}}"),
            ["glossary.yaml:4:42: 'A' is listed as a word and under never; remove it from never, or from preferred"],
        ),
        (
            CLIENTS.replace("id: customer", "id: client"),
            [
                "glossary.yaml:10:9: the concept 'client' is given twice; line 3 has it already",
                "glossary.yaml:16:14: the distinct group names the unknown concept 'customer'",
            ],
        ),
        (
            CLIENTS.replace("[client, customer]", "[client, custmer]"),
            ["glossary.yaml:16:14: the distinct group names the unknown concept 'custmer'; did you mean 'customer'?"],
        ),
        (
            CLIENTS.replace("[client, customer]", "[client, client]"),
            ["glossary.yaml:16:14: the distinct group names 'client' twice; remove one"],
        ),
        (
            CLIENTS.replace("[client, customer]", "[client]"),
            ["glossary.yaml:16:5: item 1 of 'distinct' needs at least 2 items"],
        ),
        (
            CLIENTS.replace("id: client", "id: a client"),
            ["glossary.yaml:3:9: 'id': 'a client' is not an id", "the unknown concept 'client'"],
        ),
        (
            CLIENTS.partition("distinct")[0]
            + "acknowledge:\n  - {concepts: [client, customer], lang: pl, reason: x}\n",
            ["glossary.yaml:16:16: 'client' and 'customer' are in no distinct group together"],
        ),
        (
            CLIENTS + "acknowledge:\n  - {concepts: [client, customer], lang: [pl, xx]}\n",
            [
                "glossary.yaml:18:5: the key 'reason' is missing in item 1 of 'acknowledge'",
                "glossary.yaml:18:47: the language tag 'xx'",
            ],
        ),
    ],
)
def test_mistakes_are_said_with_place_and_suggestion(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = mistakes(tmp_path, text)
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert start in line


def test_all_mistakes_are_listed_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = CLIENTS.replace("definition", "defintion").replace("ko:", "kr-KRR:").replace("[client, customer]", "[x, y]")
    lines = [int(line.split(":")[1]) for line in mistakes(tmp_path, text)]
    assert lines == [4, 13, 16, 16]


def test_a_flood_of_mistakes_is_cut_with_a_count(tmp_path: Path) -> None:
    ids = ", ".join(f"unknown{n}" for n in range(3000))
    found = mistakes(tmp_path, CLIENTS + f"  - [{ids}]\n")
    assert len(found) == 51
    assert found[-1] == "glossary.yaml: 2950 more mistakes are not shown"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (None, "g.yaml: cannot be read: No such file or directory"),
        (b"\xff\xfea", "g.yaml:1:1: the file is not UTF-8 but UTF-16; save it in the encoding UTF-8"),
        (b"#" * (8 * 2**20 + 1), "g.yaml: is larger than 8 MiB"),
    ],
)
def test_an_unreadable_file_is_one_error(tmp_path: Path, raw: bytes | None, message: str) -> None:
    path = tmp_path / "g.yaml"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(GlossaryError) as caught:
        load_glossary(path, "g.yaml")
    assert caught.value.message == message


def test_one_word_for_two_distinct_concepts_is_a_collision(tmp_path: Path) -> None:
    [collision] = load(tmp_path, CLIENTS).collisions()
    assert collision.concepts == ("client", "customer")
    assert (collision.lang, collision.word) == ("pl", "klient")
    assert collision.positions == (Position(8, 24), Position(14, 11))


def test_an_acknowledged_collision_is_none(tmp_path: Path) -> None:
    entry = "acknowledge:\n  - {concepts: [customer, client], lang: [pl], reason: One word., qualifier: [stały]}\n"
    glossary = load(tmp_path, CLIENTS + entry)
    assert glossary.collisions() == ()
    found = glossary.acknowledged(("client", "customer"), "pl-PL")
    assert found is not None
    assert (found.reason, found.qualifier, found.languages) == ("One word.", ("stały",), ("pl",))
    assert glossary.acknowledged(("client", "customer"), "tr") is None


def collisions(first: LanguageTerms, second: LanguageTerms, lang: str) -> int:
    concepts = (Concept("a", {lang: first}), Concept("b", {lang: second}))
    return len(Glossary("g", concepts, (DistinctGroup(("a", "b")), DistinctGroup(("b", "a")))).collisions())


@pytest.mark.parametrize(
    ("first", "second", "lang", "count"),
    [
        ("Kunde", "kunde", "de", 1),
        ("IŞIK", "ışık", "tr", 1),
        ("ISIK", "isik", "tr", 0),
        ("ISIK", "isik", "pl", 1),
        ("Straße", "STRASSE", "de", 1),
        ("e\u0301", "é", "fr", 1),
        ("klient", "klienci", "pl", 0),
    ],
)
def test_collisions_compare_words_as_the_language_does(first: str, second: str, lang: str, count: int) -> None:
    assert collisions(LanguageTerms((Term(first),)), LanguageTerms(admitted=(Term(second),)), lang) == count


def test_case_tells_words_apart_only_when_both_ask_for_it() -> None:
    exact, loose = LanguageTerms((Term("MIA"),), case_sensitive=True), LanguageTerms((Term("mia"),))
    assert collisions(exact, loose, "en") == 1
    assert collisions(exact, LanguageTerms((Term("mia"),), case_sensitive=True), "en") == 0


def test_a_deprecated_word_collides_with_nothing() -> None:
    old = Term("klient", TermStatus.DEPRECATED)
    assert collisions(LanguageTerms((Term("petent"),), deprecated=(old,)), LanguageTerms((Term("klient"),)), "pl") == 0


def test_a_collision_through_a_regional_variant_is_found_once(tmp_path: Path) -> None:
    text = CLIENTS.replace("      pl: klient", "      pl-PL: Klient")
    assert [each.lang for each in load(tmp_path, text).collisions()] == ["pl"]


def test_comparable_keeps_the_case_when_asked() -> None:
    assert comparable("MIA", "en", exact=True) == "MIA"


def test_a_large_glossary_loads_in_a_moment(tmp_path: Path) -> None:
    langs = ["en", "pl", "tr", "ko", "id", "de", "fr", "es", "it", "nl"]
    lines = ["version: 1", "concepts:"]
    for n in range(200):
        lines += [f"  - id: c{n}", "    terms:", *(f"      {lang}: [{lang}{n}, {lang}x{n}]" for lang in langs)]
    lines += ["distinct:", *(f"  - [c{n}, c{n + 1}]" for n in range(199))]
    glossary = load(tmp_path, "\n".join(lines))
    assert len(glossary.concepts) == 200
    assert glossary.collisions() == ()


def test_the_repository_s_own_glossary_shows_the_planted_collapse() -> None:
    glossary = load_glossary(ROOT / "glossary.yaml", "glossary.yaml")
    assert [(each.lang, each.word) for each in glossary.collisions()] == [("pl", "klient"), ("tr", "müşteri")]
    assert all(concept.definition for concept in glossary.concepts)


def test_the_examples_of_the_documentation_are_valid(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(examples) >= 3
    for example in examples:
        load(tmp_path, example)


def test_the_documentation_names_every_key() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    schema = load_schema("glossary.v1")
    parts = [schema, *(schema["$defs"][name] for name in ("concept", "terms", "acknowledgement", "homonym"))]
    keys = {key for part in parts for key in part["properties"]}
    assert {key for key in keys if f"`{key}`" not in page} == set()
