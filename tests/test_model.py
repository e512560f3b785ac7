from __future__ import annotations

import pytest

from termcheck.model import (
    Alignment,
    Cell,
    Document,
    Finding,
    Location,
    Position,
    Protected,
    ProtectedKind,
    Row,
    Segment,
    SegmentKind,
    Severity,
    Span,
    TextRun,
)


def document(text: str, lang: str = "en") -> Document:
    return Document(f"{lang}/a.md", lang, text, "markdown")


def literal(found: Document, start: int, end: int, index: int = 0, protected: tuple[Protected, ...] = ()) -> Segment:
    """A segment that shows ``text[start:end]`` of the file as it is."""
    run = TextRun(0, end - start, start, end)
    return Segment(found, index, SegmentKind.PARAGRAPH, 0, found.text[start:end], Span(start, end), (run,), protected)


class TestDocument:
    @pytest.mark.parametrize(
        ("text", "places"),
        [
            ("", {0: (1, 1)}),
            ("ab", {0: (1, 1), 1: (1, 2), 2: (1, 3)}),
            ("a\nb", {0: (1, 1), 1: (1, 2), 2: (2, 1), 3: (2, 2)}),
            ("a\rb", {1: (1, 2), 2: (2, 1)}),
            ("a\r\nb", {1: (1, 2), 2: (1, 3), 3: (2, 1), 4: (2, 2)}),
            ("a\n\rb", {1: (1, 2), 2: (2, 1), 3: (3, 1)}),
            ("\n\n", {0: (1, 1), 1: (2, 1), 2: (3, 1)}),
            ("a\n", {1: (1, 2), 2: (2, 1)}),
            ("😀é\n한글", {1: (1, 2), 2: (1, 3), 3: (2, 1), 5: (2, 3)}),
            # These end a line for str.splitlines, but not for an editor.
            ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g", {12: (1, 13)}),
        ],
        ids=["empty", "one line", "LF", "CR", "CRLF", "LF CR", "blank", "ends with LF", "astral", "other separators"],
    )
    def test_position(self, text: str, places: dict[int, tuple[int, int]]) -> None:
        found = document(text)
        assert {offset: found.position(offset) for offset in places} == places

    def test_positions_of_every_offset_ascend(self) -> None:
        found = document("a\r\n\n b\rc\n")
        places = [found.position(offset) for offset in range(len(found.text) + 1)]
        assert places == sorted(set(places))

    def test_the_text_is_not_part_of_the_repr(self) -> None:
        assert "secret" not in repr(document("secret"))


class TestSegment:
    # The file says "a &amp; **b**\nc" and shows "a & b c".
    FILE = document("x\na &amp; **b**\nc\n")
    RUNS = tuple(
        TextRun(*run)
        for run in ((0, 2, 2, 4), (2, 3, 4, 9), (3, 4, 9, 10), (4, 5, 12, 13), (5, 6, 15, 16), (6, 7, 16, 17))
    )
    SEGMENT = Segment(FILE, 0, SegmentKind.PARAGRAPH, 0, "a & b c", Span(2, 17), RUNS)

    @pytest.mark.parametrize(
        ("start", "end", "raw"),
        [
            (0, 1, "a"),
            (2, 3, "&amp;"),
            (4, 5, "b"),
            (0, 5, "a &amp; **b"),
            (3, 4, " "),
            (4, 7, "b**\nc"),
            (6, 7, "c"),
            (0, 7, "a &amp; **b**\nc"),
        ],
    )
    def test_raw_span(self, start: int, end: int, raw: str) -> None:
        found = self.SEGMENT.raw_span(start, end)
        assert self.FILE.text[found.start : found.end] == raw

    def test_a_run_that_maps_as_a_whole_covers_all_of_it(self) -> None:
        found = document("e\u0301\u0301")
        segment = Segment(found, 0, SegmentKind.PARAGRAPH, 0, "é\u0301", Span(0, 3), (TextRun(0, 2, 0, 3),))
        assert segment.raw_span(0, 1) == (0, 3)
        assert segment.raw_span(1, 2) == (0, 3)

    @pytest.mark.parametrize(("offset", "raw"), [(0, 2), (4, 12), (7, 17)])
    def test_an_empty_span_starts_where_its_character_stands(self, offset: int, raw: int) -> None:
        assert self.SEGMENT.raw_span(offset, offset).start == raw

    def test_without_runs_the_end_of_the_span_is_the_place(self) -> None:
        segment = Segment(self.FILE, 0, SegmentKind.PARAGRAPH, 0, "abc", Span(2, 5), ())
        assert segment.raw_span(0, 3) == (5, 5)

    def test_location_of_the_whole_is_the_span(self) -> None:
        assert self.SEGMENT.location() == Location("en/a.md", "en", Position(2, 1), Position(3, 2))

    def test_location_of_a_part(self) -> None:
        found = self.SEGMENT.location(2, 3)
        assert (found.start, found.end) == ((2, 3), (2, 8))
        assert self.SEGMENT.location(6).start == (3, 1)

    def test_path_and_language_are_the_document_s(self) -> None:
        assert (self.SEGMENT.path, self.SEGMENT.lang) == ("en/a.md", "en")

    def test_the_place_in_which_document_does_not_tell_segments_apart(self) -> None:
        other = document("something else")
        assert literal(document("abc"), 0, 3) == Segment(
            other, 0, SegmentKind.PARAGRAPH, 0, "abc", Span(0, 3), (TextRun(0, 3, 0, 3),)
        )


