from __future__ import annotations

import pytest

from termcheck.config_edit import with_threshold
from termcheck.errors import ConfigError


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "thresholds:\n  meaning: 1.25\n"),
        ("# nothing yet\n", "# nothing yet\nthresholds:\n  meaning: 1.25\n"),
        ("source: en", "source: en\nthresholds:\n  meaning: 1.25\n"),
        ("source: en\r\n", "source: en\r\nthresholds:\r\n  meaning: 1.25\r\n"),
        (
            "thresholds:\n    # why\n    other: 2  # two\nsource: en\n",
            "thresholds:\n    # why\n    meaning: 1.25\n    other: 2  # two\nsource: en\n",
        ),
        (
            "thresholds:\n  meaning: 0.9  # was\nkeep: ['ż']\n",
            "thresholds:\n  meaning: 1.25  # was\nkeep: ['ż']\n",
        ),
        ("thresholds: {other: 2}\n", "thresholds: {meaning: 1.25, other: 2}\n"),
        ("thresholds: {}\n", "thresholds: {meaning: 1.25}\n"),
        ("thresholds:\nsource: en\n", "thresholds: {meaning: 1.25}\nsource: en\n"),
        ("{source: en}\n", "{thresholds: {meaning: 1.25}, source: en}\n"),
    ],
)
def test_everything_else_stays_as_it_is(before: str, after: str) -> None:
    assert with_threshold(before, "meaning", 1.25, "termcheck.yaml") == after


@pytest.mark.parametrize("text", ["- a list\n", "a: [\n", "base: &b {other: 2}\nthresholds: *b\n", "text\n"])
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match=r"termcheck\.yaml"):
        with_threshold(text, "meaning", 1.25, "termcheck.yaml")
