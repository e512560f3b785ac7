"""The page as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from termcheck import __version__
from termcheck.languages import display_name
from termcheck.report.html.concepts import concept_groups, verdict_languages
from termcheck.report.html.data import direction, language_tags, page_data
from termcheck.report.html.inline import content_security_policy, script_json, scripts, style_sheet
from termcheck.report.html.overview import counts, elsewhere, heat_map
from termcheck.report.html.texts import visible
from termcheck.report.plain import left_out, total
from termcheck.report.sanitize import sanitize, well_formed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from jinja2 import Environment

    from termcheck.model import RunResult
    from termcheck.report.context import RuleInfo

LARGEST = 50_000_000
"""Bytes of data from which on browsers become slow: then the page does without the documents as a whole."""


def to_html(result: RunResult, rules: Sequence[RuleInfo] = (), *, largest: int = LARGEST) -> str:
    """The page as text, with a line break at the end.

    When its data would have more than ``largest`` bytes it has only the rows near findings; the page says so, and also
    when even these are more.
    """
    common = page_values(result, rules)
    template = page_environment().get_template("page.html.j2")
    data = script_json(page_data(result))
    whole = len(data.encode()) <= largest
    if not whole:
        data = script_json(page_data(result, whole=False))
    page = template.render(common, data=as_markup(data), whole=whole, large=len(data.encode()) > largest)
    return well_formed(page)


def page_values(result: RunResult, rules: Sequence[RuleInfo], more: Collection[str] = ()) -> dict[str, Any]:
    """What the templates show of a result, its data aside; rules by the codes in ``more`` even without findings."""
    style, code = style_sheet(), scripts()
    groups = concept_groups(result.verdicts)
    languages = language_tags(result)
    found = counts(result)
    return {
        "policy": content_security_policy(style, code),
        "style": as_markup(style),
        "scripts": [as_markup(text) for text in code],
        "more_keys": (),
        "version": __version__,
        "total": total(result.findings),
        "left_out": left_out(result),
        "skipped": result.skipped,
        "languages": languages,
        "heat": heat_map(result, languages),
        "elsewhere": elsewhere(result),
        "dated": any(version.outdated is not None for each in result.sets for version in each.versions),
        "groups": groups,
        "verdict_languages": verdict_languages(groups),
        "rules": [
            (rule, found[rule.code], as_markup(_rule_page(rule)))
            for rule in rules
            if found[rule.code] or rule.code in more
        ],
    }


def page_environment(*packages: str) -> Environment:
    """What the templates are rendered with; those of further ``packages`` may build on those of the page."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "termcheck.report.html")]),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["language"] = display_name
    environment.filters["direction"] = direction
    environment.filters["visible"] = visible
    environment.filters["quoted"] = lambda text: quote(text, safe="")
    environment.filters["thousands"] = lambda number: f"{number:,}"
    return environment


def _shown(value: object) -> object:
    """What a template prints: texts sanitized, for any may come from the corpus; markup of ours as it is."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return sanitize(value)
    return value


def as_markup(text: str) -> Any:
    """Text that templates print as it is: our own files, and what was escaped for where it stands."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 (our own files, and JSON that is escaped for where it stands)


def _rule_page(rule: RuleInfo) -> str:
    """The rule's page as HTML, its headings below the page's own."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).disable(["link", "autolink", "image"])
    tokens = parser.parse(rule.page)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
    return str(parser.renderer.render(tokens, parser.options, {}))
