"""Makes the pictures of the HTML report and of the review app in ``docs/images/`` from the demonstration corpus.

python docs/screenshots.py

Needs Chromium, and fonts for Korean: apt-get install chromium fonts-noto-core fonts-noto-cjk
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs/images"
DESK, PHONE = (1280, 800), (360, 780)

REPORT: tuple[tuple[str, str, tuple[int, int], dict[str, Any]], ...] = (
    ("report-overview", "#overview", DESK, {}),
    ("report-finding", "#findings?rule=TC401", DESK, {}),
    ("report-reading-dark", "#reading?document=product&row=29", DESK, {"color_scheme": "dark"}),
    ("report-phone", "#findings?rule=TC401", PHONE, {}),
)
"""Name, address, size of the window and what else the browser is told."""


def _select(page: Page) -> None:
    """Two decisions by keyboard, and two findings selected for the next one."""
    for key in "jflsjs":
        page.keyboard.press(key)


def _accept(page: Page) -> None:
    """Accept what is shown, and look at the progress."""
    page.get_by_role("button", name="Select all shown").click()
    page.keyboard.press("a")
    page.keyboard.type("One word for both; the text around it tells which one is meant.")
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Progress").click()


def _look(_page: Page) -> None:
    pass


def _correct(page: Page) -> None:
    """A wrong number, corrected but not saved yet."""
    page.keyboard.press("j")
    page.keyboard.press("e")
    field = page.get_by_label("German text", exact=True)
    field.fill(field.input_value().replace("84", "48"))
    expect(page.locator(".effect li").first).to_be_visible(timeout=120_000)


def _next(page: Page) -> None:
    page.keyboard.press("j")


REVIEW: tuple[tuple[str, str, tuple[int, int], dict[str, Any], Callable[[Page], None]], ...] = (
    ("review-finding", "#findings", DESK, {}, _select),
    ("review-correct", "#findings?rule=TC303", (1280, 940), {}, _correct),
    ("review-progress", "#findings?rule=TC401", DESK, {}, _accept),
    ("review-decided-dark", "#findings?decision=accepted", DESK, {"color_scheme": "dark"}, _look),
    ("review-phone", "#findings?rule=TC402", PHONE, {}, _next),
)
"""As above, and what is done before the picture is taken. Decisions last from one picture to the next."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        picture_report(browser, Path(folder) / "report.html")
        picture_review(browser, Path(folder))
        browser.close()


def picture_report(browser: Browser, report: Path) -> None:
    """The pictures of the report."""
    command = ["report", "corpus", "--exit-zero", "--format", "none", "--output", f"html={report}"]
    subprocess.run([sys.executable, "-m", "termcheck", *command], cwd=ROOT, check=True)  # noqa: S603
    for name, address, size, options in REPORT:
        with _page(browser, size, options) as page:
            page.goto(f"{report.as_uri()}{address}")
            page.wait_for_timeout(300)
            page.screenshot(path=IMAGES / f"{name}.png")


def picture_review(browser: Browser, folder: Path) -> None:
    """The pictures of the app, which works on a copy of the corpus."""
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    shutil.copy(ROOT / "glossary.yaml", folder)
    for command in (["init", "--quiet"], ["config", "user.name", "Ana Kowalska"]):
        subprocess.run(["git", *command], cwd=folder, check=True)  # noqa: S603, S607
    command = [sys.executable, "-m", "termcheck", "review", "corpus", "--no-browser", "--quiet"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as app:  # noqa: S603
        assert app.stdout is not None  # noqa: S101
        entrance = app.stdout.readline().strip()
        for name, address, size, options, act in REVIEW:
            with _page(browser, size, options) as page:
                page.goto(entrance)
                page.goto(f"{page.url.partition('#')[0]}{address}")
                page.wait_for_timeout(1000)
                act(page)
                page.wait_for_function("() => !waiting.length && !sending")
                page.wait_for_timeout(1000)
                page.screenshot(path=IMAGES / f"{name}.png")
        app.send_signal(signal.SIGINT)


@contextmanager
def _page(browser: Browser, size: tuple[int, int], options: dict[str, Any]) -> Iterator[Page]:
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en", **options)
    yield context.new_page()
    context.close()


if __name__ == "__main__":
    main()
