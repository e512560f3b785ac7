"""Glob patterns over paths."""

from __future__ import annotations

import pytest

from termcheck.corpus.globs import Globs


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.md", "a.md", True),
        ("*.md", "x/y/a.md", True),
        ("*.md", "a.mdx", False),
        ("docs/*.md", "docs/a.md", True),
        ("docs/*.md", "docs/x/a.md", False),
        ("docs/*.md", "x/docs/a.md", False),
        ("docs/**/*.md", "docs/x/y/a.md", True),
        ("docs/**/*.md", "docs/a.md", True),
        ("**/a.md", "a.md", True),
        ("docs/**", "docs/x/a.md", True),
        ("docs", "x/docs/a.md", True),
        ("docs/", "docs/a.md", True),
        ("/docs", "docs/a.md", True),
        ("/docs/x", "y/docs/x", False),
        ("./docs/a.md", "docs/a.md", True),
        ("v?.md", "v1.md", True),
        ("v[0-9].md", "v7.md", True),
        ("v[!0-9].md", "v7.md", False),
        ("v[!0-9].md", "vx.md", True),
        ("a[].md", "a[].md", True),
        ("[z-a].md", "[z-a].md", True),
        ("a+(b).md", "a+(b).md", True),
    ],
)
def test_patterns(pattern: str, path: str, expected: bool) -> None:
    assert (Globs([pattern]).match(path) == pattern) is expected


def test_says_which_pattern_matched_first() -> None:
    globs = Globs(["*.txt", "docs", "*.md"])
    assert globs.match("docs/a.md") == "docs"
    assert globs.match("a.rst") is None
    assert globs
    assert not Globs([])