class TestCell:
    # Two paragraphs with a blank line between them; the cell's text has one line break there.
    FILE = document("Öffnen Sie `rm`.\n\nNehmen Sie {it}.\n", "de")
    FIRST = literal(FILE, 0, 16, 0, (Protected(ProtectedKind.CODE, Span(11, 15), "rm"),))
    SECOND = literal(FILE, 18, 34, 1, (Protected(ProtectedKind.PLACEHOLDER, Span(11, 15), "{it}"),))
    CELL = Cell((FIRST, SECOND))

    def test_the_texts_are_joined_by_line_breaks(self) -> None:
        assert self.CELL.text == "Öffnen Sie `rm`.\nNehmen Sie {it}."
        assert Cell((self.FIRST,)).text == self.FIRST.text
        assert Cell().text == ""

    def test_protected_parts_lie_in_the_joined_text(self) -> None:
        found = self.CELL.protected()
        assert [(part.kind, part.value) for part in found] == [
            (ProtectedKind.CODE, "rm"),
            (ProtectedKind.PLACEHOLDER, "{it}"),
        ]
        assert [self.CELL.text[part.span.start : part.span.end] for part in found] == ["`rm`", "{it}"]

    @pytest.mark.parametrize(
        ("words", "start", "end"),
        [
            ("Öffnen", (1, 1), (1, 7)),
            ("rm`.", (1, 13), (1, 17)),
            ("Nehmen", (3, 1), (3, 7)),
            ("{it}.", (3, 12), (3, 17)),
            (".\nNehmen", (1, 16), (3, 7)),
            ("Öffnen Sie `rm`.", (1, 1), (1, 17)),
        ],
    )
    def test_location_of_words(self, words: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        offset = self.CELL.text.index(words)
        found = self.CELL.location(Span(offset, offset + len(words)))
        assert (found.path, found.lang, found.start, found.end) == ("de/a.md", "de", start, end)

    def test_location_of_the_whole(self) -> None:
        assert self.CELL.location() == Location("de/a.md", "de", Position(1, 1), Position(3, 17))

    def test_an_empty_span_at_the_very_end_is_the_end(self) -> None:
        end = len(self.CELL.text)
        assert self.CELL.location(Span(end, end)).start == (3, 17)

    @pytest.mark.parametrize("span", [None, Span(0, 0)])
    def test_an_empty_cell_has_no_location(self, span: Span | None) -> None:
        with pytest.raises(ValueError, match="empty cell"):
            Cell().location(span)

    def test_a_cell_is_true_when_it_has_a_segment(self) -> None:
        assert self.CELL
        assert not Cell()
        assert Cell().protected() == ()


class TestAlignment:
    FILE = document("abc\n")

    def table(self, *rows: dict[str, int]) -> Alignment:
        """A table of cells with so many segments each."""
        segment = literal(self.FILE, 0, 3)
        langs = ("de", "en", "pl")
        return Alignment(
            "a",
            None,
            langs,
            tuple(
                Row(index, {lang: Cell((segment,) * row.get(lang, 0)) for lang in langs})
                for index, row in enumerate(rows)
            ),
        )

    def test_present_languages_keep_their_order(self) -> None:
        row = self.table({"pl": 1, "de": 2}).rows[0]
        assert row.present() == ("de", "pl")

    def test_coverage_counts_segments_beside_others(self) -> None:
        table = self.table({"de": 1, "en": 1}, {"de": 1}, {"de": 2, "pl": 1}, {"en": 1})
        assert table.coverage("de") == 0.75
        assert table.coverage("en") == 0.5
        assert table.coverage("pl") == 1.0

    def test_nothing_is_covered_of_a_version_without_segments(self) -> None:
        assert self.table({"en": 1}).coverage("de") == 0.0
        assert self.table().coverage("de") == 0.0


def test_severities_are_ranked() -> None:
    assert sorted(Severity, key=lambda severity: severity.rank) == [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    assert [severity.rank for severity in (Severity.NOTE, Severity.WARNING, Severity.ERROR)] == [0, 1, 2]


def finding(
    path: str = "a.md", line: int = 1, code: str = "TC101", lang: str | None = "en", message: str = "m"
) -> Finding:
    place = Location(path, lang, Position(line, 1), Position(line, 2))
    return Finding(code, "name", Severity.NOTE, 1.0, message, place)


def test_findings_are_sorted_by_place_then_code() -> None:
    ordered = [
        finding("a.md", 2),
        finding("a.md", 10),
        finding("a.md", 10, "TC102"),
        finding("a.md", 10, "TC102", message="n"),
        finding("b.md", 1),
    ]
    shuffled = [ordered[index] for index in (3, 0, 4, 2, 1)]
    assert sorted(shuffled, key=lambda item: item.sort_key()) == ordered


def test_a_finding_is_in_the_language_of_its_place() -> None:
    assert finding(lang="ko").lang == "ko"
    assert finding(lang=None).lang is None
