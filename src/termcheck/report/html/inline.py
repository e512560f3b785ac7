"""Putting everything into one page: what may run or style it by its hash, and data that ends no element."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from termcheck.report.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

# In the order in which they run; each may use what those before it declare.
_SCRIPTS = ("session.js", "text.js", "table.js", "findings.js", "reading.js", "keys.js")
# The last one starts the page; what another package adds stands before it.
_START = "main.js"
_HERE = "termcheck.report.html"
# "<" and ">" could end the element, "&" is markup in XHTML, and these line separators end a line in old scripts.
_UNSAFE = "<>&\u2028\u2029"


def style_sheet() -> str:
    """The page's style sheet."""
    return read_part("style.css")


def scripts(more: Sequence[str] = ()) -> list[str]:
    """The page's scripts in the order in which they run, with the texts of ``more`` before the one that starts it."""
    return [*(read_part(f"scripts/{name}") for name in _SCRIPTS), *more, read_part(f"scripts/{_START}")]


def script_json(data: Any) -> str:
    """The data as JSON on one line that can stand in a ``script`` element as it is."""
    text = json_text(data, indent=None).rstrip("\n")
    for character in _UNSAFE:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def content_security_policy(style: str, code: Sequence[str], more: Sequence[str] = ()) -> str:
    """A policy (CSP 3) under which nothing is loaded and only these texts style the page and run in it.

    Trusted Types keep the scripts themselves from turning a text into markup. ``more`` are further directives.
    """
    directives = (
        "default-src 'none'",
        f"script-src {' '.join(map(_source, code))}",
        f"style-src {_source(style)}",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        *more,
    )
    return "; ".join(directives)


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def read_part(name: str, package: str = _HERE) -> str:
    """A style sheet or script of a package."""
    return files(package).joinpath(name).read_text("utf-8")
