from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from glossary_samples import glossaries
from termcheck.errors import GlossaryError
from termcheck.exchange.merge import Merged, merge
from termcheck.glossary_file import parse_glossary
from termcheck.glossary_yaml import glossary_yaml
from termcheck.scaffold import starter_glossary

if TYPE_CHECKING:
    from termcheck.glossary import Glossary

OLD = """\
# Ours.
version: 1
concepts:
  - id: client   # the firm
    definition: >
      A firm
      with a contract.
    terms:
      en: client # yes
      pl:
      ko: [클라이언트]

  # Flow style.
  - {id: customer, terms: {en: customer, de: }}
  - id: last
    terms:
      en: |
        last
distinct:
  - [client, customer] # never one word
"""
ADDITION = """\
version: 1
concepts:
  - id: client
    definition: Another.
    terms: {en: [client, account], pl: {preferred: [klient], forbidden: [petent]}, tr: müşteri}
  - {id: customer, terms: {fi: asiakas, de: Kunde}}
  - {id: last, terms: {pl: ostatni}}
  - {id: new, domain: shop, terms: {en: new}}
"""


def merged(old: str, addition: str = ADDITION) -> Merged:
    return merge(old, parse_glossary(addition), "glossary.yaml")


def test_lines_are_only_added_or_filled() -> None:
    text, concepts, languages, _ = merged(OLD)
    changed = [line for line in difflib.ndiff(OLD.splitlines(), text.splitlines()) if line[0] in "+-"]
    assert changed == [
        "-       pl:",
        "+       pl: {preferred: [klient], forbidden: [petent]}",
        "+       tr: müşteri",
        "-   - {id: customer, terms: {en: customer, de: }}",
        "+   - {id: customer, terms: {en: customer, de: Kunde, fi: asiakas }}",
        "+       pl: ostatni",
        "+   - id: new",
        "+     domain: shop",
        "+     terms:",
        "+       en: new",
    ]
    assert (concepts, languages) == (1, 5)
    assert {c.id: sorted(c.terms) for c in parse_glossary(text).concepts} == {
        "client": ["en", "ko", "pl", "tr"], "customer": ["de", "en", "fi"], "last": ["en", "pl"], "new": ["en"]
    }  # fmt: skip


def test_what_the_file_says_otherwise_stays_and_is_listed() -> None:
    assert [str(conflict) for conflict in merged(OLD).conflicts] == [
        "client: the definition 'Another.': the glossary says 'A firm with a contract.'",
        "client, en: 'account' as admitted: the glossary has other words",
    ]


def test_merging_twice_changes_nothing() -> None:
    once = merged(OLD).text
    assert merged(once).text == once


def test_a_starting_glossary_is_filled() -> None:
    text = merged(starter_glossary(["en", "pl"])).text
    assert len(parse_glossary(text).concepts) == 4
    assert "# Concepts that must not share a word" in text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lists_without_indentation_and_other_line_ends(end: str) -> None:
    old = end.join(["version: 1", "concepts:", "- id: a", "  terms:", "    en: a"])
    text = merged(old, "version: 1\nconcepts:\n  - {id: a, terms: {pl: b}}\n  - {id: c, terms: {en: c}}\n").text
    lines = [
        "version: 1",
        "concepts:",
        "- id: a",
        "  terms:",
        "    en: a",
        "    pl: b",
        "- id: c",
        "  terms:",
        "    en: c",
    ]
    assert text.split(end) == [*lines, ""]


def test_what_cannot_be_added_to_is_refused() -> None:
    shared = "version: 1\nconcepts:\n  - {id: a, terms: &t {en: a}}\n  - {id: b, terms: *t}\n"
    with pytest.raises(GlossaryError) as caught:
        merged(shared, "version: 1\nconcepts:\n  - {id: a, terms: {pl: x}}\n")
    assert "cannot be added to" in caught.value.message


def test_a_file_with_mistakes_is_refused() -> None:
    with pytest.raises(GlossaryError) as caught:
        merged("version: 1\nconcepts: 3\n")
    assert "glossary.yaml:2:11" in caught.value.message


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(glossaries(), glossaries())
def test_any_two_glossaries_merge(old: Glossary, new: Glossary) -> None:
    text = merge(glossary_yaml(old), new, "glossary.yaml").text
    found = {concept.id: concept for concept in parse_glossary(text).concepts}
    assert {c.id for c in (*old.concepts, *new.concepts)} == set(found)
    for concept in old.concepts:
        assert concept.terms.items() <= found[concept.id].terms.items()
