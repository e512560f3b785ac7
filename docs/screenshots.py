"""Makes the pictures of the HTML report in ``docs/images/`` from the demonstration corpus; needs Chromium.

python docs/screenshots.py
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES: tuple[tuple[str, str, tuple[int, int], dict[str, Any]], ...] = (
    ("report-overview", "#overview", (1280, 800), {}),
    ("report-finding", "#findings?rule=TC401", (1280, 800), {}),
    ("report-reading-dark", "#reading?document=product&row=29", (1280, 800), {"color_scheme": "dark"}),
    ("report-phone", "#findings?rule=TC401", (360, 780), {}),
)
"""Name, address, size of the window and what else the browser is told."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        command = ["report", "corpus", "--exit-zero", "--format", "none", "--output", f"html={report}"]
        subprocess.run([sys.executable, "-m", "termcheck", *command], cwd=ROOT, check=True)  # noqa: S603
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, address, (width, height), options in PICTURES:
            page = browser.new_context(viewport={"width": width, "height": height}, **options).new_page()
            page.goto(f"{report.as_uri()}{address}")
            page.wait_for_timeout(300)
            page.screenshot(path=ROOT / "docs/images" / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
