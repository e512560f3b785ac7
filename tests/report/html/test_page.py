from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from aligned_result import many_aligned, sample_with_tables
from golden import check_golden
from hostile_texts import HOSTILE_TEXTS, hostile_text, with_text
from sample_result import sample_result
from termcheck.model import ConceptUse, GroupVerdict, Rendering, RunResult, Severity, Verdict, VersionSummary
from termcheck.report.context import RuleInfo
from termcheck.report.html.data import page_data
from termcheck.report.html.inline import script_json, scripts, style_sheet
from termcheck.report.html.page import to_html

RULE = RuleInfo("TC401", "terms-collapsed", Severity.ERROR, "Two in one.", "Two in one.\n\n## Why\nSee <b> `x`.")


class Page(HTMLParser):
    """The elements of a page with their attributes and texts, scripts and styles apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.data = ""
        self.policy = ""
        self.texts: list[str] = []
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        if tag in self.raw:
            self._open.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.raw:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.texts.append(data)
        elif self._open[-1][1].get("type") == "application/json":
            self.data += data
        else:
            self.raw[self._open[-1][0]].append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def hash_source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def scrubbed(html: str) -> str:
    """The page without style sheet and scripts, which have tests of their own, and without their hashes."""
    html = re.sub(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL)
    html = re.sub(r"<script>.*?</script>", "<script></script>", html, flags=re.DOTALL)
    return re.sub(r"sha256-[^&]+", "sha256-", html)


def test_golden_page() -> None:
    html = to_html(sample_with_tables(), [RULE])
    page = Page(html)
    shown = json.dumps(json.loads(page.data), ensure_ascii=False, indent=1)
    check_golden("report.html", scrubbed(html).replace(script_json(json.loads(page.data)), "") + shown + "\n")


def test_only_its_own_style_and_scripts_are_allowed() -> None:
    page = Page(to_html(sample_with_tables()))
    directives = dict(directive.split(" ", 1) for directive in page.policy.split("; "))
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'none'"
    assert directives["script-src"].split() == [hash_source(text) for text in page.raw["script"]]
    assert directives["style-src"] == hash_source(page.raw["style"][0])
    assert directives["require-trusted-types-for"] == "'script'"
    assert len(page.raw["script"]) == len(scripts()) > 3


def test_the_parts_of_the_page_do_not_end_their_elements() -> None:
    for text in (*scripts(), style_sheet()):
        assert "</" not in text
        assert "<!--" not in text
        assert "innerHTML" not in text


def test_it_says_what_does_not_work_without_scripts() -> None:
    assert re.search("<noscript>.*shows findings and documents with scripts", to_html(sample_result()))


def test_the_page_loads_nothing() -> None:
    page = Page(to_html(sample_with_tables(), [RULE]))
    assert not {"link", "img", "iframe", "object", "embed", "base", "audio", "video", "form[action]"} & set(
        page.elements
    )
    for tag, name, value in page.attributes:
        assert name not in {"src", "srcset", "style", "action", "formaction", "background", "poster", "xlink:href"}, tag
        assert not name.startswith("on"), tag
        if name == "href":
            assert value.startswith("#"), tag
    assert "@import" not in style_sheet()
    assert re.findall(r"url\(([^)]*)\)", style_sheet()) == ["#hatch"]


def test_links_lead_to_what_is_there() -> None:
    page = Page(to_html(sample_with_tables(), [RULE]))
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = {value[1:].partition("?")[0] for _, name, value in page.attributes if name == "href"}
    assert targets <= set(ids)


def test_the_data_is_what_went_in() -> None:
    page = Page(to_html(sample_with_tables()))
    assert json.loads(page.data) == page_data(sample_with_tables())
    assert not re.search("[<>&\u2028\u2029\n]", page.data)


def same_shape(page: Page, usual: Page) -> None:
    assert page.elements == usual.elements
    assert [(tag, name) for tag, name, _ in page.attributes] == [(tag, name) for tag, name, _ in usual.attributes]
    assert page.raw == usual.raw
    assert page.policy == usual.policy


def everywhere(text: str) -> RunResult:
    """The sample result with the text also as the name of a concept, a word, a document and a file."""
    result = with_text(text, f"a{text}")
    use = ConceptUse(text, "pl", Verdict.COLLAPSED, 3, (Rendering(text, 2),))
    other = ConceptUse(f"other {text}", "pl", Verdict.COLLAPSED, 3, (Rendering(text, 2),))
    verdict = GroupVerdict((text, f"other {text}"), "pl", Verdict.COLLAPSED, (text,), (use, other), f"Why: {text}")
    sets = tuple(
        dataclasses.replace(
            each,
            key=f"{number}{text}",
            versions=tuple(dataclasses.replace(version, path=f"{version.path}{text}") for version in each.versions),
        )
        for number, each in enumerate(result.sets)
    )
    return dataclasses.replace(result, verdicts=(verdict,), sets=sets, model=text)


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE_TEXTS if text.strip()] + ['"><a href="javascript:x">', "' x='"]
)
def test_hostile_texts_are_only_shown(text: str) -> None:
    page = Page(to_html(everywhere(text)))
    same_shape(page, Page(to_html(everywhere("harmless"))))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page.text + page.data)


@settings(max_examples=40)
@given(hostile_text)
def test_no_text_makes_markup(text: str) -> None:
    same_shape(Page(to_html(everywhere(f"a{text}"))), Page(to_html(everywhere("harmless"))))


def test_a_rule_s_page_has_its_place_among_the_headings() -> None:
    html = to_html(sample_result(), [RULE])
    assert "<h3>Why</h3>" in html
    assert "See &lt;b&gt; <code>x</code>." in html


def test_rules_that_found_nothing_are_left_out() -> None:
    assert "TC999" not in to_html(sample_result(), [dataclasses.replace(RULE, code="TC999")])


def test_words_say_their_language_and_direction() -> None:
    use = ConceptUse("client", "ar", Verdict.DISTINCT, 3, (Rendering("العميل", 2),))
    verdict = GroupVerdict(("client",), "ar", Verdict.DISTINCT, (), (use,), "")
    html = to_html(RunResult((), verdicts=(verdict,)))
    assert '<span class="word" lang="ar" dir="rtl">العميل</span>' in html


def test_every_language_of_the_data_has_a_direction() -> None:
    languages: dict[str, Any] = page_data(sample_with_tables())["languages"]
    assert languages["ar"] == {"name": "Arabic", "dir": "rtl"}
    assert languages["zh-Hans"]["dir"] == "ltr"
    assert all(each["dir"] in {"ltr", "rtl"} for each in languages.values())


def test_a_page_that_is_too_large_has_only_what_is_near_findings() -> None:
    result = many_aligned(3, documents=1, rows=40)
    whole, part = to_html(result), to_html(result, largest=20_000)
    assert "The documents as a whole are left out" not in whole
    assert "The documents as a whole are left out" in part
    assert "This page is very large" not in part
    assert 'id="reading"' not in part
    rows = json.loads(Page(part).data)["documents"][0]["rows"]
    assert [index for index, row in enumerate(rows) if row is not None] == [0, 1, 2, 3, 4]


def test_a_page_that_is_still_too_large_says_so() -> None:
    assert "This page is very large" in to_html(many_aligned(3, documents=1, rows=40), largest=1000)


def test_nothing_found_is_said() -> None:
    page = Page(to_html(RunResult(())))
    assert "No findings" in page.text
    assert page.elements["table"] == 1  # the keys


def test_freshness_is_shown_when_it_is_known() -> None:
    result = sample_result()
    [first, *others] = result.sets
    versions = (VersionSummary("en", "en/x", 3, 1.0), VersionSummary("pl", "pl/x", 3, 1.0, outdated=2))
    fresh = (*versions, VersionSummary("tr", "tr/x", 3, 1.0, outdated=0))
    dated = dataclasses.replace(result, sets=(dataclasses.replace(first, versions=fresh), *others))
    text = Page(to_html(dated)).text
    assert "how many are older than their source" in text
    assert "2 outdated" in text
    assert "up to date" in text
    assert "outdated" not in Page(to_html(result)).text
