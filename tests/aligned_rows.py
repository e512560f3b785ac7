"""Small alignments for tests of what is made of them."""

from __future__ import annotations

from termcheck.model import Alignment, Cell, Document, Exclusion, Row, Segment, SegmentKind, Span, TextRun


def cell(lang: str, *texts: str, confidence: float = 1.0, moved: bool = False, first: int = 0) -> Cell:
    """A cell of paragraphs that stand in a file of their own, one a line; ``first`` is the first one's index."""
    document = Document(f"{lang}/a.md", lang, "\n" * first + "\n".join(texts), "markdown")
    segments = []
    start = first
    for index, text in enumerate(texts, first):
        span = Span(start, start + len(text))
        run = TextRun(0, len(text), *span)
        segments.append(Segment(document, index, SegmentKind.PARAGRAPH, 0, text, span, (run,)))
        start = span.end + 1
    return Cell(tuple(segments), confidence, moved)


def alignment(*rows: dict[str, Cell], source: str | None = "en", excluded: bool = False) -> Alignment:
    """The rows as an alignment of the languages that the first one has."""
    left_out = (Exclusion("de", "de/a.md", 0.0123),) if excluded else ()
    languages = tuple(sorted(rows[0])) if rows else ("en", "pl")
    return Alignment("a", source, languages, tuple(Row(number, row) for number, row in enumerate(rows)), left_out)
