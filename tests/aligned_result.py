"""Results with alignment tables, made by hand: a small one for the sample's findings, and ones of any size."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sample_result import sample_result
from termcheck.fingerprint import with_fingerprints
from termcheck.model import (
    Alignment,
    Cell,
    Document,
    Excerpt,
    Finding,
    Role,
    Row,
    RunResult,
    Segment,
    SegmentKind,
    SetSummary,
    Severity,
    Span,
    TextRun,
    VersionSummary,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
RULES = ("TC101", "TC201", "TC301", "TC402")


def version(path: str, lang: str, lines: Mapping[int, str]) -> dict[int, Segment]:
    """The segments, by line, of a document that has these texts on these lines and nothing on others."""
    last = max(lines, default=0)
    document = Document(path, lang, "\n".join(lines.get(line, "") for line in range(1, last + 1)), "text")
    segments: dict[int, Segment] = {}
    start = 0
    for line in range(1, last + 1):
        text = lines.get(line, "")
        if text:
            kind = SegmentKind.HEADING if text.startswith("Heading") else SegmentKind.PARAGRAPH
            runs = (TextRun(0, len(text), start, start + len(text)),)
            span = Span(start, start + len(text))
            segments[line] = Segment(document, len(segments), kind, int(kind == "heading"), text, span, runs)
        start += len(text) + 1
    return segments


def table(key: str, source: str | None, rows: Sequence[Mapping[str, Cell]]) -> Alignment:
    """An alignment of these rows; a language that a row lacks has a gap there."""
    languages = tuple(sorted({lang for row in rows for lang in row}))
    gap = Cell(confidence=0.9)
    return Alignment(
        key,
        source,
        languages,
        tuple(Row(index, {lang: row.get(lang, gap) for lang in languages}) for index, row in enumerate(rows)),
    )


def sample_with_tables() -> RunResult:
    """The sample result with a table for its first document, in which most of its excerpts stand."""
    result = sample_result()
    texts: dict[str, dict[int, str]] = {}
    for finding in result.findings:
        for excerpt in finding.excerpts:
            where = excerpt.location
            if where.lang in {"ar", "en", "ko", "pl", "tr"} and where.path.endswith("guide/clients.md"):
                texts.setdefault(where.lang, {})[where.start.line] = excerpt.text
    texts["en"][2], texts["pl"][3] = "Heading of the page", "Heading"
    texts["ar"][9] = "العنوان"
    versions = {lang: version(f"{lang}/guide/clients.md", lang, lines) for lang, lines in texts.items()}

    def row(**lines: int) -> dict[str, Cell]:
        return {lang: Cell((versions[lang][line],), 0.97) for lang, line in lines.items()}

    rows = [row(en=2, pl=3, ar=9), row(en=12, pl=12, ar=11, ko=12, tr=12), row(en=23, ko=23), row(en=41, pl=40)]
    rows[3]["pl"] = dataclasses.replace(rows[3]["pl"], moved=True, confidence=0.41)
    return dataclasses.replace(result, tables=(table("guide/clients.md", "en", rows),))


def many_aligned(
    findings: int, *, documents: int = 10, rows: int = 100, languages: Sequence[str] = ("ar", "de", "en", "ko", "tr")
) -> RunResult:
    """As many findings, spread over documents that are fully aligned and have no source."""
    tables, sets, found = [], [], []
    for number in range(documents):
        key = f"guide/page-{number}.md"
        versions = {
            lang: version(f"{lang}/{key}", lang, {2 * row + 1: _text(lang, number, row) for row in range(rows)})
            for lang in languages
        }
        cells = [{lang: Cell((versions[lang][2 * row + 1],)) for lang in languages} for row in range(rows)]
        tables.append(table(key, None, cells))
        sets.append(
            SetSummary(key, None, rows, tuple(VersionSummary(lang, f"{lang}/{key}", rows, 1.0) for lang in languages))
        )
    for number in range(findings):
        document = number % documents
        target = languages[number % len(languages)]
        row = tables[document].rows[(number // documents) % rows]
        segments = {lang: row.cells[lang].segments[0] for lang in languages}
        excerpts = [
            Excerpt(Role.TARGET if lang == target else Role.WITNESS, segment.location(), segment.text, (Span(0, 4),))
            for lang, segment in segments.items()
        ]
        code = RULES[number % len(RULES)]
        found.append(
            Finding(
                code,
                "made-up",
                SEVERITIES[number % 3],
                (number % 10) / 10,
                f"Finding number {number} says that something is not as it should be.",
                segments[target].location(),
                tables[document].key,
                tuple(excerpts),
                ("One reason.", "Another reason, which is longer than the first."),
                concepts=("client", "customer") if code == "TC402" else (),
            )
        )
    return RunResult(with_fingerprints(found), sets=tuple(sets), tables=tuple(tables))


def _text(lang: str, number: int, row: int) -> str:
    sentences = {
        "ar": "يرسل برنامج العميل الطلب ولا يراه الزبون أبدًا، ثم يحفظه في السجل.",
        "de": "Die Donaudampfschifffahrtsgesellschaftskapitänsmütze wird dem Kunden zugesandt.",
        "ko": "클라이언트가 요청을 보내며, 고객은 그것을 볼 수 없습니다.",
        "tr": "İstemci isteği gönderir; müşteri onu hiç görmez.",
    }
    sentence = sentences.get(lang, "The client sends the request; the customer never sees it.")
    return f"{number}.{row} " + " ".join([sentence] * (1 + row % 5))
