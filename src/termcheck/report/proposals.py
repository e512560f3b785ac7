"""Discovered concepts as a glossary to paste from, and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from termcheck.glossary_ids import slug, unique
from termcheck.glossary_yaml import scalar
from termcheck.languages import display_name
from termcheck.report.json_text import json_text
from termcheck.report.sanitize import show_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termcheck.model import Alignment
    from termcheck.terms.discovery import Discovery, Merger, RowId, Wandering

SCHEMA = "termcheck/proposals/v1"
_EXCERPT = 120


@dataclass(frozen=True)
class Proposals:
    """What was discovered, with the texts; at most ``limit`` of each kind are shown (None: all)."""

    found: Discovery
    alignments: Mapping[str, Alignment]
    limit: int | None = None

    @property
    def mergers(self) -> Sequence[Merger]:
        return self.found.mergers[: self.limit]

    @property
    def wanderings(self) -> Sequence[Wandering]:
        return self.found.wanderings[: self.limit]

    @property
    def hidden(self) -> int:
        """How many proposals are not shown."""
        total = len(self.found.mergers) + len(self.found.wanderings)
        return total - len(self.mergers) - len(self.wanderings)

    def place(self, row: RowId, lang: str) -> tuple[str, int, str]:
        """The file, line and text of a row in a language."""
        cell = self.alignments[row.document].rows[row.row].cells[lang]
        where = cell.location()
        return where.path, where.start.line, cell.text


def to_yaml(proposals: Proposals) -> str:
    """A glossary in YAML with the proposals as concepts, and the evidence as comments."""
    found = proposals.found
    words: dict[str, list[str]] = {}
    lines: list[str] = []
    for merger in proposals.mergers:
        for word in merger.words:
            words.setdefault(word, [])
    for item in proposals.wanderings:
        words.setdefault(item.word, []).extend(_wandering_lines(proposals, item))
    ids = dict(zip(words, map(scalar, unique(map(slug, words))), strict=True))
    lines += [
        f"# Proposed by 'termcheck glossary discover' from {found.rows:,} rows. Keep what is worth watching. Words",
        "# that are not listed are learned from the texts.",
        "version: 1",
        "",
        "concepts:" if words else "concepts: []",
    ]
    for word, given in words.items():
        lines += [f"  - id: {ids[word]}", "    terms:", f"      {scalar(found.base)}: {_scalar(word)}", *given]
    groups: dict[tuple[str, str], list[Merger]] = {}
    for merger in proposals.mergers:
        groups.setdefault(merger.words, []).append(merger)
    if groups:
        lines += ["", "distinct:"]
    for pair, mergers in groups.items():
        for merger in mergers:
            lines += [f"  # {line}" for line in _merger_comments(proposals, merger)]
        lines.append(f"  - [{', '.join(ids[word] for word in pair)}]")
    return "\n".join(lines) + "\n"


def to_json(proposals: Proposals) -> str:
    """The proposals as a JSON document under a schema name of its own."""
    found = proposals.found

    def rows(given: Iterable[RowId], lang: str) -> list[dict[str, Any]]:
        return [_json_row(proposals, row, lang) for row in given]

    return json_text(
        {
            "schema": SCHEMA,
            "base": found.base,
            "rows": found.rows,
            "mergers": [
                {
                    "words": list(item.words),
                    "lang": item.lang,
                    "word": item.word,
                    "rows": [len(item.first_rows), len(item.second_rows)],
                    "totals": [item.first_total, item.second_total],
                    "apart": list(item.apart),
                    "same": list(item.same),
                    "reason": item.reason,
                    "score": round(item.score, 4),
                    "examples": rows((item.first_rows[0], item.second_rows[0]), item.lang),
                }
                for item in proposals.mergers
            ],
            "wanderings": [
                {
                    "word": item.word,
                    "lang": item.lang,
                    "total": item.total,
                    "choices": [
                        {
                            "word": choice.word,
                            "rows": len(choice.rows),
                            "examples": rows(choice.rows[:1], item.lang),
                        }
                        for choice in item.choices
                    ],
                    "steady": list(item.steady),
                    "score": round(item.score, 4),
                }
                for item in proposals.wanderings
            ],
        }
    )


def _json_row(proposals: Proposals, row: RowId, lang: str) -> dict[str, Any]:
    path, line, text = proposals.place(row, lang)
    return {
        "path": path,
        "line": line,
        "text": text,
        "base_text": proposals.place(row, proposals.found.base)[2],
    }


def _merger_comments(proposals: Proposals, merger: Merger) -> Iterator[str]:
    first, second = merger.words
    yield _comment(
        f"{display_name(merger.lang)} “{merger.word}” in {len(merger.first_rows)} of {merger.first_total} rows with "
        f"only {first} and {len(merger.second_rows)} of {merger.second_total} with only {second}; "
        + (f"apart in {', '.join(merger.apart)}" if merger.apart else "apart in no other language")
    )
    if merger.reason:
        yield _comment(f"Perhaps no concern: {merger.reason}.")
    for rows in (merger.first_rows, merger.second_rows):
        yield from _row_comments(proposals, rows[0], merger.lang)


def _wandering_lines(proposals: Proposals, item: Wandering) -> Iterator[str]:
    counts = ", ".join(f"“{choice.word}” in {len(choice.rows)}" for choice in item.choices)
    yield "      # " + _comment(f"Of {item.total} rows {counts}. Move to deprecated what should go.")
    for choice in item.choices[:2]:
        if choice.rows:
            for line in _row_comments(proposals, choice.rows[0], item.lang):
                yield "      # " + line
    usual, *others = [_scalar(choice.word) for choice in item.choices]
    yield f"      {scalar(item.lang)}:"
    yield f"        preferred: [{usual}]"
    yield f"        admitted: [{', '.join(others)}]"


def _row_comments(proposals: Proposals, row: RowId, lang: str) -> Iterator[str]:
    path, line, text = proposals.place(row, lang)
    yield _comment(f"  {path}:{line}: {_cut(text)}")
    yield _comment(f"    {_cut(proposals.place(row, proposals.found.base)[2])}")


def _cut(text: str) -> str:
    text = " ".join(text[: 4 * _EXCERPT].split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"


def _comment(text: str) -> str:
    """Text that cannot leave its comment: on one line, and without what YAML forbids."""
    return show_controls(text).replace("\u0085", " ")


def _scalar(word: str) -> str:
    return scalar(show_controls(word))
