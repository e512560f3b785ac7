"""The review app in a real browser."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from aligned_result import many_aligned
from hostile_texts import HOSTILE_TEXTS
from review_app import DECISIONS, TEXTS, open_review
from termcheck.decisions_file import DecisionsFile
from termcheck.review.app import make_app
from termcheck.review.server import find_place, make_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from termcheck.review.state import Review

    Open = Callable[..., Page]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return tmp_path / "corpus"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh session; an error in a page, or a request to anything but the app, fails the test."""
    problems: list[str] = []
    made = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en")
    made.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else problems.append(r.url))
    made.on("weberror", lambda error: problems.append(str(error.error)))
    made.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))

    def said(message: Any) -> None:
        # What the app refuses is an error to the browser too.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(message.text)

    made.on("console", said)
    yield made
    made.close()
    assert problems == []


@pytest.fixture
def serve() -> Iterator[Callable[[Review], str]]:
    """Serves a review and gives its address."""
    running = []

    def start(review: Review) -> str:
        place, ready = find_place(), threading.Event()
        server = make_server(make_app(review), place, ready.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place.socket]})
        thread.start()
        running.append((server, thread))
        assert ready.wait(20)
        return place.address

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def open_page(context: BrowserContext, serve: Callable[[Review], str]) -> Open:
    def open_it(review: Review, view: str = "#findings") -> Page:
        page = context.new_page()
        page.goto(serve(review))
        assert "token" not in page.url
        page.goto(page.url + view)
        return page

    return open_it


def numbers(count: int) -> dict[str, str]:
    """Two catalogues of messages in which as many numbers differ."""
    english = {f"m{index:02}": f"Bakers bake {100 + index} bread before sunrise." for index in range(count)}
    polish = {f"m{index:02}": f"Piekarze pieką {500 + index} chleb przed świtem." for index in range(count)}
    return {"locales/en.json": json.dumps(english, indent=2), "locales/pl.json": json.dumps(polish, indent=2)}


def decisions(corpus: Path) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.reason, each.by) for each in DecisionsFile(corpus / DECISIONS).load()]


def test_ten_findings_are_decided_by_keyboard(corpus: Path, open_page: Open) -> None:
    page = open_page(open_review(corpus, numbers(12)), "#findings?rule=TC303")
    expect(page.locator("#shown")).to_have_text("12 findings")
    page.keyboard.press("j")
    for _ in range(4):
        page.keyboard.press("f")
    for _ in range(3):
        page.keyboard.press("l")
    for number in range(3):
        page.keyboard.press("a")
        page.keyboard.type(f"Agreed {number}")
        page.keyboard.press("Control+Enter")
    page.keyboard.press("c")
    page.keyboard.type("Ask the author")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#open-count")).to_have_text("2 open")
    expect(page.locator(".finding.current h2")).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#open-count")).to_have_text("1 open")
    page.keyboard.press("u")
    expect(page.locator("#open-count")).to_have_text("2 open")
    page.wait_for_function("() => !waiting.length && !sending")
    page.reload()
    expect(page.locator("#shown")).to_have_text("2 of 12 findings")
    found = sorted(decisions(corpus))
    assert [kind for kind, _, _ in found] == ["accepted"] * 3 + ["false-alarm"] * 4 + ["later"] * 3 + ["note"]
    assert {by for _, _, by in found} == {"Ana"}
    assert ("accepted", "Agreed 1", "Ana") in found
    page.locator("#filters [name=decision]").select_option("accepted")
    expect(page.locator("#shown")).to_have_text("3 of 12 findings")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.locator("#open-count")).to_have_text("3 open")


def test_several_are_decided_at_once_by_mouse(corpus: Path, open_page: Open) -> None:
    page = open_page(open_review(corpus, numbers(6)))
    page.get_by_role("button", name="Select all shown").click()
    page.locator(".finding").nth(5).get_by_label("Select").uncheck()
    acts = page.get_by_role("group", name="Selected findings")
    expect(acts).to_contain_text("5 selected")
    acts.get_by_role("button", name="Accept…").click()
    dialog = page.get_by_role("dialog", name="Accept 5 findings")
    dialog.get_by_role("button", name="Accept").click()
    expect(dialog).to_be_visible()  # without a reason
    dialog.get_by_label("Reason").fill("As agreed")
    dialog.get_by_role("button", name="Accept").click()
    expect(page.locator("#open-count")).to_have_text("1 open")
    page.get_by_role("link", name="Progress").click()
    expect(page.locator("#progress-body")).to_contain_text("5 of 6 findings decided.")
    assert decisions(corpus) == [("accepted", "As agreed", "Ana")] * 5
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#progress-body")).to_contain_text("0 of 6 findings decided.")
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("6 warnings")


def test_data_that_two_answers_bring_is_shown_once(corpus: Path, open_page: Open) -> None:
    page = open_page(open_review(corpus))
    page.keyboard.press("j")
    heading = page.locator(".finding.current h2")
    expect(heading).to_be_focused()
    page.evaluate("loadData()")
    expect(heading).to_be_focused()


