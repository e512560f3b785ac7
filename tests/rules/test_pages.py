"""Every rule explains itself, and the registry knows every rule."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import pytest

import termcheck.rules
from termcheck.model import Location, Position, Severity
from termcheck.rules.base import CorpusRule, DocumentRule, PolicyRule, Rule
from termcheck.rules.registry import RULES, find_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termcheck.model import Finding
    from termcheck.rules.facts import CorpusFacts

LONGEST_SUMMARY = 100
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def _defined() -> set[type[Rule]]:
    """All rules in the package, registered or not."""
    found: set[type[Rule]] = set()
    for module in iter_modules(termcheck.rules.__path__, "termcheck.rules."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Rule) and hasattr(value, "code"):
                found.add(value)
    return found


def test_every_rule_is_registered() -> None:
    assert {rule.__name__ for rule in _defined()} == {rule.__name__ for rule in RULES}


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


@every_rule
def test_code_and_name_are_well_formed(rule: type[Rule]) -> None:
    assert re.fullmatch(r"TC\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert isinstance(rule.severity, Severity)


@every_rule
def test_the_module_is_named_after_the_rule(rule: type[Rule]) -> None:
    module = import_module(rule.__module__)
    assert rule.__module__ == f"termcheck.rules.{rule.name.replace('-', '_')}"
    assert module.__doc__ == f"{rule.code}."
    assert rule.__name__ == "".join(part.capitalize() for part in rule.name.split("-"))


@every_rule
def test_the_page_starts_with_one_short_sentence(rule: type[Rule]) -> None:
    summary, empty, *_ = rule.page().split("\n")
    assert rule.summary() == summary
    assert re.fullmatch(r"[A-Z].*[^.]\.", summary)
    assert len(summary) < LONGEST_SUMMARY
    assert empty == ""


@every_rule
def test_the_page_has_its_sections_in_order(rule: type[Rule]) -> None:
    decided = "What to do" if rule.code == "TC001" else "How it is decided"
    parts = re.split(r"^## (.+)\n", rule.page(), flags=re.MULTILINE)
    assert parts[1::2] == ["Why", decided, "Wrong", "Right"]
    assert all(text.strip() for text in parts[2::2])


@every_rule
def test_a_page_that_names_another_rule_names_one_that_exists(rule: type[Rule]) -> None:
    for code in re.findall(r"TC\d+", rule.page()):
        assert find_rule(code) is not None


@every_rule
@pytest.mark.parametrize("change", [str, str.lower, lambda text: f" {text} "], ids=["exact", "lower", "spaces"])
def test_a_rule_is_found_by_code_and_by_name(rule: type[Rule], change: type[str]) -> None:
    assert find_rule(change(rule.code)) is rule
    assert find_rule(change(rule.name)) is rule


@pytest.mark.parametrize("wanted", ["", "TC", "TC999", "101", "paragraph"])
def test_what_is_no_code_or_name_finds_nothing(wanted: str) -> None:
    assert find_rule(wanted) is None


@every_rule
def test_a_rule_sees_a_document_the_corpus_or_decisions(rule: type[Rule]) -> None:
    assert sum(issubclass(rule, kind) for kind in (DocumentRule, CorpusRule, PolicyRule)) == 1


class _Sample(CorpusRule):
    code = "TC900"
    name = "sample"
    severity = Severity.WARNING

    def check(self, facts: CorpusFacts) -> Iterator[Finding]:  # noqa: ARG002
        yield self.finding(_PLACE, "One thing.")


_PLACE = Location("a.md", "en", Position(1, 1), Position(1, 2))


def test_a_finding_carries_its_rule() -> None:
    finding = _Sample().finding(_PLACE, "One thing.", concepts=["client"], evidence={"score": 1})
    assert (finding.code, finding.name, finding.severity) == ("TC900", "sample", Severity.WARNING)
    assert (finding.confidence, finding.concepts, finding.evidence) == (1.0, ("client",), {"score": 1})
    assert _Sample().finding(_PLACE, "x", severity=Severity.ERROR).severity is Severity.ERROR


@pytest.mark.parametrize(("given", "kept"), [(-0.5, 0.0), (0.25, 0.25), (1.5, 1.0)])
def test_a_confidence_stays_between_0_and_1(given: float, kept: float) -> None:
    assert _Sample().finding(_PLACE, "x", confidence=given).confidence == kept


def test_a_rule_without_a_page_has_an_empty_one() -> None:
    assert (_Sample.page(), _Sample.summary()) == ("", "")
