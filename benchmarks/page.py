"""How fast the HTML report opens and scrolls, against filling in every finding at once.

    python benchmarks/page.py [--findings 5000] [--languages 12]

Needs Chromium on the path (or Playwright's own). The findings are made up; every one has a paragraph in all languages.
"Opened" is the time from loading the file to the second frame that is painted with the list of findings. The baseline
is the same page in the same browser with all findings filled in and laid out.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from aligned_result import many_aligned
from termcheck.report.html.page import to_html

_LANGUAGES = (
    "ar",
    "de",
    "en",
    "es",
    "fr",
    "hi",
    "id",
    "ja",
    "ko",
    "pl",
    "pt",
    "tr",
    "cs",
    "fa",
    "he",
    "it",
    "nl",
    "ru",
)
_PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_SCROLL = """async () => {
  const frames = [];
  let last = performance.now();
  for (const end = last + 4000; last < end;) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
    scrollBy(0, 120);
  }
  frames.sort((a, b) => a - b);
  return [0.5, 0.95, 1].map(share => frames[Math.ceil(share * frames.length) - 1]);
}"""
_FILL_ALL = """() => {
  const start = performance.now();
  document.styleSheets[0].insertRule(".finding { content-visibility: visible !important }",
    document.styleSheets[0].cssRules.length);
  for (const card of shown) renderBody(card);
  document.documentElement.getBoundingClientRect();
  return performance.now() - start;
}"""


def opened(page: Page, address: str) -> float:
    """Seconds until the page at the address is painted."""
    page.goto("about:blank")
    start = time.perf_counter()
    page.goto(address)
    page.evaluate(_PAINTED)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=5000)
    parser.add_argument("--languages", type=int, default=12, choices=range(2, len(_LANGUAGES) + 1), metavar="2..18")
    arguments = parser.parse_args()
    result = many_aligned(arguments.findings, documents=50, languages=tuple(sorted(_LANGUAGES[: arguments.languages])))
    start = time.perf_counter()
    html = to_html(result)
    written = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(html, "utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        address = f"{file.as_uri()}#findings"
        fastest = min(opened(page, address) for _ in range(3))
        middle, most, worst = page.evaluate(_SCROLL)
        everything = page.evaluate(_FILL_ALL) / 1000
        print(f"{arguments.findings:,} findings, {arguments.languages} languages, {len(html.encode()) / 1e6:.1f} MB")
        print(f"made by termcheck              {written:6.2f} s")
        print(f"opened (best of 3)             {fastest:6.2f} s")
        print(f"frame while scrolling          {middle:6.0f} ms median, {most:.0f} ms 95 %, {worst:.0f} ms worst")
        times = 1 + everything / fastest
        print(f"baseline: everything filled in {fastest + everything:6.2f} s, {times:.1f} times as long")
        browser.close()


if __name__ == "__main__":
    main()