def test_a_paragraph_is_corrected(corpus: Path, open_page: Open) -> None:
    page = open_page(open_review(corpus), "#findings?rule=TC303")
    page.keyboard.press("j")
    page.keyboard.press("e")
    field = page.get_by_label("Polish text", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_attribute("lang", "pl")
    field.fill("Ogrodnicy podlewają 12 kwiaty każdego ranka.")
    expect(page.locator(".effect")).to_contain_text("With this text: 1 finding solved.")
    theirs = TEXTS["pl/story.md"].replace("podarte", "stare")
    (corpus / "pl/story.md").write_text(theirs, "utf-8")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".effect")).to_contain_text("The file was changed by another program meanwhile")
    page.get_by_role("button", name="Read the file again").click()
    expect(page.locator(".effect")).to_have_text("")
    expect(field).to_have_value("Ogrodnicy podlewają 12 kwiaty każdego ranka.")
    field.focus()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#told")).to_have_text("Saved in pl/story.md: 1 finding solved.")
    expect(page.locator("#shown")).to_have_text("1 finding")
    expect(page.locator(".finding.current h2")).to_be_focused()
    assert (corpus / "pl/story.md").read_text("utf-8") == theirs.replace("13 kwiaty", "12 kwiaty")
    page.keyboard.press("u")
    expect(page.locator("#shown")).to_have_text("2 findings")
    assert (corpus / "pl/story.md").read_text("utf-8") == theirs


def test_two_windows_know_of_each_other(corpus: Path, context: BrowserContext, serve: Callable[[Review], str]) -> None:
    address = serve(open_review(corpus, numbers(3)))
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto(address)
        page.goto(f"{page.url}#findings")
        page.keyboard.press("j")
    one.keyboard.press("f")
    other.keyboard.press("j")
    other.keyboard.press("l")
    for page in (one, other):
        expect(page.locator("#open-count")).to_have_text("1 open")
        expect(page.locator(".finding.done .decided").first).to_be_visible()
    assert sorted(kind for kind, _, _ in decisions(corpus)) == ["false-alarm", "later"]


def test_nothing_is_lost_while_the_program_does_not_answer(corpus: Path, open_page: Open) -> None:
    page = open_page(open_review(corpus, numbers(3)))
    page.keyboard.press("j")
    page.route("**/api/**", lambda route: route.abort())
    page.keyboard.press("f")
    page.keyboard.press("f")
    trouble = page.get_by_role("alert")
    expect(trouble).to_contain_text("2 decisions not saved yet, but kept in this window.")
    expect(page.locator("#open-count")).to_have_text("1 open")
    page.unroute("**/api/**")
    trouble.get_by_role("button", name="Try again").click()
    expect(trouble).to_be_empty()
    page.wait_for_function("() => !waiting.length && !sending")
    assert len(decisions(corpus)) == 2


def test_hostile_texts_do_nothing(corpus: Path, open_page: Open) -> None:
    text = " ".join(each for each in HOSTILE_TEXTS if "\0" not in each and each.isprintable())
    files = {
        "locales/en.json": json.dumps({"a": f"Bakers bake 7 bread. {text}"}),
        "locales/pl.json": json.dumps({"a": f"Piekarze pieką 8 chleb. {text}"}),
    }
    page = open_page(open_review(corpus, files, who="<img src=x onerror=alert(1)>"))
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.type("</script><script>alert(1)</script>")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => !waiting.length && !sending")
    page.reload()
    page.locator("#filters [name=decision]").select_option("accepted")
    expect(page.locator(".decided q")).to_have_text("</script><script>alert(1)</script>")
    page.locator("button.correct").click()
    expect(page.locator(".editor textarea")).to_have_value(f"Piekarze pieką 8 chleb. {text}")
    assert page.locator("main img, main script, main iframe").count() == 0


def test_thousands_of_findings_stay_usable(corpus: Path, open_page: Open) -> None:
    review = open_review(corpus, numbers(1))
    review._take(many_aligned(5000, documents=20, rows=60))
    page = open_page(review)
    expect(page.locator("#list > article")).to_have_count(5000)
    assert page.locator("#list table").count() < 50
    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.locator("#open-count")).to_have_text("4,999 open")
    page.locator("#filters [name=language]").select_option("ar")
    page.get_by_role("button", name="Select all shown").click()
    page.get_by_role("group", name="Selected findings").get_by_role("button", name="Fix later").click()
    page.wait_for_function("() => !waiting.length && !sending", timeout=60_000)
    assert len(decisions(corpus)) >= 1000


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1920, "dark")])
def test_it_is_accessible(width: int, scheme: Any, corpus: Path, open_page: Open) -> None:
    german = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen "
    page = open_page(open_review(corpus, numbers(3), who=german * 2))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)

    def check(what: str) -> None:
        found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == [], what
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, what

    page.keyboard.press("j")
    page.keyboard.press("f")
    page.keyboard.press("a")
    check("dialog")
    page.keyboard.type(german)
    page.keyboard.press("Control+Enter")
    page.keyboard.press("s")
    page.keyboard.press("e")
    page.get_by_label("Polish text", exact=True).fill("Piekarze pieką 7 chleb.")
    expect(page.locator(".effect li").first).to_be_visible()
    check("editor and selection")
    page.get_by_role("button", name="Cancel").click()
    page.locator("#filters [name=decision]").select_option("") if width > 360 else None
    check("decided")
    page.get_by_role("link", name="Progress").click()
    expect(page.locator("#progress-body table").first).to_be_visible()
    check("progress")
