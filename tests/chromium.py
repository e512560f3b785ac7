"""A real browser for the tests of pages; they are skipped where there is none."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, another one on the path, or Playwright's own."""
    from playwright.sync_api import Error, sync_playwright

    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            # Its sandbox needs rights that containers do not give, and it opens nothing but files of these tests.
            started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error as error:
            reason = error.message.strip().splitlines()[0]
            pytest.skip(f"no browser starts ({reason}); install Chromium: apt-get install chromium")
        yield started
        started.close()


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh session in which only files can be loaded; an error in a page, or a request, fails the test."""
    problems: list[str] = []
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900}, locale="en")
    context.on("request", lambda request: None if request.url.startswith("file:") else problems.append(request.url))
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    context.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
    yield context
    context.close()
    assert problems == []
