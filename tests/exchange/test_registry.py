from __future__ import annotations

import re
from pathlib import Path

from termcheck.exchange.loss import Part
from termcheck.exchange.registry import FORMATS

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_the_documentation_says_what_each_format_carries() -> None:
    table = PAGE.read_text("utf-8").partition("## Formats")[2]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("|")
    ]
    columns = [re.findall("`([^`]+)`", cell) for cell in rows[0]]
    said = {
        (name, row[0]): cell == "yes"
        for row in rows[3:]
        for names, cell in zip(columns, row, strict=True)
        for name in names
    }
    assert said == {(name, part.value): part in form.carries for name, form in FORMATS.items() for part in Part}


def test_formats_are_known_by_their_names() -> None:
    assert all(form.name == name and form.title and form.suffixes for name, form in FORMATS.items())
