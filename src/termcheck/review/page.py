"""The page of the app: that of the HTML report, with what is needed to decide and to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from termcheck.report.html.inline import content_security_policy, read_part, script_json, scripts, style_sheet
from termcheck.report.html.page import as_markup, page_environment, page_values
from termcheck.report.sanitize import well_formed
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import Finding, RunResult
    from termcheck.report.context import RuleInfo

_PACKAGE = "termcheck.review"
_SCRIPTS = ("talk.js", "decisions.js", "cards.js", "editor.js", "progress.js", "review.js")
_MORE = ("connect-src 'self'", "img-src data:")

KEYS = (
    ("f", "false alarm: the text is right as it is"),
    ("a", "accept, with a reason: known, and to stay so"),
    ("l", "fix it later"),
    ("c", "write a note"),
    ("r", "reopen: take the decision back"),
    ("u", "undo what you did last"),
    ("s", "select the finding, to decide about several at once"),
    ("e", "correct the text"),
)
"""Keys and what they do, beside those of the report."""


def page_policy() -> str:
    """The page's content security policy, for the header that sends it."""
    return content_security_policy(_style(), _code(), _MORE)


def as_json(data: Any) -> str:
    """Data for the page's scripts, as JSON that can stand in a page as it is."""
    return well_formed(script_json(data))


def render_page(result: RunResult, rules: Sequence[RuleInfo], decided: Sequence[Finding], data: str, state: str) -> str:
    """The page as text; ``result`` has the findings that the overview counts, ``decided`` are those that it has not."""
    style, code = _style(), _code()
    values = page_values(result, rules, {finding.code for finding in decided})
    if decided:
        values["left_out"] = [f"Not counted: {counted(len(decided), 'finding')} already decided", *values["left_out"]]
    values |= {
        "policy": page_policy(),
        "style": as_markup(style),
        "scripts": [as_markup(text) for text in code],
        "more_keys": KEYS,
        "state": as_markup(state),
    }
    template = page_environment(_PACKAGE).get_template("review.html.j2")
    return well_formed(template.render(values, data=as_markup(data), whole=True, large=False))


def _style() -> str:
    return style_sheet() + read_part("style.css", _PACKAGE)


def _code() -> list[str]:
    return scripts([read_part(f"scripts/{name}", _PACKAGE) for name in _SCRIPTS])
