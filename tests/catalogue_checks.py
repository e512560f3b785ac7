"""What holds for the messages of every catalogue, and texts that try what formats escape."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from segment_checks import check_segments
from termcheck.corpus.reading import ReadProblem, parse_document, segment_or_problem
from termcheck.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from termcheck.model import Segment

NEWLINES = st.sampled_from(["\n", "\r\n"])
# Letters and digits around anything that some format escapes; without braces, tags and entities, which are markup.
MESSAGE = st.lists(
    st.sampled_from(
        [
            "a",
            "Zażółć",
            "日本",
            "e\u0301",
            "\U0001f600",
            "7",
            " ",
            "  ",
            "\t",
            "\n",
            '"',
            "'",
            "\\",
            "#",
            ":",
            "=",
            "-",
            "%",
            "/",
        ]
    ),
    min_size=1,
    max_size=12,
).map(lambda parts: "x" + "".join(parts) + "x")
KEYS = st.lists(st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True), min_size=1, max_size=6, unique=True)


def read(path: str, content: str | bytes, lang: str = "pl") -> tuple[Segment, ...]:
    """The segments of a file, checked."""
    found = read_or_problem(path, content, lang)
    assert isinstance(found, tuple), found
    return found


def read_or_problem(path: str, content: str | bytes, lang: str = "pl") -> tuple[Segment, ...] | ReadProblem:
    """The segments of a file, checked, or why there are none."""
    document = parse_document(content if isinstance(content, bytes) else content.encode(), path, lang)
    if not isinstance(document, Document):
        return document
    found = segment_or_problem(document)
    if isinstance(found, tuple):
        check_segments(found)
        assert all(segment.key for segment in found)
        assert len({segment.key for segment in found}) == len(found)
    return found


def texts(segments: Iterable[Segment]) -> dict[str, str]:
    return {segment.key: segment.text for segment in segments}


def folded(text: str) -> str:
    """A message as a segment shows it, its white space apart."""
    return "".join(unicodedata.normalize("NFC", text).split())


def check_values(segments: Iterable[Segment], expected: dict[str, str], unescape: Callable[[str], str]) -> None:
    """Every message is there, and what stands at its place in the file, unescaped, is its text."""
    found = {segment.key: segment for segment in segments}
    assert {key: folded(segment.text) for key, segment in found.items()} == {
        key: folded(value) for key, value in expected.items()
    }
    for segment in found.values():
        raw = segment.document.text[segment.span.start : segment.span.end]
        assert folded(unescape(raw)) == folded(segment.text)


def raw(segment: Segment, word: str) -> str:
    """What stands in the file where the segment shows a word."""
    start = segment.text.index(word)
    span = segment.raw_span(start, start + len(word))
    return segment.document.text[span.start : span.end]
