"""Which translations are older than their source: a table for people, and JSON for programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from termcheck.report.console import print_blocks
from termcheck.report.json_text import json_text
from termcheck.report.wording import indented, language, place, safe
from termcheck.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console, RenderableType

    from termcheck.history.freshness import DocumentFreshness, Freshness, OutdatedParagraph
    from termcheck.history.log import Commit
    from termcheck.model import Location, Position

SCHEMA = "termcheck/outdated/v1"

_SHOWN_ID = 10
_LONGEST = 200


def print_freshness(freshness: Freshness, console: Console, *, every: bool = False) -> None:
    """Print a line for every version, and with ``every`` all outdated paragraphs."""
    if not freshness.documents:
        print_blocks(console, [Text("No document has a source language that its versions could be older than.")])
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="dim", border_style="dim")
    table.add_column("File", overflow="fold")
    table.add_column("Language", overflow="fold")
    for heading in ("Paragraphs", "Outdated"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Since", no_wrap=True)
    for document in freshness.documents:
        for lang, compared in document.compared.items():
            table.add_row(*_row(document, lang, compared))
    print_blocks(console, [table, ""])
    if every:
        for document in freshness.documents:
            for paragraph in document.outdated:
                print_blocks(console, [*_blocks(paragraph), ""])
    print_blocks(console, [_total(freshness, every=every)])


def _row(document: DocumentFreshness, lang: str, compared: int) -> list[Text]:
    outdated = [paragraph for paragraph in document.outdated if paragraph.lang == lang]
    times = [paragraph.source_commit.time for paragraph in outdated if paragraph.source_commit is not None]
    since = _date(min(times)) if times else "not committed" if outdated else ""
    return [
        safe(document.paths[lang]),
        Text(language(lang)),
        Text(f"{compared:,}"),
        Text(f"{len(outdated):,}" if outdated else "–", "yellow" if outdated else ""),
        Text(since),
    ]


def _blocks(paragraph: OutdatedParagraph) -> Iterator[RenderableType]:
    target, source = paragraph.target.location(), paragraph.source.location()
    yield place(target, "bold").append(f"  last edited {_commit(paragraph.target_commit)}", "not bold dim")
    yield indented(safe(_short(paragraph.target.text)))
    yield place(source).append(f"  edited {_commit(paragraph.source_commit)}", "dim")
    yield indented(safe(_short(paragraph.source.text)))


def _total(freshness: Freshness, *, every: bool) -> Text:
    count = sum(len(document.outdated) for document in freshness.documents)
    if not count:
        return Text("Every translation is as new as its source.", "bold green")
    files = sum(bool(document.count(lang)) for document in freshness.documents for lang in document.compared)
    line = Text(f"{counted(count, 'outdated paragraph')} in {counted(files, 'file')}.", "bold")
    return line if every else line.append(" -v lists them.", "not bold")


def freshness_json(freshness: Freshness) -> str:
    """The same as JSON text (``schemas/outdated.v1.schema.json``); times are UTC."""
    return json_text(
        {
            "schema": SCHEMA,
            "shallow": freshness.shallow,
            "documents": [_document(document) for document in freshness.documents],
        }
    )


def _document(document: DocumentFreshness) -> dict[str, Any]:
    versions = [
        {"lang": lang, "path": document.paths[lang], "paragraphs": compared, "outdated": document.count(lang)}
        for lang, compared in document.compared.items()
    ]
    return {
        "key": document.key,
        "source": {"lang": document.source, "path": document.paths[document.source]},
        "versions": versions,
        "outdated": [
            {
                "lang": paragraph.lang,
                "target": _text(paragraph.target.location(), paragraph.target.text, paragraph.target_commit),
                "source": _text(paragraph.source.location(), paragraph.source.text, paragraph.source_commit),
            }
            for paragraph in document.outdated
        ],
    }


def _text(location: Location, text: str, commit: Commit | None) -> dict[str, Any]:
    return {
        "path": location.path,
        "start": _position(location.start),
        "end": _position(location.end),
        "text": text,
        "commit": None if commit is None else {"id": commit.id, "time": _time(commit.time).isoformat()},
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _commit(commit: Commit | None) -> str:
    return "and not committed yet" if commit is None else f"{_date(commit.time)} in {commit.id[:_SHOWN_ID]}"


def _date(time: int) -> str:
    return _time(time).date().isoformat()


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
