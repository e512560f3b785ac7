from __future__ import annotations

import dataclasses
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from golden import check_golden
from hostile_texts import HOSTILE_TEXTS, hostile_text, many, with_text
from sample_result import sample_result
from termcheck.model import RunResult
from termcheck.report.github import step_summary
from termcheck.report.markdown import LONGEST, MARKER, to_markdown
from termcheck.report.markdown_text import escape

# What GitHub and GitLab look for in the text of the rendered comment: mentions, references, addresses, emoji.
ACTIVE = re.compile(
    r"""[@#!~%$^&][\w"'{*\[]|://|\bwww\.|\bmailto:|\bxmpp:|\bgh-\d|:[\w+-]+:|\[[a-z_]+:|\b[0-9a-f]{7,40}\b""",
    re.IGNORECASE,
)
OURS = {"p", "h2", "strong", "details", "summary", "ul", "li", "br", "table", "thead", "tbody", "tr", "th", "td"}


class Page(HTMLParser):
    """The elements of a page and its pieces of text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.comments: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def rendered(text: str) -> Page:
    return Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_golden_markdown() -> None:
    check_golden("report.markdown.md", to_markdown(sample_result()))


def test_a_fold_per_document() -> None:
    page = rendered(to_markdown(sample_result()))
    assert page.elements["details"] == page.elements["summary"] == 3
    text = "".join(page.texts)
    assert "guide/clients.md: 2 errors and 1 warning" in text
    assert "glossary.yaml: 1 warning" in text


def test_everything_shown_can_be_read_again() -> None:
    text = "".join(rendered(to_markdown(sample_result())).texts)
    assert "A paragraph is missing here that English (the source), German and Korean have." in text
    assert "pl/guide/clients.md:12 TC401 terms-collapsed" in text
    assert "2 in the baseline and 1 ignored in the text" in text


def test_it_begins_with_the_marker() -> None:
    assert to_markdown(RunResult(())) == f"{MARKER}\n## termcheck\n\n**no findings**\n"


def check_harmless(page: Page, usual: Page) -> None:
    assert set(page.elements) <= OURS
    assert page.elements["details"] == page.elements["summary"] <= usual.elements["details"]
    for element in ("li", "h2", "ul", "table", "tr", "td", "br"):
        assert page.elements[element] == usual.elements[element], element
    assert page.attributes == usual.attributes
    assert page.comments == usual.comments
    active = [match[0] for text in page.texts for match in ACTIVE.finditer(text)]
    assert active == []


@pytest.mark.parametrize("text", [text for text in HOSTILE_TEXTS if text])
def test_hostile_texts_are_only_shown(text: str) -> None:
    check_harmless(rendered(to_markdown(with_text(text))), rendered(to_markdown(with_text("harmless"))))
    check_harmless(rendered(step_summary(with_text(text))), rendered(step_summary(with_text("harmless"))))


MARKUP = st.text(alphabet="\\`*_{}[]<>()#+-=!|~&$^@'\":/.;,?0123456789abcdefgw \t\n\r\u2028\x1b\u202e")


@settings(max_examples=60)
@given(MARKUP | hostile_text)
def test_no_text_makes_markup(text: str) -> None:
    page = rendered(to_markdown(with_text(f"a{text}")))
    check_harmless(page, rendered(to_markdown(with_text("harmless"))))


@settings(max_examples=300)
@given(MARKUP)
def test_an_escaped_text_shows_the_text(text: str) -> None:
    from termcheck.report.sanitize import sanitize

    page = rendered(f"**Ours** {escape(text)}")
    assert "".join(page.texts).replace("\u200b", "").split() == ["Ours", *sanitize(text).split()]


def test_a_cell_shows_its_whole_text() -> None:
    # A table drops the cells that are too many, so counting them does not show that a text was cut.
    page = rendered(step_summary(with_text("one | two | three")))
    assert page.texts.count("one | two | three") == 5


def test_a_name_that_is_a_command_does_not_begin_the_line() -> None:
    assert escape("/close") == "&#8203;/close"


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Żółty “klient”, 클라이언트: 50 % of it; see docs/a.md:12."
    assert escape(text) == text


@pytest.mark.parametrize("longest", [LONGEST, 9000, 3000])
def test_a_long_comment_is_cut_at_a_finding(longest: int) -> None:
    text = to_markdown(many(2000), longest)
    assert units(text) < longest
    page = rendered(text)
    shown = page.elements["br"]
    assert 0 < shown < 2000
    assert text.count("<details>") == text.count("</details>") == 1
    assert text.rstrip().endswith(f"Not shown, for want of room: {2000 - shown:,} errors.")


def test_folds_count_too() -> None:
    each_alone = (
        dataclasses.replace(finding, document=f"{number}.md", excerpts=())
        for number, finding in enumerate(many(2000).findings)
    )
    text = to_markdown(RunResult(tuple(each_alone)))
    assert LONGEST * 0.98 < units(text) < LONGEST
    assert text.count("<details>") == text.count("</details>") == text.count("<br>") > 100


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_it_is_short_enough_whatever_it_quotes(text: str) -> None:
    comment = to_markdown(with_text(text * 5000 + "@a😀" * 20000))
    assert units(comment) < LONGEST
    assert comment.count("<br>") >= 2


def test_the_most_severe_are_kept() -> None:
    text = to_markdown(sample_result(), 3200)
    assert "**error**" in text
    assert "**note**" not in text
    assert "for want of room" in text
