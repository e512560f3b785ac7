"""JUnit's XML, which most build services show as test results: a suite per language, a case per document.

A case fails when it has a finding at or above the severity that makes the run fail. Everything found is in its text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from termcheck.languages import display_name
from termcheck.policy import exit_code
from termcheck.report.plain import most_severe_first, one_line, place, rule_title, total
from termcheck.report.xml_text import xml_text
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import Finding, RunResult


def to_junit(result: RunResult, fail_on: str) -> str:
    """The report as XML text. ``fail_on`` is a severity or ``policy.NEVER``.

    Raises ``ConfigError`` for any other ``fail_on``.
    """
    suites = _cases(result)
    root = ElementTree.Element("testsuites", name="termcheck")
    suppressed = Counter(item.finding.lang or "" for item in result.suppressed)
    for lang in sorted(suites):
        suite = ElementTree.SubElement(
            root, "testsuite", name=f"{display_name(lang)} ({lang})" if lang else "no language"
        )
        properties = ElementTree.SubElement(suite, "properties")
        facts = {"model": result.model, "suppressed": f"{suppressed[lang]}", "skipped files": f"{len(result.skipped)}"}
        for name, value in facts.items():
            ElementTree.SubElement(properties, "property", name=name, value=xml_text(one_line(value)))
        failures = sum(_add_case(suite, lang, name, found, fail_on) for name, found in sorted(suites[lang].items()))
        _count(suite, len(suites[lang]), failures)
    _count(root, *(sum(int(suite.get(name, 0)) for suite in root) for name in ("tests", "failures")))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _cases(result: RunResult) -> dict[str, dict[str, list[Finding]]]:
    """The findings by language (empty for none) and document (the file where there is none), documents without too."""
    suites: defaultdict[str, dict[str, list[Finding]]] = defaultdict(dict)
    for item in result.suppressed:  # A suite must be there to count them.
        suites[item.finding.lang or ""] = {}
    for summary in result.sets:
        for version in summary.versions:
            suites[version.lang][summary.key] = []
    for finding in result.findings:
        cases = suites[finding.lang or ""]
        cases.setdefault(finding.document or finding.location.path, []).append(finding)
    return suites


def _add_case(suite: ElementTree.Element, lang: str, name: str, found: Sequence[Finding], fail_on: str) -> int:
    """Append the case of a document; 1 when it fails, else 0."""
    attributes = {"name": xml_text(one_line(name)), "classname": f"termcheck.{lang}" if lang else "termcheck"}
    if found:
        attributes["file"] = xml_text(one_line(found[0].location.path))
        attributes["line"] = str(found[0].location.start.line)
    case = ElementTree.SubElement(suite, "testcase", attributes)
    text = "\n".join([total(found), *(_line(finding) for finding in most_severe_first(found))])
    if exit_code(found, fail_on):
        first = most_severe_first(found)[0]
        more = f" ({counted(len(found) - 1, 'more finding')})" if len(found) > 1 else ""
        # One failure a case: readers differ in what they make of several.
        message = f"{place(first.location)}: {one_line(first.message)}{more}"
        failure = ElementTree.SubElement(case, "failure", message=xml_text(message), type=rule_title(first))
        failure.text = xml_text(text)
        return 1
    if found:
        ElementTree.SubElement(case, "system-out").text = xml_text(text)
    return 0


def _line(finding: Finding) -> str:
    return f"{place(finding.location)}: {finding.severity.value}: {rule_title(finding)}: {one_line(finding.message)}"


def _count(element: ElementTree.Element, tests: int, failures: int) -> None:
    for name, value in (("tests", tests), ("failures", failures), ("errors", 0), ("skipped", 0)):
        element.set(name, str(value))
