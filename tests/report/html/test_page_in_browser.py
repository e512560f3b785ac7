"""The page in a real browser, from disk and without network."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from aligned_result import many_aligned, sample_with_tables
from hostile_texts import HOSTILE_TEXTS, with_text
from sample_result import excerpt
from termcheck.model import Decision, DecisionKind, Role, RunResult, Severity
from termcheck.report.context import RuleInfo
from termcheck.report.html.page import to_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page

    Open = Callable[..., Page]

RULES = (RuleInfo("TC401", "terms-collapsed", Severity.ERROR, "Two in one.", "Two in one.\n\n## Why\nSo."),)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def open_page(offline: BrowserContext, tmp_path: Path) -> Open:
    """Writes the page of a result and opens it at an address."""

    def open_it(result: RunResult, address: str = "") -> Page:
        path = tmp_path / "report.html"
        path.write_text(to_html(result, RULES), "utf-8")
        page = offline.new_page()
        page.goto(f"{path.as_uri()}{address}")
        return page

    return open_it


def field(page: Page, name: str) -> Locator:
    return page.locator(f"#filters [name={name}]")


def visible_cards(page: Page) -> Locator:
    return page.locator("#list > article")


def test_it_opens_from_disk_at_the_overview(open_page: Open) -> None:
    page = open_page(sample_with_tables())
    expect(page.get_by_role("heading", level=1)).to_have_text("5 findings: 2 errors, 2 warnings and 1 note")
    page.get_by_role("link", name="2 findings: 1 error and 1 warning").click()
    expect(page.locator("#shown")).to_have_text("2 of 5 findings")
    expect(field(page, "language")).to_have_value("pl")


def test_paragraphs_stand_side_by_side_in_their_languages(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#findings?rule=TC401")
    cells = page.locator(".finding td")
    expect(cells).to_have_count(5)
    expect(page.locator(".finding td[lang=ar][dir=rtl]")).to_contain_text("يرسل برنامج")
    assert all(cells.nth(index).get_attribute("dir") in {"ltr", "rtl"} for index in range(5))
    assert all(cells.nth(index).get_attribute("lang") for index in range(5))
    mark = page.locator(".finding td.target mark").first
    expect(mark).to_have_text("[marked: Klient]")
    expect(mark).to_have_attribute(
        "title", "Polish says “klient” both for “client” and for “customer”, which must stay apart."
    )
    expect(page.locator(".finding th[scope=col]")).to_have_count(6)


def test_what_somebody_decided_is_shown(open_page: Open) -> None:
    result = sample_with_tables()
    first = result.findings[0]
    decision = Decision(
        first.fingerprint, DecisionKind.LATER, first.code, "x", "", by="Ada", reason="After the release."
    )
    page = open_page(
        dataclasses.replace(result, findings=(dataclasses.replace(first, decision=decision),)), "#findings"
    )
    expect(page.locator(".decided")).to_have_text("to be fixed later by Ada After the release.")


def test_filters_work_together_and_are_in_the_address(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#findings")
    expect(page.locator("#shown")).to_have_text("5 findings")
    field(page, "severity").select_option("error")
    expect(page.locator("#shown")).to_have_text("2 of 5 findings")
    field(page, "text").fill("BACK UP YOUR")
    expect(page.locator("#shown")).to_have_text("1 of 5 findings")
    assert page.url.endswith("#findings?text=BACK+UP+YOUR&severity=error")
    page.reload()
    expect(page.locator("#shown")).to_have_text("1 of 5 findings")
    field(page, "text").fill("nothing has this")
    expect(page.locator("#list")).to_have_text("No finding is like this.")
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("#shown")).to_have_text("5 findings")


def test_the_order_can_be_chosen(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#findings")

    first = {
        "most severe first": "error",
        "surest first": "100 %",
        "by rule": "TC101",
        "as in the files": "glossary.yaml",
    }
    for order, expected in first.items():
        field(page, "order").select_option(label=order)
        expect(visible_cards(page).first.locator(".meta")).to_contain_text(expected)


def test_keys_go_from_finding_to_finding(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#findings")
    page.keyboard.press("j")
    expect(visible_cards(page).nth(0).locator("h2")).to_be_focused()
    page.keyboard.press("n")
    expect(visible_cards(page).nth(1).locator("h2")).to_be_focused()
    page.keyboard.press("k")
    expect(visible_cards(page).nth(0).locator("h2")).to_be_focused()
    identifier = visible_cards(page).nth(0).get_attribute("id")
    assert page.url.endswith(f"#{(identifier or '').removeprefix('finding-')}")
    page.keyboard.press("k")
    expect(page.locator("#shown")).to_have_text("This is the first finding.")
    page.keyboard.press("/")
    page.keyboard.type("jkj")
    expect(field(page, "text")).to_have_value("jkj")


def test_keys_are_explained_and_can_be_turned_off(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#findings")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Help")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator(".finding.current")).to_have_count(0)
    page.reload()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()


def test_a_permalink_leads_to_its_finding(open_page: Open) -> None:
    result = many_aligned(300)
    wanted = result.findings[250]
    page = open_page(result, f"#{wanted.fingerprint}")
    expect(page.locator(".finding.current h2")).to_have_text(wanted.message)
    expect(page.locator(".finding.current")).to_be_in_viewport()


def test_the_paragraphs_around_are_shown_on_demand(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#findings?rule=TC401")
    rows = page.locator(".finding tbody tr")
    expect(rows).to_have_count(1)
    button = page.get_by_role("button", name="Show the paragraphs around")
    button.click()
    expect(rows).to_have_count(3)
    expect(page.locator(".finding td").filter(has_text="Heading of the page")).to_be_visible()
    expect(page.get_by_role("button", name="Hide the paragraphs around")).to_be_focused()
    page.keyboard.press("x")
    expect(rows).to_have_count(3)  # no finding was chosen yet
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(rows).to_have_count(1)


def test_the_reader_chooses_the_languages_for_the_session(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#findings?rule=TC401")
    page.locator("#findings summary").filter(has_text="Languages").click()
    for name in ("Arabic", "Korean", "Polish"):
        page.locator("#findings .sheet").get_by_label(name).uncheck()
    headings = page.locator(".finding thead th")
    # Polish is what the finding is about.
    assert headings.all_inner_texts()[1:] == ["English en source", "Polish pl", "Turkish tr"]
    page.reload()
    expect(headings).to_have_count(4)


def test_a_document_can_be_read_as_a_whole(open_page: Open) -> None:
    page = open_page(sample_with_tables(), "#reading")
    rows = page.locator("#document tbody tr")
    expect(rows).to_have_count(4)
    expect(page.locator("#read-status")).to_have_text("4 rows, 8 gaps, 1 moved, 3 findings")
    expect(page.locator("#document .notice")).to_have_text(
        "Not compared with the others: Indonesian, Portuguese (Brazil)."
    )
    expect(page.locator("#row-3 td.gap[lang=tr]")).to_contain_text("nothing here")
    polish = page.locator("#row-4 td[lang=pl]")
    expect(polish).to_contain_text("moved")
    expect(polish).to_contain_text("unsure, 41 %")
    page.get_by_label("Go to the next").select_option("moved")
    page.get_by_role("button", name="Go").click()
    expect(page.locator("#row-4 th")).to_be_focused()
    assert page.url.endswith("row=4")
    page.locator("#row-2 .flag").click()
    expect(page.locator(".finding.current h2")).to_contain_text("Polish says")


def test_long_documents_are_filled_in_where_they_are_read(open_page: Open) -> None:
    page = open_page(many_aligned(3, documents=1, rows=900), "#reading?document=guide%2Fpage-0.md&row=700")
    expect(page.locator("#row-700 td").first).to_be_in_viewport()
    assert page.locator("#document tbody tr:not(.spacer)").count() < 300


def test_colours_can_be_chosen(open_page: Open) -> None:
    page = open_page(sample_with_tables())
    dark = "() => getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(dark)
    page.get_by_label("Colours").select_option("dark")
    assert page.evaluate(dark) != before
    page.reload()
    assert page.evaluate(dark) != before


def test_thousands_of_findings_are_all_there_and_few_are_filled_in(open_page: Open) -> None:
    result = many_aligned(5000, documents=20, rows=60)
    page = open_page(result, "#findings")
    expect(visible_cards(page)).to_have_count(5000)
    assert page.locator("#list table").count() < 50
    field(page, "text").fill("number 4321 ")
    expect(page.locator("#shown")).to_have_text("1 of 5,000 findings")
    page.get_by_role("button", name="Clear the filters").click()
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight / 2)")
    middle = page.locator("#list article:has(table)").last
    expect(middle).to_be_visible()
    page.get_by_role("heading", level=1, name="Findings").click()
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator(".finding.current table")).to_be_in_viewport()


@pytest.mark.parametrize("text", ["\n".join(HOSTILE_TEXTS), HOSTILE_TEXTS[7], '"><svg onload=alert(1)>'])
def test_hostile_paragraphs_do_nothing(text: str, open_page: Open) -> None:
    result = with_text(text, f"a{text}")
    sets = tuple(dataclasses.replace(each, key=f"{index}{text}") for index, each in enumerate(result.sets))
    page = open_page(dataclasses.replace(result, sets=sets), "#findings")
    expect(visible_cards(page)).to_have_count(5)
    expect(page.locator(".others .text").first).to_contain_text(text.strip().splitlines()[-1].strip()[:7])
    assert page.locator("main img, main iframe, main script, main a:not([href^='#'])").count() == 0
    assert page.evaluate("() => document.title").startswith("5 findings")


def test_a_long_paragraph_is_folded_around_its_marks(open_page: Open) -> None:
    text = "word " * 100_000 + "klient " + "word " * 100_000
    result = sample_with_tables()
    found = dataclasses.replace(result.findings[0], excerpts=(excerpt(Role.TARGET, "x", "pl", 1, text, "klient"),))
    page = open_page(dataclasses.replace(result, findings=(found,)), "#findings")
    holder = page.locator(".others .text")
    expect(holder.locator("mark")).to_have_text("[marked: klient]")
    assert len(holder.inner_text()) < 1000
    holder.get_by_role("button", name="Show all 1,000,007 characters").click()
    assert len(holder.inner_text()) > 1_000_000
    expect(holder.locator("mark")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1920])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(width: int, scheme: Any, open_page: Open) -> None:
    page = open_page(sample_with_tables())
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for address in ("#overview", "#concepts", "#findings", "#reading", "#rules"):
        page.goto(f"{page.url.partition('#')[0]}{address}")
        expect(page.locator(f"section{address}")).to_be_visible()
        found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], address
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, address


def test_the_help_is_accessible(open_page: Open) -> None:
    page = open_page(sample_with_tables())
    page.get_by_role("button", name="Help").click()
    assert Axe().run(page, options={"runOnly": STANDARDS}).response["violations"] == []


def test_a_printed_page_has_every_finding_filled_in(open_page: Open) -> None:
    page = open_page(many_aligned(60, documents=2, rows=30), "#findings")
    assert page.locator("#list article:has(table)").count() < 60
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#list article:has(table)").count() == 60
    expect(page.locator("#filters")).to_be_hidden()


def test_without_scripts_overview_and_concepts_can_be_read(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(to_html(sample_with_tables(), RULES), "utf-8")
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", name="Concepts that must stay apart")).to_be_visible()
    expect(page.locator("table.heat")).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()
    context.close()
