"""A comment on a pull request or merge request: totals, then a fold per document with its findings and their texts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from termcheck.languages import display_name
from termcheck.model import Role
from termcheck.report.markdown_text import escape
from termcheck.report.plain import left_out, most_severe_first, one_line, place, rule_title, severities, total
from termcheck.report.sanitize import well_formed
from termcheck.report.shorten import Kind, shorten
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termcheck.model import Excerpt, Finding, RunResult

MARKER = "<!-- termcheck -->"
"""The comment's first line, by which a later run finds it to replace it."""

LONGEST = 65_536
"""The characters that a comment on GitHub can have, counted as UTF-16 code units: the comment stays below."""

# Code points of names, messages and texts that are shown, so that no finding fills the comment.
_NAME = 200
_MESSAGE = 600
_EXCERPT = 300
# Texts to check, and texts to compare them with, that are shown.
_COUNTERPARTS = 2
# What a note at the end needs.
_NOTE = 300
_CLOSE = "</details>\n"


def to_markdown(result: RunResult, longest: int = LONGEST) -> str:
    """The comment, of less than ``longest`` characters.

    When not all findings fit, the most severe are shown, documents with them first, and a note counts the others.
    """
    lines = [f"**{total(result.findings)}**", *(escape(f"{sentence}.") for sentence in left_out(result))]
    head = f"{MARKER}\n## termcheck\n\n" + "\n\n".join(lines) + "\n"
    ranked = most_severe_first(result.findings)
    blocks = _fitting(ranked, longest - _size(head) - _NOTE)
    documents: defaultdict[str, list[str]] = defaultdict(list)
    for finding, block in zip(ranked, blocks, strict=False):
        documents[_document(finding)].append(block)
    whole = _by_document(ranked)
    parts = [head]
    for name, shown in documents.items():
        parts += [_open(name, whole[name]), *shown, _CLOSE]
    if len(blocks) < len(ranked):
        parts.append(f"Not shown, for want of room: {severities(ranked[len(blocks) :])}.\n")
    return "\n".join(parts)


def _fitting(ranked: Sequence[Finding], room: int) -> list[str]:
    """The Markdown of the findings, from the first on, that have ``room`` characters with the folds around them."""
    blocks: list[str] = []
    whole = _by_document(ranked)
    opened: set[str] = set()
    for finding in ranked:
        block = well_formed(_block(finding))
        name = _document(finding)
        room -= _size(block) + 1
        if name not in opened:
            opened.add(name)
            room -= _size(_open(name, whole[name])) + _size(_CLOSE) + 2
        if room <= 0:
            break
        blocks.append(block)
    return blocks


def _by_document(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    documents: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        documents[_document(finding)].append(finding)
    return documents


def _document(finding: Finding) -> str:
    return finding.document or finding.location.path


def _open(name: str, findings: Sequence[Finding]) -> str:
    # The name in an element of its own, for together with our colon it could be that of an emoji.
    return f"<details><summary><strong>{escape(one_line(name, _NAME))}</strong>: {severities(findings)}</summary>\n"


def _block(finding: Finding) -> str:
    """A list item: what, where, the texts. Every line of it begins with something of ours."""
    where = escape(place(finding.location, _NAME))
    title = f"- **{finding.severity.value}** {where} {escape(rule_title(finding))}"
    lines = [f"{title}<br>{escape(one_line(finding.message, _MESSAGE))}"]
    shown, hidden = _visible(finding.excerpts)
    lines += [f"  - {_quoted(excerpt)}" for excerpt in shown]
    if hidden:
        lines.append(f"  - and {counted(hidden, 'text')} more to compare it with")
    return "\n".join(lines) + "\n"


def _visible(excerpts: Sequence[Excerpt]) -> tuple[list[Excerpt], int]:
    """The first texts to check and to compare with, and how many are left."""
    kinds: dict[bool, list[Excerpt]] = {True: [], False: []}
    for excerpt in excerpts:
        kinds[excerpt.role is Role.TARGET].append(excerpt)
    shown = kinds[True][:_COUNTERPARTS] + kinds[False][:_COUNTERPARTS]
    return shown, len(excerpts) - len(shown)


def _quoted(excerpt: Excerpt) -> str:
    where = excerpt.location
    name = display_name(where.lang) if where.lang else one_line(where.path, _NAME)
    pieces = []
    for piece in shorten(excerpt.text, excerpt.marks, _EXCERPT):
        if piece.kind is Kind.GAP:
            pieces.append(" … ")
            continue
        # Blanks at the ends belong outside of the mark, and escaping takes them off.
        text = piece.text.replace("\n", " \n ")
        core = escape(text)
        core = f"<strong>{core}</strong>" if piece.kind is Kind.MARKED and core else core
        pieces.append(f"{_blank(text[:1])}{core}{_blank(text[-1:])}")
    return f"{escape(name)} ({where.start.line}): {''.join(pieces).strip()}"


def _blank(character: str) -> str:
    return " " if character.isspace() else ""


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
