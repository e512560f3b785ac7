"""What holds for the segments of any file in any format."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termcheck.model import Segment


def check_segments(segments: Sequence[Segment]) -> None:
    """Spans are ordered, disjoint and in the file; runs cover the text and lead to it; protected spans are inside."""
    behind = 0
    for index, segment in enumerate(segments):
        raw = segment.document.text
        assert segment.index == index
        assert behind <= segment.span.start < segment.span.end <= len(raw)
        behind = segment.span.end
        assert segment.text
        assert segment.text == segment.text.strip()
        assert unicodedata.is_normalized("NFC", segment.text)
        _check_runs(segment, raw)
        for item in segment.protected:
            assert 0 <= item.span.start <= item.span.end <= len(segment.text)


def _check_runs(segment: Segment, raw: str) -> None:
    text_end = 0
    raw_end = segment.span.start
    for run in segment.runs:
        assert run.text_start == text_end < run.text_end
        assert raw_end <= run.raw_start < run.raw_end
        text_end, raw_end = run.text_end, run.raw_end
        shown, stands = segment.text[run.text_start : run.text_end], raw[run.raw_start : run.raw_end]
        if len(shown) == len(stands):
            assert shown == unicodedata.normalize("NFC", stands) or (shown == " " and stands.isspace())
    assert text_end == len(segment.text)
    assert raw_end == segment.span.end
    assert (segment.runs[0].raw_start, segment.runs[-1].raw_end) == segment.span
    assert segment.raw_span(0, len(segment.text)) == segment.span
